/* Chains that were judged, remembered by the digests of their certificates. */
#include "cert/verifier.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "cert/chain.h"
#include "cert/roots.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Rows of one provider come together, so what is long ago is hardly asked for again. */
enum {
	CHAINS_MAX = 1024, /* with the first certificate of each, some 10 KB */
	HOSTS_MAX = 16384,
	ISSUERS_MAX = 512, /* few authorities issue for all */
	MATCHES_MAX = 16384,
};

struct issuer {
	uint8_t digest[CERT_DIGEST_SIZE];
	X509 *cert;
};

struct judged_chain {
	struct cert_verdict verdict;
	X509 *first; /* NULL when it cannot be read */
	uint8_t digests[CERT_CHAIN_MAX][CERT_DIGEST_SIZE];
};

/* Key: the digests of the chain and the host. */
struct judged_host {
	struct cert_verdict verdict;
	uint8_t key[];
};

struct matched_chain {
	struct cert_dane_verdict verdict;
	uint8_t key[CERT_DIGEST_SIZE]; /* of all that the verdict hangs on */
};

struct cert_verifier {
	X509_STORE *roots;
	struct ssl_ctx_st *dane; /* NULL until it is needed */
	bool system_read;
	int64_t now; /* of what is remembered */
	struct map chains, hosts, issuers, matches;
};

int
cert_verifier_open(const char *extra_roots, struct cert_verifier **out, struct error *error)
{
	struct cert_verifier *verifier = alloc_zeroed(1, sizeof *verifier);

	*out = NULL;
	verifier->roots = X509_STORE_new();
	map_init(&verifier->chains);
	map_init(&verifier->hosts);
	map_init(&verifier->issuers);
	map_init(&verifier->matches);
	if (extra_roots != NULL && cert_roots_add_file(verifier->roots, extra_roots, error) != 0) {
		cert_verifier_close(verifier);
		return -1;
	}
	*out = verifier;
	return 0;
}

static void
forget_chains(struct cert_verifier *verifier)
{
	struct judged_chain *chain;
	size_t cursor = 0;

	while ((chain = map_next(&verifier->chains, &cursor)) != NULL) {
		X509_free(chain->first);
		free(chain);
	}
	map_free(&verifier->chains);
	map_init(&verifier->chains);
}

static void
forget_hosts(struct cert_verifier *verifier)
{
	struct judged_host *host;
	size_t cursor = 0;

	while ((host = map_next(&verifier->hosts, &cursor)) != NULL)
		free(host);
	map_free(&verifier->hosts);
	map_init(&verifier->hosts);
}

static void
forget_matches(struct cert_verifier *verifier)
{
	struct matched_chain *matched;
	size_t cursor = 0;

	while ((matched = map_next(&verifier->matches, &cursor)) != NULL)
		free(matched);
	map_free(&verifier->matches);
	map_init(&verifier->matches);
}

static void
forget_issuers(struct cert_verifier *verifier)
{
	struct issuer *issuer;
	size_t cursor = 0;

	while ((issuer = map_next(&verifier->issuers, &cursor)) != NULL) {
		X509_free(issuer->cert);
		free(issuer);
	}
	map_free(&verifier->issuers);
	map_init(&verifier->issuers);
}

void
cert_verifier_close(struct cert_verifier *verifier)
{
	if (verifier == NULL)
		return;
	forget_chains(verifier);
	forget_hosts(verifier);
	forget_issuers(verifier);
	forget_matches(verifier);
	map_free(&verifier->chains);
	map_free(&verifier->hosts);
	map_free(&verifier->issuers);
	map_free(&verifier->matches);
	X509_STORE_free(verifier->roots);
	cert_dane_context_free(verifier->dane);
	free(verifier);
}

/* NULL when the octets are no certificate, or others follow it. */
static X509 *
read_certificate(const struct cert_served *served)
{
	const unsigned char *at = served->der;
	X509 *cert;

	if (served->der == NULL || served->size > LONG_MAX)
		return NULL;
	ERR_set_mark();
	cert = d2i_X509(NULL, &at, (long)served->size);
	ERR_pop_to_mark();
	if (cert != NULL && at != served->der + served->size) {
		X509_free(cert);
		return NULL;
	}
	return cert;
}

static X509 *
find_issuer(struct cert_verifier *verifier, const struct cert_served *served)
{
	struct issuer *issuer = map_get(&verifier->issuers, served->digest, CERT_DIGEST_SIZE);
	X509 *cert;

	if (issuer != NULL)
		return issuer->cert;
	cert = read_certificate(served);
	if (cert == NULL)
		return NULL;
	issuer = alloc_bytes(sizeof *issuer);
	memcpy(issuer->digest, served->digest, CERT_DIGEST_SIZE);
	issuer->cert = cert;
	map_put(&verifier->issuers, issuer->digest, CERT_DIGEST_SIZE, issuer);
	return cert;
}

/* The first certificate, and those behind it as far as they can be read; 0 when the first cannot.
 */
static size_t
read_chain(struct cert_verifier *verifier, const struct cert_served *chain, size_t count,
    X509 *certs[CERT_CHAIN_MAX])
{
	size_t read = 1;

	certs[0] = read_certificate(&chain[0]);
	if (certs[0] == NULL)
		return 0;
	if (verifier->issuers.count + count > ISSUERS_MAX)
		forget_issuers(verifier);
	while (read < count && (certs[read] = find_issuer(verifier, &chain[read])) != NULL)
		read++;
	return read;
}

static void
judge_chain(struct cert_verifier *verifier, const struct cert_served *chain, size_t count,
    struct judged_chain *out)
{
	X509 *certs[CERT_CHAIN_MAX];
	size_t read = read_chain(verifier, chain, count, certs);

