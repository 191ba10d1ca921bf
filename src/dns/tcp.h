#ifndef MXSWEEP_DNS_TCP_H
#define MXSWEEP_DNS_TCP_H

#include "dns/resolvers.h"

#include <ares.h>
#include <stdbool.h>

struct dns_tcp;
struct loop;

/*
 * Packets to one resolver by TCP, for answers that did not fit into a datagram. It connects when
 * there is something to ask; c-ares sends what is open again when a connection ends.
 */
struct dns_tcp *dns_tcp_new(struct loop *loop, const struct dns_resolver *resolver);
void dns_tcp_free(struct dns_tcp *tcp); /* calls back for what is open */

/*
 * `done` may come from inside the call. False when there is nothing to send with: it does not come.
 */
bool dns_tcp_send(
    struct dns_tcp *tcp, const void *packet, size_t length, ares_callback done, void *user);
void dns_tcp_tick(struct dns_tcp *tcp);
/* Was it for want of a socket that the packet which just came back without an answer did so? */
bool dns_tcp_had_shortage(const struct dns_tcp *tcp);

#endif
