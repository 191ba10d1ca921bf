/* Domains that reports are sent to. */
#include "rule/takes_mail.h"

#include <string.h>

static enum takes_mail
by_exchanges(const struct dns_answer *mx)
{
	for (size_t i = 0; i < mx->count; i++)
		if (strcmp(mx->records[i].name, ".") != 0)
			return TAKES_MAIL;
	return TAKES_NO_MAIL;
}

/* Without an MX the domain is its own host. */
static enum takes_mail
by_addresses(struct facts *facts, const char *domain, const struct dns_answer **answer_out)
{
	const struct dns_answer *a = facts_dns_confirmed(facts, domain, DNS_A);
	const struct dns_answer *aaaa = facts_dns_confirmed(facts, domain, DNS_AAAA);

	*answer_out = NULL;
	if (a == NULL || aaaa == NULL)
		return TAKES_MAIL_UNKNOWN;
	*answer_out = a->status == DNS_DATA || !dns_is_answer(a) ? a : aaaa;
	if (a->status == DNS_DATA || aaaa->status == DNS_DATA)
		return TAKES_MAIL;
	return dns_is_answer(a) && dns_is_answer(aaaa) ? TAKES_NO_MAIL : TAKES_MAIL_UNKNOWN;
}

enum takes_mail
takes_mail_evaluate(struct facts *facts, const char *domain, const struct dns_answer **answer_out)
{
	const struct dns_answer *mx = facts_dns_confirmed(facts, domain, DNS_MX);

	*answer_out = mx;
	if (mx == NULL || !dns_is_answer(mx))
		return TAKES_MAIL_UNKNOWN;
	if (mx->status == DNS_DATA)
		return by_exchanges(mx);
	return mx->status == DNS_NXDOMAIN ? TAKES_NO_MAIL : by_addresses(facts, domain, answer_out);
}
