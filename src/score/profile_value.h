#ifndef MXSWEEP_SCORE_PROFILE_VALUE_H
#define MXSWEEP_SCORE_PROFILE_VALUE_H

#include "score/scorecard.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Values of checks in a form that a rule can test: a word, a number, or words separated by blanks,
 * in lower case. What a finding shows is for people, and may say more.
 */

enum { PROFILE_OPERANDS_MAX = 16 };

struct profile_value {
	const char *check; /* id */
	const char *name;  /* "value", or that of a tag */
	bool number;
	/* Of what was tested; NULL: its finding's value is the word, or begins with the number. */
	const char *(*normal)(
	    const struct evaluation *e, const struct subject_finding *subject, struct arena *arena);
};

enum profile_test_kind {
	TEST_IS,      /* one of the operands; "absent" is a value that is not there */
	TEST_LEAST,   /* >= */
	TEST_MOST,    /* <= */
	TEST_HAS,     /* all operands are among its words */
	TEST_WITHOUT, /* no operand is a part of it */
};

struct profile_test {
	const struct profile_value *value; /* NULL: there is no test */
	enum profile_test_kind kind;
	const char *operands[PROFILE_OPERANDS_MAX]; /* in lower case */
	size_t operand_count;
};

/* The value of that name which the check has; NULL when it has none. */
const struct profile_value *profile_value_find(const char *check_id, const char *name);

/* Of one subject that was tested. */
bool profile_test_holds(const struct profile_test *test, const struct evaluation *e,
    const struct subject_finding *subject, struct arena *arena);

#endif
