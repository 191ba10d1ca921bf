/*
 * c-ares as a carrier of packets. What costs when thousands are in flight is kept out of it:
 * ares_timeout() is never called (it walks all questions); a tick drives its second tries. Packets
 * are not its own either, so that id, RD, AD and OPT are ours.
 *
 * Each socket of the batch has a channel, so that an answer counts only at the port that asked. TCP
 * has another channel, because c-ares sends all that is open in one again when a connection ends.
 */
#include "dns/engine.h"

#include "base/alloc.h"
#include "base/error.h"
#include "dns/batch.h"
#include "dns/channel.h"
#include "dns/tcp.h"
#include "wire/dns_message.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>

enum {
	TRIES = 2,
	TURN = 64, /* packets by one port, then by the next: a burst is spread over all buffers */
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
	struct dns_tcp *tcp;
	struct port ports[DNS_BATCH_SOCKETS];
	unsigned turn; /* packets sent, in turns of the ports */
};

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
	if (length >= DNS_HEADER_SIZE) {
		mask_format_error(bytes);
		if (cut)
			dns_message_set_cut(bytes);
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

/* ---- the engine */

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
	return dns_channel_open(&engine->options.resolver, &options, ARES_OPT_EDNSPSZ,
	    &udp_functions, port, &port->channel);
}

static int
open_ports(struct dns_engine *engine, struct error *error)
{
	char text[IP_TEXT_MAX];

	for (unsigned i = 0; i < DNS_BATCH_SOCKETS; i++) {
		int status = open_port(engine, i);

		if (status != ARES_SUCCESS)
			return error_set(error, EX_OSERR, "resolver %s: %s",
			    ip_format(&engine->options.resolver.ip, text), ares_strerror(status));
	}
	return 0;
}

struct dns_engine *
dns_engine_new(const struct dns_engine_options *options, struct error *error)
{
	struct dns_engine *engine = alloc_zeroed(1, sizeof *engine);

	engine->options = *options;
	engine->batch = dns_batch_new(options->loop, &options->resolver, on_batch_ready, engine);
	engine->tcp = dns_tcp_new(options->loop, &options->resolver);
	if (open_ports(engine, error) != 0) {
		dns_engine_free(engine);
		return NULL;
	}
	dns_batch_open(engine->batch);
	return engine;
}

void
dns_engine_free(struct dns_engine *engine)
{
	if (engine == NULL)
		return;
	dns_tcp_free(engine->tcp);
	for (size_t i = 0; i < DNS_BATCH_SOCKETS; i++)
		dns_channel_close(engine->ports[i].channel);
	dns_batch_free(engine->batch);
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
	unsigned port;

	if (!dns_batch_open(engine->batch))
		return false;
	call->engine = engine;
	port = engine->turn++ / TURN % dns_batch_sockets(engine->batch);
	ares_send(engine->ports[port].channel, packet, (int)length, on_answer, call);
	return true;
}

static void
on_answer_tcp(void *user, int status, int timeouts, unsigned char *bytes, int length)
{
	struct dns_call *call = user;
	const struct dns_engine *engine = call->engine;
	struct dns_reply none = { .shortage = dns_tcp_had_shortage(engine->tcp) };

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
	if (!dns_tcp_send(engine->tcp, packet, length, on_answer_tcp, call))
		engine->options.done(engine->options.user, call, &none);
}

void
dns_engine_flush(struct dns_engine *engine)
{
	dns_batch_flush(engine->batch);
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

bool
dns_engine_is_short(const struct dns_engine *engine)
{
	return dns_batch_sockets(engine->batch) == 0;
}

void
dns_engine_tick(struct dns_engine *engine)
{
	for (size_t i = 0; i < DNS_BATCH_SOCKETS; i++)
		ares_process_fd(engine->ports[i].channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	dns_tcp_tick(engine->tcp);
	if (dns_engine_is_short(engine))
		dns_batch_open(engine->batch); /* while it is short, nobody may ask */
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
