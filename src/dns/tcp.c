/* DNS over TCP (RFC 7766): sockets of its own, watched one by one. */
#include "dns/tcp.h"

#include "base/alloc.h"
#include "dns/channel.h"
#include "net/loop.h"
#include "net/socket.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	TRIES = 32,         /* a server may close after each answer: the others go again */
	PATIENCE_MS = 5000, /* whoever asks has deadlines of its own */
	WATCHES_MAX = 16,   /* connections at once: c-ares has one, but may open the next first */
};

struct dns_tcp {
	struct loop *loop;
	struct dns_resolver resolver;
	ares_channel channel; /* NULL until it is needed */
	bool shortage;
	struct loop_watch *watches[WATCHES_MAX];
	int fds[WATCHES_MAX];
	size_t watch_count;
};

static ares_socket_t
open_socket(int family, int type, int protocol, void *user)
{
	struct dns_tcp *tcp = user;
	int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

	if (fd < 0 && socket_error_is_shortage(errno))
		tcp->shortage = true;
	return fd;
}

static int
close_socket(ares_socket_t fd, void *user)
{
	(void)user;
	return close(fd);
}

static int
connect_socket(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t size, void *user)
{
	struct dns_tcp *tcp = user;
	int status = connect(fd, to, size);

	if (status != 0 && socket_error_is_shortage(errno))
		tcp->shortage = true;
	return status;
}

static ares_ssize_t
receive(ares_socket_t fd, void *bytes, size_t size, int flags, struct sockaddr *from,
    ares_socklen_t *from_size, void *user)
{
	(void)user;
	return recvfrom(fd, bytes, size, flags, from, from_size);
}

static ares_ssize_t
send_parts(ares_socket_t fd, const struct iovec *parts, int count, void *user)
{
	struct msghdr message = { .msg_iovlen = (size_t)count };

	(void)user;
	memcpy(&message.msg_iov, &parts, sizeof parts); /* sendmsg(2) does not write to it */
	return sendmsg(fd, &message, MSG_NOSIGNAL);
}

static const struct ares_socket_functions functions = {
	.asocket = open_socket,
	.aclose = close_socket,
	.aconnect = connect_socket,
	.arecvfrom = receive,
	.asendv = send_parts,
};

static void
on_socket_ready(void *user, int fd, bool readable, bool writable)
{
	struct dns_tcp *tcp = user;

	ares_process_fd(
	    tcp->channel, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
}

static size_t
watch_index(const struct dns_tcp *tcp, int fd)
{
	size_t i = 0;

	while (i < tcp->watch_count && tcp->fds[i] != fd)
		i++;
	return i;
}

/* c-ares tells which of its sockets to watch; both false means that it is about to close it. */
static void
on_socket_state(void *user, ares_socket_t fd, int readable, int writable)
{
	struct dns_tcp *tcp = user;
	size_t i = watch_index(tcp, fd);

	if (!readable && !writable) {
		if (i == tcp->watch_count)
			return;
		loop_watch_free(tcp->watches[i]);
		tcp->watch_count--;
		tcp->watches[i] = tcp->watches[tcp->watch_count];
		tcp->fds[i] = tcp->fds[tcp->watch_count];
		return;
	}
	if (i == tcp->watch_count) {
		struct loop_watch *watch;

		if (i == WATCHES_MAX)
			return; /* its questions time out */
		watch = loop_watch_new(tcp->loop, fd, on_socket_ready, tcp);
		if (watch == NULL)
			return;
		tcp->watches[i] = watch;
		tcp->fds[i] = fd;
		tcp->watch_count++;
	}
	loop_watch_set(tcp->watches[i], readable != 0, writable != 0);
}

static bool
open_channel(struct dns_tcp *tcp)
{
	struct ares_options options = {
		.flags = ARES_FLAG_USEVC,
		.timeout = PATIENCE_MS,
		.tries = TRIES,
		.sock_state_cb = on_socket_state,
		.sock_state_cb_data = tcp,
	};

	return tcp->channel != NULL ||
	    dns_channel_open(&tcp->resolver, &options, ARES_OPT_SOCK_STATE_CB, &functions, tcp,
		&tcp->channel) == ARES_SUCCESS;
}

struct dns_tcp *
dns_tcp_new(struct loop *loop, const struct dns_resolver *resolver)
{
	struct dns_tcp *tcp = alloc_zeroed(1, sizeof *tcp);

	tcp->loop = loop;
	tcp->resolver = *resolver;
	return tcp;
}

void
dns_tcp_free(struct dns_tcp *tcp)
{
	if (tcp == NULL)
		return;
	dns_channel_close(tcp->channel);
	free(tcp);
}

bool
dns_tcp_send(struct dns_tcp *tcp, const void *packet, size_t length, ares_callback done, void *user)
{
	tcp->shortage = false;
	if (!open_channel(tcp))
		return false;
	ares_send(tcp->channel, packet, (int)length, done, user);
	return true;
}

void
dns_tcp_tick(struct dns_tcp *tcp)
{
	if (tcp->channel != NULL)
		ares_process_fd(tcp->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

bool
dns_tcp_had_shortage(const struct dns_tcp *tcp)
{
	return tcp->shortage;
}
