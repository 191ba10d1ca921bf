/* While gathering: what rests on signatures of the DNS, and CAA. */
#include "rule/caa.h"
#include "rule/dane.h"
#include "rule/dnssec.h"
#include "rule/gather.h"

/* The session under another name is had besides that under the MX name. */
static void
share_dane_session(struct facts *facts, const struct dane_host *host, const struct mx_host *mx_host)
{
	if (!dane_host_wants_session(host, mx_host))
		return;
	for (size_t i = 0; i < mx_host->address_count; i++)
		if (facts_not_public(facts, &mx_host->addresses[i]) == NULL)
			facts_share_session(facts, &mx_host->addresses[i], host->base);
}

void
gather_dane(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct dane_result dane;
	struct mx_result mx;

	mx_evaluate(facts, subject->domain, scratch, &mx);
	if (facts->unknown > 0)
		return;
	dane_evaluate(facts, &mx, scratch, &dane);
	if (facts->unknown > 0 || !gather_takes_mail_declared(subject))
		return;
	for (size_t i = 0; i < dane.host_count; i++)
		share_dane_session(facts, &dane.hosts[i], &mx.hosts[i]);
}

void
gather_caa(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct mx_result mx;

	mx_evaluate(facts, subject->domain, scratch, &mx);
	if (facts->unknown == 0)
		caa_evaluate_hosts(facts, &mx, scratch);
}

void
gather_dnssec(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct dnssec_result dnssec;

	(void)scratch;
	if (gather_may_exist(facts, subject->domain))
		dnssec_evaluate(facts, subject->domain, &dnssec);
}
