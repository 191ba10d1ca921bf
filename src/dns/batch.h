#ifndef MXSWEEP_DNS_BATCH_H
#define MXSWEEP_DNS_BATCH_H

#include "dns/resolvers.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

struct dns_batch;
struct loop;

/*
 * The UDP sockets to one resolver, for many datagrams a system call: what is sent stands in a queue
 * until dns_batch_flush, and what is received comes out of a ring that is filled by recvmmsg(2).
 * There are some sockets, numbered from 0, for the sake of unguessable ports (RFC 5452 9.2) and of
 * their receive buffers. They are connected: the kernel drops what comes from elsewhere.
 *
 * What goes wrong stays here: a refusal (an ICMP error) or a full send buffer never reaches the
 * sender. The queues are held for a while and their datagrams wait.
 */
enum { DNS_BATCH_SOCKETS = 8 };

typedef void (*dns_batch_ready_fn)(void *user, unsigned socket);
struct dns_batch *dns_batch_new(
    struct loop *loop, const struct dns_resolver *resolver, dns_batch_ready_fn ready, void *user);
void dns_batch_free(struct dns_batch *batch);

/*
 * Makes the first socket, and in a later turn of the loop the others, so that each resolver has one
 * before any has more. A shortage of this machine (EMFILE, no local port, ENOBUFS) leaves fewer for
 * good; false while there is none, which is tried anew four times a second at most.
 */
bool dns_batch_open(struct dns_batch *batch);
unsigned dns_batch_sockets(const struct dns_batch *batch);        /* how many there are */
int dns_batch_fd(const struct dns_batch *batch, unsigned socket); /* -1 until they are open */

/* Calls `ready` when there is something to read, or leaves it to the owner to look. */
void dns_batch_watch(struct dns_batch *batch, bool watched);

/*
 * Reads what has come to a socket, some hundreds of datagrams at most: true when there is one. Then
 * all are to be taken. dns_batch_take copies the next, cut to `size`; 0 when there is none any
 * more. *cut_out: it was longer.
 */
bool dns_batch_read(struct dns_batch *batch, unsigned socket);
size_t dns_batch_take(struct dns_batch *batch, void *bytes, size_t size, bool *cut_out);
unsigned dns_batch_count(const struct dns_batch *batch); /* datagrams read since dns_batch_read */

/* A datagram that finds the queue full, while it is held, is lost as it may be on any network. */
void dns_batch_send(struct dns_batch *batch, unsigned socket, const struct iovec *parts, int count);
void dns_batch_flush(struct dns_batch *batch);

/* Are the queues held, because the resolver refuses or the kernel takes no more? */
bool dns_batch_is_held(const struct dns_batch *batch);
/* Has the resolver refused what was sent, and nothing come from it since? */
bool dns_batch_is_refused(const struct dns_batch *batch);
/* How many answers the receive buffers hold that the kernel has granted; 0 without sockets. */
unsigned dns_batch_room(const struct dns_batch *batch);

#endif
