/* What block lists are asked about. */
#include "rule/gather.h"
#include "rule/lists.h"
#include "rule/mx.h"

void
gather_lists_of_address(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct list_words words;

	if (facts_not_public(facts, &subject->ip) == NULL)
		lists_evaluate_ip(facts, &subject->ip, scratch, &words);
}

void
gather_lists_of_name(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct list_words words;

	lists_evaluate_name(facts, subject->domain, scratch, &words);
}

void
gather_lists_of_hosts(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct listed_hosts hosts;
	struct mx_result mx;

	mx_evaluate(facts, subject->domain, scratch, &mx);
	if (facts->unknown > 0)
		return;
	lists_find_hosts(facts, &mx, scratch, &hosts);
	for (size_t i = 0; i < hosts.count; i++)
		facts_share_name(facts, hosts.at[i].name);
}
