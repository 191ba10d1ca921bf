/* BIMI: the record. */
#include "unit.h"

#include "base/arena.h"
#include "rule/bimi.h"
#include "rule/bimi_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_bimi, bimi_cases, COUNT_OF(bimi_cases));
}

static const struct {
	const char *text;
	const char *problem; /* NULL: it is a record */
} texts[] = {
	{ "v=BIMI1; l=https://a.com/l.svg", NULL },
	{ "v=BIMI1;l=https://a.com/l.svg;a=https://a.com/l.pem;avp=Personal", NULL },
	{ "v=BIMI1; l=; a=;", NULL },
	{ "v=BIMI1; lps=a-b, c", NULL },
	{ "v=BIMI1; l=; x=y", NULL }, /* unknown tags are ignored */
	{ "v=BIMI1", "l= is missing" },
	{ "v=BIMI1; a=https://a.com/l.pem", "l= is missing" },
	{ "v=BIMI1; l=http://a.com/l.svg", "l=http://a.com/l.svg is no https: URI" },
	{ "v=BIMI1; l=a.com/l.svg", "l=a.com/l.svg is no https: URI" },
	{ "v=BIMI1; l=https://a.com/a.svg,https://b.com/b.svg", NULL }, /* a comma in the path */
	{ "v=BIMI1; l=https://a.com/a.svg https://b.com/b.svg",
	    "l=https://a.com/a.svg https://b.com/b.svg is no https: URI" },
	{ "v=BIMI1; l=; a=self", "a=self is no https: URI" },
	{ "v=BIMI1; l=; avp=logo", "avp=logo is neither brand nor personal" },
	{ "v=BIMI1; l=; lps=a.b", "lps=a.b is no list of names" },
	{ "v=BIMI1; l=; l=", "l= is given twice" },
	{ "v=BIMI1; l", "`l` is no tag=value" },
	{ "v=BIMI1;; l=", "an empty part between semicolons" },
};

static void
texts_have_their_problems(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct bimi_result bimi = { 0 };
		struct arena arena = { 0 };

		assert_true(bimi_record_is(texts[i].text, strlen(texts[i].text)));
		bimi_record_parse(texts[i].text, strlen(texts[i].text), &arena, &bimi);
		if ((bimi.problem == NULL) != (texts[i].problem == NULL) ||
		    (bimi.problem != NULL && strcmp(bimi.problem, texts[i].problem) != 0))
			fail_msg("%s: %s", texts[i].text,
			    bimi.problem == NULL ? "no problem" : bimi.problem);
		arena_free(&arena);
	}
	assert_false(bimi_record_is("v=BIMI", 6));
	assert_false(bimi_record_is("v=bimi1; l=", 11));
	assert_false(bimi_record_is("v=BIMI1\0", 8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(texts_have_their_problems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
