/* Channels of c-ares, and their memory. */
#include "dns/channel.h"

#include "base/pool.h"

#include <stdio.h>
#include <string.h>

/*
 * c-ares allocates for each packet and each answer, in sizes that the C library is slow at. Its
 * hooks know no user pointer, so this pool is the one of all engines; they live on one thread.
 */
static struct pool memory;

struct head {
	size_t size;
};

static void *
take_memory(size_t size)
{
	struct head *head = pool_take(&memory, sizeof *head + size);

	head->size = size;
	return head + 1;
}

static void
give_memory(void *bytes)
{
	struct head *head = bytes;

	if (bytes == NULL)
		return;
	head--;
	pool_give(&memory, head, sizeof *head + head->size);
}

static void *
resize_memory(void *old, size_t size)
{
	void *new = take_memory(size);

	if (old != NULL) {
		size_t kept = ((struct head *)old)[-1].size;

		memcpy(new, old, kept < size ? kept : size);
		give_memory(old);
	}
	return new;
}

int
dns_channel_open(const struct dns_resolver *resolver, struct ares_options *options, int mask,
    const struct ares_socket_functions *functions, void *user, ares_channel *channel_out)
{
	char text[IP_TEXT_MAX], server[IP_TEXT_MAX + 16];
	int status;

	*channel_out = NULL;
	ares_library_init_mem(ARES_LIB_INIT_ALL, take_memory, give_memory, resize_memory);
	options->flags |=
	    ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
	status = ares_init_options(
	    channel_out, options, mask | ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
	if (status != ARES_SUCCESS) {
		*channel_out = NULL;
		ares_library_cleanup();
		return status;
	}
	ares_set_socket_functions(*channel_out, functions, user);
	snprintf(server, sizeof server, resolver->ip.family == 4 ? "%s:%u" : "[%s]:%u",
	    ip_format(&resolver->ip, text), resolver->port);
	status = ares_set_servers_ports_csv(*channel_out, server);
	if (status != ARES_SUCCESS) {
		dns_channel_close(*channel_out);
		*channel_out = NULL;
	}
	return status;
}

void
dns_channel_close(ares_channel channel)
{
	if (channel == NULL)
		return;
	ares_destroy(channel);
	ares_library_cleanup();
}
