#ifndef MXSWEEP_RULE_KEY_VALUES_H
#define MXSWEEP_RULE_KEY_VALUES_H

#include "rule/evaluation.h"

struct arena;

/*
 * What a domain publishes, in a form that does not depend on the order of answers: two nights
 * differ in it only when somebody has changed something.
 */
#define KEY_VALUE_MAP(X)                                                                           \
	X(KEY_MX, "mx")           /* "10 a.example, 20 b.example"; "0 ." of a null MX */           \
	X(KEY_NS, "ns")           /* names, in order, a blank between */                           \
	X(KEY_SPF, "spf")         /* the record; "N records" when there are several */             \
	X(KEY_DKIM, "dkim")       /* "selector:digest selector:digest", by selector */             \
	X(KEY_DMARC, "dmarc")     /* the record that applies; behind it where it is inherited */   \
	X(KEY_MTA_STS, "mta_sts") /* the id of the record */

enum key_value {
#define X(name, text) name,
	KEY_VALUE_MAP(X)
#undef X
	    KEY_VALUES,
};

const char *key_value_text(enum key_value value);

struct key_values {
	const char *at[KEY_VALUES]; /* "": there is none; NULL: not known */
	const char *policy;         /* digest of the policy file of MTA-STS; NULL: not had */
};

/* Texts live in the arena; control characters are \xNN. Of a row without a domain nothing is known.
 */
void key_values_of(const struct evaluation *e, struct arena *arena, struct key_values *values_out);

/* The digest of octets in hexadecimal: the first 128 bits of SHA-256. */
const char *key_values_digest(const void *octets, size_t length, struct arena *arena);

#endif
