/* One thread that answers UDP and TCP on one port of loopback. */
#include "dns/fake_resolver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PACKET_MAX = 2048,
	QUESTION_MAX = 512,
	BIG = 1000,
	HUGE = 1400,
	HEADER = 12,
	OPT_SIZE = 11,
	AUTHENTIC = 0x20, /* in the fourth octet */
};

/* Not of those that the kernel gives to whoever asks: one that refuses comes back to its own. */
enum { FIRST_PORT = 20000, LAST_PORT = 32000 };

struct fake_resolver {
	pthread_t thread;
	int udp, tcp;
	uint16_t port;
	int contrary;
	atomic_uint questions;
	atomic_bool stop, refuse, refusing; /* asked for; done */
	unsigned laters;
};

static int
is_kind(const unsigned char *packet, const char *kind)
{
	size_t length = strlen(kind);

	return packet[HEADER] >= length && memcmp(packet + HEADER + 1, kind, length) == 0;
}

/* An answer without records of the type asked, filled up with a TXT record of that many octets. */
static size_t
fill(unsigned char *packet, size_t length, size_t size)
{
	static const unsigned char head[] = { 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60 };
	size_t data = size - length - sizeof head - 2, at = length + sizeof head;

	packet[7] = 1;
	memcpy(packet + length, head, sizeof head);
	packet[at++] = (unsigned char)(data >> 8);
	packet[at++] = (unsigned char)data;
	memset(packet + at, 0, data); /* empty strings */
	return size;
}

/* A SOA record of nothing but zeros, whatever the type asked, vouched for if the name says so. */
static size_t
add_soa(unsigned char *packet, size_t length)
{
	static const unsigned char head[] = { 0xc0, 12, 0, 6, 0, 1, 0, 0, 0, 60, 0, 22 };

	packet[7] = 1;
	if (is_kind(packet, "soaad"))
		packet[3] |= AUTHENTIC;
	memcpy(packet + length, head, sizeof head);
	memset(packet + length + sizeof head, 0, 22);
	return length + sizeof head + 22;
}

/* Turns the question in the packet into its answer; the new length, or 0 for silence. */
static size_t
answer(struct fake_resolver *resolver, unsigned char *packet, size_t length, int over_tcp)
{
	static const unsigned char record[] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2,
		1 };
	int data = is_kind(packet, "data") || (is_kind(packet, "nx") && resolver->contrary) ||
	    (is_kind(packet, "later") && resolver->laters++ > 0) ||
	    ((is_kind(packet, "cut") || is_kind(packet, "huge")) && over_tcp) ||
	    is_kind(packet, "empty");

	length -= OPT_SIZE;
	packet[2] |= 0x80;
	packet[3] = 0x80;
	packet[11] = 0; /* no additional records */
	if (is_kind(packet, "silent") || (is_kind(packet, "later") && !data))
		return 0;
	if (data) {
		packet[7] = 1;
		memcpy(packet + length, record, sizeof record);
		return length + sizeof record;
	}
	if (is_kind(packet, "soa"))
		return add_soa(packet, length);
	if (is_kind(packet, "big"))
		return fill(packet, length, BIG);
	if (is_kind(packet, "huge"))
		return fill(packet, length, HUGE);
	if (is_kind(packet, "form"))
		packet[3] |= 1;
	if (is_kind(packet, "nx"))
		packet[3] |= 3;
	if (is_kind(packet, "fail"))
		packet[3] |= 2;
	if (is_kind(packet, "refuse"))
		packet[3] |= 5;
	if (is_kind(packet, "cut"))
		packet[2] |= 0x02;
	if (is_kind(packet, "wrong"))
		packet[HEADER + 1] = 'W' ^ 0x01;
	if (is_kind(packet, "badid"))
		packet[0] ^= 0xff;
	if (is_kind(packet, "junk"))
		memset(packet + 4, 0xc0, length - 4);
	return length;
}

