#ifndef MXSWEEP_APP_RESOLVERS_H
#define MXSWEEP_APP_RESOLVERS_H

#include "app/options.h"

struct dns_client;
struct loop;

/* A client of the resolvers that the options name, else of the system's. */
int resolvers_open(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error);

#endif
