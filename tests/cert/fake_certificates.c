/* Certificates for tests, made when they are needed. */
#include "cert/fake_certificates.h"

#include "unit.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The public half of no real pair: any odd number will do, and none is long to find. */
static EVP_PKEY *
rsa_key(unsigned bits)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *modulus = BN_new(), *exponent = BN_new();
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;

	assert_int_equal(BN_rand(modulus, (int)bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD), 1);
	BN_set_word(exponent, 65537);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, exponent);
	params = OSSL_PARAM_BLD_to_param(build);
	assert_int_equal(EVP_PKEY_fromdata_init(context), 1);
	assert_int_equal(EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	BN_free(modulus);
	BN_free(exponent);
	EVP_PKEY_CTX_free(context);
	return key;
}

static void
add_extension(X509 *cert, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(extension);
	assert_int_equal(X509_add_ext(cert, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

static void
set_name(X509 *cert, const char *text)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN",
			     MBSTRING_UTF8, (const unsigned char *)text, -1, -1, 0),
	    1);
}

static void
fill(X509 *cert, const struct certificate_plan *plan)
{
	static long serial;

	X509_set_version(cert, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial);
	if (plan->subject != NULL)
		set_name(cert, plan->subject);
	ASN1_TIME_set(X509_getm_notBefore(cert), (time_t)plan->not_before);
	ASN1_TIME_set(X509_getm_notAfter(cert), (time_t)plan->not_after);
	if (plan->authority)
		add_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
	if (plan->names != NULL)
		add_extension(cert, NID_subject_alt_name, plan->names);
	if (plan->purpose != NULL)
		add_extension(cert, NID_ext_key_usage, plan->purpose);
}

void
fake_certificate_make(
    const struct certificate_plan *plan, const struct certificate *issuer, struct certificate *out)
{
	unsigned char *der = NULL;
	int length;

	out->cert = X509_new();
	out->key = plan->rsa_bits > 0 ? rsa_key(plan->rsa_bits)
	    : plan->rsa_signer        ? EVP_RSA_gen(1024)
				      : EVP_EC_gen("P-256");
	fill(out->cert, plan);
	X509_set_pubkey(out->cert, out->key);
	X509_set_issuer_name(
	    out->cert, X509_get_subject_name(issuer != NULL ? issuer->cert : out->cert));
	assert_true(X509_sign(out->cert, issuer != NULL ? issuer->key : out->key,
			EVP_get_digestbyname(plan->digest != NULL ? plan->digest : "SHA256")) > 0);
	length = i2d_X509(out->cert, &der);
	assert_true(length > 0);
	out->served.der = der;
	out->served.size = (size_t)length;
	cert_digest(der, out->served.size, out->served.digest);
}

void
fake_certificate_free(struct certificate *certificate)
{
	OPENSSL_free((uint8_t *)certificate->served.der);
	EVP_PKEY_free(certificate->key);
	X509_free(certificate->cert);
	memset(certificate, 0, sizeof *certificate);
}

char *
fake_certificate_file(const struct certificate *const *certificates, size_t count)
{
	char *path = strdup("/tmp/mxsweep-roots-XXXXXX");
	FILE *file = fdopen(mkstemp(path), "w");

	assert_non_null(file);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(PEM_write_X509(file, certificates[i]->cert), 1);
	fclose(file);
	return path;
}
