/* From options to a DNS client. */
#include "app/resolvers.h"

#include "dns/client.h"

#include <sysexits.h>

int
resolvers_open(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error)
{
	struct dns_client_options dns = {
		.inflight = (unsigned)options->dns_inflight,
		.per_second = (unsigned)options->dns_qps,
		.timeout_ms = (unsigned)options->dns_timeout,
	};

	if (options->resolvers.count > DNS_RESOLVERS_MAX)
		return error_set(error, EX_USAGE, "--resolver: at most %d resolvers can be asked",
		    DNS_RESOLVERS_MAX);
	for (size_t i = 0; i < options->resolvers.count; i++)
		dns.resolvers.at[dns.resolvers.count++] =
		    (struct dns_resolver){ options->resolvers.at[i].ip,
			    options->resolvers.at[i].port };
	if (dns.resolvers.count == 0 &&
	    dns_resolvers_of_system("/etc/resolv.conf", &dns.resolvers, error) != 0)
		return -1;
	return dns_client_new(loop, &dns, out, error);
}
