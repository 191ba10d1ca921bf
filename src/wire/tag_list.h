#ifndef MXSWEEP_WIRE_TAG_LIST_H
#define MXSWEEP_WIRE_TAG_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { TAG_LIST_MAX = 64 }; /* DKIM and DMARC define about 10 names each */

/*
 * Lists of tag=value as DKIM keys (RFC 6376 3.2) and DMARC records (RFC 9989 4.7, 4.8) write them.
 * The parser notes what is untidy and judges nothing: its two readers forgive different things.
 *
 * A name is a letter and then letters, digits and underscores. Folding white space (blank, tab, CR,
 * LF) around names and values is dropped, white space inside a value is kept. Offsets count octets
 * from the start of the list, from 0. All text is copied into the arena.
 */
struct tag {
	const char *name;
	const char *value; /* NUL-terminated as well, but see value_length */
	size_t value_length;
	size_t offset;          /* of the name */
	size_t value_offset;    /* of the value; where it would stand if it is empty */
	bool repeated;          /* an earlier tag has the same name */
	bool repeated_any_case; /* ... or the same name in other letter case */
	bool upper_case;        /* the name has an upper-case letter */
	bool odd_octets;        /* the value has controls or octets above 126 */
};

/* A part between semicolons that is no tag=value. */
struct tag_list_part {
	const char *text; /* NULL if there is no such part */
	size_t offset;
};

struct tag_list {
	const struct tag *tags; /* in the order of the list */
	size_t count;
	size_t repeated;   /* how many tags are marked `repeated` */
	size_t upper_case; /* how many names have an upper-case letter */
	size_t malformed;  /* parts that are no tag=value */
	struct tag_list_part first_malformed;
	size_t empty; /* empty parts, not counting what follows the last semicolon */
	struct tag_list_part first_empty;
	bool trailing_semicolon;
	bool trailing_blank; /* white space after the trailing semicolon */
	bool too_many;       /* there were more than TAG_LIST_MAX; the rest was not read */
};

void tag_list_parse(struct arena *arena, const char *text, size_t length, struct tag_list *out);

/* The first tag of that name, or NULL. */
const struct tag *tag_list_find(const struct tag_list *list, const char *name);
const struct tag *tag_list_find_any_case(const struct tag_list *list, const char *name);

/* A copy without any white space, as p= of a DKIM key is read (RFC 6376 3.6.1). */
char *tag_list_squeeze(struct arena *arena, const char *text, size_t length, size_t *length_out);

#endif
