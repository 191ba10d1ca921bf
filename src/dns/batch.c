/* UDP in batches: on the machines where it was measured, system calls are nine tenths of the cost
 * of a look-up.
 */
#include "dns/batch.h"

#include "base/alloc.h"
#include "net/loop.h"
#include "wire/dns_message.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	SOCKETS = 4,
	RING = 64, /* datagrams read by one call */
	SLOT =
	    DNS_UDP_PAYLOAD + 1, /* one more than we have said that we take: who sends it is cut */
	READ_MAX = 2048,         /* datagrams in one turn of the loop, so that all get theirs */
	QUEUE = 128,             /* datagrams sent by one call */
	QUERY_MAX = 12 + 255 + 4 + 11, /* header, name, type and class, OPT */
	RECEIVE_BUFFER = 4 << 20,      /* asked for; Debian grants 208 KiB, which it doubles */
	ANSWER_COST = 1280, /* of a receive buffer: the kernel counts its own records too */
	PAUSE_MS = 250,     /* after a refusal or a shortage */
};

struct socket {
	struct dns_batch *batch;
	struct loop_watch *watch;
	int fd;
};

struct dns_batch {
	struct loop *loop;
	dns_batch_ready_fn ready;
	void *user;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
	socklen_t address_size;
	struct socket sockets[SOCKETS];
	unsigned socket_count;
	unsigned unread;         /* bit n: socket n may have something */
	unsigned sender, reader; /* the sockets whose turn it is */
	size_t room;             /* octets of the receive buffers */
	uint64_t held_until;
	bool refused, blocked, watched;
	size_t taken, filled, read_this_turn; /* of the ring */
	size_t queued;
	struct mmsghdr in[RING], out[QUEUE];
	struct iovec in_parts[RING], out_parts[QUEUE];
	uint8_t ring[RING][SLOT], queue[QUEUE][QUERY_MAX];
};

static void
set_address(struct dns_batch *batch, const struct dns_resolver *resolver)
{
	if (resolver->ip.family == 4) {
		batch->address.v4.sin_family = AF_INET;
		batch->address.v4.sin_port = htons(resolver->port);
		memcpy(&batch->address.v4.sin_addr, resolver->ip.octets, 4);
		batch->address_size = sizeof batch->address.v4;
	} else {
		batch->address.v6.sin6_family = AF_INET6;
		batch->address.v6.sin6_port = htons(resolver->port);
		memcpy(&batch->address.v6.sin6_addr, resolver->ip.octets, 16);
		batch->address_size = sizeof batch->address.v6;
	}
}

static void
set_parts(struct dns_batch *batch)
{
	for (size_t i = 0; i < RING; i++) {
		batch->in_parts[i] = (struct iovec){ batch->ring[i], SLOT };
		batch->in[i].msg_hdr.msg_iov = &batch->in_parts[i];
		batch->in[i].msg_hdr.msg_iovlen = 1;
	}
	for (size_t i = 0; i < QUEUE; i++) {
		batch->out_parts[i].iov_base = batch->queue[i];
		batch->out[i].msg_hdr.msg_iov = &batch->out_parts[i];
		batch->out[i].msg_hdr.msg_iovlen = 1;
	}
}

struct dns_batch *
dns_batch_new(
    struct loop *loop, const struct dns_resolver *resolver, dns_batch_ready_fn ready, void *user)
{
	struct dns_batch *batch = alloc_zeroed(1, sizeof *batch);

	batch->loop = loop;
	batch->ready = ready;
	batch->user = user;
	batch->watched = true;
	set_address(batch, resolver);
	set_parts(batch);
	return batch;
}

void
dns_batch_free(struct dns_batch *batch)
{
	if (batch == NULL)
		return;
	for (unsigned i = 0; i < batch->socket_count; i++) {
		loop_watch_free(batch->sockets[i].watch);
		close(batch->sockets[i].fd);
	}
	free(batch);
}

/* ---- sockets */

static void
hold(struct dns_batch *batch)
{
	batch->held_until = loop_now(batch->loop) + PAUSE_MS;
}

/* libuv gives up a watch when it tells of an error, so it is set anew. */
static void
on_ready(void *user, int fd, bool readable, bool writable)
{
	struct socket *socket = user;
	struct dns_batch *batch = socket->batch;
	bool refused_before = batch->refused;

	(void)fd, (void)readable, (void)writable;
	batch->unread |= 1u << (socket - batch->sockets);
	batch->ready(batch->user);
	if (batch->refused || refused_before)
		dns_batch_watch(batch, batch->watched);
}

/* As large a buffer as is granted: without the privilege it is net.core.rmem_max. */
static size_t
grow_receive_buffer(int fd)
{
	int size = RECEIVE_BUFFER;
	socklen_t length = sizeof size;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	if (getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, &length) != 0)
		return 0;
	return (size_t)size;
}

static bool
open_socket(struct dns_batch *batch)
{
	struct socket *made = &batch->sockets[batch->socket_count];
	int fd = socket(
	    batch->address.any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);

	if (fd < 0)
		return false;
	if (connect(fd, &batch->address.any, batch->address_size) == 0)
		made->watch = loop_watch_new(batch->loop, fd, on_ready, made);
	if (made->watch == NULL) {
		close(fd);
		return false;
	}
	made->batch = batch;
	made->fd = fd;
	batch->room += grow_receive_buffer(fd);
	batch->socket_count++;
	return true;
}