static void
serve_udp(struct fake_resolver *resolver)
{
	unsigned char packet[PACKET_MAX];
	struct sockaddr_in peer;
	socklen_t size = sizeof peer;
	ssize_t length =
	    recvfrom(resolver->udp, packet, QUESTION_MAX, 0, (struct sockaddr *)&peer, &size);
	size_t out;

	if (length < HEADER + OPT_SIZE)
		return;
	atomic_fetch_add(&resolver->questions, 1);
	if (is_kind(packet, "empty"))
		sendto(resolver->udp, packet, 0, 0, (struct sockaddr *)&peer, size);
	out = answer(resolver, packet, (size_t)length, 0);
	if (out > 0)
		sendto(resolver->udp, packet, out, 0, (struct sockaddr *)&peer, size);
}

static void
serve_tcp(struct fake_resolver *resolver)
{
	unsigned char packet[PACKET_MAX + 2];
	int fd = accept(resolver->tcp, NULL, NULL);
	ssize_t length = recv(fd, packet, 2, MSG_WAITALL);
	size_t out;

	if (length == 2)
		length = recv(fd, packet + 2, (size_t)(packet[0] << 8 | packet[1]), MSG_WAITALL);
	if (length > HEADER + OPT_SIZE) {
		out = answer(resolver, packet + 2, (size_t)length, 1);
		packet[0] = (unsigned char)(out >> 8);
		packet[1] = (unsigned char)out;
		send(fd, packet, out + 2, MSG_NOSIGNAL);
	}
	shutdown(fd, SHUT_WR);
	while (recv(fd, packet, sizeof packet, 0) > 0) /* unread octets would make it a reset */
		;
	close(fd);
}

static int
bound_socket(int type, uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, type, 0), yes = 1;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
		abort();
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    (type == SOCK_STREAM && listen(fd, 64) != 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* TCP first: a port of UDP could be shared with a resolver of another test. */
static bool
bind_both(struct fake_resolver *resolver)
{
	resolver->tcp = bound_socket(SOCK_STREAM, resolver->port);
	if (resolver->tcp < 0)
		return false;
	resolver->udp = bound_socket(SOCK_DGRAM, resolver->port);
	if (resolver->udp >= 0)
		return true;
	close(resolver->tcp);
	return false;
}

static void
set_refusing(struct fake_resolver *resolver, bool refusing)
{
	if (refusing) {
		close(resolver->udp);
		close(resolver->tcp);
	} else {
		if (!bind_both(resolver))
			abort();
	}
	atomic_store(&resolver->refusing, refusing);
}

static void *
serve(void *user)
{
	struct fake_resolver *resolver = user;

	while (!atomic_load(&resolver->stop)) {
		struct pollfd fds[] = { { resolver->udp, POLLIN, 0 },
			{ resolver->tcp, POLLIN, 0 } };
		bool refuse = atomic_load(&resolver->refuse);

		if (refuse != atomic_load(&resolver->refusing)) {
			set_refusing(resolver, refuse);
			continue;
		}
		poll(fds, refuse ? 0 : 2, 2);
		if ((fds[0].revents & POLLIN) != 0)
			serve_udp(resolver);
		if ((fds[1].revents & POLLIN) != 0)
			serve_tcp(resolver);
	}
	return NULL;
}

struct fake_resolver *
fake_resolver_start(int contrary)
{
	struct fake_resolver *resolver = calloc(1, sizeof *resolver);
	unsigned port = FIRST_PORT + (unsigned)getpid() % (LAST_PORT - FIRST_PORT);

	resolver->contrary = contrary;
	do {
		resolver->port = (uint16_t)port;
		port = port == LAST_PORT ? FIRST_PORT : port + 1;
	} while (!bind_both(resolver));
	if (pthread_create(&resolver->thread, NULL, serve, resolver) != 0)
		abort();
	return resolver;
}

void
fake_resolver_refuse(struct fake_resolver *resolver, int refusing)
{
	atomic_store(&resolver->refuse, refusing != 0);
	while (atomic_load(&resolver->refusing) != (refusing != 0))
		usleep(1000);
}

uint16_t
fake_resolver_port(const struct fake_resolver *resolver)
{
	return resolver->port;
}

unsigned
fake_resolver_questions(const struct fake_resolver *resolver)
{
	return atomic_load(&resolver->questions);
}

void
fake_resolver_end(struct fake_resolver *resolver)
{
	atomic_store(&resolver->stop, true);
	pthread_join(resolver->thread, NULL);
	if (!resolver->refusing) {
		close(resolver->udp);
		close(resolver->tcp);
	}
	free(resolver);
}
