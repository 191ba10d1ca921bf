#ifndef MXSWEEP_APP_RESOLVERS_H
#define MXSWEEP_APP_RESOLVERS_H

#include "app/options.h"

struct dns_client;
struct loop;

/* A client of the resolvers that the options name, else of the system's. */
int resolvers_open(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error);
/* The same with a patience of its own. */
int resolvers_open_brief(const struct options *options, struct loop *loop, unsigned timeout_ms,
    struct dns_client **out, struct error *error);
/* The client of --list-resolver; NULL without one. */
int resolvers_open_lists(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error);

/*
 * Bits of those resolvers whose AD bit may be believed: on loopback, where nobody can have changed
 * it, or named by --trust-ad (RFC 4035 4.9.3).
 */
unsigned resolvers_trusted(const struct options *options);

#endif
