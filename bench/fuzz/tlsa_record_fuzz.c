/*
 * The octets of TLSA records, each with its length before it, against a chain of two certificates.
 * What matches is a usable record that holds what the certificates hold; what is written is short
 * and of printable octets. One record by itself is judged as it is among the others.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cert/dane.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

enum {
	RECORDS_MAX = 64,
	CHAIN = 2,
	NOW = 1800000000,
	YEAR = 365 * 86400,
	TEXT_MAX = 160, /* "255 255 255 ", 64 octets in hexadecimal, "..." */
};

struct fixture {
	SSL_CTX *context;
	X509 *certs[CHAIN]; /* of the host, of its issuer */
};

static X509 *
make_certificate(const char *name, X509 *issuer, EVP_PKEY *issuer_key, EVP_PKEY *key)
{
	X509 *cert = X509_new();

	X509_set_version(cert, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), issuer == NULL ? 1 : 2);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
	    (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(issuer == NULL ? cert : issuer));
	ASN1_TIME_set(X509_getm_notBefore(cert), NOW - YEAR);
	ASN1_TIME_set(X509_getm_notAfter(cert), NOW + YEAR);
	X509_set_pubkey(cert, key);
	must(X509_sign(cert, issuer_key, EVP_sha256()) > 0);
	return cert;
}

static const struct fixture *
fixture(void)
{
	static struct fixture made;

	if (made.context == NULL) {
		EVP_PKEY *keys[CHAIN] = { EVP_EC_gen("P-256"), EVP_EC_gen("P-256") };

		made.context = cert_dane_context_new();
		made.certs[1] = make_certificate("An Authority", NULL, keys[1], keys[1]);
		made.certs[0] = make_certificate("mx.test", made.certs[1], keys[1], keys[0]);
		EVP_PKEY_free(keys[0]);
		EVP_PKEY_free(keys[1]);
	}
	return &made;
}

static size_t
read_records(struct buf *buf, struct tlsa records[RECORDS_MAX])
{
	size_t count = 0;

	while (buf_left(buf) > 0 && count < RECORDS_MAX) {
		size_t length = buf_u8(buf);

		if (length > buf_left(buf))
			length = buf_left(buf);
		records[count++] = tlsa_read(buf_bytes(buf, length), length);
	}
	return count;
}

static void
check_record(const struct tlsa *record, struct arena *arena)
{
	const char *text = tlsa_text(record, arena);

	must(strlen(text) < TEXT_MAX && fuzz_is_message(text));
	must((record->data == NULL) == (record->length <= 3));
	must(!record->usable || (record->usage >= 2 && record->usage <= 3));
	must(!record->usable || record->type == 0 || record->size == 32u * record->type);
}

/* Does it hold what it must, reckoned here once more? libFuzzer learns digests from what is
 * compared.
 */
static bool
is_of_chain(const struct tlsa *record)
{
	bool is_it = false;

	for (int i = 0; i < CHAIN && !is_it; i++) {
		X509 *cert = fixture()->certs[i];
		unsigned char *whole = NULL, digest[EVP_MAX_MD_SIZE];
		int size = record->selector == 0
		    ? i2d_X509(cert, &whole)
		    : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &whole);
		unsigned digest_size = (unsigned)size;

		if (record->type > 0)
			EVP_Digest(whole, (size_t)size, digest, &digest_size,
			    record->type == 1 ? EVP_sha256() : EVP_sha512(), NULL);
		is_it = record->size == digest_size &&
		    memcmp(record->data, record->type > 0 ? digest : whole, digest_size) == 0;
		OPENSSL_free(whole);
	}
	return is_it;
}

static struct cert_dane_verdict
match(const struct tlsa *records, size_t count)
{
	const struct fixture *f = fixture();
	const struct cert_dane_question question = {
		.records = records, .record_count = count, .base = "mx.test", .now = NOW
	};
	struct cert_dane_verdict verdict;

	cert_dane_match(f->context, f->certs, CHAIN, &question, &verdict);
	must(verdict.readable && (verdict.matches || verdict.problem != NULL));
	must(!verdict.matches || (verdict.record < count && records[verdict.record].usable));
	return verdict;
}

/* The record of the served key, whatever stands beside it: it matches but for a stronger digest. */
static void
check_with_good(struct tlsa records[RECORDS_MAX + 1], size_t count, const uint8_t *key_digest)
{
	uint8_t octets[3 + 32] = { 3, 1, 1 };
	bool stronger = false;

	memcpy(octets + 3, key_digest, 32);
	records[count] = tlsa_read(octets, sizeof octets);
	for (size_t i = 0; i < count; i++)
		stronger = stronger ||
		    (records[i].usable && records[i].usage == 3 && records[i].selector == 1 &&
			records[i].type == 2);
	must(match(records, count + 1).matches || stronger);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct buf buf = buf_over(bytes, size);
	struct tlsa records[RECORDS_MAX + 1];
	size_t count = read_records(&buf, records);
	struct cert_dane_verdict verdict = match(records, count);
	struct arena arena = { 0 };

	for (size_t i = 0; i < count; i++)
		check_record(&records[i], &arena);
	must(!verdict.matches || is_of_chain(&records[verdict.record]));
	check_with_good(records, count, verdict.key_digest);
	arena_free(&arena);
	return 0;
}
