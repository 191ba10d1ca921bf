#ifndef MXSWEEP_WIRE_FIELD_LIST_H
#define MXSWEEP_WIRE_FIELD_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The fields of an MTA-STS record (RFC 8461 3.1) and of a TLS-RPT record (RFC 8460 3): a version,
 * and then name=value behind semicolons. The grammar is strict, for verifiers take a record that
 * breaks it for none: blanks and tabs stand around semicolons only, no field is empty, names are 1
 * to 32 letters, digits, `_`, `-` and `.`, the first a letter or digit, in their letter case.
 * Blanks at the very end are forgiven, as verifiers do.
 *
 * Fields are read one by one and point into the text, which need not end with NUL.
 */
struct field {
	const char *name;
	size_t name_length;
	const char *value; /* to the semicolon, blanks at its end left out */
	size_t value_length;
	size_t offset; /* of the name, from the start of the text */
};

struct field_list {
	const char *text;
	size_t length;
	size_t at;
	const char *problem; /* what broke the grammar; NULL while nothing has */
	size_t problem_at;   /* where, from the start of the text */
};

/* The text begins with a version of that length. */
struct field_list field_list_over(const char *text, size_t length, size_t version_length);

/* The next field; false at the end and when there is a problem. */
bool field_list_next(struct field_list *list, struct field *out);

bool field_is(const struct field *field, const char *name);

/* Is the value that of an extension: printable, not empty, without `=` and blanks? */
bool field_value_valid(const struct field *field);

/* 1 to 32 letters, digits, `_`, `-` and `.`, the first a letter or digit. */
bool field_name_valid(const char *name, size_t length);

#endif
