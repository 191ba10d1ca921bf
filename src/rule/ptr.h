#ifndef MXSWEEP_RULE_PTR_H
#define MXSWEEP_RULE_PTR_H

#include "base/ip.h"
#include "fact/facts.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { PTR_NAMES_MAX = 10 }; /* looked at; more are a finding of their own */

struct ptr_result {
	const struct dns_answer *answer;  /* of the reverse name, confirmed */
	const char *names[PTR_NAMES_MAX]; /* sorted, each once */
	size_t name_count;
	size_t published; /* distinct names in the RRset */
	const char
	    *confirmed; /* the first name that leads back to the address; NULL if none does */
	const struct dns_answer *transient; /* a forward question without an answer; NULL if none */
};

/* Does some reverse name of an address lead back to it? (iprev, RFC 8601 section 3) */
void
ptr_evaluate(struct facts *facts, const struct ip *ip, struct arena *arena, struct ptr_result *out);

/* Does the name have this address? UNKNOWN: not answered (answer_out says why), or not known yet.
 */
enum name_leads { NAME_LEADS_ELSEWHERE, NAME_LEADS_BACK, NAME_LEADS_NOWHERE, NAME_LEADS_UNKNOWN };
enum name_leads name_leads_to(struct facts *facts, const char *name, const struct ip *ip,
    const struct dns_answer **answer_out);

/* Looks like a name that a network gave to a line, not a person to a mail host. */
bool ptr_is_generic(const char *name, const struct ip *ip);

#endif
