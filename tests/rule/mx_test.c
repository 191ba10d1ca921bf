/* MX: hosts, their order and their addresses. */
#include "unit.h"

#include "rule/mx.h"
#include "rule/mx_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_mx, mx_cases, COUNT_OF(mx_cases));
}

static void
hundreds_of_hosts_are_survived(void **state)
{
	enum { HOSTS = 300 };
	struct strbuf text = { 0 };
	struct arena arena = { 0 };
	struct fact_table table;
	struct mx_result mx;

	(void)state;
	for (int i = HOSTS; i-- > 0;)
		strbuf_printf(&text, "a.com MX %d mx%d.a.com\nmx%d.a.com A 192.0.2.%d\n", i / 2, i,
		    i, i % 256);
	fact_table_init(&table, text.at);
	mx_evaluate(fact_table_pass(&table), "a.com", &arena, &mx);
	assert_int_equal(mx.host_count, HOSTS);
	assert_int_equal(table.question_count, 1 + 2 * MX_HOSTS_MAX);
	assert_string_equal(mx.hosts[0].name, "mx0.a.com");
	assert_string_equal(mx.hosts[9].name, "mx9.a.com");
	assert_false(mx.hosts[9].beyond_budget);
	assert_true(mx.hosts[10].beyond_budget);
	assert_string_equal(mx.hosts[299].name, "mx299.a.com");
	arena_free(&arena);
	fact_table_free(&table);
	strbuf_free(&text);
}

struct answer_case {
	const char *name;
	const char *facts;
	const char *expected;
};

static const struct answer_case answers[] = {
	{ "both", "h.com A 192.0.2.1\nh.com AAAA 2001:db8::1\n", "data" },
	{ "IPv4 alone", "h.com A 192.0.2.1\nh.com AAAA TIMEOUT\n", "data" },
	{ "IPv6 alone", "h.com A TIMEOUT\nh.com AAAA 2001:db8::1\n", "data" },
	{ "IPv6 alone, no A", "h.com AAAA 2001:db8::1\n", "data" },
	{ "neither", "h.com TXT x\n", "nodata" },
	{ "a doubt about A remains", "h.com A SERVFAIL\nh.com AAAA NODATA\n", "servfail" },
	{ "a doubt about AAAA remains", "h.com A NODATA\nh.com AAAA SERVFAIL\n", "servfail" },
};

static void
a_host_is_as_known_as_its_better_family(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct strbuf text = { 0 };
		struct arena arena = { 0 };
		struct fact_table table;
		struct mx_result mx;
		const char *status;

		strbuf_printf(&text, "a.com MX 10 h.com\n%s", answers[i].facts);
		fact_table_init(&table, text.at);
		mx_evaluate(fact_table_pass(&table), "a.com", &arena, &mx);
		status = dns_status_text(mx_host_answer(&mx.hosts[0])->status);
		if (strcmp(status, answers[i].expected) != 0)
			fail_msg("%s: %s", answers[i].name, status);
		arena_free(&arena);
		fact_table_free(&table);
		strbuf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(hundreds_of_hosts_are_survived),
		cmocka_unit_test(a_host_is_as_known_as_its_better_family),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
