#ifndef MXSWEEP_DNS_RESOLVERS_H
#define MXSWEEP_DNS_RESOLVERS_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>

struct error;

/* Recursive resolvers, and which of them the system names. */
enum { DNS_RESOLVERS_MAX = 8 }; /* they are bits of dns_answer.resolvers */

struct dns_resolver {
	struct ip ip;
	uint16_t port;
};

struct dns_resolvers {
	struct dns_resolver at[DNS_RESOLVERS_MAX];
	size_t count;
};

/* Adds those of resolv.conf(5); -1 with an error when there is none. */
int dns_resolvers_of_system(const char *path, struct dns_resolvers *resolvers, struct error *error);

/* Has an interface of this machine the address? Then the resolver may be asked without restraint.
 */
bool dns_resolver_is_here(const struct ip *ip);

#endif
