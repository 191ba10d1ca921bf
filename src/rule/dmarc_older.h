#ifndef MXSWEEP_RULE_DMARC_OLDER_H
#define MXSWEEP_RULE_DMARC_OLDER_H

#include "rule/dmarc_record.h"
#include "rule/dmarc_walk.h"

/* What receivers find that follow the older rules: a public suffix list, and no walk. */
struct dmarc_older {
	const char *organizational; /* NULL without a suffix list */
	const char *location;       /* whose record they apply; NULL if none */
	enum dmarc_policy policy;   /* for the domain itself; t= and np= mean nothing to them */
	const struct dns_answer *unanswered; /* a question of theirs that has no answer */
};

/* Discovery by RFC 7489 6.6.3, for a domain whose walk has been made. Without a list: nothing. */
void dmarc_older_evaluate(struct facts *facts, const char *domain, const struct dmarc_walk *walk,
    struct arena *arena, struct dmarc_older *out);

#endif
