/*
 * An SMTP server for load: greeting, EHLO, STARTTLS if it was given a certificate, QUIT.
 *
 *   smtp_responder [--cert FILE] [--hold N] PORT
 *
 * FILE is a PEM with key and certificate. With --hold nobody gets a reply to what is said under TLS
 * until N wait for one: then so many sessions are open at once. It prints "ready", and ends with
 * its standard input.
 */
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE_SPACE = 512, EVENTS = 256, BACKLOG = 4096 };

struct peer {
	struct peer *next; /* of those that are held */
	SSL *ssl;
	int fd;
	bool shaking, closing;
	size_t length;
	char line[LINE_SPACE];
};

static struct server {
	int epoll, listener;
	SSL_CTX *tls;
	size_t hold, held_count;
	struct peer *held;
} server;

static void
say(struct peer *peer, const char *text)
{
	size_t length = strlen(text);

	if (peer->ssl != NULL)
		SSL_write(peer->ssl, text, (int)length);
	else if (write(peer->fd, text, length) < 0)
		peer->closing = true;
}

static void
release_held(void)
{
	while (server.held != NULL) {
		struct peer *peer = server.held;

		server.held = peer->next;
		say(peer, "250 mx.mail-bench.test\r\n");
	}
	server.hold = 0;
}

static void
answer_ehlo(struct peer *peer)
{
	if (peer->ssl == NULL) {
		say(peer,
		    server.tls == NULL
			? "250-mx.mail-bench.test\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n"
			: "250-mx.mail-bench.test\r\n250-SIZE 10240000\r\n250 STARTTLS\r\n");
	} else if (server.hold == 0) {
		say(peer, "250 mx.mail-bench.test\r\n");
	} else {
		peer->next = server.held;
		server.held = peer;
		if (++server.held_count == server.hold)
			release_held();
	}
}

static void
answer(struct peer *peer)
{
	if (strncmp(peer->line, "EHLO ", 5) == 0) {
		answer_ehlo(peer);
	} else if (strncmp(peer->line, "STARTTLS", 8) == 0) {
		say(peer, "220 go ahead\r\n");
		peer->ssl = SSL_new(server.tls);
		SSL_set_fd(peer->ssl, peer->fd);
		SSL_set_accept_state(peer->ssl);
		peer->shaking = true;
	} else {
		say(peer, "221 bye\r\n");
		peer->closing = true;
	}
}

/* What has come, in clear or decrypted; false at the end of the connection. */
static bool
read_more(struct peer *peer)
{
	char *at = peer->line + peer->length;
	size_t room = LINE_SPACE - 1 - peer->length;
	ssize_t count;

	if (peer->ssl != NULL) {
		count = SSL_read(peer->ssl, at, (int)room);
		if (count <= 0)
			return SSL_get_error(peer->ssl, (int)count) == SSL_ERROR_WANT_READ;
	} else {
		count = recv(peer->fd, at, room, MSG_DONTWAIT);
		if (count <= 0)
			return count < 0 && errno == EAGAIN;
	}
	peer->length += (size_t)count;
	peer->line[peer->length] = '\0';
	return true;
}

static bool
shake_hands(struct peer *peer)
{
	int result = SSL_do_handshake(peer->ssl);

	peer->shaking = result != 1;
	return result == 1 || SSL_get_error(peer->ssl, result) == SSL_ERROR_WANT_READ;
}

static void
drop(struct peer *peer)
{
	close(peer->fd);
	SSL_free(peer->ssl);
	free(peer);
}

static void
serve(struct peer *peer)
{
	bool open = peer->shaking ? shake_hands(peer) : true;

	if (open && !peer->shaking)
		open = read_more(peer);
	if (open && peer->length > 0 && peer->line[peer->length - 1] == '\n') {
		peer->length = 0;
		answer(peer);
	}
	if (!open || peer->closing)
		drop(peer);
}

/* Each address by a name of its own, or it would look like one thing that answers for all. */
static void
greet(struct peer *peer)
{
	struct sockaddr_in own = { 0 };
	socklen_t size = sizeof own;
	const uint8_t *octets = (const uint8_t *)&own.sin_addr;
	char line[64];

	getsockname(peer->fd, (struct sockaddr *)&own, &size);
	snprintf(line, sizeof line, "220 mx%u-%u.mail-bench.test ESMTP\r\n", octets[2], octets[3]);
	say(peer, line);
}

static void
accept_all(void)
{
	int fd;

	while ((fd = accept4(server.listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
		struct peer *peer = calloc(1, sizeof *peer);
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };

		if (peer == NULL)
			abort();
		peer->fd = fd;
		epoll_ctl(server.epoll, EPOLL_CTL_ADD, fd, &event);
		greet(peer);
	}
}

static void
listen_at(const char *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)) };
	int on = 1;

	server.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(server.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(server.listener, (struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(server.listener, BACKLOG) != 0) {
		perror(port);
		exit(71);
	}
}

static void
use_certificate(const char *path)
{
	server.tls = SSL_CTX_new(TLS_server_method());
	if (server.tls == NULL || SSL_CTX_use_certificate_chain_file(server.tls, path) != 1 ||
	    SSL_CTX_use_PrivateKey_file(server.tls, path, SSL_FILETYPE_PEM) != 1) {
		fprintf(stderr, "%s: no certificate with its key\n", path);
		exit(66);
	}
	SSL_CTX_set_mode(server.tls, SSL_MODE_RELEASE_BUFFERS);
}

static void
watch(int fd, void *pointer)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = pointer };

	epoll_ctl(server.epoll, EPOLL_CTL_ADD, fd, &event);
}

int
main(int argc, char *argv[])
{
	struct epoll_event events[EVENTS];
	bool ended = false;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--cert") == 0 && i + 1 < argc)
			use_certificate(argv[++i]);
		else if (strcmp(argv[i], "--hold") == 0 && i + 1 < argc)
			server.hold = (size_t)atoi(argv[++i]);
		else
			listen_at(argv[i]);
	}
	server.epoll = epoll_create1(0);
	watch(server.listener, NULL);
	watch(STDIN_FILENO, &server);
	printf("ready\n");
	fflush(stdout);
	while (!ended) {
		int count = epoll_wait(server.epoll, events, EVENTS, -1);

		for (int i = 0; i < count; i++) {
			if (events[i].data.ptr == NULL)
				accept_all();
			else if (events[i].data.ptr == &server)
				ended = true;
			else
				serve(events[i].data.ptr);
		}
	}
	return 0;
}
