#ifndef MXSWEEP_NET_HTTPS_H
#define MXSWEEP_NET_HTTPS_H

#include "net/https_observation.h"

#include <stddef.h>

struct https_client;
struct https_fetch;
struct loop;

/*
 * Files by HTTPS, from addresses that the caller gives: no name is looked up, no proxy of the
 * environment is used, no redirect followed, no cookie kept, no connection used twice. The
 * certificate must name the host, be within its dates and lead to one of the system's roots or of
 * `ca`, a PEM file that can be read (NULL: none); they are read at the first fetch.
 */
struct https_options {
	struct loop *loop;
	const char *ca;
	const char *agent; /* how the client calls itself */
	uint16_t port;
	unsigned limit_ms; /* of a whole fetch */
	size_t body_max;   /* octets */
};

struct https_client *https_client_new(const struct https_options *options); /* copies no string */
void https_client_free(struct https_client *client); /* after its fetches have ended */

enum { HTTPS_ADDRESSES_MAX = 4 }; /* of a host that are tried; two families, two each */

struct https_request {
	const char *host; /* as A-labels: the name in TLS, in the certificate and in the request */
	const char *path; /* begins with a slash */
	const struct ip *addresses;
	size_t address_count; /* from 1; what is beyond HTTPS_ADDRESSES_MAX is left out */
};

/* What was seen is borrowed until the callback returns; the fetch is gone before it comes. */
typedef void (*https_done_fn)(void *user, const struct https_observation *seen);

/* Copies the request. The callback comes once, never from inside this call. */
struct https_fetch *https_fetch_start(struct https_client *client,
    const struct https_request *request, https_done_fn done, void *user);

/* Ends it without a callback and sets the pointer to NULL. A NULL one is left alone. */
void https_fetch_cancel(struct https_fetch **fetch);

#endif
