#ifndef MXSWEEP_RULE_DMARC_WALK_H
#define MXSWEEP_RULE_DMARC_WALK_H

#include "fact/facts.h"

#include <stddef.h>

struct arena;

enum { DMARC_QUERIES_MAX = 8 }; /* RFC 9989 4.10 */

/* One step of the walk up the tree. */
struct dmarc_step {
	const char *name; /* _dmarc. and this was asked */
	const struct dns_answer *answer;
	size_t records;   /* texts whose first tag is v=DMARC1 */
	const char *text; /* the record, when there is exactly one */
	size_t length;
	char psd; /* 'y', 'n', or 'u' (also when absent or bad) */
};

struct dmarc_walk {
	struct dmarc_step steps[DMARC_QUERIES_MAX]; /* the first is the name itself */
	size_t count;
	const struct dns_answer *transient; /* a step had no answer, and ended it; NULL if none */
	const char *organizational; /* of the name; NULL when the walk could not be finished */
};

/* From a name up to its top-level domain, in at most eight questions (RFC 9989 4.10). */
void
dmarc_walk_up(struct facts *facts, const char *name, struct arena *arena, struct dmarc_walk *out);

/*
 * The organizational domain of the name of a step, by the steps from it on (RFC 9989 4.10.2): a
 * walk that began there would have made the same ones. NULL when the walk could not be finished.
 */
const char *dmarc_walk_organizational(const struct dmarc_walk *walk, const struct dmarc_step *from);

/* The step that found exactly one record at that name, or one that says psd=y; NULL if none did. */
const struct dmarc_step *dmarc_walk_record_at(const struct dmarc_walk *walk, const char *name);
const struct dmarc_step *dmarc_walk_record_of_suffix(const struct dmarc_walk *walk);

#endif
