#ifndef MXSWEEP_RULE_DMARC_H
#define MXSWEEP_RULE_DMARC_H

#include "rule/dmarc_older.h"
#include "rule/dmarc_record.h"
#include "rule/dmarc_reports.h"
#include "rule/dmarc_walk.h"

struct arena;

enum dmarc_location {
	DMARC_NONE,
	DMARC_OWN, /* at the domain itself */
	DMARC_ORG, /* inherited from the organizational domain */
	DMARC_PSD, /* inherited from a public suffix that says psd=y */
};

struct dmarc_result {
	struct dmarc_walk walk; /* from the domain; its pointers below lead into it */
	enum dmarc_location location;
	const struct dmarc_step *applying; /* whose record applies; NULL if none */
	struct dmarc_record record;        /* of that */
	/* As stated, and lowered by t=y. Those for names below the domain, which have no record of
	 * their own, are known only when the walk was finished. */
	enum dmarc_policy stated[DMARC_NAME_COUNT];
	enum dmarc_policy effective[DMARC_NAME_COUNT];
	struct dmarc_older older;
	struct dmarc_reports reports;     /* of an applying record */
	struct registration alias_target; /* of an alias at _dmarc. that leads nowhere */
};

/* DMARC policy discovery (RFC 9989 4.10), what it comes to, and where its reports go. */
void dmarc_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_result *out);

/* Is it known what holds for names below the domain? */
bool dmarc_below_known(const struct dmarc_result *dmarc);

/* Places where a record has no effect, and people put it all the same. */
struct dmarc_misplaced {
	const struct dns_answer *nested; /* TXT of _dmarc._dmarc. of the domain */
	const struct dns_answer *www;    /* ... and of _dmarc.www. */
};
void dmarc_misplaced_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_misplaced *out);

#endif
