#ifndef MXSWEEP_TESTS_RULE_RULE_CASE_H
#define MXSWEEP_TESTS_RULE_RULE_CASE_H

#include "base/strbuf.h"
#include "rule/fact_table.h"

#include <stddef.h>
#include <stdint.h>

/* One case of a rule: what it makes of a table of facts, written as one line. */
struct rule_case {
	const char *name;
	const char *subject; /* a domain, an address, ...: what the rule's row says */
	const char *facts;   /* see fact_table.h */
	const char *expected;
};

/* Runs the rule once and writes its result. What it writes while facts are missing is not read. */
typedef void (*rule_run_fn)(
    struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out);

struct rule_row {
	const char *name;
	rule_run_fn run;
};

extern const struct rule_row rule_mx;        /* subject: DOMAIN */
extern const struct rule_row rule_ptr;       /* ADDRESS */
extern const struct rule_row rule_names;     /* ADDRESS MX-NAME, of a session in the table */
extern const struct rule_row rule_relay;     /* ADDRESS MX-NAME */
extern const struct rule_row rule_spf;       /* DOMAIN */
extern const struct rule_row rule_spf_check; /* IP|HELO|MAIL-FROM */
extern const struct rule_row rule_spf_tree;  /* DOMAIN */
extern const struct rule_row rule_dkim;      /* DOMAIN SELECTORS... */
extern const struct rule_row rule_dmarc, rule_dmarc_policy;         /* DOMAIN */
extern const struct rule_row rule_mta_sts, rule_tls_rpt, rule_bimi; /* DOMAIN */
extern const struct rule_row rule_dane, rule_caa;                   /* DOMAIN */

/* Runs it over the table, as it stands, until nothing is unknown. */
void rule_settle(
    const struct rule_row *rule, const char *subject, struct fact_table *table, struct strbuf *out);

/* All facts are known at once, and the result is the expected one. */
void rule_cases_run(const struct rule_row *rule, const struct rule_case *cases, size_t count);

/*
 * The same cases with facts revealed one by one in random order: the same results, and no question
 * more than with all facts known.
 */
void rule_cases_shuffle(
    const struct rule_row *rule, const struct rule_case *cases, size_t count, uint64_t seeds);

#endif
