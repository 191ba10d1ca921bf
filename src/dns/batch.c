/*
 * UDP in batches: on the machines where it was measured, system calls are nine tenths of the cost
 * of a look-up.
 */
#include "dns/batch.h"

#include "base/alloc.h"
#include "net/loop.h"
#include "net/socket.h"
#include "wire/dns_message.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	RING = 64,                     /* datagrams read by one call */
	SLOT = DNS_UDP_PAYLOAD + 1,    /* one octet more than we have said that we take */
	READ_MAX = 512,                /* datagrams in one turn, so that every socket has its own */
	QUEUE = 128,                   /* datagrams sent by one call */
	QUERY_MAX = 12 + 255 + 4 + 11, /* header, name, type and class, OPT */
	RECEIVE_BUFFER = 4 << 20,      /* asked for; Debian grants 208 KiB, which it doubles */
	ANSWER_COST = 1280, /* of a receive buffer: the kernel counts its own records too */
	PAUSE_MS = 250,     /* after a refusal or a shortage */
};

struct socket {
	struct dns_batch *batch;
	struct loop_watch *watch;
	int fd;
	size_t room; /* octets of the receive buffer */
	size_t queued;
	struct mmsghdr out[QUEUE];
	struct iovec out_parts[QUEUE];
	uint8_t queue[QUEUE][QUERY_MAX];
};

struct dns_batch {
	struct loop *loop;
	dns_batch_ready_fn ready;
	void *user;
	struct sockaddr_storage address;
	socklen_t address_size;
	struct socket sockets[DNS_BATCH_SOCKETS];
	unsigned socket_count;
	bool grown;  /* there will be no more sockets */
	size_t room; /* octets of the receive buffers */
	uint64_t held_until, opened_at;
	bool refused, blocked, watched;
	unsigned reading;             /* the socket that the ring is filled from */
	bool dry;                     /* ... for now */
	unsigned taken, filled, read; /* of the ring; of this turn */
	struct mmsghdr in[RING];
	struct iovec in_parts[RING];
	uint8_t ring[RING][SLOT];
};

static void
set_parts(struct dns_batch *batch)
{
	for (size_t i = 0; i < RING; i++) {
		batch->in_parts[i] = (struct iovec){ batch->ring[i], SLOT };
		batch->in[i].msg_hdr.msg_iov = &batch->in_parts[i];
		batch->in[i].msg_hdr.msg_iovlen = 1;
	}
}

static void
set_socket_parts(struct socket *socket)
{
	for (size_t i = 0; i < QUEUE; i++) {
		socket->out_parts[i].iov_base = socket->queue[i];
		socket->out[i].msg_hdr.msg_iov = &socket->out_parts[i];
		socket->out[i].msg_hdr.msg_iovlen = 1;
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
	batch->address_size = socket_address(&resolver->ip, resolver->port, &batch->address);
	set_parts(batch);
	for (size_t i = 0; i < DNS_BATCH_SOCKETS; i++) {
		batch->sockets[i].batch = batch;
		set_socket_parts(&batch->sockets[i]);
	}
	return batch;
}

static void
close_sockets(struct dns_batch *batch, unsigned left)
{
	while (batch->socket_count > left) {
		struct socket *last = &batch->sockets[--batch->socket_count];

		loop_watch_free(last->watch);
		close(last->fd);
		batch->room -= last->room;
	}
}

void
dns_batch_free(struct dns_batch *batch)
{
	if (batch == NULL)
		return;
	close_sockets(batch, 0);
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

	(void)fd, (void)readable, (void)writable;
	batch->ready(batch->user, (unsigned)(socket - batch->sockets));
	if (dns_batch_is_held(batch))
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
	    batch->address.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);

	if (fd < 0)
		return false;
	made->watch = connect(fd, (struct sockaddr *)&batch->address, batch->address_size) == 0
	    ? loop_watch_new(batch->loop, fd, on_ready, made)
	    : NULL;
	if (made->watch == NULL) {
		close(fd);
		return false;
	}
	made->fd = fd;
	made->room = grow_receive_buffer(fd);
	batch->room += made->room;
	batch->socket_count++;
	return true;
}

static bool
open_first(struct dns_batch *batch)
{
	if (dns_batch_is_held(batch))
		return false;
	if (!open_socket(batch)) {
		hold(batch);
		return false;
	}
	batch->opened_at = loop_now(batch->loop);
	dns_batch_watch(batch, batch->watched);
	return true;
}

