/* DKIM: keys under the selectors of a row. */
#include "unit.h"

#include "rule/dkim_cases.h"

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_dkim, dkim_cases, COUNT_OF(dkim_cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
