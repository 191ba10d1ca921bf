/* One connection, one answer, one thread. */
#include "net/fake_web.h"

#include "cert/fake_certificates.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_SIZE = 4096, PIECE = 1024 };

struct fake_web {
	struct fake_web_plan plan;
	pthread_t thread;
	int listening;
	uint16_t port;
	atomic_bool served;
	char request[REQUEST_SIZE];
};

static void
read_request(struct fake_web *web, SSL *ssl)
{
	size_t length = 0;
	int got = 1;

	while (got > 0 && strstr(web->request, "\r\n\r\n") == NULL && length + 1 < REQUEST_SIZE) {
		got = SSL_read(ssl, web->request + length, (int)(REQUEST_SIZE - length - 1));
		if (got > 0)
			length += (size_t)got;
	}
}

static void
write_answer(const struct fake_web *web, SSL *ssl)
{
	char piece[PIECE];
	bool open = true;

	memset(piece, 'x', sizeof piece);
	usleep(web->plan.pause_ms * 1000);
	if (web->plan.answer != NULL)
		open = SSL_write(ssl, web->plan.answer, (int)strlen(web->plan.answer)) > 0;
	for (unsigned left = web->plan.fill; open && left > 0;) {
		unsigned now = left < PIECE ? left : PIECE;

		open = SSL_write(ssl, piece, (int)now) > 0;
		left -= now;
	}
	SSL_shutdown(ssl);
}

static void
serve_tls(struct fake_web *web, int fd)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	SSL *ssl;

	SSL_CTX_use_certificate(context, web->plan.certificate->cert);
	SSL_CTX_use_PrivateKey(context, web->plan.certificate->key);
	ssl = SSL_new(context);
	SSL_set_fd(ssl, fd);
	if (SSL_accept(ssl) == 1) {
		read_request(web, ssl);
		write_answer(web, ssl);
	}
	SSL_free(ssl);
	SSL_CTX_free(context);
}

static void
serve_plain(const struct fake_web *web, int fd)
{
	char octets[PIECE];

	if (read(fd, octets, sizeof octets) > 0 && web->plan.answer != NULL)
		send(fd, web->plan.answer, strlen(web->plan.answer), MSG_NOSIGNAL);
	usleep(web->plan.pause_ms * 1000);
}

static void *
serve(void *user)
{
	struct fake_web *web = user;
	int fd = accept(web->listening, NULL, NULL);

	if (fd < 0) /* it was ended */
		return NULL;
	if (web->plan.certificate != NULL)
		serve_tls(web, fd);
	else
		serve_plain(web, fd);
	close(fd);
	web->served = true;
	return NULL;
}

struct fake_web *
fake_web_start(const struct fake_web_plan *plan, uint16_t port)
{
	struct fake_web *web = calloc(1, sizeof *web);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	socklen_t size = sizeof address;
	int on = 1;

	inet_pton(AF_INET, plan->address != NULL ? plan->address : "127.0.0.1", &address.sin_addr);
	web->plan = *plan;
	web->listening = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(web->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(web->listening, (struct sockaddr *)&address, size) != 0 ||
	    listen(web->listening, 1) != 0 ||
	    getsockname(web->listening, (struct sockaddr *)&address, &size) != 0)
		abort();
	web->port = ntohs(address.sin_port);
	if (pthread_create(&web->thread, NULL, serve, web) != 0)
		abort();
	return web;
}

uint16_t
fake_web_port(const struct fake_web *web)
{
	return web->port;
}

bool
fake_web_served(const struct fake_web *web)
{
	return web->served;
}

const char *
fake_web_end(struct fake_web *web)
{
	static char request[REQUEST_SIZE];

	shutdown(web->listening, SHUT_RDWR);
	pthread_join(web->thread, NULL);
	close(web->listening);
	memcpy(request, web->request, sizeof request);
	free(web);
	return request;
}