	out->first = certs[0];
	if (read == 0)
		return;
	if (!verifier->system_read)
		cert_roots_add_system(verifier->roots);
	verifier->system_read = true;
	cert_chain_judge(verifier->roots, certs, read, verifier->now, &out->verdict);
}

static size_t
chain_key(
    const struct cert_served *chain, size_t count, uint8_t key[CERT_CHAIN_MAX][CERT_DIGEST_SIZE])
{
	for (size_t i = 0; i < count; i++)
		memcpy(key[i], chain[i].digest, CERT_DIGEST_SIZE);
	return count * CERT_DIGEST_SIZE;
}

/* What was judged by another clock counts no more. */
static void
set_now(struct cert_verifier *verifier, int64_t now)
{
	if (verifier->now == now)
		return;
	forget_chains(verifier);
	forget_hosts(verifier);
	forget_matches(verifier);
	verifier->now = now;
}

static struct judged_host *
add_host(struct cert_verifier *verifier, const struct judged_chain *chain, const uint8_t *key,
    size_t length, const char *host)
{
	struct judged_host *judged = alloc_bytes(sizeof *judged + length);

	if (verifier->hosts.count >= HOSTS_MAX)
		forget_hosts(verifier);
	judged->verdict = chain->verdict;
	if (chain->verdict.readable)
		judged->verdict.name = cert_name_of(chain->first, host);
	memcpy(judged->key, key, length);
	map_put(&verifier->hosts, judged->key, length, judged);
	return judged;
}

const struct cert_verdict *
cert_verifier_recall(struct cert_verifier *verifier, const struct cert_served *chain, size_t count,
    const char *host, int64_t now)
{
	uint8_t digests[CERT_CHAIN_MAX][CERT_DIGEST_SIZE];
	size_t size = chain_key(chain, count, digests), length = size + strlen(host);
	uint8_t *key = alloc_bytes(length + 1);
	struct judged_host *judged;
	const struct judged_chain *known;

	set_now(verifier, now);
	memcpy(key, digests, size);
	memcpy(key + size, host, length - size);
	judged = map_get(&verifier->hosts, key, length);
	known = judged != NULL ? NULL : map_get(&verifier->chains, digests, size);
	if (known != NULL)
		judged = add_host(verifier, known, key, length, host);
	free(key);
	return judged == NULL ? NULL : &judged->verdict;
}

const struct cert_verdict *
cert_verifier_judge(struct cert_verifier *verifier, const struct cert_served *chain, size_t count,
    const char *host, int64_t now)
{
	const struct cert_verdict *known = cert_verifier_recall(verifier, chain, count, host, now);
	struct judged_chain *judged;
	size_t length;

	if (known != NULL)
		return known;
	if (verifier->chains.count >= CHAINS_MAX)
		forget_chains(verifier);
	judged = alloc_zeroed(1, sizeof *judged);
	length = chain_key(chain, count, judged->digests);
	judge_chain(verifier, chain, count, judged);
	map_put(&verifier->chains, judged->digests, length, judged);
	return cert_verifier_recall(verifier, chain, count, host, now);
}

/* ---- DANE */

static void
dane_key(const struct cert_served *chain, size_t count, const struct cert_dane_question *question,
    uint8_t key_out[CERT_DIGEST_SIZE])
{
	struct strbuf all = { 0 };

	strbuf_add_varint(&all, count);
	for (size_t i = 0; i < count; i++)
		strbuf_add(&all, chain[i].digest, CERT_DIGEST_SIZE);
	strbuf_add(&all, question->base, strlen(question->base) + 1);
	if (question->other != NULL)
		strbuf_add(&all, question->other, strlen(question->other));
	strbuf_add_u8(&all, question->other != NULL);
	for (size_t i = 0; i < question->record_count; i++) {
		strbuf_add_varint(&all, question->records[i].length);
		strbuf_add(&all, question->records[i].octets, question->records[i].length);
	}
	cert_digest(all.at, all.length, key_out);
	strbuf_free(&all);
}

const struct cert_dane_verdict *
cert_verifier_recall_dane(struct cert_verifier *verifier, const struct cert_served *chain,
    size_t count, const struct cert_dane_question *question)
{
	uint8_t key[CERT_DIGEST_SIZE];
	const struct matched_chain *matched;

	set_now(verifier, question->now);
	dane_key(chain, count, question, key);
	matched = map_get(&verifier->matches, key, sizeof key);
	return matched == NULL ? NULL : &matched->verdict;
}

const struct cert_dane_verdict *
cert_verifier_match_dane(struct cert_verifier *verifier, const struct cert_served *chain,
    size_t count, const struct cert_dane_question *question)
{
	const struct cert_dane_verdict *known =
	    cert_verifier_recall_dane(verifier, chain, count, question);
	struct matched_chain *matched;
	X509 *certs[CERT_CHAIN_MAX];
	size_t read;

	if (known != NULL)
		return known;
	if (verifier->matches.count >= MATCHES_MAX)
		forget_matches(verifier);
	if (verifier->dane == NULL)
		verifier->dane = cert_dane_context_new();
	matched = alloc_zeroed(1, sizeof *matched);
	read = read_chain(verifier, chain, count, certs);
	if (read > 0)
		cert_dane_match(verifier->dane, certs, read, question, &matched->verdict);
	X509_free(certs[0]);
	dane_key(chain, count, question, matched->key);
	map_put(&verifier->matches, matched->key, sizeof matched->key, matched);
	return &matched->verdict;
}