/* Where there are few, half are given back: the other resolvers and the sessions need some too. */
static void
open_others(struct dns_batch *batch)
{
	while (batch->socket_count < DNS_BATCH_SOCKETS && open_socket(batch))
		;
	if (batch->socket_count < DNS_BATCH_SOCKETS)
		close_sockets(batch, (batch->socket_count + 1) / 2);
	batch->grown = true;
	dns_batch_watch(batch, batch->watched);
}

bool
dns_batch_open(struct dns_batch *batch)
{
	if (batch->socket_count == 0)
		return open_first(batch);
	if (!batch->grown && loop_now(batch->loop) != batch->opened_at)
		open_others(batch);
	return true;
}

unsigned
dns_batch_sockets(const struct dns_batch *batch)
{
	return batch->socket_count;
}

int
dns_batch_fd(const struct dns_batch *batch, unsigned socket)
{
	return socket < batch->socket_count ? batch->sockets[socket].fd : -1;
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

/* A call that does not fill the ring has emptied the socket. */
static bool
fill(struct dns_batch *batch)
{
	int count;

	if (batch->taken < batch->filled)
		return true;
	if (batch->dry || batch->read >= READ_MAX)
		return false;
	count = recvmmsg(batch->sockets[batch->reading].fd, batch->in, RING, MSG_DONTWAIT, NULL);
	batch->dry = count < RING;
	if (count < 0 && errno != EAGAIN && errno != EINTR)
		note_refusal(batch);
	if (count <= 0)
		return false;
	batch->taken = 0;
	batch->filled = (unsigned)count;
	batch->read += (unsigned)count;
	batch->refused = false;
	return true;
}

bool
dns_batch_read(struct dns_batch *batch, unsigned socket)
{
	if (socket >= batch->socket_count)
		return false;
	batch->reading = socket;
	batch->dry = false;
	batch->taken = batch->filled = batch->read = 0;
	return fill(batch);
}

size_t
dns_batch_take(struct dns_batch *batch, void *bytes, size_t size, bool *cut_out)
{
	while (fill(batch)) {
		unsigned at = batch->taken++;
		size_t length = batch->in[at].msg_len;

		*cut_out = length > size;
		if (length > size)
			length = size;
		memcpy(bytes, batch->ring[at], length);
		if (length > 0) /* an empty datagram is no answer */
			return length;
	}
	return 0;
}

unsigned
dns_batch_count(const struct dns_batch *batch)
{
	return batch->read;
}

/* ---- sending */

static void
drop_first(struct socket *socket, size_t count)
{
	socket->queued -= count;
	if (count == 0 || socket->queued == 0)
		return;
	memmove(socket->queue[0], socket->queue[count], socket->queued * QUERY_MAX);
	for (size_t i = 0; i < socket->queued; i++)
		socket->out_parts[i].iov_len = socket->out_parts[i + count].iov_len;
}

/* What stands in the way of the first datagram of the queue? False when the others must wait. */
static bool
pass_send_error(struct socket *socket, int error)
{
	switch (error) {
	case EINTR:
		return true;
	case EMSGSIZE:
	case EINVAL:
		drop_first(socket, 1); /* it can never be sent */
		return true;
	case EAGAIN: /* the device has enough to do, or the kernel */
	case ENOBUFS:
	case ENOMEM:
		socket->batch->blocked = true;
		return false;
	default:
		note_refusal(socket->batch);
		return false;
	}
}

static void
flush_socket(struct socket *socket)
{
	while (socket->queued > 0 && !dns_batch_is_held(socket->batch)) {
		int sent = sendmmsg(
		    socket->fd, socket->out, (unsigned)socket->queued, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent >= 0)
			drop_first(socket, (size_t)sent);
		else if (!pass_send_error(socket, errno))
			break;
	}
}

void
dns_batch_flush(struct dns_batch *batch)
{
	batch->blocked = false;
	for (unsigned i = 0; i < batch->socket_count; i++)
		flush_socket(&batch->sockets[i]);
}

void
dns_batch_send(struct dns_batch *batch, unsigned number, const struct iovec *parts, int count)
{
	struct socket *socket = &batch->sockets[number];
	uint8_t *to = socket->queue[socket->queued];
	size_t length = 0;

	if (socket->queued == QUEUE)
		return;
	for (int i = 0; i < count && length + parts[i].iov_len <= QUERY_MAX; i++) {
		memcpy(to + length, parts[i].iov_base, parts[i].iov_len);
		length += parts[i].iov_len;
	}
	socket->out_parts[socket->queued++].iov_len = length;
	if (socket->queued == QUEUE)
		flush_socket(socket);
}
