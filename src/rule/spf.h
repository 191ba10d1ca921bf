#ifndef MXSWEEP_RULE_SPF_H
#define MXSWEEP_RULE_SPF_H

#include "fact/facts.h"
#include "rule/registration.h"
#include "rule/spf_tree.h"

struct arena;

/* A name of some term whose own look-up says that it is missing, or that hangs on the sender. */
struct spf_takeover {
	const char *term;
	struct registration registration;
};

struct spf_result {
	const struct dns_answer *answer; /* TXT of the domain, confirmed */
	size_t records;                  /* texts that are SPF records */
	const char *text;                /* the record, when there is exactly one */
	size_t length;
	struct spf_record record;       /* of `text` */
	struct spf_tree tree;           /* with one well-formed record: all that it leads to */
	struct spf_takeover *takeovers; /* each registrable domain once */
	size_t takeover_count;
	const struct dns_answer *explanation; /* TXT that `exp` names; NULL when it was not asked */
};

/* The published SPF record (RFC 7208 4.5) and all that it includes, for no sender in particular. */
void
spf_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct spf_result *out);

/* SPF in forms that nobody reads any more: asked for at depth deep. */
struct spf_obsolete {
	const struct dns_answer *type99; /* the record type of its own (RFC 7208 3.1) */
	const char *sender_id;           /* a text that begins spf2.0/ (RFC 4406 3.1), or NULL */
};
void spf_obsolete_evaluate(struct facts *facts, const char *domain, struct spf_obsolete *out);

bool spf_denies_all(const struct spf_result *spf); /* exactly `v=spf1 -all` */
bool spf_lets_some_pass(const struct spf_result *spf);

#endif
