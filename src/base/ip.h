#ifndef MXSWEEP_BASE_IP_H
#define MXSWEEP_BASE_IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IP_TEXT_MAX = 46,    /* INET6_ADDRSTRLEN */
	IP_REVERSE_MAX = 74, /* 32 nibbles with dots, "ip6.arpa" and the NUL */
};

/*
 * An IPv4 (4 octets used) or IPv6 address in network order. An IPv4-mapped one (RFC 4291 2.5.5.2)
 * is IPv4 when a person writes it, and stays IPv6, which no host may have, when a record holds it.
 */
struct ip {
	uint8_t family; /* 4 or 6 */
	uint8_t octets[16];
};

struct ip_network {
	struct ip ip;
	uint8_t length; /* of the prefix, in bits */
};

bool ip_parse(const char *text, struct ip *ip_out); /* no brackets, no scope, no port */
bool ip_network_parse(const char *text, struct ip_network *network_out); /* ADDR or ADDR/LEN */
struct ip ip_from_octets(const void *octets, size_t length);             /* 4 or 16 */
struct ip ip_unmapped(struct ip ip); /* the IPv4 address behind an IPv4-mapped one, else as it is */
const char *ip_format(const struct ip *ip, char text[IP_TEXT_MAX]); /* returns text */
size_t ip_size(const struct ip *ip);                                /* 4 or 16 */

int ip_compare(const struct ip *a, const struct ip *b); /* IPv4 before IPv6, then by octets */
bool ip_equal(const struct ip *a, const struct ip *b);
bool ip_in_network(const struct ip *ip, const struct ip_network *network);

/* The name of its PTR record: in-addr.arpa (RFC 1035 3.5) or ip6.arpa (RFC 3596 2.5). */
const char *ip_reverse_name(const struct ip *ip, char name[IP_REVERSE_MAX]);

/*
 * The special-purpose network (RFC 6890 and its registries) that the address lies in, as text such
 * as "10.0.0.0/8"; NULL when the address is global.
 */
const char *ip_special_purpose(const struct ip *ip);

#endif
