/* SPF: check_host, and the tree of a record. */
#include "unit.h"

#include "rule/spf_check_cases.h"

static void
checks_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_spf_check, spf_check_cases, COUNT_OF(spf_check_cases));
}

static void
trees_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_spf_tree, spf_tree_cases, COUNT_OF(spf_tree_cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks_have_their_results),
		cmocka_unit_test(trees_have_their_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
