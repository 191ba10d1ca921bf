/* The dates and the key of a certificate. */
#include "cert/leaf.h"

#include <limits.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_A_DAY = 86400 };

static const struct {
	int nid;
	const char *name;
} key_types[] = {
	{ NID_rsaEncryption, "rsa" },
	{ NID_rsassaPss, "rsa-pss" },
	{ NID_X9_62_id_ecPublicKey, "ec" },
	{ NID_dsa, "dsa" },
	{ NID_ED25519, "ed25519" },
	{ NID_ED448, "ed448" },
};

static void
name_key_type(int nid, char name[CERT_KEY_TYPE_SIZE])
{
	const char *text = nid == NID_undef ? NULL : OBJ_nid2sn(nid);

	for (size_t i = 0; i < sizeof key_types / sizeof key_types[0]; i++)
		if (key_types[i].nid == nid)
			text = key_types[i].name;
	snprintf(name, CERT_KEY_TYPE_SIZE, "%s", text == NULL ? "unknown" : text);
}

static bool
read_time(const ASN1_TIME *time, int64_t *out)
{
	struct tm parts;

	if (ASN1_TIME_to_tm(time, &parts) != 1)
		return false;
	*out = timegm(&parts);
	return true;
}

/* A key that libcrypto cannot load still has an algorithm with a name. */
static void
read_key(const X509 *cert, struct cert_leaf *out)
{
	const EVP_PKEY *key = X509_get0_pubkey(cert);
	ASN1_OBJECT *algorithm = NULL;

	X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, X509_get_X509_PUBKEY(cert));
	name_key_type(OBJ_obj2nid(algorithm), out->key_type);
	if (key != NULL)
		out->key_bits = (unsigned)EVP_PKEY_get_bits(key);
}

bool
cert_leaf_read(const X509 *cert, struct cert_leaf *out)
{
	bool fine;

	memset(out, 0, sizeof *out);
	ERR_set_mark();
	fine = read_time(X509_get0_notBefore(cert), &out->not_before) &&
	    read_time(X509_get0_notAfter(cert), &out->not_after);
	if (fine) {
		read_key(cert, out);
		/* only caches inside the certificate change */
		out->self_signed = X509_self_signed((X509 *)(uintptr_t)cert, 1) == 1;
	}
	ERR_pop_to_mark();
	return fine;
}

bool
cert_leaf_decode(const void *der, size_t length, struct cert_leaf *out)
{
	const unsigned char *start = der, *at = start;
	X509 *cert;
	bool fine;

	memset(out, 0, sizeof *out);
	if (length > LONG_MAX)
		return false;
	ERR_set_mark();
	cert = d2i_X509(NULL, &at, (long)length);
	fine = cert != NULL && at == start + length && cert_leaf_read(cert, out);
	X509_free(cert);
	ERR_pop_to_mark();
	return fine;
}

int64_t
cert_leaf_days_left(const struct cert_leaf *leaf, int64_t now)
{
	int64_t left = leaf->not_after - now;

	return left >= 0 ? left / SECONDS_A_DAY : -((-left + SECONDS_A_DAY - 1) / SECONDS_A_DAY);
}
