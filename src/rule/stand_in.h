#ifndef MXSWEEP_RULE_STAND_IN_H
#define MXSWEEP_RULE_STAND_IN_H

#include "base/ip.h"
#include "fact/facts.h"
#include "rule/mx.h"

#include <stdbool.h>

struct arena;

/* On what a finding rests, where it is not what was seen there. */
enum basis {
	BASIS_OBSERVED,
	BASIS_PROVIDER_SAMPLE, /* what other hosts of the provider showed */
	BASIS_INHERITED,       /* what the address showed to another name */
	BASIS_COUNT,
};
/* Which session tells of an address and MX name that had none. */
struct stand_in {
	bool wanted; /* it had none, or none that counts, since others stand for it */
	enum basis basis;
	const char *mx_name; /* NULL: none of them can */
	struct ip ip;
};

/*
 * Not every host gets a session: of a provider only a sample does, or the first two of a domain, of
 * the names at one address only so many. The session that came furthest stands for the others.
 * Where some exchange of the domain is not the provider's, no sample of it can.
 */
void stand_in_find(struct facts *facts, const struct mx_result *mx, const struct mx_host *host,
    const struct ip *ip, struct stand_in *out);

/* Does the provider let only the first two of a domain be contacted, and is this host behind them?
 */
bool stand_in_is_later(
    const struct run_facts *run, const struct mx_result *mx, const struct mx_host *host);

#endif
