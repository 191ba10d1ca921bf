#ifndef MXSWEEP_NET_HTTPS_OBSERVATION_H
#define MXSWEEP_NET_HTTPS_OBSERVATION_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a fetch by HTTPS ended. From good to bad: of two looks the one that comes first here stands.
 */
#define HTTPS_END_MAP(X)                                                                           \
	X(HTTPS_ANSWERED, "answered")   /* whatever the status of the answer */                    \
	X(HTTPS_TOO_LARGE, "too_large") /* the body has more octets than are read */               \
	X(HTTPS_BROKEN, "broken")       /* closed, or no HTTP, before the answer was whole */      \
	X(HTTPS_EXPIRED, "expired")   /* the certificate, or one above it, is outside its dates */ \
	X(HTTPS_OTHER_NAME, "name")   /* the certificate names other hosts */                      \
	X(HTTPS_UNTRUSTED, "chain")   /* it leads to no root that is trusted */                    \
	X(HTTPS_TLS, "tls")           /* the handshake failed for another reason */                \
	X(HTTPS_TIMEOUT, "timeout")   /* the limit of the whole was reached */                     \
	X(HTTPS_REFUSED, "refused")   /* no address took the connection */                         \
	X(HTTPS_NO_ROUTE, "no_route") /* our own stack has no way there */                         \
	X(HTTPS_NO_ROOTS, "no_roots") /* there is no root here that could be trusted */            \
	X(HTTPS_SHORTAGE, "shortage") /* descriptors or ports ran out here: to be tried again */

enum https_end {
#define X(name, text) name,
	HTTPS_END_MAP(X)
#undef X
	    HTTPS_END_COUNT
};

enum { HTTPS_TEXT_MAX = 255 }; /* octets that are kept of a media type, a location, a problem */

/* What one fetch saw. Texts may hold whatever the server sent. */
struct https_observation {
	enum https_end end;
	bool connected;         /* an address took the connection */
	unsigned status;        /* of HTTP; 0: there was no answer */
	const char *media_type; /* as sent, with its parameters; "" when it was not */
	const char *location;   /* where a redirect leads, as sent; "" */
	const char *problem;    /* the library's words where they say more than `end`; "" */
	struct ip ip;           /* that took the connection; family 0 when none did */
	int64_t seen_at;        /* Unix seconds, when it began */
	uint32_t elapsed_ms;
	const char *body; /* of an answer with status 200, else "" */
	size_t length;
};

const char *https_end_text(enum https_end end);

/* Did it bring what was asked for: a whole answer with status 200? */
bool https_fetched(const struct https_observation *seen);

#endif
