/*
 * A DNS server for load: it answers every A question with one address, as fast or as slowly as it
 * is told, loses some answers, and never answers for names that are "dead". Datagrams come and go
 * in batches, so that it is no bottleneck for whom it measures.
 *
 *   responder [--delay MIN-MAX] [--loss PERCENT] [--dead PERCENT] [--mail] ADDR:PORT...
 *
 * With --mail it serves the names of mail_zone.h instead, of which those below domains may be dead.
 *
 * It prints "ready", and when its standard input ends, how much it has seen.
 */
#include "mail_zone.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	BATCH = 128,
	SOCKETS_MAX = 8,
	QUESTION_MAX = 496,
	PACKET_MAX = MAIL_ANSWER_MAX,
	HEADER = 12,
	OPT = 11,
	WHEEL = 2048, /* milliseconds that an answer may be held back */
	BUFFER = 64 << 20,
	ANSWER = 16,
};

/* An answer that is held back. */
struct held {
	struct held *next;
	struct sockaddr_in to;
	uint16_t length, socket;
	uint8_t bytes[];
};

struct server {
	unsigned delay_min, delay_max, loss, dead;
	bool mail;
	int sockets[SOCKETS_MAX];
	size_t socket_count;
	uint64_t random;
	uint64_t questions, lost, ignored;
	struct held *wheel[WHEEL];
	uint64_t wheel_at; /* the millisecond that was served last */
	struct mmsghdr in[BATCH], out[BATCH];
	struct iovec in_parts[BATCH], out_parts[BATCH];
	struct sockaddr_in peers[BATCH];
	uint8_t packets[BATCH][PACKET_MAX];
};

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static uint64_t
draw(struct server *server) /* xorshift64* */
{
	server->random ^= server->random >> 12;
	server->random ^= server->random << 25;
	server->random ^= server->random >> 27;
	return server->random * 2685821657736338717u;
}

/* Where the question ends; 0 when it does not. */
static size_t
question_end(const uint8_t *packet, size_t length)
{
	size_t at = HEADER;

	while (at < length && packet[at] != 0)
		at += 1u + packet[at];
	return at + 5 <= length ? at + 5 : 0;
}

/* The same names are dead for every server, in every run. */
static bool
is_dead(const struct server *server, const uint8_t *name, size_t length)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	if (server->mail && !mail_is_of_domain(name, length))
		return false;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (name[i] | 0x20)) * 16777619u;
	return hash % 100 < server->dead;
}

/* One A record, and the OPT again if there was one. */
static size_t
answer_plain(uint8_t *packet, size_t end, size_t length)
{
	static const uint8_t record[ANSWER] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 192, 0, 2,
		1 };
	bool opt = length >= end + OPT;

	packet[2] |= 0x80;
	packet[3] = 0x80;
	packet[7] = 1;
	packet[11] = opt;
	memmove(packet + end + ANSWER, packet + end, opt ? OPT : 0);
	memcpy(packet + end, record, ANSWER);
	return end + ANSWER + (opt ? OPT : 0);
}

/* Turns the question into its answer; 0 when there will be none. */
static size_t
answer(struct server *server, uint8_t *packet, size_t length)
{
	size_t end = question_end(packet, length);

	server->questions++;
	if (end == 0 || is_dead(server, packet + HEADER, end - 5 - HEADER)) {
		server->ignored++;
		return 0;
	}
	if (draw(server) % 100 < server->loss) {
		server->lost++;
		return 0;
	}
	return server->mail ? mail_answer(packet, end, length) : answer_plain(packet, end, length);
}

static void
send_out(struct server *server, size_t socket, size_t count)
{
	size_t sent = 0;

	while (sent < count) {
		int done = sendmmsg(
		    server->sockets[socket], server->out + sent, (unsigned)(count - sent), 0);

		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return; /* who asked is gone */
		sent += done > 0 ? (size_t)done : 0;
	}
}

static void
hold(struct server *server, size_t socket, const uint8_t *packet, size_t length,
    const struct sockaddr_in *to)
{
	unsigned spread = server->delay_max - server->delay_min + 1;
	uint64_t due = now_ms() + server->delay_min + draw(server) % spread;
	struct held **slot = &server->wheel[due % WHEEL];
	struct held *held = malloc(sizeof *held + length);

	if (held == NULL)
		abort();
	held->to = *to;
	held->length = (uint16_t)length;
	held->socket = (uint16_t)socket;
	memcpy(held->bytes, packet, length);
	held->next = *slot;
	*slot = held;
}