bool
dns_batch_open(struct dns_batch *batch)
{
	if (batch->socket_count > 0)
		return true;
	if (dns_batch_is_held(batch))
		return false;
	while (batch->socket_count < SOCKETS && open_socket(batch))
		;
	if (batch->socket_count == 0)
		hold(batch);
	dns_batch_watch(batch, batch->watched);
	return batch->socket_count > 0;
}

int
dns_batch_fd(const struct dns_batch *batch)
{
	return batch->socket_count > 0 ? batch->sockets[0].fd : -1;
}

void
dns_batch_watch(struct dns_batch *batch, bool watched)
{
	batch->watched = watched;
	for (unsigned i = 0; i < batch->socket_count; i++)
		loop_watch_set(batch->sockets[i].watch, watched, false);
}

bool
dns_batch_is_held(const struct dns_batch *batch)
{
	return batch->blocked || loop_now(batch->loop) < batch->held_until;
}

bool
dns_batch_is_refused(const struct dns_batch *batch)
{
	return batch->refused;
}

unsigned
dns_batch_room(const struct dns_batch *batch)
{
	return (unsigned)(batch->room / ANSWER_COST);
}

/* An ICMP error: the resolver is down, or the way to it. */
static void
note_refusal(struct dns_batch *batch)
{
	batch->refused = true;
	hold(batch);
}

/* ---- reading */

/* Fills the ring from one socket. A call that does not fill it has emptied the socket. */
static bool
read_socket(struct dns_batch *batch, unsigned index)
{
	int count = recvmmsg(batch->sockets[index].fd, batch->in, RING, MSG_DONTWAIT, NULL);

	if (count < RING)
		batch->unread &= ~(1u << index);
	if (count < 0 && errno != EAGAIN && errno != EINTR)
		note_refusal(batch);
	if (count <= 0)
		return false;
	batch->taken = 0;
	batch->filled = (size_t)count;
	batch->read_this_turn += (size_t)count;
	batch->refused = false;
	return true;
}

static bool
fill(struct dns_batch *batch)
{
	if (batch->taken < batch->filled)
		return true;
	if (batch->read_this_turn >= READ_MAX)
		return false;
	for (unsigned i = 0; i < batch->socket_count; i++) {
		batch->reader = (batch->reader + 1) % batch->socket_count;
		if ((batch->unread & 1u << batch->reader) != 0 && read_socket(batch, batch->reader))
			return true;
	}
	return false;
}

bool
dns_batch_read(struct dns_batch *batch)
{
	batch->read_this_turn = 0;
	if (!batch->watched)
		batch->unread = (1u << batch->socket_count) - 1;
	return fill(batch);
}

size_t
dns_batch_take(struct dns_batch *batch, void *bytes, size_t size, bool *cut_out)
{
	while (fill(batch)) {
		size_t at = batch->taken++;
		size_t length = batch->in[at].msg_len;

		*cut_out = length > size || length == SLOT;
		if (length > size)
			length = size;
		memcpy(bytes, batch->ring[at], length);
		if (length > 0) /* an empty datagram is no answer */
			return length;
	}
	return 0;
}

/* ---- sending */

static void
drop_first(struct dns_batch *batch, size_t count)
{
	batch->queued -= count;
	if (count == 0 || batch->queued == 0)
		return;
	memmove(batch->queue[0], batch->queue[count], batch->queued * QUERY_MAX);
	for (size_t i = 0; i < batch->queued; i++)
		batch->out_parts[i].iov_len = batch->out_parts[i + count].iov_len;
}

/* What stands in the way of the first datagram of the queue? False when the others must wait. */
static bool
pass_send_error(struct dns_batch *batch, int error)
{
	switch (error) {
	case EINTR:
		return true;
	case EMSGSIZE:
	case EINVAL:
		drop_first(batch, 1); /* it can never be sent */
		return true;
	case EAGAIN: /* the device has enough to do, or the kernel */
	case ENOBUFS:
	case ENOMEM:
		batch->blocked = true;
		return false;
	default:
		note_refusal(batch);
		return false;
	}
}

void
dns_batch_flush(struct dns_batch *batch)
{
	batch->blocked = false;
	while (batch->queued > 0 && !dns_batch_is_held(batch) && batch->socket_count > 0) {
		unsigned sender = batch->sender++ % batch->socket_count;
		int sent = sendmmsg(batch->sockets[sender].fd, batch->out, (unsigned)batch->queued,
		    MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent >= 0)
			drop_first(batch, (size_t)sent);
		else if (!pass_send_error(batch, errno))
			break;
	}
}

void
dns_batch_send(struct dns_batch *batch, const struct iovec *parts, int count)
{
	size_t length = 0;

	if (batch->queued == QUEUE)
		dns_batch_flush(batch);
	if (batch->queued == QUEUE)
		return;
	for (int i = 0; i < count && length + parts[i].iov_len <= QUERY_MAX; i++) {
		memcpy(batch->queue[batch->queued] + length, parts[i].iov_base, parts[i].iov_len);
		length += parts[i].iov_len;
	}
	batch->out_parts[batch->queued++].iov_len = length;
}
