/* One script, one thread; one connection after the other. */
#include "smtp/fake_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct fake_server {
	pthread_t thread;
	int listening;
	uint16_t port;
	const char *const *script;
	char surprise[600];
};

static void
read_line(int fd, char *line, size_t size)
{
	size_t length = 0;

	while (length + 1 < size && read(fd, line + length, 1) == 1 && line[length++] != '\n')
		;
	line[length] = '\0';
}

static void
expect(struct fake_server *server, int fd, const char *word)
{
	char line[512];

	read_line(fd, line, sizeof line);
	if (strncmp(line, word, strlen(word)) != 0 && server->surprise[0] == '\0')
		snprintf(server->surprise, sizeof server->surprise, "%s instead of %s", line, word);
}

static void
wait_for_close(int fd)
{
	char byte;

	while (read(fd, &byte, 1) == 1)
		;
}

static int
next_connection(struct fake_server *server, int fd)
{
	close(fd);
	return accept(server->listening, NULL, NULL);
}

static void *
serve(void *user)
{
	struct fake_server *server = user;
	int fd = accept(server->listening, NULL, NULL);

	for (const char *const *step = server->script; *step != NULL && **step != '!'; step++) {
		const char *text = *step + 1;

		if (**step == '<')
			send(fd, text, strlen(text), MSG_NOSIGNAL);
		else if (**step == '>')
			expect(server, fd, text);
		else if (**step == '~')
			usleep((useconds_t)atoi(text) * 1000);
		else if (**step == '&')
			fd = next_connection(server, fd);
		else
			wait_for_close(fd);
	}
	close(fd);
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