static void
set_out(struct server *server, size_t i, uint8_t *bytes, size_t length, struct sockaddr_in *to)
{
	server->out_parts[i] = (struct iovec){ bytes, length };
	server->out[i].msg_hdr = (struct msghdr){ .msg_name = to,
		.msg_namelen = sizeof *to,
		.msg_iov = &server->out_parts[i],
		.msg_iovlen = 1 };
}

static bool
serve(struct server *server, size_t socket)
{
	int count = recvmmsg(server->sockets[socket], server->in, BATCH, MSG_DONTWAIT, NULL);
	size_t ready = 0;

	for (int i = 0; i < count; i++) {
		uint8_t *packet = server->packets[i];
		size_t length = answer(server, packet, server->in[i].msg_len);

		server->in[i].msg_hdr.msg_namelen = sizeof server->peers[i];
		if (length == 0)
			continue;
		if (server->delay_max > 0)
			hold(server, socket, packet, length, &server->peers[i]);
		else
			set_out(server, ready++, packet, length, &server->peers[i]);
	}
	send_out(server, socket, ready);
	return count == BATCH;
}

/* What one slot holds for one socket. */
static void
release_slot(struct server *server, struct held **slot)
{
	while (*slot != NULL) {
		size_t socket = (*slot)->socket, count = 0;
		struct held *batch[BATCH], **at = slot;

		while (*at != NULL && count < BATCH) {
			struct held *held = *at;

			if (held->socket != socket) {
				at = &held->next;
				continue;
			}
			*at = held->next;
			set_out(server, count, held->bytes, held->length, &held->to);
			batch[count++] = held;
		}
		send_out(server, socket, count);
		while (count > 0)
			free(batch[--count]);
	}
}

static void
release(struct server *server)
{
	uint64_t now = now_ms();

	while (server->wheel_at < now)
		release_slot(server, &server->wheel[++server->wheel_at % WHEEL]);
}

static void
set_parts(struct server *server)
{
	for (size_t i = 0; i < BATCH; i++) {
		server->in_parts[i] = (struct iovec){ server->packets[i], QUESTION_MAX };
		server->in[i].msg_hdr = (struct msghdr){ .msg_name = &server->peers[i],
			.msg_namelen = sizeof server->peers[i],
			.msg_iov = &server->in_parts[i],
			.msg_iovlen = 1 };
	}
}

static void
listen_at(struct server *server, const char *text)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	const char *colon = strchr(text, ':');
	char host[INET_ADDRSTRLEN] = "";
	int fd = socket(AF_INET, SOCK_DGRAM, 0), size = BUFFER;

	if (colon == NULL || (size_t)(colon - text) >= sizeof host ||
	    server->socket_count == SOCKETS_MAX)
		exit(64);
	memcpy(host, text, (size_t)(colon - text));
	address.sin_port = htons((uint16_t)atoi(colon + 1));
	inet_pton(AF_INET, host, &address.sin_addr);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		perror(text);
		exit(71);
	}
	server->sockets[server->socket_count++] = fd;
}

static void
read_options(struct server *server, int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--delay") == 0 && i + 1 < argc)
			sscanf(argv[++i], "%u-%u", &server->delay_min, &server->delay_max);
		else if (strcmp(argv[i], "--loss") == 0 && i + 1 < argc)
			server->loss = (unsigned)atoi(argv[++i]);
		else if (strcmp(argv[i], "--dead") == 0 && i + 1 < argc)
			server->dead = (unsigned)atoi(argv[++i]);
		else if (strcmp(argv[i], "--mail") == 0)
			server->mail = true;
		else
			listen_at(server, argv[i]);
	}
	if (server->socket_count == 0 || server->delay_max >= WHEEL ||
	    server->delay_min > server->delay_max)
		exit(64);
}

int
main(int argc, char *argv[])
{
	static struct server server = { .random = 88172645463325252u };
	struct pollfd fds[SOCKETS_MAX + 1];

	set_parts(&server);
	read_options(&server, argc, argv);
	server.wheel_at = now_ms();
	for (size_t i = 0; i < server.socket_count; i++)
		fds[i] = (struct pollfd){ server.sockets[i], POLLIN, 0 };
	fds[server.socket_count] = (struct pollfd){ STDIN_FILENO, POLLIN, 0 };
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		poll(fds, server.socket_count + 1, server.delay_max > 0 ? 1 : 1000);
		for (size_t i = 0; i < server.socket_count; i++)
			while (fds[i].revents != 0 && serve(&server, i))
				release(&server);
		release(&server);
		if (fds[server.socket_count].revents != 0)
			break;
	}
	printf("questions=%llu lost=%llu ignored=%llu\n", (unsigned long long)server.questions,
	    (unsigned long long)server.lost, (unsigned long long)server.ignored);
	return 0;
}
