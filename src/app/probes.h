#ifndef MXSWEEP_APP_PROBES_H
#define MXSWEEP_APP_PROBES_H

#include "base/error.h"
#include "fact/facts.h"

#include <stddef.h>

struct dns_client;
struct loop;

/*
 * run.resolver-honest: does each resolver say NXDOMAIN for names that nobody has? Random names in a
 * signed and in an unsigned zone are asked of each, for A and AAAA; it passes when all are
 * NXDOMAIN. Silence is asked again once, for a packet may have been lost, and so is what there was
 * no socket for. Addresses that come are noted as invented.
 */
struct probe_zone {
	char name[254];
	bool is_signed;
};

enum { PROBE_ZONES_MAX = 8 };

struct probe_zones {
	struct probe_zone at[PROBE_ZONES_MAX];
	size_t count;
};

/* Reads probes.tsv, 1 to PROBE_ZONES_MAX zones; errors name file, line and what would be right. */
int probes_load(const char *path, struct probe_zones *zones_out, struct error *error);

struct probes;
/* Bits of resolvers. Those that neither passed nor lied gave no clear answer. */
struct probes_result {
	unsigned passed; /* told the truth */
	unsigned lied;   /* gave data */
	unsigned answered;
	unsigned unasked; /* this machine had no socket for them */
};
typedef void (*probes_done_fn)(void *user, const struct probes_result *result);
struct probes *probes_start(const struct probe_zones *zones, const struct run_facts *run,
    struct dns_client *dns, probes_done_fn done, void *user);
void probes_free(struct probes *probes); /* not before `done`, or after dns_client_free */

#endif
