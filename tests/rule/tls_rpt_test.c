/* TLS-RPT: the record. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/tls_rpt.h"
#include "rule/tls_rpt_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_tls_rpt, tls_rpt_cases, COUNT_OF(tls_rpt_cases));
}

static const struct {
	const char *text;
	size_t usable;
	const char *problem; /* NULL: it is a record */
} texts[] = {
	{ "v=TLSRPTv1; rua=mailto:a@a.com", 1, NULL },
	{ "v=TLSRPTv1;rua=mailto:a@a.com;", 1, NULL },
	{ "v=TLSRPTv1 ; rua=mailto:a@a.com ; ", 1, NULL },
	{ "v=TLSRPTv1;rua=https://a.com/x,mailto:a@a.com", 2, NULL },
	{ "v=TLSRPTv1;rua=https://a.com/x \t, \tmailto:a@a.com", 2, NULL },
	{ "v=TLSRPTv1;rua=mailto:a%21b%2Cc%3B@a.com", 1, NULL },
	{ "v=TLSRPTv1;rua=mailto:a@a.com;rua=mailto:b@a.com", 2, NULL },
	{ "v=TLSRPTv1;rua=ftp://a.com/,mailto:a@a.com", 1, NULL },
	{ "v=TLSRPTv1;rua=mailto:a@a.com!10m,https://a.com/", 1, NULL },
	{ "v=TLSRPTv1;rua=,mailto:a@a.com,", 1, NULL },
	{ "v=TLSRPTv1;rua=mailto:a@a.com; x=y", 1, NULL },
	{ "v=TLSRPTv1", 0, "no rua" },
	{ "v=TLSRPTv1;", 0, "no rua" },
	{ "v=TLSRPTv1; RUA=mailto:a@a.com", 0, "no rua" }, /* an extension */
	{ "v=TLSRPTv1; rua=", 0, "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1; rua= mailto:a@a.com", 0, "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1; rua=a@a.com", 0, "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1; rua=mailto:a@a.com!10m", 0, "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1; rua=http://a.com/", 0, "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1; rua=mailto:a@a.com mailto:b@a.com", 0,
	    "rua names no mailto: or https: address" },
	{ "v=TLSRPTv1 rua=mailto:a@a.com", 0, "no semicolon behind the version, at offset 11" },
	{ "v=TLSRPTv1;;rua=mailto:a@a.com", 0, "an empty field, at offset 11" },
	{ "v=TLSRPTv1; rua=mailto:a@a.com; x", 1, "a field without `=`, at offset 32" },
	{ "v=TLSRPTv1; rua=mailto:a@a.com; x=", 1, "a field whose value is none, at offset 32" },
};

static void
texts_follow_the_grammar(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct tls_rpt_result tls_rpt = { 0 };
		struct arena arena = { 0 };
		const char *problem;

		assert_true(tls_rpt_record_is(texts[i].text, strlen(texts[i].text)));
		tls_rpt_record_parse(texts[i].text, strlen(texts[i].text), &arena, &tls_rpt);
		problem = tls_rpt.problem;
		if (tls_rpt.usable != texts[i].usable ||
		    (problem == NULL) != (texts[i].problem == NULL) ||
		    (problem != NULL && strcmp(problem, texts[i].problem) != 0))
			fail_msg("%s: %zu, %s", texts[i].text, tls_rpt.usable,
			    problem == NULL ? "no problem" : problem);
		arena_free(&arena);
	}
}

static void
records_are_told_from_other_texts(void **state)
{
	static const char *const others[] = { "", "v=TLSRPTv", "v=TLSRPTv10", "v=TLSRPTv1,",
		" v=TLSRPTv1;", "v=tlsrptv1;", "V=TLSRPTv1;" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(tls_rpt_record_is(others[i], strlen(others[i])));
	assert_false(tls_rpt_record_is("v=TLSRPTv1\0", 11));
}

static void
places_are_bounded(void **state)
{
	struct strbuf text = { 0 };
	struct tls_rpt_result tls_rpt = { 0 };
	struct arena arena = { 0 };

	(void)state;
	strbuf_add_string(&text, "v=TLSRPTv1;rua=");
	for (int i = 0; text.length < 65000; i++)
		strbuf_printf(&text, "mailto:a@x%d.com,", i);
	tls_rpt_record_parse(text.at, text.length, &arena, &tls_rpt);
	assert_null(tls_rpt.problem);
	assert_int_equal(tls_rpt.uri_count, TLS_RPT_URIS_MAX);
	assert_int_equal(tls_rpt.domain_count, TLS_RPT_DOMAINS_MAX);
	assert_true(tls_rpt.more_uris);
	strbuf_free(&text);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(texts_follow_the_grammar),
		cmocka_unit_test(records_are_told_from_other_texts),
		cmocka_unit_test(places_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
