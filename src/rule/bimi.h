#ifndef MXSWEEP_RULE_BIMI_H
#define MXSWEEP_RULE_BIMI_H

#include "fact/facts.h"

struct arena;

/*
 * The BIMI record under the default selector (draft-brand-indicators-for-message-identification):
 * where the logo of a domain lies, and what proves it.
 */
struct bimi_result {
	const struct dns_answer *txt; /* at default._bimi. of the domain */
	size_t records;               /* texts whose first tag is v=BIMI1 */
	const char *text;             /* the first of them; NULL when there is none */
	size_t length;
	const char *problem; /* what is wrong with it, or NULL */
	bool declined;       /* `l=` and `a=` are empty: the domain wants no logo */
};

void bimi_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct bimi_result *out);

bool bimi_record_is(const char *text, size_t length);

/* Reads one such text into problem and declined. */
void
bimi_record_parse(const char *text, size_t length, struct arena *arena, struct bimi_result *out);

#endif
