#ifndef MXSWEEP_RULE_DKIM_H
#define MXSWEEP_RULE_DKIM_H

#include "cert/public_key.h"
#include "fact/facts.h"
#include "wire/tag_list.h"

struct arena;

enum { DKIM_SELECTORS_MAX = 32 }; /* of one row: a domain with more is a typing error */

/* What is wrong with a key record; from harmless to grave. */
enum dkim_fault {
	DKIM_SOUND,
	DKIM_UNTIDY,   /* verifiers forgive it: blanks or empty parts behind the last semicolon */
	DKIM_UNUSABLE, /* no verifier can use it: see `problem` */
};

struct dkim_key {
	const char *selector;
	const struct dns_answer *answer; /* TXT of SELECTOR._domainkey.DOMAIN, confirmed */
	size_t records;                  /* texts there */
	const char *text;                /* the one that was read: the only one, or the first */
	size_t length;
	enum dkim_fault fault;
	const char *problem;   /* for people; NULL when sound */
	bool revoked;          /* an empty p= (RFC 6376 3.6.1) */
	const char *key_type;  /* of k=; "rsa" when absent */
	struct public_key key; /* of a record that is not unusable or revoked */
};

struct dkim_result {
	struct dkim_key *keys; /* the selectors of the row, in its order */
	size_t count;
	size_t usable;
	const struct dns_answer *node; /* TXT of _domainkey.DOMAIN; asked when no key was usable */
};

/* The DKIM keys of a domain under the selectors named (separated by blanks; NULL = none). */
void dkim_evaluate(struct facts *facts, const char *domain, const char *selectors,
    struct arena *arena, struct dkim_result *out);

/* Reads one key record (RFC 6376 3.6.1) into the fields from `fault` on. */
void dkim_key_parse(struct arena *arena, const char *text, size_t length, struct dkim_key *key);

#endif
