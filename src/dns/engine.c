/*
 * c-ares as a carrier of packets. What costs when thousands are in flight is kept out of it:
 * ares_timeout() is never called (it walks all questions); a tick drives its second tries. Packets
 * are not its own either, so that id, RD, AD and OPT are ours.
 *
 * Each socket of the batch has a channel, so that an answer counts only at the port that asked. A
 * channel of its own, made when it is needed, asks by TCP for answers that were cut: when a
 * connection ends, c-ares sends all that is open in its channel again.
 */
#include "dns/engine.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/pool.h"
#include "dns/batch.h"
#include "net/loop.h"
#include "wire/dns_message.h"

#include <ares.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	TRIES = 2,
	TCP_TRIES =
	    6, /* a server may close after each answer, and what stood behind it goes again */
	TCP_PATIENCE_MS = 5000,
	WATCHES_MAX = 16, /* connections at once: c-ares has one, but may open the next first */
	HEADER = 12,
	FLAG_CUT = 0x02,
	RCODE_MASK = 0x0f,
	FORMERR = 1,
	NO_RCODE = 11, /* unassigned */
};

/* One socket of the batch, as c-ares sees it. */
struct port {
	struct dns_engine *engine;
	unsigned socket;
	ares_channel channel;
};

struct dns_engine {
	struct dns_engine_options options;
	struct dns_batch *batch;
	char server[IP_TEXT_MAX + 16]; /* as c-ares reads it */
	struct port ports[DNS_BATCH_SOCKETS];
	unsigned turn;    /* of the port that sends */
	ares_channel tcp; /* NULL until it is needed */
	bool tcp_shortage;
	struct loop_watch *watches[WATCHES_MAX];
	int fds[WATCHES_MAX];
	size_t watch_count;
};

/* ---- memory */

/*
 * c-ares allocates for each packet and each answer, in sizes that the C library is slow at. Its
 * hooks know no user pointer, so this pool is the one of all engines; they live on one thread.
 */
static struct pool memory;

struct head {
	size_t size;
};

static void *
take_memory(size_t size)
{
	struct head *head = pool_take(&memory, sizeof *head + size);

	head->size = size;
	return head + 1;
}

static void
give_memory(void *bytes)
{
	struct head *head = bytes;

	if (bytes == NULL)
		return;
	head--;
	pool_give(&memory, head, sizeof *head + head->size);
}

static void *
resize_memory(void *old, size_t size)
{
	void *new = take_memory(size);

	if (old != NULL) {
		size_t kept = ((struct head *)old)[-1].size;

		memcpy(new, old, kept < size ? kept : size);
		give_memory(old);
	}
	return new;
}

/* ---- UDP: the batch as c-ares' socket */

static ares_socket_t
udp_socket(int family, int type, int protocol, void *user)
{
	const struct port *port = user;

	(void)family, (void)type, (void)protocol;
	return dns_batch_fd(port->engine->batch, port->socket);
}

static int
udp_close(ares_socket_t fd, void *user)
{
	(void)fd, (void)user;
	return 0; /* the batch closes its sockets itself */
}

static int
udp_connect(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t size, void *user)
{
	(void)fd, (void)to, (void)size, (void)user;
	return 0;
}

/* c-ares compares where an answer came from; the sockets are connected, so that the kernel has. */
static void
write_address(const struct dns_resolver *resolver, struct sockaddr *from)
{
	if (resolver->ip.family == 4)
		memcpy(&((struct sockaddr_in *)(void *)from)->sin_addr, resolver->ip.octets, 4);
	else
		memcpy(&((struct sockaddr_in6 *)(void *)from)->sin6_addr, resolver->ip.octets, 16);
	from->sa_family = resolver->ip.family == 4 ? AF_INET : AF_INET6;
}

/*
 * FORMERR without OPT would make c-ares give up EDNS for all questions to come, and cut their
 * answers to 512 octets. Nobody above tells it from a response code that does not exist.
 */
static void
mask_format_error(uint8_t *message)
{
	if ((message[3] & RCODE_MASK) == FORMERR)
		message[3] = (uint8_t)((message[3] & ~RCODE_MASK) | NO_RCODE);
}

static ares_ssize_t
udp_receive(ares_socket_t fd, void *bytes, size_t size, int flags, struct sockaddr *from,
    ares_socklen_t *from_size, void *user)
{
	const struct dns_engine *engine = ((const struct port *)user)->engine;
	bool cut;
	size_t length = dns_batch_take(
	    engine->batch, bytes, size < DNS_UDP_PAYLOAD ? size : DNS_UDP_PAYLOAD, &cut);

	(void)fd, (void)flags, (void)from_size;
	if (length == 0) {
		errno = EAGAIN;
		return -1;
	}
	if (length >= HEADER) {
		mask_format_error(bytes);
		if (cut)
			((uint8_t *)bytes)[2] |= FLAG_CUT;
	}
	write_address(&engine->options.resolver, from);
	return (ares_ssize_t)length;
}

