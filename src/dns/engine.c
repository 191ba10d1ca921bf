/*
 * c-ares as a carrier of packets. What costs when thousands are in flight is kept out of it:
 * ares_timeout() is never called (it walks all questions); a tick drives its second tries. Packets
 * are not its own either, so that id, RD, AD and OPT are ours.
 */
#include "dns/engine.h"

#include "base/alloc.h"
#include "base/error.h"
#include "net/loop.h"
#include "wire/dns_message.h"

#include <ares.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>

enum {
	TRIES = 2,
	WATCHES_MAX = 16,         /* sockets of one channel */
	RECEIVE_BUFFER = 4 << 20, /* a burst of 10,000 answers must fit, or the kernel drops them */
};

struct dns_engine {
	struct loop *loop;
	ares_channel channel;
	struct loop_watch *watches[WATCHES_MAX];
	int fds[WATCHES_MAX];
	size_t watch_count;
};

struct packet {
	dns_engine_done_fn done;
	void *user;
};

static void
on_socket_ready(void *user, int fd, bool readable, bool writable)
{
	struct dns_engine *engine = user;

	ares_process_fd(
	    engine->channel, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
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
		watch = loop_watch_new(engine->loop, fd, on_socket_ready, engine);
		if (watch == NULL)
			return;
		engine->watches[i] = watch;
		engine->fds[i] = fd;
		engine->watch_count++;
	}
	loop_watch_set(engine->watches[i], readable != 0, writable != 0);
}

static int
on_socket_made(ares_socket_t fd, int type, void *user)
{
	int size = RECEIVE_BUFFER;

	(void)user;
	if (type == SOCK_DGRAM &&
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	return 0;
}

static int
open_channel(struct dns_engine *engine, unsigned first_try_ms)
{
	struct ares_options options = {
		.flags = ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH |
		    ARES_FLAG_NOALIASES | ARES_FLAG_EDNS,
		.timeout = (int)first_try_ms,
		.tries = TRIES,
		.ednspsz = DNS_UDP_PAYLOAD,
		.sock_state_cb = on_socket_state,
		.sock_state_cb_data = engine,
	};
	int status = ares_init_options(&engine->channel, &options,
	    ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ |
		ARES_OPT_SOCK_STATE_CB);

	if (status == ARES_SUCCESS)
		ares_set_socket_configure_callback(engine->channel, on_socket_made, NULL);
	return status;
}

struct dns_engine *
dns_engine_new(struct loop *loop, const struct dns_resolver *resolver, unsigned first_try_ms,
    struct error *error)
{
	struct dns_engine *engine = alloc_zeroed(1, sizeof *engine);
	char text[IP_TEXT_MAX], server[IP_TEXT_MAX + 16];
	int status;

	ares_library_init(ARES_LIB_INIT_ALL);
	engine->loop = loop;
	snprintf(server, sizeof server, resolver->ip.family == 4 ? "%s:%u" : "[%s]:%u",
	    ip_format(&resolver->ip, text), resolver->port);
	status = open_channel(engine, first_try_ms);
	if (status == ARES_SUCCESS)
		status = ares_set_servers_ports_csv(engine->channel, server);
	if (status != ARES_SUCCESS) {
		error_set(error, EX_OSERR, "resolver %s: %s", server, ares_strerror(status));
		dns_engine_free(engine);
		return NULL;
	}
	return engine;
}

void
dns_engine_free(struct dns_engine *engine)
{
	if (engine == NULL)
		return;
	if (engine->channel != NULL)
		ares_destroy(engine->channel);
	ares_library_cleanup();
	free(engine);
}

static void
on_answer(void *user, int status, int timeouts, unsigned char *bytes, int length)
{
	struct packet packet = *(struct packet *)user;

	(void)timeouts;
	free(user);
	packet.done(packet.user, status == ARES_SUCCESS ? bytes : NULL, (size_t)length);
}

void
dns_engine_send(struct dns_engine *engine, const void *packet, size_t length,
    dns_engine_done_fn done, void *user)
{
	struct packet *sent = alloc_bytes(sizeof *sent);

	*sent = (struct packet){ done, user };
	ares_send(engine->channel, packet, (int)length, on_answer, sent);
}

void
dns_engine_tick(struct dns_engine *engine)
{
	ares_process_fd(engine->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}
