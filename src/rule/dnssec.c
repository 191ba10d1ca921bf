/* DNSSEC of a domain, as far as the resolver's word tells. */
#include "rule/dnssec.h"

void
dnssec_evaluate(struct facts *facts, const char *domain, struct dnssec_result *out)
{
	const struct dns_answer *mx = facts_dns_confirmed(facts, domain, DNS_MX);

	out->ds = facts_dns(facts, domain, DNS_DS);
	out->own = mx == NULL ? ANSWER_UNCHECKED : answer_security_of(facts->run, mx);
}
