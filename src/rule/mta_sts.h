#ifndef MXSWEEP_RULE_MTA_STS_H
#define MXSWEEP_RULE_MTA_STS_H

#include "fact/facts.h"
#include "rule/alias.h"
#include "rule/mta_sts_policy.h"
#include "rule/registration.h"

struct arena;

enum { MTA_STS_ADDRESSES_MAX = 4 }; /* of a policy host that are contacted, the lowest first */

/* The MTA-STS record of a domain (RFC 8461 3.1), its policy host, and the policy that it serves. */
struct mta_sts_result {
	const struct dns_answer *txt; /* at _mta-sts. of the domain */
	size_t records;               /* texts that begin `v=STSv1;` */
	const char *text;             /* the first of them; NULL when there is none */
	size_t length;
	const char *id;      /* NULL when it is missing or bad */
	size_t extensions;   /* fields other than id */
	const char *problem; /* why the text is no record (then there is no policy), or NULL */

	/* Of mta-sts.DOMAIN. AAAA is asked for when A is NODATA, or when there is a policy to be
	 * had.
	 */
	const struct dns_answer *a, *aaaa;
	struct ip addresses[MTA_STS_ADDRESSES_MAX]; /* that may be connected to */
	size_t address_count;
	bool no_touch;       /* by the operator's word its host is never contacted */
	const char *special; /* a special-purpose network that one of the others lies in, or NULL */

	/* Where an alias leads nowhere: could somebody register that name? */
	struct registration record_target, host_target;

	/* Of a domain with a good record. */
	const struct policy_fact *fact;       /* NULL: nothing is recorded of its policy host */
	const struct https_observation *look; /* the better of its looks, with a fact */
	bool flap;                            /* the first was bad, the second good */
	struct mta_sts_policy policy;         /* that was fetched; see mta_sts_fetched */
};

void mta_sts_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct mta_sts_result *out);

/* Asks that the policy be fetched, where there is a good record and a host to fetch it from. */
void mta_sts_share(struct facts *facts, const char *domain, const struct mta_sts_result *mta_sts,
    struct arena *arena);

/* Was a policy file had? Whether it is a policy stands in it. */
bool mta_sts_fetched(const struct mta_sts_result *mta_sts);

/* Is there exactly one record, and is it well-formed? Without that there is no policy. */
bool mta_sts_record_valid(const struct mta_sts_result *mta_sts);

/* The answer that says most about the policy host: AAAA where it was asked for. */
const struct dns_answer *mta_sts_host_answer(const struct mta_sts_result *mta_sts);

/* Reads one text that begins `v=STSv1;` into id, extensions and problem. */
void mta_sts_record_parse(
    const char *text, size_t length, struct arena *arena, struct mta_sts_result *out);
bool mta_sts_record_is(const char *text, size_t length);

#endif
