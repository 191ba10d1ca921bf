#ifndef MXSWEEP_SCORE_READY_H
#define MXSWEEP_SCORE_READY_H

#include "publish/plan.h"
#include "score/scorecard.h"

enum { READY_MAX = 8 }; /* addresses and hosts of one row; the rest is told by its advice */

/* Records that go with an advice, ready to be published. */
struct ready {
	struct publish_set at[READY_MAX]; /* of each the name and what is wanted */
	size_t count;
	const char *file_url, *file_text; /* the policy file of MTA-STS; NULL without one */
};

/*
 * What to publish so that the check no longer finds what it has found: at one of its subjects, or,
 * with NULL, at each. Only what was seen goes into a record, and what is published and right stays;
 * where that is not enough for one there is none, and the advice says in words what to do.
 */
void ready_records(const struct scorecard *card, const struct check_result *result,
    const struct subject_finding *subject, struct arena *arena, struct ready *out);

/* As a line of a zone file. */
const char *ready_line(const struct publish_set *record, struct arena *arena);

#endif
