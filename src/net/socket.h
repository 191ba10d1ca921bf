#ifndef MXSWEEP_NET_SOCKET_H
#define MXSWEEP_NET_SOCKET_H

#include "base/ip.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* The address as connect(2) takes it; returns its size. */
socklen_t socket_address(const struct ip *ip, uint16_t port, struct sockaddr_storage *out);

struct ip socket_ip(const struct sockaddr_storage *address); /* the address in it */

/* Has this machine a route for addresses of the family, 4 or 6? Sends nothing. */
bool socket_has_route(unsigned family);
/* The address from which it would speak to the world; false when it has no route. Likewise. */
bool socket_source(unsigned family, struct ip *ip_out);
/* Is the address one of this machine? Likewise. */
bool socket_is_ours(const struct ip *ip);

/* Does this errno tell of a shortage of this machine: descriptors, memory, local ports? */
bool socket_error_is_shortage(int error);

#endif
