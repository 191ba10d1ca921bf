#ifndef MXSWEEP_CERT_LEAF_H
#define MXSWEEP_CERT_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct x509_st; /* X509 of libcrypto */

enum { CERT_KEY_TYPE_SIZE = 24 };

/* What the certificate of a server says of itself (RFC 5280). */
struct cert_leaf {
	/*
	 * Seconds since 1970-01-01 UTC, the second included; may be negative. 253402300799 stands
	 * for "no end" (RFC 5280 4.1.2.5).
	 */
	int64_t not_before;
	int64_t not_after;

	/* "rsa", "ec", "ed25519", ...; else as libcrypto names the algorithm, or "unknown". */
	char key_type[CERT_KEY_TYPE_SIZE];
	unsigned key_bits; /* as one says it: 2048, 256; 0 if libcrypto cannot load the key */
	bool self_signed;  /* issuer = subject, and signed with its own key */
};

/*
 * Reads one certificate. False when the octets are no certificate, when others follow it, or when a
 * date is none. Nothing stays in the queue of libcrypto.
 */
bool cert_leaf_decode(const void *der, size_t length, struct cert_leaf *out);

/* The same of a certificate that libcrypto has read. */
bool cert_leaf_read(const struct x509_st *cert, struct cert_leaf *out);

/* Whole days until it ends; negative once it has. */
int64_t cert_leaf_days_left(const struct cert_leaf *leaf, int64_t now);

#endif
