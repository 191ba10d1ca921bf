/*
 * Verdicts do not depend on the order in which facts arrive, and no order costs more questions: for
 * every rule, over all its cases.
 */
#include "unit.h"

#include "rule/bimi_cases.h"
#include "rule/dane_cases.h"
#include "rule/dkim_cases.h"
#include "rule/dmarc_cases.h"
#include "rule/dmarc_policy_cases.h"
#include "rule/mta_sts_cases.h"
#include "rule/mx_cases.h"
#include "rule/names_cases.h"
#include "rule/ptr_cases.h"
#include "rule/relay_cases.h"
#include "rule/spf_cases.h"
#include "rule/spf_check_cases.h"
#include "rule/tls_rpt_cases.h"

enum { SEEDS = 100 };

static const struct {
	const struct rule_row *rule;
	const struct rule_case *cases;
	size_t count;
} rules[] = {
	{ &rule_mx, mx_cases, COUNT_OF(mx_cases) },
	{ &rule_ptr, ptr_cases, COUNT_OF(ptr_cases) },
	{ &rule_names, names_cases, COUNT_OF(names_cases) },
	{ &rule_relay, relay_cases, COUNT_OF(relay_cases) },
	{ &rule_spf, spf_cases, COUNT_OF(spf_cases) },
	{ &rule_spf_check, spf_check_cases, COUNT_OF(spf_check_cases) },
	{ &rule_spf_tree, spf_tree_cases, COUNT_OF(spf_tree_cases) },
	{ &rule_dkim, dkim_cases, COUNT_OF(dkim_cases) },
	{ &rule_dmarc, dmarc_cases, COUNT_OF(dmarc_cases) },
	{ &rule_dmarc_policy, dmarc_policy_cases, COUNT_OF(dmarc_policy_cases) },
	{ &rule_mta_sts, mta_sts_cases, COUNT_OF(mta_sts_cases) },
	{ &rule_tls_rpt, tls_rpt_cases, COUNT_OF(tls_rpt_cases) },
	{ &rule_bimi, bimi_cases, COUNT_OF(bimi_cases) },
	{ &rule_dane, dane_cases, COUNT_OF(dane_cases) },
	{ &rule_caa, caa_cases, COUNT_OF(caa_cases) },
};

static void
any_order_gives_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		rule_cases_shuffle(rules[i].rule, rules[i].cases, rules[i].count, SEEDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_gives_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
