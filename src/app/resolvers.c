/* From options to DNS clients. */
#include "app/resolvers.h"

#include "base/error.h"
#include "dns/client.h"

#include <sysexits.h>

static int
choose_of(const struct option_resolvers *given, const char *option, struct dns_resolvers *out,
    struct error *error)
{
	if (given->count > DNS_RESOLVERS_MAX)
		return error_set(error, EX_USAGE, "--%s: at most %d resolvers can be asked", option,
		    DNS_RESOLVERS_MAX);
	for (size_t i = 0; i < given->count; i++)
		out->at[out->count++] = (struct dns_resolver){ given->at[i].ip, given->at[i].port };
	return 0;
}

static int
choose(const struct options *options, struct dns_resolvers *out, struct error *error)
{
	if (choose_of(&options->resolvers, "resolver", out, error) != 0)
		return -1;
	return out->count == 0 ? dns_resolvers_of_system("/etc/resolv.conf", out, error) : 0;
}

static struct dns_client_options
client_options(const struct options *options)
{
	return (struct dns_client_options){
		.inflight = (unsigned)options->dns_inflight,
		.per_second = (unsigned)options->dns_qps,
		.timeout_ms = (unsigned)options->dns_timeout,
	};
}

int
resolvers_open(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error)
{
	return resolvers_open_brief(options, loop, (unsigned)options->dns_timeout, out, error);
}

int
resolvers_open_brief(const struct options *options, struct loop *loop, unsigned timeout_ms,
    struct dns_client **out, struct error *error)
{
	struct dns_client_options dns = client_options(options);

	dns.timeout_ms = timeout_ms;
	if (choose(options, &dns.resolvers, error) != 0)
		return -1;
	return dns_client_new(loop, &dns, out, error);
}

int
resolvers_open_lists(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error)
{
	struct dns_client_options dns = client_options(options);

	*out = NULL;
	if (options->list_resolvers.count == 0)
		return 0;
	if (choose_of(&options->list_resolvers, "list-resolver", &dns.resolvers, error) != 0)
		return -1;
	return dns_client_new(loop, &dns, out, error);
}

static bool
is_trusted(const struct options *options, const struct ip *ip)
{
	static const struct ip_network loopback = { .ip = { 4, { 127 } }, .length = 8 };
	static const struct ip_network loopback6 = {
		.ip = { 6, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } }, .length = 128
	};

	for (size_t i = 0; i < options->trust_ad.count; i++)
		if (ip_in_network(ip, &options->trust_ad.at[i]))
			return true;
	return ip_in_network(ip, &loopback) || ip_in_network(ip, &loopback6);
}

unsigned
resolvers_trusted(const struct options *options)
{
	struct dns_resolvers resolvers = { .count = 0 };
	struct error error;
	unsigned trusted = 0;

	if (choose(options, &resolvers, &error) != 0)
		return 0;
	for (unsigned i = 0; i < resolvers.count; i++)
		if (is_trusted(options, &resolvers.at[i].ip))
			trusted |= 1u << i;
	return trusted;
}
