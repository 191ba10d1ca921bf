#ifndef MXSWEEP_PUBLISH_FIELD_H
#define MXSWEEP_PUBLISH_FIELD_H

#include "publish/wishes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Records and files that are made of named values: what each name may hold. */
enum publish_field_kind {
	FIELD_CHOICE,   /* one of `choices`, in any letter case */
	FIELD_OPTIONS,  /* some of `choices`, separated by colons */
	FIELD_NUMBER,   /* digits, up to `most` */
	FIELD_REPORTS,  /* addresses or URIs that reports go to, separated by commas */
	FIELD_PATTERNS, /* host names, or "*." and one, separated by commas */
	FIELD_WORD,     /* 1 to `most` letters and digits */
};

struct publish_field {
	const char *name;
	enum publish_field_kind kind;
	const char *choices; /* separated by blanks */
	uint32_t most;
};

enum { PUBLISH_FIELDS_MAX = 12 }; /* of one kind of record */

/* The values of a record's fields, in the order of their table; NULL where there is none. */
struct publish_values {
	const char *at[PUBLISH_FIELDS_MAX];
};

/* Which field has the name, in any letter case; `count` when none has. */
size_t publish_field_find(
    const struct publish_field *fields, size_t count, const char *name, size_t length);

/*
 * The value as it is to be published; addresses of reports become URIs. NULL when the field cannot
 * hold it: then *problem_out says what would be right.
 */
const char *publish_field_read(const struct publish_field *field, const char *value,
    struct arena *arena, const char **problem_out);

/*
 * Puts wishes "NAME=VALUE" over the values; an empty value takes the field away. False for one that
 * cannot be met: *problem_out tells what would be right.
 */
bool
publish_values_set(struct publish_values *values, const struct publish_field *fields, size_t count,
    const struct publish_words *wishes, struct arena *arena, const char **problem_out);

#endif
