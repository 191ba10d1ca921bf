#ifndef MXSWEEP_FACT_POLICIES_H
#define MXSWEEP_FACT_POLICIES_H

#include "base/ip.h"

#include <stddef.h>
#include <stdint.h>

struct https_client;
struct loop;
struct night;
struct policies;

/*
 * The policy files of MTA-STS of a run (RFC 8461 3.3): one fetch for each policy host. They wait
 * for their turn at a limiter of their own. What could not be had is looked for once more after a
 * while. What was seen goes to the night file after each look, and does not stay in memory when it
 * is final.
 */
struct policies_options {
	struct https_client *https;
	unsigned at_once;        /* fetches, all hosts together */
	uint64_t second_look_ms; /* when a negative is looked at again; 0: never */

	/* filled in by the graph */
	struct loop *loop;
	struct night *night;
	bool recorded; /* the night file may hold looks already: they are not had again */
	int64_t began; /* Unix seconds; looks from before tell nothing of the run's way out */
	void (*done)(void *user); /* one is final */
	void *user;
};

struct policies *policies_new(const struct policies_options *options);
void policies_free(struct policies *policies);

/* The addresses are those of the host; none may be without permission to be contacted. */
void
policies_share(struct policies *policies, const char *host, const struct ip *ips, size_t count);
/* None is begun any more; those that are being fetched may end. */
void policies_close(struct policies *policies);
void policies_cancel(struct policies *policies); /* no more callbacks, no new ones */

struct policies_counts {
	uint64_t done;
	size_t open; /* begun or waiting, for a second look as well */
};
struct policies_counts policies_counts(const struct policies *policies);

#endif
