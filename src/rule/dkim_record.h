#ifndef MXSWEEP_RULE_DKIM_RECORD_H
#define MXSWEEP_RULE_DKIM_RECORD_H

#include "cert/public_key.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	DKIM_RSA_LEAST_BITS = 1024, /* RFC 8301 3.2: verifiers take no shorter key for valid */
	DKIM_RSA_GOOD_BITS = 2048,
	DKIM_RSA_MOST_BITS = 4096, /* more is not taken everywhere */
};

/* What is wrong with a key record; from harmless to grave. */
enum dkim_fault {
	DKIM_SOUND,
	DKIM_UNTIDY,   /* verifiers forgive it */
	DKIM_UNUSABLE, /* no verifier can read it: see `problem` */
};

enum dkim_key_kind {
	DKIM_KEY_RSA, /* also when k= is absent */
	DKIM_KEY_ED25519,
	DKIM_KEY_UNKNOWN,
};

/* What h= lets the signer hash with (RFC 6376 3.6.1, RFC 8301 3.1). */
enum dkim_hashes {
	DKIM_HASHES_ANY, /* no h= */
	DKIM_HASHES_SHA256,
	DKIM_HASHES_SHA1_TOO,
	DKIM_HASHES_NO_SHA256, /* no signature of today fits the key */
};

/* A key record (RFC 6376 3.6.1). Behind an unusable one the fields from `revoked` on say nothing.
 */
struct dkim_record {
	enum dkim_fault fault;
	const char *problem;  /* for people; NULL when sound */
	const char *key_type; /* of k=; "rsa" when absent */
	enum dkim_key_kind kind;
	struct public_key key; /* of a record with a key of a known kind; its fault may be why the
				  record is unusable */
	const uint8_t *octets; /* of p=, decoded, whatever the kind; NULL when there are none */
	size_t octet_count;
	bool revoked; /* an empty p= */
	enum dkim_hashes hashes;
	bool not_for_mail;   /* s= names neither email nor * */
	bool testing;        /* t=y: verifiers treat the mail as not signed */
	bool strict;         /* t=s: no subdomains in i= */
	const char *ignored; /* tags that no verifier reads any more, separated by ", "; or NULL */
};

void
dkim_record_parse(struct arena *arena, const char *text, size_t length, struct dkim_record *out);

/* Why no signature verifies with it (RFC 6376 6.1.2, RFC 8301, RFC 8463); NULL when some can. */
const char *dkim_record_unusable(const struct dkim_record *record);

bool dkim_rsa_is_odd(const struct public_key *key); /* a modulus or exponent that cannot be */

#endif
