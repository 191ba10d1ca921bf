/* PTR: reverse names, the way back, and names that networks generate. */
#include "unit.h"

#include "rule/ptr.h"
#include "rule/ptr_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_ptr, ptr_cases, COUNT_OF(ptr_cases));
}

static void
the_first_hit_ends_the_questions(void **state)
{
	struct strbuf out = { 0 };
	struct fact_table table;

	(void)state;
	fact_table_init(&table,
	    "192.0.2.1 PTR a.com\n192.0.2.1 PTR b.com\n192.0.2.1 PTR c.com\nb.com A 192.0.2.1\n"
	    "c.com A 192.0.2.1\n");
	rule_settle(&rule_ptr, "192.0.2.1", &table, &out);
	assert_int_equal(table.question_count, 3);
	fact_table_free(&table);
	strbuf_free(&out);
}

struct generic_case {
	const char *name;
	const char *ip;
	bool expected;
};

static const struct generic_case generic[] = {
	{ "192-0-2-1.example.net", "192.0.2.1", true },
	{ "192.0.2.1.example.net", "192.0.2.1", true },
	{ "host192_0_2_1.example.net", "192.0.2.1", true },
	{ "1.2.0.192.example.net", "192.0.2.1", true },
	{ "ip-1-2-0-192.example.net", "192.0.2.1", true },
	{ "192-000-002-001.example.net", "192.0.2.1", true },
	{ "h192000002001.example.net", "192.0.2.1", true },
	{ "c0000201.example.net", "192.0.2.1", true },
	{ "c0-00-02-01.example.net", "192.0.2.1", true },
	{ "010200c0.example.net", "192.0.2.1", true },
	{ "p5790a1b2.dip0.t-ipconnect.de", "87.144.161.178", true },
	{ "192-0-2-11.example.net", "192.0.2.1", false },
	{ "1192-0-2-1.example.net", "192.0.2.1", false },
	{ "192-0-2-11.192-0-2-1.example.net", "192.0.2.1", true },
	{ "mail.example.net", "192.0.2.1", false },
	{ "mx1.example.net", "192.0.2.1", false },
	{ "mail-192.example.net", "192.0.2.1", false },
	{ "smtp-out-2-1.example.net", "192.0.2.1", false },
	{ "dyn-17.example.net", "192.0.2.1", true },
	{ "17.pool.example.net", "192.0.2.1", true },
	{ "pool17.example.net", "192.0.2.1", true },
	{ "a12.static.example.net", "192.0.2.1", true },
	{ "cust4711.example.net", "192.0.2.1", true },
	{ "dhcp-3.example.net", "192.0.2.1", true },
	{ "adsl-85.example.net", "192.0.2.1", true },
	{ "unassigned-4.example.net", "192.0.2.1", true },
	{ "client.example.net", "192.0.2.1", false },
	{ "dynamics1.example.net", "192.0.2.1", false },
	{ "customers2.example.net", "192.0.2.1", false },
	{ "carpool1.example.net", "192.0.2.1", false },
	{ "ecstatic1.example.net", "192.0.2.1", false },
	{ "ec2-198-51-100-7.compute-1.amazonaws.com", "192.0.2.1", true },
	{ "ec2-7.eu-west-1.compute.amazonaws.com", "192.0.2.1", true },
	{ "7.100.51.198.bc.compute.example.com", "192.0.2.1", true },
	{ "vps-4711.example.net", "192.0.2.1", true },
	{ "vps4711.example.net", "192.0.2.1", true },
	{ "mx1.computerhaus.example", "192.0.2.1", false },
	{ "mail2.vpsland.example", "192.0.2.1", false },
	{ "mx1.supervps.example", "192.0.2.1", false },
	{ "spec2-mail.example", "192.0.2.1", false },
	{ "mail.example.net", "2001:db8::1", false },
	{ "dyn-17.example.net", "2001:db8::1", true },
	{ ".", "192.0.2.1", false },
};

static void
generated_names_are_told_from_chosen_ones(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(generic); i++) {
		struct ip ip;

		assert_true(ip_parse(generic[i].ip, &ip));
		if (ptr_is_generic(generic[i].name, &ip) != generic[i].expected)
			fail_msg("%s of %s", generic[i].name, generic[i].ip);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(the_first_hit_ends_the_questions),
		cmocka_unit_test(generated_names_are_told_from_chosen_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
