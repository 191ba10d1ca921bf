/* Area host: the addresses of MX hosts. */
#include "base/arena.h"
#include "score/check.h"

static struct finding
judge_ipv4(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	const struct dns_answer *unknown = NULL;
	bool any = false;

	for (size_t i = 0; i < mx->host_count; i++) {
		const struct mx_host *host = &mx->hosts[i];

		if (!host->looked_up)
			continue;
		if (host->a->status == DNS_DATA)
			return finding_pass(NULL);
		if (unknown == NULL && !dns_is_answer(host->a))
			unknown = host->a;
		any = any || host->addresses_published > 0;
	}
	if (unknown != NULL)
		return finding_of_dns(unknown);
	if (any)
		return finding_warn("only IPv6");
	if (mx->host_count > 0)
		return finding_after("mx.target-resolves");
	return finding_not_applicable(role_receives(j->e->role) ? CAUSE_NO_TARGET : CAUSE_ROLE);
}

static struct finding
judge_ipv6(const struct judged *j)
{
	struct finding settled;

	if (judged_without_address(j, &settled))
		return settled;
	if (!dns_is_answer(j->host->aaaa))
		return finding_of_dns(j->host->aaaa);
	return j->host->aaaa->status == DNS_DATA ? finding_pass(NULL) : finding_info("no AAAA");
}

static struct finding
judge_address_global(const struct judged *j)
{
	if (j->address->special != NULL)
		return finding_fail(
		    arena_printf(j->arena, "%s lies in %s", j->address->text, j->address->special));
	return finding_pass(j->address->allowed ? "allowed" : NULL);
}

static struct finding
judge_address_count(const struct judged *j)
{
	size_t count = j->host->addresses_published;
	const char *value = arena_printf(j->arena, "%zu", count);
	struct finding settled;

	if (judged_without_address(j, &settled))
		return settled;
	return count <= HOST_ADDRESSES_MAX ? finding_pass(value) : finding_info(value);
}

static const struct check checks[] = {
	{ .id = "host.ipv4",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = judge_ipv4,
	    .title = "Some MX host has an IPv4 address",
	    .rule = "pass: one or more. warn: only IPv6",
	    .advice = "Many senders have no IPv6: add an A record to one MX host of {d}",
	    .ref = "RFC 5321 5.2; RFC 4472" },
	{ .id = "host.ipv6",
	    .class = CLASS_NONE,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_ipv6,
	    .title = "The MX host has an IPv6 address",
	    .rule = "pass: AAAA. info: none",
	    .advice = "Add IPv6 to {host} when PTR and SPF are ready for it",
	    .ref = "RFC 5321 5.2" },
	{ .id = "host.address-global",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ADDRESS,
	    .point = POINT_MX,
	    .redundant = true,
	    .judge = judge_address_global,
	    .title = "The address can be reached from outside",
	    .rule = "pass: a global address. fail: a special-purpose network",
	    .advice = "{ip} cannot be reached from outside: publish the public address of {host}",
	    .ref = "RFC 6890; RFC 1918; RFC 4193" },
	{ .id = "host.address-count",
	    .class = CLASS_NONE,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_address_count,
	    .title = "A sensible number of addresses",
	    .rule = "pass: 1 to 8. info: more; the lowest eight are contacted",
	    .advice = "No action needed",
	    .ref = "RFC 5321 5.1" },
};

static bool
gate(const struct judged *j, struct finding *out)
{
	return area_mx.gate(j, out);
}

const struct check_area area_host = { "host", checks, sizeof checks / sizeof checks[0], gate };
