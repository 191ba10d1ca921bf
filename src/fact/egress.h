#ifndef MXSWEEP_FACT_EGRESS_H
#define MXSWEEP_FACT_EGRESS_H

#include "fact/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the sessions of a run tell of our own way out, none of which is a fault of their hosts: does
 * port 25 leave this network (run.egress-25), does something on the path answer in the place of
 * others (run.path-honest), and which providers let us in just now, as witnesses that a host which
 * does not is alone with it. Pure: the caller says what time it is.
 *
 *   target    an address that was tried
 *   provider  whose host it is, as a digest; unrelated hosts differ in it, and in their network
 *             (a /24 or /48): the hosts of one server may have many names
 */
enum {
	EGRESS_WITNESS_MS = 60000,   /* within which witnesses must have let us in */
	EGRESS_TARGETS = 10,         /* that were tried without success: then it is in doubt */
	EGRESS_TARGET_PROVIDERS = 3, /* of at least so many providers */
	EGRESS_UNRELATED = 3,        /* hosts that show the same: then it is the path */
};

struct egress;

struct egress *egress_new(const uint64_t seed[2]);
void egress_free(struct egress *egress); /* NULL is none */

/* One session that has ended, a second look or a witness as well. Those of an earlier part of the
 * run may be told of in any order, with the time at which they ended. */
void egress_note(struct egress *egress, uint64_t provider, const struct ip *ip,
    const struct smtp_observation *seen, uint64_t now_ms);

/* Providers but this one that let us in within the last EGRESS_WITNESS_MS; counted to
 * WITNESSES_NEEDED. In constant time. */
unsigned egress_witnesses(const struct egress *egress, uint64_t provider, uint64_t now_ms);

/* Whether the provider is one of them. */
bool egress_let_in(const struct egress *egress, uint64_t provider, uint64_t now_ms);

bool egress_open(const struct egress *egress); /* some host has let us in */

/* None has, of EGRESS_TARGETS, or our own machine does not even let us try. */
bool egress_doubtful(const struct egress *egress);

/* smtp_greeting_form of a greeting that EGRESS_UNRELATED hosts showed, and that names a host; NULL
 * when there is none. It lives as long as the struct. */
const char *egress_shared_greeting(const struct egress *egress);
bool egress_masked(const struct egress *egress); /* as many had their keywords masked */

#endif
