#ifndef MXSWEEP_RULE_MTA_STS_H
#define MXSWEEP_RULE_MTA_STS_H

#include "fact/facts.h"
#include "rule/alias.h"

struct arena;

/* The MTA-STS record of a domain (RFC 8461 3.1), and whether it has a policy host. */
struct mta_sts_result {
	const struct dns_answer *txt; /* at _mta-sts. of the domain */
	size_t records;               /* texts that begin `v=STSv1;` */
	const char *text;             /* the first of them; NULL when there is none */
	size_t length;
	const char *id;      /* NULL when it is missing or bad */
	size_t extensions;   /* fields other than id */
	const char *problem; /* why the text is no record (then there is no policy), or NULL */
	const struct dns_answer *a, *aaaa; /* of mta-sts.DOMAIN; AAAA only when A is NODATA */
};

void mta_sts_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct mta_sts_result *out);

/* Is there exactly one record, and is it well-formed? Without that there is no policy. */
bool mta_sts_record_valid(const struct mta_sts_result *mta_sts);

/* The answer that says most about the policy host: AAAA where it was asked for. */
const struct dns_answer *mta_sts_host_answer(const struct mta_sts_result *mta_sts);

/* Reads one text that begins `v=STSv1;` into id, extensions and problem. */
void mta_sts_record_parse(
    const char *text, size_t length, struct arena *arena, struct mta_sts_result *out);
bool mta_sts_record_is(const char *text, size_t length);

#endif
