#ifndef MXSWEEP_RULE_DMARC_H
#define MXSWEEP_RULE_DMARC_H

#include "fact/facts.h"
#include "wire/tag_list.h"

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

enum dmarc_location {
	DMARC_NONE,
	DMARC_OWN, /* at the domain itself */
	DMARC_ORG, /* inherited from the organizational domain */
	DMARC_PSD, /* inherited from a public suffix that says psd=y */
};

struct dmarc_result {
	struct dmarc_step steps[DMARC_QUERIES_MAX]; /* the first is the domain itself */
	size_t count;
	const struct dns_answer
	    *transient;             /* a step had no answer, and ended the walk; NULL if none */
	const char *organizational; /* the organizational domain by the walk */
	enum dmarc_location location;
	const struct dmarc_step *applying; /* whose record applies; NULL if none */
	struct tag_list tags;              /* of that record */
};

/* DMARC policy discovery by the tree walk (RFC 9989 4.10): at most eight questions. */
void dmarc_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_result *out);

/* Is it meant as a DMARC record: is its first tag v=DMARC1 (case-sensitive, RFC 9989 4.8)? */
bool dmarc_record_is(const char *text, size_t length);

/* A policy word in any letter case: "none", "quarantine", "reject"; NULL for anything else. */
const char *dmarc_policy_word(const struct tag *tag);

/* Does some URI of rua= look like one that reports can be sent to? */
bool dmarc_has_report_uri(const struct dmarc_result *dmarc);

#endif
