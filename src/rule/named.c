/* Single hosts that a domain names. */
#include "rule/named.h"

#include "rule/spf.h"

struct found {
	struct facts *facts;
	struct ip *ips;
	size_t count;
};

static void
add(struct found *found, const struct ip *ip)
{
	if (found->count == NAMED_MAX || facts_not_public(found->facts, ip) != NULL)
		return;
	for (size_t i = 0; i < found->count; i++)
		if (ip_equal(&found->ips[i], ip))
			return;
	found->ips[found->count++] = *ip;
}

static void
add_own(struct found *found, const char *domain, enum dns_type type)
{
	const struct dns_answer *answer = facts_dns(found->facts, domain, type);

	for (size_t i = 0; answer != NULL && i < answer->count; i++)
		add(found, &answer->records[i].ip);
}

/* What `mx` leads to is known as such. */
static bool
is_single_host(const struct spf_tree *tree, const struct spf_range *range)
{
	return range->node == tree->root && range->term->mechanism != SPF_MX &&
	    range->network.length == (range->network.ip.family == 4 ? 32 : 128);
}

size_t
named_evaluate(
    struct facts *facts, const char *domain, const struct spf_result *spf, struct ip out[NAMED_MAX])
{
	struct found found = { .facts = facts, .ips = out };

	for (size_t i = 0; i < spf->tree.range_count; i++)
		if (is_single_host(&spf->tree, &spf->tree.ranges[i]))
			add(&found, &spf->tree.ranges[i].network.ip);
	add_own(&found, domain, DNS_A);
	add_own(&found, domain, DNS_AAAA);
	return found.count;
}
