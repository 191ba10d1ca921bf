/*
 * The certificates of a server, one behind the other. The first, when it is read, has a key with a
 * name and leaves no error behind; with an octet behind it, or without its last, it is no
 * certificate any more. The chain is judged, by roots of which the last is one, as often as one
 * likes in the same way, and what the memory of the verifier says is what it was told.
 */
#include "fuzz.h"

#include "base/error.h"
#include "cert/chain.h"
#include "cert/verifier.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

enum { NOW = 1800000000 };

static const char host[] = "mx.test";

static bool
reads(const void *der, size_t size)
{
	struct cert_leaf leaf;
	bool fine = cert_leaf_decode(der, size, &leaf);

	must(ERR_peek_error() == 0);
	must(memchr(leaf.key_type, '\0', sizeof leaf.key_type) != NULL);
	must(!fine || leaf.key_type[0] != '\0');
	return fine;
}

static void
check_ends(const uint8_t *der, size_t size)
{
	char *longer;

	if (!reads(der, size))
		return;
	longer = fuzz_text(der, size);
	must(!reads(longer, size + 1));
	must(!reads(longer, size - 1));
	free(longer);
}

/* Octets of the first value of DER; all of them when its length makes no sense. */
static size_t
first_of(const uint8_t *bytes, size_t size)
{
	size_t length = size < 2 ? 0 : bytes[1], head = 2;

	if (length >= 0x80) {
		size_t octets = length & 3;

		length = 0;
		for (; octets > 0 && head < size; octets--)
			length = length << 8 | bytes[head++];
	}
	return length == 0 || length > size - head ? size : head + length;
}

static size_t
split(const uint8_t *bytes, size_t size, struct cert_served chain[CERT_CHAIN_MAX])
{
	size_t count = 0;

	while (size > 0 && count < CERT_CHAIN_MAX) {
		struct cert_served *served = &chain[count++];

		served->der = bytes;
		served->size = first_of(bytes, size);
		cert_digest(served->der, served->size, served->digest);
		bytes += served->size;
		size -= served->size;
	}
	return count;
}

static void
check_verdict(const struct cert_verdict *verdict)
{
	must(ERR_peek_error() == 0);
	must(verdict->trust < CERT_TRUST_COUNT && cert_trust_text(verdict->trust) != NULL);
	must((verdict->problem != NULL) == (verdict->trust == CERT_INVALID));
	must(memchr(verdict->issuer, '\0', sizeof verdict->issuer) != NULL);
	must(memchr(verdict->names, '\0', sizeof verdict->names) != NULL);
	must(memchr(verdict->weak_signature, '\0', sizeof verdict->weak_signature) != NULL);
	must(!verdict->readable || verdict->issuer[0] != '\0');
}

static void
check_same(const struct cert_verdict *a, const struct cert_verdict *b)
{
	must(a->readable == b->readable && a->trust == b->trust && a->order == b->order);
	must(strcmp(a->issuer, b->issuer) == 0 && a->name == b->name);
	must(strcmp(a->weak_signature, b->weak_signature) == 0);
}

static void
judge(X509 *const *certs, size_t count)
{
	X509_STORE *roots = X509_STORE_new();
	struct cert_verdict first, second;

	must(X509_STORE_add_cert(roots, certs[count - 1]) == 1);
	cert_chain_judge(roots, certs, count, NOW, &first);
	check_verdict(&first);
	must(!first.readable || first.trust != CERT_UNTRUSTED);
	cert_chain_judge(roots, certs, count, NOW, &second);
	check_same(&first, &second);
	cert_name_of(certs[0], host);
	must(ERR_peek_error() == 0);
	X509_STORE_free(roots);
}

static void
judge_all(const struct cert_served *chain, size_t count)
{
	X509 *certs[CERT_CHAIN_MAX];
	size_t read = 0;

	for (; read < count; read++) {
		const uint8_t *at = chain[read].der;

		certs[read] = d2i_X509(NULL, &at, (long)chain[read].size);
		if (certs[read] == NULL)
			break;
	}
	ERR_clear_error();
	if (read > 0)
		judge(certs, read);
	while (read > 0)
		X509_free(certs[--read]);
}

static void
check_memory(struct cert_served *chain, size_t count)
{
	static struct cert_verifier *verifier;
	struct cert_verdict told;
	struct error error;

	if (verifier == NULL) {
		setenv("SSL_CERT_FILE", "/dev/null", 1);
		must(cert_verifier_open(NULL, &verifier, &error) == 0);
	}
	told = *cert_verifier_judge(verifier, chain, count, host, NOW);
	check_verdict(&told);
	for (size_t i = 0; i < count; i++)
		chain[i].der = NULL;
	check_same(&told, cert_verifier_recall(verifier, chain, count, host, NOW));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct cert_served chain[CERT_CHAIN_MAX];
	size_t count = split(bytes, size, chain);

	if (count == 0)
		return 0;
	check_ends(chain[0].der, chain[0].size);
	judge_all(chain, count);
	check_memory(chain, count);
	return 0;
}
