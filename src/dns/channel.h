#ifndef MXSWEEP_DNS_CHANNEL_H
#define MXSWEEP_DNS_CHANNEL_H

#include "dns/resolvers.h"

#include <ares.h>

/*
 * A c-ares channel as engine.c and tcp.c use it: packets as they are, answers as they come, sockets
 * that stay open, and memory from a pool. Returns a status of c-ares; the channel is NULL unless it
 * is ARES_SUCCESS.
 */
int dns_channel_open(const struct dns_resolver *resolver, struct ares_options *options, int mask,
    const struct ares_socket_functions *functions, void *user, ares_channel *channel_out);
void dns_channel_close(ares_channel channel); /* calls back for what is open; NULL is allowed */

#endif
