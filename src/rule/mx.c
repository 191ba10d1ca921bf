/* MX: who takes mail for a domain, and where. */
#include "rule/mx.h"

#include "base/arena.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum name_reserved kind;
} reserved_names[] = {
	{ "localhost", NAME_RESERVED },
	{ "local", NAME_RESERVED },
	{ "test", NAME_RESERVED },
	{ "example", NAME_RESERVED },
	{ "internal", NAME_RESERVED },
	{ "onion", NAME_RESERVED },
	{ "invalid", NAME_INVALID },
};

enum name_reserved
name_reserved_kind(const char *name)
{
	for (size_t i = 0; i < sizeof reserved_names / sizeof reserved_names[0]; i++)
		if (dns_name_at_or_below(name, reserved_names[i].name))
			return reserved_names[i].kind;
	return NAME_ORDINARY;
}

static int
compare_hosts(const void *a, const void *b)
{
	const struct mx_host *one = a, *other = b;

	if (one->preference != other->preference)
		return one->preference < other->preference ? -1 : 1;
	return strcmp(one->name, other->name);
}

static int
compare_ips(const void *a, const void *b)
{
	return ip_compare(a, b);
}

static struct mx_host *
find_host(struct mx_result *mx, const char *name)
{
	for (size_t i = 0; i < mx->host_count; i++)
		if (strcmp(mx->hosts[i].name, name) == 0)
			return &mx->hosts[i];
	return NULL;
}

static void
add_host(struct mx_result *mx, const char *name, uint16_t preference)
{
	struct mx_host *host = find_host(mx, name);

	if (host != NULL) {
		host->times++;
		if (preference < host->preference)
			host->preference = preference;
		return;
	}
	host = &mx->hosts[mx->host_count++];
	host->name = name;
	host->preference = preference;
	host->times = 1;
	host_name_valid(name, &host->fault);
	host->reserved = name_reserved_kind(name);
}

static void
add_null(struct mx_result *mx, uint16_t preference)
{
	if (!mx->null_mx || preference < mx->null_preference)
		mx->null_preference = preference;
	mx->null_mx = true;
}

static void
add_records(struct mx_result *mx)
{
	for (size_t i = 0; i < mx->mx->count; i++) {
		const struct dns_record *record = &mx->mx->records[i];

		if (strcmp(record->name, ".") == 0)
			add_null(mx, record->preference);
		else
			add_host(mx, record->name, record->preference);
	}
	mx->null_alone = mx->null_mx && mx->host_count == 0;
	qsort(mx->hosts, mx->host_count, sizeof *mx->hosts, compare_hosts);
}

/* A domain without MX is its own exchange when it has an address (RFC 5321 5.1). */
static void
add_implicit(struct facts *facts, const char *domain, struct mx_result *mx)
{
	mx->a = facts_dns_confirmed(facts, domain, DNS_A);
	mx->aaaa = facts_dns_confirmed(facts, domain, DNS_AAAA);
	if (mx->a == NULL || mx->aaaa == NULL)
		return;
	mx->implicit = mx->a->status == DNS_DATA || mx->aaaa->status == DNS_DATA;
	if (mx->implicit)
		add_host(mx, domain, 0);
}

static size_t
put_addresses(const struct dns_answer *answer, struct ip *ips, size_t count)
{
	for (size_t i = 0; i < answer->count; i++)
		ips[count++] = answer->records[i].ip;
	return count;
}

static void
collect_addresses(struct mx_host *host, struct arena *arena)
{
	size_t most = host->a->count + host->aaaa->count, count;
	struct ip *ips = arena_bytes(arena, most * sizeof *ips);

	count = put_addresses(host->a, ips, 0);
	count = put_addresses(host->aaaa, ips, count);
	qsort(ips, count, sizeof *ips, compare_ips);
	host->addresses = ips;
	host->addresses_published = count;
	host->address_count = count < HOST_ADDRESSES_MAX ? count : HOST_ADDRESSES_MAX;
}

static void
look_up_host(struct facts *facts, struct mx_host *host, struct arena *arena)
{
	if (host->fault == HOST_NAME_ADDRESS || host->reserved != NAME_ORDINARY)
		return; /* nobody can be asked for such a name */
	host->looked_up = true;
	host->a = facts_dns_confirmed(facts, host->name, DNS_A);
	host->aaaa = facts_dns_confirmed(facts, host->name, DNS_AAAA);
	if (host->a == NULL || host->aaaa == NULL)
		return;
	host->alias_target =
	    host->a->canonical != NULL ? host->a->canonical : host->aaaa->canonical;
	collect_addresses(host, arena);
	if (host->a->status == DNS_NXDOMAIN)
		registration_evaluate(facts,
		    host->a->canonical != NULL ? host->a->canonical : host->name, arena,
		    &host->registration);
}

void
mx_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct mx_result *out)
{
	memset(out, 0, sizeof *out);
	out->mx = facts_dns_confirmed(facts, domain, DNS_MX);
	if (out->mx == NULL)
		return;
	out->hosts = arena_zeroed(arena, out->mx->count + 1, sizeof *out->hosts);
	if (out->mx->status == DNS_DATA)
		add_records(out);
	else if (out->mx->status == DNS_NODATA)
		add_implicit(facts, domain, out);
	for (size_t i = 0; i < out->host_count; i++) {
		out->hosts[i].beyond_budget = i >= MX_HOSTS_MAX;
		if (!out->hosts[i].beyond_budget)
			look_up_host(facts, &out->hosts[i], arena);
	}
}

bool
mx_usable(const struct mx_result *mx)
{
	return mx->host_count > 0;
}

bool
mx_domain_missing(const struct mx_result *mx)
{
	return mx->mx->status == DNS_NXDOMAIN && mx->mx->aliases == 0;
}

const struct dns_answer *
mx_host_answer(const struct mx_host *host)
{
	if (host->a->status == DNS_DATA || dns_is_negative(host->aaaa))
		return host->a;
	return host->aaaa;
}
