/* Text in a page. */
#include "unit.h"

#include "report/html_text.h"

#include <string.h>

static void
what_has_a_meaning_is_escaped(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ NULL, "" },
		{ "", "" },
		{ "plain", "plain" },
		{ "<script>alert('x')</script>",
		    "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
		{ "a&b \"c\"", "a&amp;b &quot;c&quot;" },
		{ "m\xc3\xbcller", "m\xc3\xbcller" },
		{ "\xff"
		  "a\x01",
		    "\xef\xbf\xbd"
		    "a\xef\xbf\xbd" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strbuf out = { 0 };

		html_text(&out, cases[i].text);
		assert_string_equal(out.at == NULL ? "" : out.at, cases[i].expected);
		strbuf_free(&out);
	}
}

static void
thousands_are_set_apart(void **state)
{
	static const struct {
		uint64_t count;
		const char *expected;
	} cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1234567, "1,234,567" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strbuf out = { 0 };

		html_count(&out, cases[i].count);
		assert_string_equal(out.at, cases[i].expected);
		strbuf_free(&out);
	}
}

/* Bars of all verdicts are there, and none is wider than the chart. */
static void
charts_have_a_bar_for_each(void **state)
{
	struct tally tally = { .rows = 4, .verdicts = { [VERDICT_PASS] = 3, [VERDICT_FAIL] = 1 } };
	struct strbuf out = { 0 };

	(void)state;
	html_verdict_chart(&out, &tally);
	assert_non_null(strstr(out.at, "<rect class=\"pass\" x=\"100.0\" y=\"0\" width=\"202.5\""));
	assert_non_null(strstr(out.at, "<rect class=\"fail\" x=\"100.0\" y=\"60\" width=\"67.5\""));
	strbuf_reset(&out);
	tally.rows = 0; /* no row at all */
	html_point_chart(&out, &tally);
	assert_null(strstr(out.at, "nan"));
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_a_meaning_is_escaped),
		cmocka_unit_test(thousands_are_set_apart),
		cmocka_unit_test(charts_have_a_bar_for_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
