/* One script, one thread; one connection after the other. */
#include "smtp/fake_server.h"

#include "cert/fake_certificates.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct fake_server {
	pthread_t thread;
	int listening;
	int fd;   /* of the connection */
	SSL *ssl; /* NULL: in clear */
	uint16_t port;
	const char *const *script;
	char surprise[600];
};

static bool
read_octet(struct fake_server *server, char *out)
{
	if (server->ssl != NULL)
		return SSL_read(server->ssl, out, 1) == 1;
	return read(server->fd, out, 1) == 1;
}

static void
read_line(struct fake_server *server, char *line, size_t size)
{
	size_t length = 0;

	while (length + 1 < size && read_octet(server, line + length) && line[length++] != '\n')
		;
	line[length] = '\0';
}

static void
expect(struct fake_server *server, const char *word)
{
	char line[512];

	read_line(server, line, sizeof line);
	if (strncmp(line, word, strlen(word)) != 0 && server->surprise[0] == '\0')
		snprintf(server->surprise, sizeof server->surprise, "%s instead of %s", line, word);
}

static void
say(struct fake_server *server, const char *text)
{
	if (server->ssl != NULL)
		SSL_write(server->ssl, text, (int)strlen(text));
	else
		send(server->fd, text, strlen(text), MSG_NOSIGNAL);
}

static void
wait_for_close(struct fake_server *server)
{
	char octet;

	while (read_octet(server, &octet))
		;
}

static void
end_connection(struct fake_server *server)
{
	SSL_free(server->ssl);
	server->ssl = NULL;
	close(server->fd);
}

static void
shake_hands(struct fake_server *server, int least_version)
{
	static const struct certificate_plan plan = {
		.subject = "mx.a.test",
		.not_after = 4000000000,
	};
	struct certificate certificate;
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());

	fake_certificate_make(&plan, NULL, &certificate);
	SSL_CTX_use_certificate(context, certificate.cert);
	SSL_CTX_use_PrivateKey(context, certificate.key);
	fake_certificate_free(&certificate);
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_min_proto_version(context, least_version);
	server->ssl = SSL_new(context);
	SSL_CTX_free(context);
	SSL_set_fd(server->ssl, server->fd);
	SSL_accept(server->ssl);
}

static void
take_step(struct fake_server *server, char what, const char *text)
{
	switch (what) {
	case '<':
		say(server, text);
		break;
	case '>':
		expect(server, text);
		break;
	case '~':
		usleep((useconds_t)atoi(text) * 1000);
		break;
	case '&':
		end_connection(server);
		server->fd = accept(server->listening, NULL, NULL);
		break;
	case '*':
		shake_hands(server, *text == '2' ? TLS1_2_VERSION : TLS1_VERSION);
		break;
	default:
		wait_for_close(server);
	}
}

static void *
serve(void *user)
{
	struct fake_server *server = user;

	server->fd = accept(server->listening, NULL, NULL);
	for (const char *const *step = server->script; *step != NULL && **step != '!'; step++)
		take_step(server, **step, *step + 1);
	end_connection(server);
	return NULL;
}

struct fake_server *
fake_server_start(const char *const *script)
{
	struct fake_server *server = calloc(1, sizeof *server);
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof address;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->script = script;
	server->listening = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(server->listening, (struct sockaddr *)&address, size) != 0 ||
	    listen(server->listening, 8) != 0 ||
	    getsockname(server->listening, (struct sockaddr *)&address, &size) != 0)
		abort();
	server->port = ntohs(address.sin_port);
	if (pthread_create(&server->thread, NULL, serve, server) != 0)
		abort();
	return server;
}

uint16_t
fake_server_port(const struct fake_server *server)
{
	return server->port;
}

const char *
fake_server_end(struct fake_server *server)
{
	static char surprise[600];

	pthread_join(server->thread, NULL);
	close(server->listening);
	memcpy(surprise, server->surprise, sizeof surprise);
	free(server);
	return surprise[0] == '\0' ? NULL : surprise;
}
