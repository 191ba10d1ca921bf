#ifndef MXSWEEP_WIRE_JSON_OBJECT_H
#define MXSWEEP_WIRE_JSON_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A member that the caller wants; what was found stands behind its name. */
struct json_member {
	const char *name;
	const char
	    *text; /* of a string, decoded; else the value as written; NULL: absent or null */
	bool is_string;
	const char *raw; /* the value as written, not NUL-terminated; NULL when absent */
	size_t raw_length;
};

/*
 * Reads one flat JSON object (RFC 8259) whose values are strings, numbers, true, false or null.
 * Members that nobody wants are passed over. False with what is wrong, for people, when the text is
 * anything else; U+0000 in a string and a wanted name that comes twice are wrong as well. Texts
 * live in the arena, raw values in `text`.
 */
bool json_object_read(const char *text, size_t length, struct arena *arena,
    struct json_member *members, size_t count, const char **problem_out);

#endif
