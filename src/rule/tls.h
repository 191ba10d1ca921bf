#ifndef MXSWEEP_RULE_TLS_H
#define MXSWEEP_RULE_TLS_H

#include "cert/verdict.h"
#include "fact/facts.h"

/* What a cipher suite gives, by its name in OpenSSL. */
enum cipher_strength {
	CIPHER_NONE,    /* nothing is encrypted, or with a key of the export rules */
	CIPHER_BROKEN,  /* RC4, 3DES and their like */
	CIPHER_LASTING, /* whoever gets the server's key can read what was recorded before */
	CIPHER_OLD,     /* forward secrecy, but no authenticated encryption (RFC 9325 4.2) */
	CIPHER_GOOD,
};
struct cipher_traits {
	enum cipher_strength strength;
	bool anonymous;    /* the server proves nothing: no certificate */
	bool finite_field; /* Diffie-Hellman over numbers: the group's size counts */
};
struct cipher_traits cipher_traits_of(const char *name);

/* What a session's certificates say of the MX host. */
struct tls_result {
	const struct cert_verdict *chain; /* NULL: none was shown, or it is not recorded */
	bool not_recorded;
};
void tls_evaluate(struct facts *facts, const struct smtp_observation *seen, const char *mx_name,
    struct arena *arena, struct tls_result *out);

#endif
