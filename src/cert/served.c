/* Digests of certificates. */
#include "cert/served.h"

#include <openssl/sha.h>

void
cert_digest(const void *der, size_t size, uint8_t digest_out[CERT_DIGEST_SIZE])
{
	SHA256(der, size, digest_out);
}
