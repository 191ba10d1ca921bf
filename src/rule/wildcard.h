#ifndef MXSWEEP_RULE_WILDCARD_H
#define MXSWEEP_RULE_WILDCARD_H

#include "fact/facts.h"

struct arena;

/*
 * Whether names answer that nobody has (RFC 4592): random labels of the run, one below the domain,
 * one below its _domainkey.
 */

const struct dns_answer *
wildcard_below(struct facts *facts, const char *domain, enum dns_type type, struct arena *arena);
const struct dns_answer *
wildcard_below_keys(struct facts *facts, const char *domain, struct arena *arena);

/* Does a name answer as the random one does? Then its own answer proves nothing. */
bool wildcard_answers(const struct dns_answer *random, const struct dns_answer *answer);

/* Every text of an answer revokes a key; or denies, as records of domains without mail do. */
bool wildcard_revokes(const struct dns_answer *answer, struct arena *arena);
bool wildcard_denies(const struct dns_answer *answer, struct arena *arena);

/* What a random name has beside TXT; asked only at depth deep. */
struct wildcard_others {
	const struct dns_answer *mx, *a, *aaaa;
};

void wildcard_evaluate_others(
    struct facts *facts, const char *domain, struct arena *arena, struct wildcard_others *out);

#endif