static ares_ssize_t
udp_send(ares_socket_t fd, const struct iovec *parts, int count, void *user)
{
	const struct port *port = user;
	ares_ssize_t length = 0;

	(void)fd;
	dns_batch_send(port->engine->batch, port->socket, parts, count);
	for (int i = 0; i < count; i++)
		length += (ares_ssize_t)parts[i].iov_len;
	return length;
}

static const struct ares_socket_functions udp_functions = {
	.asocket = udp_socket,
	.aclose = udp_close,
	.aconnect = udp_connect,
	.arecvfrom = udp_receive,
	.asendv = udp_send,
};

static unsigned
read_port(struct dns_engine *engine, unsigned socket)
{
	if (!dns_batch_read(engine->batch, socket))
		return 0;
	ares_process_fd(
	    engine->ports[socket].channel, dns_batch_fd(engine->batch, socket), ARES_SOCKET_BAD);
	return dns_batch_count(engine->batch);
}

static void
on_batch_ready(void *user, unsigned socket)
{
	struct dns_engine *engine = user;

	read_port(engine, socket);
	dns_batch_flush(engine->batch);
}

/* ---- TCP: sockets of its own, watched one by one */

static bool
is_shortage(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM ||
	    error == EADDRNOTAVAIL;
}

static ares_socket_t
tcp_socket(int family, int type, int protocol, void *user)
{
	struct dns_engine *engine = user;
	int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

	if (fd < 0 && is_shortage(errno))
		engine->tcp_shortage = true;
	return fd;
}

static int
tcp_close(ares_socket_t fd, void *user)
{
	(void)user;
	return close(fd);
}

static int
tcp_connect(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t size, void *user)
{
	struct dns_engine *engine = user;
	int status = connect(fd, to, size);

	if (status != 0 && is_shortage(errno))
		engine->tcp_shortage = true;
	return status;
}

static ares_ssize_t
tcp_receive(ares_socket_t fd, void *bytes, size_t size, int flags, struct sockaddr *from,
    ares_socklen_t *from_size, void *user)
{
	(void)user;
	return recvfrom(fd, bytes, size, flags, from, from_size);
}

static ares_ssize_t
tcp_send(ares_socket_t fd, const struct iovec *parts, int count, void *user)
{
	struct msghdr message = { .msg_iovlen = (size_t)count };

	(void)user;
	memcpy(&message.msg_iov, &parts, sizeof parts); /* sendmsg(2) does not write to it */
	return sendmsg(fd, &message, MSG_NOSIGNAL);
}

static const struct ares_socket_functions tcp_functions = {
	.asocket = tcp_socket,
	.aclose = tcp_close,
	.aconnect = tcp_connect,
	.arecvfrom = tcp_receive,
	.asendv = tcp_send,
};

