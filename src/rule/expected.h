#ifndef MXSWEEP_RULE_EXPECTED_H
#define MXSWEEP_RULE_EXPECTED_H

#include "fact/facts.h"
#include "rule/ptr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What the row expects, and what is looked up for that alone. */

/* The name servers of a domain, as a resolver knows them. */
struct expected_ns {
	const char *zone; /* the closest name at or above the domain that has some; NULL: none was
			     found, or nothing was expected */
	const struct dns_answer *answer; /* theirs, or why there is none; NULL: not asked for */
};
void expected_ns_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct expected_ns *out);

/* Words of a column, separated by blanks or commas. */
enum { EXPECTED_MAX = 64 };
struct expected_words {
	const char *at[EXPECTED_MAX]; /* in lower case */
	size_t count;
	bool exactly; /* a `=` stood before the first one: these and no others */
};
/* False for a column that is not there, or empty. */
bool expected_words_read(const char *column, struct arena *arena, struct expected_words *out);

/* Selectors that the row names, those of `selector:digest` included; NULL for none. */
const char *expected_selectors(const char *const *known, struct arena *arena);

enum expected_match { EXPECTED_ALL, EXPECTED_SOME, EXPECTED_NONE };

/* Do the names match the words: host names, or suffixes as .example.com or *.example.com? */
enum expected_match
expected_names_match(const struct expected_words *words, const char *const *names, size_t count);

#endif
