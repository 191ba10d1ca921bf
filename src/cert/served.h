#ifndef MXSWEEP_CERT_SERVED_H
#define MXSWEEP_CERT_SERVED_H

#include <stddef.h>
#include <stdint.h>

enum {
	CERT_DIGEST_SIZE = 32, /* SHA-256 */
	CERT_CHAIN_MAX = 16,   /* of a served chain; three are usual */
};

/* One certificate of the chain that a server shows; its own comes first (RFC 8446 4.4.2). */
struct cert_served {
	uint8_t digest[CERT_DIGEST_SIZE]; /* of its DER */
	const uint8_t *der;               /* NULL where only the digest is at hand */
	size_t size;
};

void cert_digest(const void *der, size_t size, uint8_t digest_out[CERT_DIGEST_SIZE]);

#endif
