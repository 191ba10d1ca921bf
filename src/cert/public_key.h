#ifndef MXSWEEP_CERT_PUBLIC_KEY_H
#define MXSWEEP_CERT_PUBLIC_KEY_H

#include "cert/base64.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PUBLIC_KEY_ED25519_SIZE = 32, /* RFC 8463 4 */
};

enum public_key_form {
	PUBLIC_KEY_SPKI, /* SubjectPublicKeyInfo: what everyone publishes for RSA */
	PUBLIC_KEY_BARE, /* RSAPublicKey (RFC 8017 A.1.1): what RFC 6376 3.6.1 says; or raw */
};

enum public_key_fault {
	PUBLIC_KEY_SOUND,
	PUBLIC_KEY_UNDECODABLE,
	PUBLIC_KEY_CUT_SHORT, /* the DER says that it goes on: lost at 255 octets, as a rule */
	PUBLIC_KEY_TRAILING,  /* octets follow the key */
	PUBLIC_KEY_OTHER_ALGORITHM, /* a SubjectPublicKeyInfo, but not of rsaEncryption */
	PUBLIC_KEY_WRONG_SIZE,      /* ed25519: not 32 octets */
	PUBLIC_KEY_ED25519_SPKI, /* ed25519 as SubjectPublicKeyInfo, where 32 raw octets belong */
};

/* The key of a DKIM record (RFC 6376 3.6.1, RFC 8301, RFC 8463). */
struct public_key {
	enum public_key_fault fault;
	enum public_key_form form;
	unsigned bits;     /* of the RSA modulus, not of the DER; 256 for ed25519 */
	bool even_modulus; /* no RSA key: the product of two odd primes is odd */
	bool bad_exponent; /* less than 3, or even */

	/* ed25519: the 32 octets, inside what was given; also after ED25519_SPKI. */
	const uint8_t *raw;
};

/* Octets as base64 gave them; false when there is a fault. libcrypto keeps no error of it. */
bool public_key_decode_rsa(const uint8_t *der, size_t length, struct public_key *out);
bool public_key_decode_ed25519(const uint8_t *octets, size_t length, struct public_key *out);

const char *public_key_fault_text(enum public_key_fault fault);

#endif
