/* DANE: a served chain against TLSA records. */
#include "cert/dane.h"

#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

SSL_CTX *
cert_dane_context_new(void)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());

	if (context == NULL || SSL_CTX_dane_enable(context) != 1)
		abort(); /* out of memory */
	return context;
}

void
cert_dane_context_free(SSL_CTX *context)
{
	SSL_CTX_free(context);
}

/* ---- which certificates the records are of */

/* What a record of some selector and type holds of a certificate. */
struct association {
	unsigned char *whole; /* of OPENSSL_malloc */
	size_t size;
	uint8_t sha256[SHA256_DIGEST_LENGTH], sha512[SHA512_DIGEST_LENGTH];
};

static struct association
associate(const X509 *cert, int selector)
{
	struct association a = { .whole = NULL };
	int size = selector == TLSA_WHOLE ? i2d_X509(cert, &a.whole)
					  : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &a.whole);

	a.size = size > 0 ? (size_t)size : 0;
	SHA256(a.whole, a.size, a.sha256);
	SHA512(a.whole, a.size, a.sha512);
	return a;
}

static bool
is_associated(const struct tlsa *record, const struct association *a)
{
	switch (record->type) {
	case TLSA_FULL:
		return record->size == a->size && memcmp(record->data, a->whole, a->size) == 0;
	case TLSA_SHA256:
		return memcmp(record->data, a->sha256, sizeof a->sha256) == 0;
	default:
		return memcmp(record->data, a->sha512, sizeof a->sha512) == 0;
	}
}

/* How many of the usable records are of the certificate. */
static size_t
count_of(const struct cert_dane_question *question, const X509 *cert)
{
	size_t count = 0;

	for (int selector = TLSA_WHOLE; selector < TLSA_SELECTOR_COUNT; selector++) {
		struct association a = associate(cert, selector);

		for (size_t i = 0; i < question->record_count; i++)
			count += question->records[i].usable &&
			    question->records[i].selector == selector &&
			    is_associated(&question->records[i], &a);
		OPENSSL_free(a.whole);
	}
	return count;
}

/* The records are of several certificates, or some of one that is not shown (RFC 7671 8.1). */
static bool
speaks_of_other_key(
    const struct cert_dane_question *question, X509 *const *certs, size_t count, size_t usable)
{
	for (size_t i = 0; i < count; i++) {
		size_t of_it = count_of(question, certs[i]);

		if (of_it > 0)
			return of_it < usable;
	}
	return usable > 1;
}

/* ---- whether they match */

/* How many records are usable, those that libssl cannot read included: they match nothing. */
static size_t
add_records(SSL *ssl, const struct cert_dane_question *question)
{
	size_t usable = 0;

	for (size_t i = 0; i < question->record_count; i++) {
		const struct tlsa *record = &question->records[i];

		if (!record->usable)
			continue;
		usable++;
		if (SSL_dane_tlsa_add(ssl, record->usage, record->selector, record->type,
			record->data, record->size) < 0)
			abort(); /* out of memory */
	}
	return usable;
}

static SSL *
open_dane(SSL_CTX *context)
{
	SSL *ssl = SSL_new(context);

	if (ssl == NULL)
		abort();                                          /* out of memory */
	SSL_dane_set_flags(ssl, DANE_FLAG_NO_DANE_EE_NAMECHECKS); /* RFC 7672 3.1.1 */
	SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	return ssl;
}

/* The name is one that a certificate can have; there are host names that are none. */
static bool
name_it(SSL *ssl, const struct cert_dane_question *question)
{
	return SSL_dane_enable(ssl, question->base) == 1 &&
	    (question->other == NULL || SSL_add1_host(ssl, question->other) == 1);
}

static STACK_OF(X509) * stack_of(X509 *const *certs, size_t count)
{
	STACK_OF(X509) *stack = sk_X509_new_null();

	for (size_t i = 0; i < count; i++)
		sk_X509_push(stack, certs[i]);
	return stack;
}

/* What is demanded of the chain stands with the SSL, from where libssl would take it as well. */
static void
demand(X509_STORE_CTX *verification, SSL *ssl, int64_t now)
{
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(verification);

	X509_STORE_CTX_set_default(verification, "ssl_server");
	X509_VERIFY_PARAM_set1(param, SSL_get0_param(ssl));
	X509_VERIFY_PARAM_set_time(param, (time_t)now);
	X509_VERIFY_PARAM_set_depth(param, CERT_CHAIN_MAX);
	X509_VERIFY_PARAM_set_auth_level(
	    param, 0); /* keys and digests have verdicts of their own */
	X509_STORE_CTX_set0_dane(verification, SSL_get0_dane(ssl));
}

static size_t
matched_record(SSL *ssl, const struct cert_dane_question *question)
{
	uint8_t usage, selector, type;
	const unsigned char *data;
	size_t size;

	if (SSL_get0_dane_tlsa(ssl, &usage, &selector, &type, &data, &size) < 0)
		return 0;
	for (size_t i = 0; i < question->record_count; i++) {
		const struct tlsa *record = &question->records[i];

		if (record->usage == usage && record->selector == selector &&
		    record->type == type && record->size == size &&
		    memcmp(record->data, data, size) == 0)
			return i;
	}
	return 0;
}

static void
verify(SSL *ssl, X509 *const *certs, size_t count, const struct cert_dane_question *question,
    struct cert_dane_verdict *out)
{
	STACK_OF(X509) *chain = stack_of(certs, count);
	X509_STORE *no_roots = X509_STORE_new();
	X509_STORE_CTX *verification = X509_STORE_CTX_new();

	if (verification == NULL ||
	    X509_STORE_CTX_init(verification, no_roots, certs[0], chain) != 1)
		abort(); /* out of memory */
	demand(verification, ssl, question->now);
	out->matches = X509_verify_cert(verification) == 1;
	if (out->matches)
		out->record = matched_record(ssl, question);
	else
		out->problem =
		    X509_verify_cert_error_string(X509_STORE_CTX_get_error(verification));
	X509_STORE_CTX_free(verification);
	X509_STORE_free(no_roots);
	sk_X509_free(chain);
}

static void
digest_key(const X509 *cert, uint8_t digest_out[CERT_DIGEST_SIZE])
{
	struct association key = associate(cert, TLSA_KEY);

	memcpy(digest_out, key.sha256, CERT_DIGEST_SIZE);
	OPENSSL_free(key.whole);
}

void
cert_dane_match(SSL_CTX *context, X509 *const *certs, size_t count,
    const struct cert_dane_question *question, struct cert_dane_verdict *out)
{
	SSL *ssl = open_dane(context);

	memset(out, 0, sizeof *out);
	out->readable = true;
	out->problem = "the name is none that a certificate can have";
	ERR_set_mark();
	digest_key(certs[0], out->key_digest);
	if (name_it(ssl, question)) {
		size_t usable = add_records(ssl, question);

		out->other_key = speaks_of_other_key(question, certs, count, usable);
		verify(ssl, certs, count, question, out);
	}
	SSL_free(ssl);
	ERR_pop_to_mark();
}
