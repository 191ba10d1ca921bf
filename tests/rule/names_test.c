/* Greeting and EHLO names, and where they lead. */
#include "unit.h"

#include "rule/names_cases.h"

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_names, names_cases, COUNT_OF(names_cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
