#ifndef MXSWEEP_RULE_SPF_CLIENT_H
#define MXSWEEP_RULE_SPF_CLIENT_H

#include "base/ip.h"
#include "fact/facts.h"

struct arena;
struct spf_term;

/* What a term makes of a client. */
enum spf_match {
	SPF_MISS,
	SPF_MATCH,
	SPF_MATCH_TEMPORARY, /* a question had no answer (temperror), or none yet */
	SPF_MATCH_PERMANENT, /* a limit was passed (permerror) */
};

/* A client whose address terms are held against, and what came of asking on its behalf. */
struct spf_client {
	struct facts *facts;
	struct ip ip;
	struct arena *arena;
	unsigned void_lookups;               /* terms that were answered with nothing */
	bool pending;                        /* an answer is not known yet: nothing counts */
	const struct dns_answer *unanswered; /* the last question without an answer */
	const char *fault;                   /* why a term gave an error, for people */
};

/* The answer to a question; NULL when it is not known yet or there is none. */
const struct dns_answer *
spf_client_ask(struct spf_client *client, const char *name, enum dns_type type);

/* Do a, mx, ptr and exists match (RFC 7208 5.3 to 5.5, 5.7)? `target` is the name that is meant. */
enum spf_match
spf_client_matches(struct spf_client *client, const struct spf_term *term, const char *target);

/*
 * The validated domain name of the client (RFC 7208 7.3): the domain itself before names below it,
 * these before any other, "unknown" when no reverse name leads back.
 */
const char *spf_client_validated_name(struct spf_client *client, const char *domain);

#endif
