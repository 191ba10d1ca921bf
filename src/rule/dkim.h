#ifndef MXSWEEP_RULE_DKIM_H
#define MXSWEEP_RULE_DKIM_H

#include "fact/facts.h"
#include "names/selectors.h"
#include "rule/dkim_record.h"
#include "rule/mx.h"
#include "rule/registration.h"
#include "rule/spf_tree.h"

struct arena;

enum {
	DKIM_NAMED_MAX = 32,   /* selectors of one row: a domain with more is a typing error */
	DKIM_DERIVED_MAX = 24, /* of all providers that a domain may sign with */
};

/* How a selector came to be tried. */
enum dkim_origin {
	DKIM_NAMED,   /* the row names it */
	DKIM_DERIVED, /* a provider of its mail hosts or of its SPF record uses it */
	DKIM_COMMON,
};

/* A selector of the row, or another one under which something was found. */
struct dkim_key {
	const char *selector;
	enum dkim_origin origin;
	const struct dns_answer *answer; /* TXT of SELECTOR._domainkey.DOMAIN; confirmed for one of
					    the row, and where an alias dangles */
	bool wildcard;                   /* any other name gives the same answer */
	size_t records;                  /* texts there */
	const char *text;                /* the one that was read: the best of them */
	size_t length;
	struct dkim_record record;  /* of `text` */
	struct registration target; /* of an alias that dangles: whose it was */
};

struct dkim_result {
	struct dkim_key
	    *keys; /* the selectors of the row, in its order; then what else was found */
	size_t count;
	size_t named;  /* of these, selectors of the row */
	size_t usable; /* keys that signatures verify with */
	size_t missed; /* selectors that were tried, and a wildcard answered */
	/* Of a question that the run ended before; NULL: none. There may be more than was found. */
	const struct dns_answer *left_out;
	const struct dns_answer *node; /* TXT of _domainkey.DOMAIN; NULL where a selector shows that
					  it is there; confirmed where none is usable and it is
					  not there */
	bool no_node;                  /* it is not there: no key can exist (RFC 8020 2) */
	bool node_is_wildcard;         /* the answer is that of a wildcard at the domain */
	const struct dns_answer *below;  /* TXT of a random name below the domain */
	const struct dns_answer *random; /* ... below _domainkey; NULL without that node */
};

/* What says which selectors to try. */
struct dkim_hints {
	const char *selectors; /* of the row, separated by blanks; NULL for none */
	bool sends; /* else nothing is tried but those: no key is expected, or none is known of */
	const struct mx_result *mx;
	const struct spf_tree *spf; /* NULL without a record that can be read */
};

/*
 * The DKIM keys of a domain: under the row's selectors, under those of its providers, and where
 * none of these is usable and a key may exist, under common ones up to the first usable key.
 */
void dkim_evaluate(struct facts *facts, const char *domain, const struct dkim_hints *hints,
    struct arena *arena, struct dkim_result *out);

bool dkim_key_is_usable(const struct dkim_key *key);

#endif
