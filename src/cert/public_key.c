/* Public keys of DKIM records. */
#include "cert/public_key.h"

#include "base/buf.h"

#include <limits.h>
#include <openssl/asn1t.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <string.h>

static const char *const fault_texts[] = {
	[PUBLIC_KEY_SOUND] = "no fault",
	[PUBLIC_KEY_UNDECODABLE] = "the octets are no public key",
	[PUBLIC_KEY_CUT_SHORT] = "the key is cut short",
	[PUBLIC_KEY_TRAILING] = "something follows the key",
	[PUBLIC_KEY_OTHER_ALGORITHM] = "the key is not an RSA key",
	[PUBLIC_KEY_WRONG_SIZE] = "an ed25519 key has exactly 32 octets",
	[PUBLIC_KEY_ED25519_SPKI] =
	    "the key stands in a SubjectPublicKeyInfo; its last 32 octets alone are right",
};

/* SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 octets }, RFC 8410 10.1 */
static const uint8_t ed25519_spki[12] = {
	0x30,
	0x2a,
	0x30,
	0x05,
	0x06,
	0x03,
	0x2b,
	0x65,
	0x70,
	0x03,
	0x21,
	0x00,
};

enum { DER_SEQUENCE = 0x30, DER_LENGTH_OCTETS_MAX = 4 };

/* Does the outer SEQUENCE announce more octets than there are? */
static bool
is_cut_short(const uint8_t *der, size_t length)
{
	struct buf buf = buf_over(der, length);
	uint64_t announced;
	unsigned octets;

	if (buf_u8(&buf) != DER_SEQUENCE)
		return false;
	announced = buf_u8(&buf);
	if (announced >= 0x80) {
		octets = (unsigned)announced & 0x7f;
		if (octets == 0 || octets > DER_LENGTH_OCTETS_MAX)
			return false;
		announced = 0;
		for (unsigned i = 0; i < octets; i++)
			announced = announced << 8 | buf_u8(&buf);
	}
	return !buf.failed && announced > buf_left(&buf);
}

/*
 * The two forms as ASN.1 templates of our own: libcrypto's key loaders look for a provider each
 * time, which costs two hundred times as much as reading two numbers.
 */
struct rsa_numbers { /* RSAPublicKey, RFC 8017 A.1.1 */
	BIGNUM *modulus, *exponent;
};
struct key_info { /* SubjectPublicKeyInfo, RFC 5280 4.1 */
	X509_ALGOR *algorithm;
	ASN1_BIT_STRING *key;
};
typedef struct rsa_numbers RSA_NUMBERS;
typedef struct key_info KEY_INFO;

ASN1_SEQUENCE(RSA_NUMBERS) = {
	ASN1_SIMPLE(RSA_NUMBERS, modulus, CBIGNUM),
	ASN1_SIMPLE(RSA_NUMBERS, exponent, CBIGNUM),
} static_ASN1_SEQUENCE_END(RSA_NUMBERS)

ASN1_SEQUENCE(KEY_INFO) = {
	ASN1_SIMPLE(KEY_INFO, algorithm, X509_ALGOR),
	ASN1_SIMPLE(KEY_INFO, key, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(KEY_INFO)

static void
measure(const struct rsa_numbers *numbers, struct public_key *out)
{
	out->bits = (unsigned)BN_num_bits(numbers->modulus);
	out->even_modulus = !BN_is_odd(numbers->modulus);
	out->bad_exponent = !BN_is_odd(numbers->exponent) || BN_is_one(numbers->exponent);
}

static enum public_key_fault
decode_bare(const uint8_t *der, size_t length, struct public_key *out)
{
	const uint8_t *at = der;
	struct rsa_numbers *numbers = (struct rsa_numbers *)ASN1_item_d2i(
	    NULL, &at, (long)length, ASN1_ITEM_rptr(RSA_NUMBERS));
	enum public_key_fault fault = PUBLIC_KEY_SOUND;

	if (numbers == NULL)
		return PUBLIC_KEY_UNDECODABLE;
	measure(numbers, out);
	if (at != der + length)
		fault = PUBLIC_KEY_TRAILING;
	ASN1_item_free((ASN1_VALUE *)numbers, ASN1_ITEM_rptr(RSA_NUMBERS));
	return fault;
}

/* What is inside the SubjectPublicKeyInfo must be consumed to its end as well. */
static enum public_key_fault
decode_inside(const struct key_info *info, struct public_key *out)
{
	const ASN1_OBJECT *algorithm;

	X509_ALGOR_get0(&algorithm, NULL, NULL, info->algorithm);
	if (OBJ_obj2nid(algorithm) != NID_rsaEncryption)
		return PUBLIC_KEY_OTHER_ALGORITHM;
	return decode_bare(
	    ASN1_STRING_get0_data(info->key), (size_t)ASN1_STRING_length(info->key), out);
}

static enum public_key_fault
decode_rsa(const uint8_t *der, size_t length, struct public_key *out)
{
	const uint8_t *at = der;
	struct key_info *info =
	    (struct key_info *)ASN1_item_d2i(NULL, &at, (long)length, ASN1_ITEM_rptr(KEY_INFO));
	enum public_key_fault fault;

	if (info == NULL) {
		out->form = PUBLIC_KEY_BARE;
		return decode_bare(der, length, out);
	}
	out->form = PUBLIC_KEY_SPKI;
	fault = decode_inside(info, out);
	if (fault == PUBLIC_KEY_SOUND && at != der + length)
		fault = PUBLIC_KEY_TRAILING;
	ASN1_item_free((ASN1_VALUE *)info, ASN1_ITEM_rptr(KEY_INFO));
	return fault;
}

bool
public_key_decode_rsa(const uint8_t *der, size_t length, struct public_key *out)
{
	memset(out, 0, sizeof *out);
	if (length == 0 || length > LONG_MAX) {
		out->fault = PUBLIC_KEY_UNDECODABLE;
		return false;
	}
	ERR_set_mark();
	out->fault = decode_rsa(der, length, out);
	ERR_pop_to_mark();
	if (out->fault == PUBLIC_KEY_UNDECODABLE && is_cut_short(der, length))
		out->fault = PUBLIC_KEY_CUT_SHORT;
	return out->fault == PUBLIC_KEY_SOUND;
}

bool
public_key_decode_ed25519(const uint8_t *octets, size_t length, struct public_key *out)
{
	*out = (struct public_key){ .form = PUBLIC_KEY_BARE, .fault = PUBLIC_KEY_WRONG_SIZE };
	if (length == PUBLIC_KEY_ED25519_SIZE) {
		out->fault = PUBLIC_KEY_SOUND;
		out->raw = octets;
		out->bits = PUBLIC_KEY_ED25519_SIZE * 8;
	} else if (length == sizeof ed25519_spki + PUBLIC_KEY_ED25519_SIZE &&
	    memcmp(octets, ed25519_spki, sizeof ed25519_spki) == 0) {
		out->fault = PUBLIC_KEY_ED25519_SPKI;
		out->form = PUBLIC_KEY_SPKI;
		out->raw = octets + sizeof ed25519_spki;
	}
	return out->fault == PUBLIC_KEY_SOUND;
}

const char *
public_key_fault_text(enum public_key_fault fault)
{
	return fault_texts[fault];
}
