#ifndef MXSWEEP_RULE_SPF_H
#define MXSWEEP_RULE_SPF_H

#include "fact/facts.h"
#include "rule/spf_record.h"

struct arena;

struct spf_result {
	const struct dns_answer *answer; /* TXT of the domain, confirmed */
	size_t records;                  /* texts that are SPF records */
	const char *text;                /* the record, when there is exactly one */
	size_t length;
	struct spf_record record; /* of `text` */
};

/* The published SPF record (RFC 7208 4.5), parsed whole; nothing that it names is looked up. */
void
spf_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct spf_result *out);

bool spf_denies_all(const struct spf_result *spf); /* exactly `v=spf1 -all` */
bool spf_lets_some_pass(const struct spf_result *spf);

#endif
