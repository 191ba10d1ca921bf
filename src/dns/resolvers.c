/* The system's resolvers. */
#include "dns/resolvers.h"

#include "base/error.h"

#include <errno.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>

bool
dns_resolver_is_here(const struct ip *ip)
{
	struct ifaddrs *all, *at;
	bool found = false;

	if (getifaddrs(&all) != 0)
		return false;
	for (at = all; at != NULL && !found; at = at->ifa_next) {
		if (at->ifa_addr == NULL)
			continue;
		if (at->ifa_addr->sa_family == AF_INET && ip->family == 4)
			found = memcmp(&((struct sockaddr_in *)(void *)at->ifa_addr)->sin_addr,
				    ip->octets, 4) == 0;
		else if (at->ifa_addr->sa_family == AF_INET6 && ip->family == 6)
			found = memcmp(&((struct sockaddr_in6 *)(void *)at->ifa_addr)->sin6_addr,
				    ip->octets, 16) == 0;
	}
	freeifaddrs(all);
	return found || (ip->family == 4 && ip->octets[0] == 127);
}

int
dns_resolvers_of_system(const char *path, struct dns_resolvers *resolvers, struct error *error)
{
	FILE *file = fopen(path, "re");
	char line[256], text[64];

	if (file == NULL)
		return error_set(error, EX_CONFIG, "%s: %s; name a resolver with --resolver ADDR",
		    path, strerror(errno));
	while (fgets(line, sizeof line, file) != NULL && resolvers->count < DNS_RESOLVERS_MAX) {
		struct dns_resolver *resolver = &resolvers->at[resolvers->count];

		if (sscanf(line, " nameserver %63s", text) != 1 || !ip_parse(text, &resolver->ip))
			continue;
		resolver->port = 53;
		resolvers->count++;
	}
	fclose(file);
	if (resolvers->count == 0)
		return error_set(
		    error, EX_CONFIG, "%s names no resolver; give one with --resolver ADDR", path);
	return 0;
}
