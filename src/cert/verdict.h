#ifndef MXSWEEP_CERT_VERDICT_H
#define MXSWEEP_CERT_VERDICT_H

#include "cert/leaf.h"

#include <stdbool.h>

/* Where a chain leads, whatever its first certificate is named and until when it is valid. */
#define CERT_TRUST_MAP(X)                                                                          \
	X(CERT_TRUSTED, "trusted")                                                                 \
	X(CERT_SELF_SIGNED, "self-signed")                                                         \
	X(CERT_PRIVATE, "private authority")   /* it ends in a root that is not ours */            \
	X(CERT_INCOMPLETE, "issuer not known") /* a link is missing, or the root */                \
	X(CERT_AUTHORITY_ENDED, "authority outside its dates")                                     \
	X(CERT_INVALID, "invalid")    /* a signature, a purpose: see `problem` */                  \
	X(CERT_UNTRUSTED, "no roots") /* there is no root to lead to: nothing can be said */

enum cert_trust {
#define X(name, text) name,
	CERT_TRUST_MAP(X)
#undef X
	    CERT_TRUST_COUNT
};

/* Does a certificate name the host (RFC 9525 6)? */
enum cert_name {
	CERT_NAME_OTHER,
	CERT_NAME_MATCHES,     /* by a DNS-ID; a wildcard stands for one whole left label */
	CERT_NAME_COMMON_ONLY, /* by its common name alone: there is no DNS-ID */
};

enum cert_served_order {
	CERT_SERVED_WHOLE,     /* each is issued by the next, until a root */
	CERT_SERVED_CUT,       /* an issuer is missing: see `issuer` */
	CERT_SERVED_UNORDERED, /* it is there, but not where it belongs */
};

enum { CERT_TEXT_SIZE = 128 };

/* What there is to say of a chain at one host. The verdicts do not hang on each other. */
struct cert_verdict {
	bool readable; /* false: the first certificate is none, and nothing else is set */
	struct cert_leaf leaf;
	enum cert_trust trust;
	const char *problem; /* of CERT_INVALID, in libcrypto's words; static */
	enum cert_served_order order;

	/* Who issued the last of those that follow from each other; UTF-8, may be cut. */
	char issuer[CERT_TEXT_SIZE];

	/* An outdated digest under the first one or an authority below the root; "" = none. */
	char weak_signature[CERT_KEY_TYPE_SIZE];
	enum cert_name name;

	/* Its DNS-IDs, else its common name; as many as there is room for, separated by blanks. */
	char names[CERT_TEXT_SIZE];
};

const char *cert_trust_text(enum cert_trust trust);

#endif
