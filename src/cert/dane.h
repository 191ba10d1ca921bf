#ifndef MXSWEEP_CERT_DANE_H
#define MXSWEEP_CERT_DANE_H

#include "cert/served.h"
#include "cert/tlsa.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ssl_ctx_st; /* SSL_CTX of libssl */
struct x509_st;

/* A chain as it was served, and the TLSA records that it is held against. */
struct cert_dane_question {
	const struct tlsa *records; /* those that are not usable are passed over */
	size_t record_count;
	const char *base;  /* the name that the records belong to */
	const char *other; /* a name that certificates of an authority may have as well, or NULL */
	int64_t now;       /* Unix seconds */
};

struct cert_dane_verdict {
	bool readable; /* false: the first certificate is none, and nothing else is set */
	bool matches;
	size_t record;                        /* that matches, when one does */
	const char *problem;                  /* why none does, in libcrypto's words; static */
	bool other_key;                       /* the usable records speak of more than one key */
	uint8_t key_digest[CERT_DIGEST_SIZE]; /* SHA-256 of the served key: what 3 1 1 holds */
};

struct ssl_ctx_st *cert_dane_context_new(void);          /* for cert_dane_match */
void cert_dane_context_free(struct ssl_ctx_st *context); /* or NULL */

/*
 * Does the chain match (RFC 7672 3)? A record of usage 3 is held against the first certificate
 * alone, whatever its names and dates. For one of usage 2 the certificate must stand in the chain,
 * or whole in the record; the way from the first one to it is verified, with dates, and a name must
 * match. Of several digests for one usage and selector the strongest counts (RFC 7671 9).
 */
void cert_dane_match(struct ssl_ctx_st *context, struct x509_st *const *certs, size_t count,
    const struct cert_dane_question *question, struct cert_dane_verdict *out);

#endif