static void
on_socket_ready(void *user, int fd, bool readable, bool writable)
{
	struct dns_engine *engine = user;

	ares_process_fd(
	    engine->tcp, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
}

static size_t
watch_index(const struct dns_engine *engine, int fd)
{
	size_t i = 0;

	while (i < engine->watch_count && engine->fds[i] != fd)
		i++;
	return i;
}

/* c-ares tells which of its sockets to watch; both false means that it is about to close it. */
static void
on_socket_state(void *user, ares_socket_t fd, int readable, int writable)
{
	struct dns_engine *engine = user;
	size_t i = watch_index(engine, fd);

	if (!readable && !writable) {
		if (i == engine->watch_count)
			return;
		loop_watch_free(engine->watches[i]);
		engine->watch_count--;
		engine->watches[i] = engine->watches[engine->watch_count];
		engine->fds[i] = engine->fds[engine->watch_count];
		return;
	}
	if (i == engine->watch_count) {
		struct loop_watch *watch;

		if (i == WATCHES_MAX)
			return; /* its questions time out */
		watch = loop_watch_new(engine->options.loop, fd, on_socket_ready, engine);
		if (watch == NULL)
			return;
		engine->watches[i] = watch;
		engine->fds[i] = fd;
		engine->watch_count++;
	}
	loop_watch_set(engine->watches[i], readable != 0, writable != 0);
}

/* ---- channels */

static int
open_channel(const char *server, struct ares_options *options, int mask,
    const struct ares_socket_functions *functions, void *user, ares_channel *channel_out)
{
	int status;

	options->flags |=
	    ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
	status = ares_init_options(
	    channel_out, options, mask | ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
	if (status != ARES_SUCCESS)
		return status;
	ares_set_socket_functions(*channel_out, functions, user);
	status = ares_set_servers_ports_csv(*channel_out, server);
	if (status != ARES_SUCCESS) {
		ares_destroy(*channel_out);
		*channel_out = NULL;
	}
	return status;
}

static int
open_port(struct dns_engine *engine, unsigned socket)
{
	struct port *port = &engine->ports[socket];
	struct ares_options options = {
		.flags = ARES_FLAG_EDNS | ARES_FLAG_IGNTC,
		.timeout = (int)engine->options.first_try_ms,
		.tries = TRIES,
		.ednspsz = DNS_UDP_PAYLOAD,
	};

	port->engine = engine;
	port->socket = socket;
	return open_channel(
	    engine->server, &options, ARES_OPT_EDNSPSZ, &udp_functions, port, &port->channel);
}

static int
open_tcp(struct dns_engine *engine)
{
	struct ares_options options = {
		.flags = ARES_FLAG_USEVC,
		.timeout = TCP_PATIENCE_MS,
		.tries = TCP_TRIES,
		.sock_state_cb = on_socket_state,
		.sock_state_cb_data = engine,
	};

	return open_channel(
	    engine->server, &options, ARES_OPT_SOCK_STATE_CB, &tcp_functions, engine, &engine->tcp);
}

struct dns_engine *
dns_engine_new(const struct dns_engine_options *options, struct error *error)
{
	struct dns_engine *engine = alloc_zeroed(1, sizeof *engine);
	char text[IP_TEXT_MAX];

	ares_library_init_mem(ARES_LIB_INIT_ALL, take_memory, give_memory, resize_memory);
	engine->options = *options;
	engine->batch = dns_batch_new(options->loop, &options->resolver, on_batch_ready, engine);
	snprintf(engine->server, sizeof engine->server,
	    options->resolver.ip.family == 4 ? "%s:%u" : "[%s]:%u",
	    ip_format(&options->resolver.ip, text), options->resolver.port);
	for (unsigned i = 0; i < DNS_BATCH_SOCKETS; i++) {
		int status = open_port(engine, i);

		if (status == ARES_SUCCESS)
			continue;
		error_set(
		    error, EX_OSERR, "resolver %s: %s", engine->server, ares_strerror(status));
		dns_engine_free(engine);
		return NULL;
	}
	dns_batch_open(engine->batch);
	return engine;
}

static void
close_channel(ares_channel channel)
{
	if (channel != NULL)
		ares_destroy(channel);
}

void
dns_engine_free(struct dns_engine *engine)
{
	if (engine == NULL)
		return;
	close_channel(engine->tcp);
	for (size_t i = 0; i < DNS_BATCH_SOCKETS; i++)
		close_channel(engine->ports[i].channel);
	dns_batch_free(engine->batch);
	ares_library_cleanup();
	free(engine);
}

/* ---- packets */

static void
on_answer(void *user, int status, int timeouts, unsigned char *bytes, int length)
{
	struct dns_call *call = user;
	const struct dns_engine *engine = call->engine;
	struct dns_reply reply = { .lost = (unsigned)timeouts };

	if (status == ARES_SUCCESS) {
		reply.bytes = bytes;
		reply.length = (size_t)length;
	}
	engine->options.done(engine->options.user, call, &reply);
}

bool
dns_engine_send(struct dns_engine *engine, const void *packet, size_t length, struct dns_call *call)
{
	if (!dns_batch_open(engine->batch))
		return false;
	call->engine = engine;
	ares_send(engine->ports[engine->turn].channel, packet, (int)length, on_answer, call);
	return true;
}

static void
on_answer_tcp(void *user, int status, int timeouts, unsigned char *bytes, int length)
{
	struct dns_call *call = user;
	const struct dns_engine *engine = call->engine;
	struct dns_reply none = { .shortage = engine->tcp_shortage };

	if (status == ARES_SUCCESS)
		on_answer(user, status, timeouts, bytes, length);
	else
		engine->options.done(engine->options.user, call, &none);
}

void
dns_engine_send_tcp(
    struct dns_engine *engine, const void *packet, size_t length, struct dns_call *call)
{
	struct dns_reply none = { .shortage = true };

	call->engine = engine;
	engine->tcp_shortage = false;
	if (engine->tcp == NULL && open_tcp(engine) != ARES_SUCCESS)
		engine->options.done(engine->options.user, call, &none);
	else
		ares_send(engine->tcp, packet, (int)length, on_answer_tcp, call);
}

void
dns_engine_flush(struct dns_engine *engine)
{
	dns_batch_flush(engine->batch);
	engine->turn = (engine->turn + 1) % DNS_BATCH_SOCKETS;
}

unsigned
dns_engine_read(struct dns_engine *engine)
{
	unsigned count = 0;

	for (unsigned i = 0; i < DNS_BATCH_SOCKETS; i++)
		count += read_port(engine, i);
	return count;
}

void
dns_engine_watch(struct dns_engine *engine, bool watched)
{
	dns_batch_watch(engine->batch, watched);
}

void
dns_engine_tick(struct dns_engine *engine)
{
	for (size_t i = 0; i < DNS_BATCH_SOCKETS; i++)
		ares_process_fd(engine->ports[i].channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	if (engine->tcp != NULL)
		ares_process_fd(engine->tcp, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	dns_batch_flush(engine->batch);
}

bool
dns_engine_is_held(const struct dns_engine *engine)
{
	return dns_batch_is_held(engine->batch);
}

bool
dns_engine_is_refused(const struct dns_engine *engine)
{
	return dns_batch_is_refused(engine->batch);
}

unsigned
dns_engine_room(const struct dns_engine *engine)
{
	return dns_batch_room(engine->batch);
}
