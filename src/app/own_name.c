/* Our own name, for EHLO. */
#include "app/own_name.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
own_name_find(char name[OWN_NAME_SIZE])
{
	const struct addrinfo hints = { .ai_flags = AI_CANONNAME, .ai_socktype = SOCK_STREAM };
	struct addrinfo *info;

	if (gethostname(name, OWN_NAME_SIZE) != 0)
		snprintf(name, OWN_NAME_SIZE, "localhost");
	name[OWN_NAME_SIZE - 1] = '\0';
	if (strchr(name, '.') != NULL || getaddrinfo(name, NULL, &hints, &info) != 0)
		return;
	if (info->ai_canonname != NULL)
		snprintf(name, OWN_NAME_SIZE, "%s", info->ai_canonname);
	freeaddrinfo(info);
}
