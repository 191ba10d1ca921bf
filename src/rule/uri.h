#ifndef MXSWEEP_RULE_URI_H
#define MXSWEEP_RULE_URI_H

#include "names/host_name.h"

#include <stdbool.h>
#include <stddef.h>

/* URIs in records: where reports go, and where a logo lies. */
enum uri_kind {
	URI_BAD,    /* no URI (RFC 3986), or none of its scheme */
	URI_MAILTO, /* an address with a domain of at least two labels (RFC 6068) */
	URI_HTTPS,  /* a host name of at least two labels; with a port or without */
	URI_OTHER,  /* of another scheme */
};

struct uri {
	enum uri_kind kind;
	char host[HOST_NAME_SIZE]; /* in lower case; of the mail address, or of the server */
};

void uri_parse(const char *text, size_t length, struct uri *out);

#endif
