/* Certificates of the table of facts. */
#include "rule/fact_certificates.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "cert/fake_certificates.h"
#include "cert/verifier.h"
#include "rule/fact_table.h"
#include "unit.h"

#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum who {
	ITSELF,
	ROOT,
	INTERMEDIATE,
	STRANGER, /* a root that nobody trusts */
	AUTHORITIES,
};

#define DATES .not_before = FACT_TABLE_LEAF_FROM, .not_after = FACT_TABLE_LEAF_UNTIL
#define EVER .not_before = 0, .not_after = 4000000000
#define HOST .subject = "mx.a.com", .names = "DNS:mx.a.com"

static const struct certificate_plan authorities[AUTHORITIES] = {
	[ROOT] = { .subject = "A Root", .authority = true, EVER },
	[INTERMEDIATE] = { .subject = "An Intermediate", .authority = true, EVER },
	[STRANGER] = { .subject = "A Stranger", .authority = true, EVER },
};

static const struct {
	const char *word;
	struct certificate_plan plan;
	enum who issuer;
	enum who served[2]; /* behind it */
} chains[] = {
	{ "good", { HOST, DATES }, INTERMEDIATE, { INTERMEDIATE } },
	{ "lost", { HOST, DATES }, ROOT, { 0 } },
	{ "self-signed", { HOST, DATES }, ITSELF, { 0 } },
	{ "private", { HOST, DATES }, STRANGER, { STRANGER } },
	{ "cut", { HOST, DATES }, INTERMEDIATE, { 0 } },
	{ "unordered", { HOST, DATES }, INTERMEDIATE, { STRANGER, INTERMEDIATE } },
	{ "clients", { HOST, DATES, .purpose = "clientAuth" }, ROOT, { 0 } },
	{ "domain", { .subject = "a.com", .names = "DNS:a.com", DATES }, ROOT, { ROOT } },
	{ "wildcard", { .subject = "a.com", .names = "DNS:*.a.com", DATES }, ROOT, { 0 } },
	{ "other", { .subject = "mx.a.com", .names = "DNS:mx.b.com", DATES }, ROOT, { 0 } },
	{ "common", { .subject = "mx.a.com", DATES }, ROOT, { 0 } },
	{ "rsa-1024", { HOST, DATES, .rsa_bits = 1024 }, ROOT, { 0 } },
	{ "rsa-2048", { HOST, DATES, .rsa_bits = 2048 }, ROOT, { 0 } },
	{ "rsa-8192", { HOST, DATES, .rsa_bits = 8192 }, ROOT, { 0 } },
	{ "sha1", { HOST, DATES, .digest = "SHA1" }, ROOT, { 0 } },
};

static struct {
	struct certificate of[COUNT_OF(chains)];
	struct cert_served digests[COUNT_OF(chains)][3];
	size_t lengths[COUNT_OF(chains)];
	struct certificate authorities[AUTHORITIES];
	struct cert_verifier *trusting, *rootless;
} made;

static void
make_authorities(void)
{
	if (made.authorities[ROOT].cert != NULL)
		return;
	for (int i = ROOT; i < AUTHORITIES; i++)
		fake_certificate_make(&authorities[i],
		    i == INTERMEDIATE ? &made.authorities[ROOT] : NULL, &made.authorities[i]);
}

static void
make_chain(size_t i)
{
	enum who issuer = chains[i].issuer;
	struct cert_served *digest = made.digests[i];

	make_authorities();
	fake_certificate_make(
	    &chains[i].plan, issuer == ITSELF ? NULL : &made.authorities[issuer], &made.of[i]);
	*digest++ = made.of[i].served;
	for (size_t k = 0; k < COUNT_OF(chains[i].served); k++)
		if (chains[i].served[k] != ITSELF)
			*digest++ = made.authorities[chains[i].served[k]].served;
	made.lengths[i] = (size_t)(digest - made.digests[i]);
	for (size_t k = 0; k < made.lengths[i]; k++)
		made.digests[i][k].der = NULL;
}

const struct cert_served *
fact_certificates_chain(const char *word, size_t *length_out)
{
	size_t i = 0;

	while (i < COUNT_OF(chains) && strcmp(chains[i].word, word) != 0)
		i++;
	if (i == COUNT_OF(chains))
		fail_msg("no such certificate: %s", word);
	if (made.lengths[i] == 0)
		make_chain(i);
	*length_out = made.lengths[i];
	return made.digests[i];
}

static bool
is_it(const struct certificate *certificate, struct cert_served *served)
{
	if (certificate->cert == NULL ||
	    memcmp(certificate->served.digest, served->digest, CERT_DIGEST_SIZE) != 0)
		return false;
	*served = certificate->served;
	return true;
}

bool
fact_certificates_find(struct cert_served *served)
{
	for (size_t i = 0; i < COUNT_OF(chains); i++)
		if (is_it(&made.of[i], served))
			return strcmp(chains[i].word, "lost") != 0;
	for (size_t i = ROOT; i < AUTHORITIES; i++)
		if (is_it(&made.authorities[i], served))
			return true;
	return false;
}

/* The certificate that a digest is of. */
static X509 *
cert_of(const struct cert_served *served)
{
	struct cert_served found = *served;
	const unsigned char *at;
	X509 *cert;

	assert_true(fact_certificates_find(&found));
	at = found.der;
	cert = d2i_X509(NULL, &at, (long)found.size);
	assert_non_null(cert);
	return cert;
}

void
fact_certificates_associate(const char *word, unsigned selector, unsigned type, struct strbuf *out)
{
	uint8_t digest[SHA512_DIGEST_LENGTH];
	unsigned char *whole = NULL;
	char name[32];
	size_t length, place = 0;
	const struct cert_served *chain;
	X509 *cert;
	int size;

	sscanf(word, "%31[^/]/%zu", name, &place);
	chain = fact_certificates_chain(name, &length);
	assert_true(place < length);
	cert = cert_of(&chain[place]);
	size = selector == 0 ? i2d_X509(cert, &whole)
			     : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &whole);
	if (type == 0)
		strbuf_add(out, whole, (size_t)size);
	else if (type == 1)
		strbuf_add(out, SHA256(whole, (size_t)size, digest), SHA256_DIGEST_LENGTH);
	else
		strbuf_add(out, SHA512(whole, (size_t)size, digest), SHA512_DIGEST_LENGTH);
	OPENSSL_free(whole);
	X509_free(cert);
}

static struct cert_verifier *
open_verifier(const char *roots)
{
	struct cert_verifier *verifier;
	struct error error;

	setenv("SSL_CERT_FILE", "/dev/null", 1); /* no other roots */
	if (cert_verifier_open(roots, &verifier, &error) != 0)
		fail_msg("%s", error.text);
	return verifier;
}

struct cert_verifier *
fact_certificates_verifier(bool with_roots)
{
	const struct certificate *root = &made.authorities[ROOT];
	char *path;

	if (made.trusting == NULL) {
		make_authorities();
		path = fake_certificate_file(&root, 1);
		made.trusting = open_verifier(path);
		made.rootless = open_verifier(NULL);
		unlink(path);
		free(path);
	}
	return with_roots ? made.trusting : made.rootless;
}
