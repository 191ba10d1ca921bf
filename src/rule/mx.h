#ifndef MXSWEEP_RULE_MX_H
#define MXSWEEP_RULE_MX_H

#include "base/ip.h"
#include "fact/facts.h"
#include "names/host_name.h"
#include "rule/registration.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	MX_HOSTS_MAX = 10,      /* hosts that are looked up and contacted; the rest is `budget` */
	HOST_ADDRESSES_MAX = 8, /* addresses of one host that are; lowest first */
};

/* Names that no mail can be sent to over the Internet (RFC 6761, RFC 7686). */
enum name_reserved {
	NAME_ORDINARY,
	NAME_RESERVED, /* localhost, .local, .test, .example, .internal, .onion */
	NAME_INVALID,  /* below .invalid: often the left-over proof of a tenant */
};

struct mx_host {
	const char *name; /* as published, lower case */
	uint16_t preference;
	unsigned times; /* how often the name is in the RRset */
	enum host_name_fault fault;
	enum name_reserved reserved;
	bool beyond_budget; /* not looked up */
	bool looked_up;     /* its name can have addresses, and they were asked for */
	const struct dns_answer *a, *aaaa;
	const char *alias_target;   /* where its CNAME leads; NULL without one */
	const struct ip *addresses; /* IPv4 first, each in order; at most HOST_ADDRESSES_MAX */
	size_t address_count;
	size_t addresses_published;
	struct registration registration; /* of the name that is missing; EXISTS where none is */
};

struct mx_result {
	const struct dns_answer *mx;
	const struct dns_answer *a, *aaaa; /* of the domain; asked when it has no MX */
	bool implicit; /* no MX, but an address: the domain is its own host (RFC 5321 5.1) */
	bool null_mx;  /* some exchange is "." (RFC 7505) */
	bool null_alone;
	uint16_t null_preference;
	struct mx_host *hosts; /* by preference, then name; each name once, "." left out */
	size_t host_count;
};

/* The exchanges of a domain and their addresses (RFC 5321 5.1). */
void
mx_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct mx_result *out);

/* Is there a host that mail could be delivered to? */
bool mx_usable(const struct mx_result *mx);
/* NXDOMAIN for the domain itself, not for the target of an alias (RFC 8020). */
bool mx_domain_missing(const struct mx_result *mx);
/* The answer that says most about why the host has no address; data when it has one. */
const struct dns_answer *mx_host_answer(const struct mx_host *host);

enum name_reserved name_reserved_kind(const char *name);

#endif
