#ifndef MXSWEEP_RULE_DNSSEC_H
#define MXSWEEP_RULE_DNSSEC_H

#include "fact/facts.h"

/* What the parent and the resolver say of a domain's signatures. */
struct dnssec_result {
	const struct dns_answer *ds; /* at the parent (RFC 4035 2.4) */
	enum answer_security own;    /* of the domain's MX records, or of their absence */
};

void dnssec_evaluate(struct facts *facts, const char *domain, struct dnssec_result *out);

#endif
