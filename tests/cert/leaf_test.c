/* Certificates made for the occasion: their dates, keys and signatures. */
#include "unit.h"

#include "cert/leaf.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <string.h>

struct leaf_case {
	const char *name;
	const char *not_before, *not_after; /* UTCTime or GeneralizedTime */
	int64_t expected_before, expected_after;
};

static const struct leaf_case cases[] = {
	{ "UTCTime", "250101000000Z", "260101000000Z", 1735689600, 1767225600 },
	{ "to the second", "250131235959Z", "250201000000Z", 1738367999, 1738368000 },
	{ "GeneralizedTime", "20500101000000Z", "20510101000000Z", 2524608000, 2556144000 },
	{ "two-digit years of the last century", "500101000000Z", "691231235959Z", -631152000, -1 },
	{ "beyond 32 bits", "19700101000000Z", "21060207062816Z", 0, 4294967296 },
	{ "no end", "250101000000Z", "99991231235959Z", 1735689600, 253402300799 },
	{ "a leap day", "240229120000Z", "280229120000Z", 1709208000, 1835438400 },
	{ "the end before the start", "260101000000Z", "250101000000Z", 1767225600, 1735689600 },
};

static void
set_name(X509_NAME *name, const char *text)
{
	X509_NAME_add_entry_by_txt(
	    name, "CN", MBSTRING_ASC, (const unsigned char *)text, -1, -1, 0);
}

/* The certificate of `key`, signed with `signer`; the DER is the caller's to free. */
static int
make(EVP_PKEY *key, EVP_PKEY *signer, const char *issuer, const struct leaf_case *dates,
    unsigned char **der_out)
{
	bool one_shot = EVP_PKEY_is_a(signer, "ED25519") || EVP_PKEY_is_a(signer, "ED448");
	X509 *cert = X509_new();
	int length;

	assert_non_null(cert);
	X509_set_version(cert, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	set_name(X509_get_subject_name(cert), "mx.example.com");
	set_name(X509_get_issuer_name(cert), issuer);
	assert_int_equal(ASN1_TIME_set_string(X509_getm_notBefore(cert), dates->not_before), 1);
	assert_int_equal(ASN1_TIME_set_string(X509_getm_notAfter(cert), dates->not_after), 1);
	assert_int_equal(X509_set_pubkey(cert, key), 1);
	assert_true(X509_sign(cert, signer, one_shot ? NULL : EVP_sha256()) > 0);
	*der_out = NULL;
	length = i2d_X509(cert, der_out);
	assert_true(length > 0);
	X509_free(cert);
	return length;
}

static void
dates_are_seconds(void **state)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct cert_leaf leaf;
		unsigned char *der;
		int length = make(key, key, "mx.example.com", &cases[i], &der);

		if (!cert_leaf_decode(der, (size_t)length, &leaf) ||
		    leaf.not_before != cases[i].expected_before ||
		    leaf.not_after != cases[i].expected_after)
			fail_msg("%s: %jd to %jd", cases[i].name, (intmax_t)leaf.not_before,
			    (intmax_t)leaf.not_after);
		OPENSSL_free(der);
	}
	EVP_PKEY_free(key);
}

static void
check_key(EVP_PKEY *key, const char *type, unsigned bits)
{
	struct cert_leaf leaf;
	unsigned char *der;
	int length = make(key, key, "mx.example.com", &cases[0], &der);

	assert_true(cert_leaf_decode(der, (size_t)length, &leaf));
	assert_string_equal(leaf.key_type, type);
	assert_int_equal(leaf.key_bits, bits);
	assert_true(leaf.self_signed);
	assert_int_equal(ERR_peek_error(), 0);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
}

static void
keys_have_a_type_and_a_size(void **state)
{
	(void)state;
	check_key(EVP_RSA_gen(1024), "rsa", 1024);
	check_key(EVP_EC_gen("P-256"), "ec", 256);
	check_key(EVP_EC_gen("P-384"), "ec", 384);
	check_key(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), "ed25519", 256);
	check_key(EVP_PKEY_Q_keygen(NULL, NULL, "ED448"), "ed448", 456);
}

static void
self_signed_needs_name_and_signature(void **state)
{
	EVP_PKEY *own = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	EVP_PKEY *other = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	const struct {
		const char *issuer;
		EVP_PKEY *signer;
		bool expected;
	} signatures[] = {
		{ "mx.example.com", own, true },
		{ "mx.example.com", other, false },
		{ "A Certificate Authority", own, false },
		{ "A Certificate Authority", other, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(signatures); i++) {
		struct cert_leaf leaf;
		unsigned char *der;
		int length = make(own, signatures[i].signer, signatures[i].issuer, &cases[0], &der);

		assert_true(cert_leaf_decode(der, (size_t)length, &leaf));
		assert_int_equal(leaf.self_signed, signatures[i].expected);
		assert_int_equal(ERR_peek_error(), 0);
		OPENSSL_free(der);
	}
	EVP_PKEY_free(own);
	EVP_PKEY_free(other);
}

/* The OID of a key algorithm that libcrypto does not know: id-Ed25519 with another last octet. */
static void
an_unknown_key_is_no_failure(void **state)
{
	static const unsigned char known[] = { 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21 };
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct cert_leaf leaf;
	unsigned char *der, *at;
	int length = make(key, key, "mx.example.com", &cases[0], &der);

	(void)state;
	at = memmem(der, (size_t)length, known, sizeof known);
	assert_non_null(at);
	at[4] = 0x7f;
	assert_true(cert_leaf_decode(der, (size_t)length, &leaf));
	assert_string_equal(leaf.key_type, "unknown");
	assert_int_equal(leaf.key_bits, 0);
	assert_false(leaf.self_signed);
	assert_int_equal(ERR_peek_error(), 0);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
}

static void
what_is_no_certificate_is_refused(void **state)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct cert_leaf leaf;
	unsigned char *der, twice[2048];
	int length = make(key, key, "mx.example.com", &cases[0], &der);

	(void)state;
	for (int cut = 0; cut < length; cut++)
		assert_false(cert_leaf_decode(der, (size_t)cut, &leaf));
	assert_false(cert_leaf_decode("-----BEGIN CERTIFICATE-----", 27, &leaf));
	assert_true((size_t)length * 2 <= sizeof twice);
	memcpy(twice, der, (size_t)length);
	memcpy(twice + length, der, (size_t)length);
	assert_false(cert_leaf_decode(twice, (size_t)length * 2, &leaf));
	assert_false(cert_leaf_decode(twice, (size_t)length + 1, &leaf));
	assert_int_equal(ERR_peek_error(), 0);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_seconds),
		cmocka_unit_test(keys_have_a_type_and_a_size),
		cmocka_unit_test(self_signed_needs_name_and_signature),
		cmocka_unit_test(an_unknown_key_is_no_failure),
		cmocka_unit_test(what_is_no_certificate_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
