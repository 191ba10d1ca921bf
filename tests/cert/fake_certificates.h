#ifndef MXSWEEP_TESTS_CERT_FAKE_CERTIFICATES_H
#define MXSWEEP_TESTS_CERT_FAKE_CERTIFICATES_H

#include "cert/served.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

/* What a certificate is to say; what is not set is 0 or NULL. */
struct certificate_plan {
	const char *subject; /* common name */
	const char *names;   /* "DNS:mx.a.com,DNS:*.b.com" */
	int64_t not_before, not_after;
	bool authority;
	bool rsa_signer;     /* a small RSA key that can sign: ECDSA goes with no MD5 */
	unsigned rsa_bits;   /* an RSA key of that size that nobody can sign with; 0: a P-256 key */
	const char *digest;  /* of its signature; NULL: SHA256 */
	const char *purpose; /* extendedKeyUsage */
};

struct certificate {
	X509 *cert;
	EVP_PKEY *key;
	struct cert_served served; /* as a server shows it */
};

/* Signed by the issuer, or by itself with NULL. To be freed with fake_certificate_free. */
void fake_certificate_make(
    const struct certificate_plan *plan, const struct certificate *issuer, struct certificate *out);
void fake_certificate_free(struct certificate *certificate);

/* Writes certificates to a new file as PEM; its path is to be unlinked and freed. */
char *fake_certificate_file(const struct certificate *const *certificates, size_t count);

#endif
