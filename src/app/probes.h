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
 * NXDOMAIN. Addresses that come are noted as invented.
 *
 * run.resolver-validates: does a resolver whose word may be taken check signatures? It is asked for
 * the SOA of the zones, and passes when the signed one's has the AD bit, the unsigned one's has
 * not, and the broken one's is SERVFAIL (RFC 4035 4.9.3, RFC 6840 5.7). A table without a zone of
 * each kind proves nothing.
 *
 * Silence is asked again once, for a packet may have been lost, and so is what there was no socket
 * for.
 */
enum probe_kind {
	PROBE_SIGNED,
	PROBE_UNSIGNED,
	PROBE_BROKEN, /* signed so that nobody who checks can believe it */
	PROBE_KIND_COUNT,
};

struct probe_zone {
	char name[254];
	enum probe_kind kind;
};

enum { PROBE_ZONES_MAX = 8 };

struct probe_zones {
	struct probe_zone at[PROBE_ZONES_MAX];
	size_t count;
};

/* Reads probes.tsv, 1 to PROBE_ZONES_MAX zones and not the broken one alone; errors name file, line
 * and what would be right. */
int probes_load(const char *path, struct probe_zones *zones_out, struct error *error);

/* The zone whose random names are always asked of its servers: an unsigned one, since signatures
 * let a resolver answer for others of its names (RFC 8198), else the first. */
const char *probes_uncached_zone(const struct probe_zones *zones);

struct probes;
/* Bits of resolvers. Those that neither passed nor lied gave no clear answer. */
struct probes_result {
	unsigned passed; /* told the truth */
	unsigned lied;   /* gave data */
	unsigned answered;
	unsigned unasked; /* this machine had no socket for them */
	unsigned validating;
};
typedef void (*probes_done_fn)(void *user, const struct probes_result *result);
/* `trusted`: bits of the resolvers whose AD bit may be believed; the others are not tested for it.
 */
struct probes *probes_start(const struct probe_zones *zones, const struct run_facts *run,
    unsigned trusted, struct dns_client *dns, probes_done_fn done, void *user);
void probes_free(struct probes *probes); /* not before `done`, or after dns_client_free */

#endif
