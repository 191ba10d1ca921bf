/* The client's side of TLS, which verifies nothing. */
#include "net/tls.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SERVER_NAME_MAX = 256,
	CHAIN_OCTETS_MAX = 102400, /* as all of OpenSSL's clients have it: more fails there too */
};

/* As OpenSSL has it. */
const char stream_no_such_version[] = "no protocols available";

struct tls_context {
	SSL_CTX *ssl;
};

static bool
limit_versions(SSL *ssl, enum tls_versions versions)
{
	static const int alone[] = {
		[TLS_VERSION_1_0_ALONE] = TLS1_VERSION,
		[TLS_VERSION_1_1_ALONE] = TLS1_1_VERSION,
	};

	return versions == TLS_VERSIONS_ALL ||
	    (SSL_set_min_proto_version(ssl, alone[versions]) == 1 &&
		SSL_set_max_proto_version(ssl, alone[versions]) == 1);
}

SSL *
tls_client_new(struct tls_context *context, enum tls_versions versions, const char *server_name)
{
	char name[SERVER_NAME_MAX]; /* OpenSSL's macro wants it writable */
	SSL *ssl = SSL_new(context->ssl);

	if (!limit_versions(ssl, versions)) {
		SSL_free(ssl);
		return NULL;
	}
	snprintf(name, sizeof name, "%s", server_name);
	SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
	SSL_set_connect_state(ssl);
	SSL_set_tlsext_host_name(ssl, name);
	return ssl;
}

static void
describe_certificate(const X509 *cert, struct arena *arena, struct cert_served *out)
{
	unsigned char *der = NULL;
	int size = i2d_X509(cert, &der);

	if (size <= 0)
		abort(); /* it came as DER, and libcrypto has kept that */
	out->der = arena_copy(arena, der, (size_t)size);
	out->size = (size_t)size;
	cert_digest(out->der, out->size, out->digest);
	OPENSSL_free(der);
}

static void
describe_chain(SSL *ssl, struct arena *arena, struct stream_tls *out)
{
	STACK_OF(X509) *served = SSL_get_peer_cert_chain(ssl);
	int count = served == NULL ? 0 : sk_X509_num(served);
	struct cert_served *chain;

	if (count > CERT_CHAIN_MAX)
		count = CERT_CHAIN_MAX;
	chain = arena_zeroed(arena, (size_t)count, sizeof *chain);
	for (int i = 0; i < count; i++)
		describe_certificate(sk_X509_value(served, i), arena, &chain[i]);
	out->chain = chain;
	out->chain_length = (size_t)count;
}

static void
describe_exchange(SSL *ssl, struct arena *arena, struct stream_tls *out)
{
	int group = (int)SSL_get_negotiated_group(ssl);
	const char *name = group == NID_undef ? NULL : SSL_group_to_name(ssl, group);
	EVP_PKEY *key = NULL;

	out->group = arena_string(arena, name == NULL ? "" : name);
	out->exchange_bits = 0;
	if (SSL_get_peer_tmp_key(ssl, &key) == 1)
		out->exchange_bits = (unsigned)EVP_PKEY_get_bits(key);
	EVP_PKEY_free(key);
}

void
tls_describe(SSL *ssl, struct arena *arena, struct stream_tls *out)
{
	out->version = arena_string(arena, SSL_get_version(ssl));
	out->cipher = arena_string(arena, SSL_get_cipher_name(ssl));
	out->compressed = SSL_get_current_compression(ssl) != NULL;
	out->secure_renegotiation = SSL_get_secure_renegotiation_support(ssl) == 1;
	out->extended_master_secret = SSL_get_extms_support(ssl) == 1;
	describe_exchange(ssl, arena, out);
	describe_chain(ssl, arena, out);
	ERR_clear_error();
}

/* Without this libssl would look for a path to roots, and check signatures on the way. */
static int
accept_all(X509_STORE_CTX *context, void *user)
{
	(void)context;
	(void)user;
	return 1;
}

struct tls_context *
tls_context_new(void)
{
	struct tls_context *context = alloc_zeroed(1, sizeof *context);

	context->ssl = SSL_CTX_new(TLS_client_method());
	if (context->ssl == NULL)
		abort();
	SSL_CTX_set_verify(context->ssl, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_cert_verify_callback(context->ssl, accept_all, NULL);
	SSL_CTX_set_max_cert_list(context->ssl, CHAIN_OCTETS_MAX);
	SSL_CTX_set_security_level(context->ssl, 0);
	SSL_CTX_set_min_proto_version(context->ssl, TLS1_VERSION);
	SSL_CTX_set_cipher_list(context->ssl, "ALL:+aNULL:eNULL:@SECLEVEL=0");
	SSL_CTX_set_options(
	    context->ssl, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_mode(context->ssl, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_OFF);
	return context;
}

void
tls_context_free(struct tls_context *context)
{
	if (context == NULL)
		return;
	SSL_CTX_free(context->ssl);
	free(context);
}
