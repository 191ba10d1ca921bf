/* IP addresses: text, order, networks, reverse names and the special-purpose registries. */
#include "base/ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RFC 6890, RFC 1918, RFC 4193 and the IANA special-purpose registries: what no mail host may have.
 */
static const char *const special_networks[] = {
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4",
	"::/128",
	"::1/128",
	"::ffff:0:0/96",
	"64:ff9b::/96",
	"64:ff9b:1::/48",
	"100::/64",
	"2001:2::/48",
	"2001:db8::/32",
	"2002::/16",
	"3fff::/20",
	"5f00::/16",
	"fc00::/7",
	"fe80::/10",
	"fec0::/10",
	"ff00::/8",
};

enum { SPECIAL_COUNT = sizeof special_networks / sizeof special_networks[0] };

bool
ip_parse(const char *text, struct ip *ip_out)
{
	uint8_t octets[16];

	if (inet_pton(AF_INET, text, octets) == 1)
		*ip_out = ip_from_octets(octets, 4);
	else if (inet_pton(AF_INET6, text, octets) == 1)
		*ip_out = ip_unmapped(ip_from_octets(octets, 16));
	else
		return false;
	return true;
}

/* Keeps a mapped prefix as it is written: a network is a set of octets, not a host. */
bool
ip_network_parse(const char *text, struct ip_network *network_out)
{
	const char *slash = strchr(text, '/');
	size_t length = slash == NULL ? strlen(text) : (size_t)(slash - text);
	char address[IP_TEXT_MAX];
	struct ip_network network = { 0 };
	unsigned long bits;
	char *end;

	if (length >= sizeof address)
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	if (inet_pton(AF_INET, address, network.ip.octets) == 1)
		network.ip.family = 4;
	else if (inet_pton(AF_INET6, address, network.ip.octets) == 1)
		network.ip.family = 6;
	else
		return false;
	bits = slash == NULL ? ip_size(&network.ip) * 8 : strtoul(slash + 1, &end, 10);
	if (slash != NULL && (slash[1] < '0' || slash[1] > '9' || *end != '\0'))
		return false;
	if (bits > ip_size(&network.ip) * 8)
		return false;
	network.length = (uint8_t)bits;
	*network_out = network;
	return true;
}

struct ip
ip_from_octets(const void *octets, size_t length)
{
	struct ip ip = { .family = length == 4 ? 4 : 6 };

	memcpy(ip.octets, octets, length);
	return ip;
}

struct ip
ip_unmapped(struct ip ip)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	if (ip.family == 4 || memcmp(ip.octets, mapped, sizeof mapped) != 0)
		return ip;
	return ip_from_octets(ip.octets + 12, 4);
}

size_t
ip_size(const struct ip *ip)
{
	return ip->family == 4 ? 4 : 16;
}

const char *
ip_format(const struct ip *ip, char text[IP_TEXT_MAX])
{
	inet_ntop(ip->family == 4 ? AF_INET : AF_INET6, ip->octets, text, IP_TEXT_MAX);
	return text;
}

int
ip_compare(const struct ip *a, const struct ip *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->octets, b->octets, ip_size(a));
}

bool
ip_equal(const struct ip *a, const struct ip *b)
{
	return ip_compare(a, b) == 0;
}

bool
ip_in_network(const struct ip *ip, const struct ip_network *network)
{
	size_t whole = network->length / 8;
	unsigned rest = network->length % 8;

	if (ip->family != network->ip.family || memcmp(ip->octets, network->ip.octets, whole) != 0)
		return false;
	return rest == 0 || (ip->octets[whole] ^ network->ip.octets[whole]) >> (8 - rest) == 0;
}

const char *
ip_reverse_name(const struct ip *ip, char name[IP_REVERSE_MAX])
{
	static const char digits[] = "0123456789abcdef";
	char *at = name;

	if (ip->family == 4) {
		snprintf(name, IP_REVERSE_MAX, "%u.%u.%u.%u.in-addr.arpa", ip->octets[3],
		    ip->octets[2], ip->octets[1], ip->octets[0]);
		return name;
	}
	for (int i = 15; i >= 0; i--) {
		*at++ = digits[ip->octets[i] & 15];
		*at++ = '.';
		*at++ = digits[ip->octets[i] >> 4];
		*at++ = '.';
	}
	memcpy(at, "ip6.arpa", sizeof "ip6.arpa");
	return name;
}

const char *
ip_special_purpose(const struct ip *ip)
{
	for (size_t i = 0; i < SPECIAL_COUNT; i++) {
		struct ip_network network;

		if (ip_network_parse(special_networks[i], &network) && ip_in_network(ip, &network))
			return special_networks[i];
	}
	return NULL;
}
