/* MTA-STS: the record. */
#include "unit.h"

#include "base/arena.h"
#include "rule/mta_sts_cases.h"
#include "rule/mta_sts.h"

#include <stdlib.h>
#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_mta_sts, mta_sts_cases, COUNT_OF(mta_sts_cases));
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEF" /* 32 */
#define NO_ID "an id that is not 1 to 32 letters and digits, at offset 9"

static const struct {
	const char *text;
	const char *problem; /* NULL: it is a record */
} texts[] = {
	{ "v=STSv1; id=1", NULL },
	{ "v=STSv1;id=" LETTERS, NULL },
	{ "v=STSv1; \t id=20260101 \t;\t", NULL },
	{ "v=STSv1; x=y; id=1; a_-.9=!~", NULL },
	{ "v=STSv1; " LETTERS "=1; id=1", NULL },
	{ "v=STSv1; ID=2; id=1", NULL }, /* letter case counts: ID is an extension */
	{ "v=STSv1;", "no id" },
	{ "v=STSv1; ", "no id" },
	{ "v=STSv1; ID=1", "no id" },
	{ "v=STSv1; id=", NO_ID },
	{ "v=STSv1; id=" LETTERS "1", NO_ID },
	{ "v=STSv1; id=1 2", NO_ID },
	{ "v=STSv1; id= 1", NO_ID },
	{ "v=STSv1; id=1_2", NO_ID },
	{ "v=STSv1; id=\xc3\xa9", NO_ID },
	{ "v=STSv1; id=1; id=1", "a second id, at offset 15" },
	{ "v=STSv1;; id=1", "an empty field, at offset 8" },
	{ "v=STSv1; id=1;;", "an empty field, at offset 14" },
	{ "v=STSv1; id=1 \t", NULL }, /* forgiven */
	{ "v=STSv1; id", "a field without `=`, at offset 9" },
	{ "v=STSv1; id=1; id2", "a field without `=`, at offset 15" },
	{ "v=STSv1; id=1, x=2", NO_ID },
	{ "v=STSv1; id=1; =2", "a field whose name is none, at offset 15" },
	{ "v=STSv1; id=1; .x=2", "a field whose name is none, at offset 15" },
	{ "v=STSv1; id=1; x%=2", "a field whose name is none, at offset 15" },
	{ "v=STSv1; id=1; " LETTERS "g=2", "a field whose name is none, at offset 15" },
	{ "v=STSv1; id=1; x=", "a field whose value is none, at offset 15" },
	{ "v=STSv1; id=1; x=a b", "a field whose value is none, at offset 15" },
	{ "v=STSv1; id=1; x=a=b", "a field whose value is none, at offset 15" },
	{ "v=STSv1; id=1; x=\x01", "a field whose value is none, at offset 15" },
	{ "v=STSv1; id=1; x=\xff", "a field whose value is none, at offset 15" },
};

static void
texts_follow_the_grammar(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct mta_sts_result mta_sts = { 0 };
		struct arena arena = { 0 };
		const char *problem;

		assert_true(mta_sts_record_is(texts[i].text, strlen(texts[i].text)));
		mta_sts_record_parse(texts[i].text, strlen(texts[i].text), &arena, &mta_sts);
		problem = mta_sts.problem;
		if ((problem == NULL) != (texts[i].problem == NULL) ||
		    (problem != NULL && strcmp(problem, texts[i].problem) != 0))
			fail_msg("%s: %s", texts[i].text, problem == NULL ? "no problem" : problem);
		arena_free(&arena);
	}
}

static void
records_are_told_from_other_texts(void **state)
{
	static const char *const others[] = { "", "v=STSv1", "v=STSv1 ; id=1", "v=STSv10; id=1",
		" v=STSv1; id=1", "V=STSv1; id=1", "v=stsv1; id=1", "\"v=STSv1; id=1\"" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(mta_sts_record_is(others[i], strlen(others[i])));
	assert_true(mta_sts_record_is("v=STSv1;\0", 9));
}

/* 64 KiB of fields, and a NUL: read once, and never beyond the end. */
static void
long_texts_are_read_once(void **state)
{
	static const char field[] = "x=y;";
	size_t length = 65535;
	char *text = malloc(length); /* without a NUL: the sanitizer sees a step beyond */
	struct mta_sts_result mta_sts = { 0 };
	struct arena arena = { 0 };

	(void)state;
	memcpy(text, "v=STSv1;id=1;", 13);
	for (size_t i = 13; i < length; i++)
		text[i] = field[(i - 13) % 4];
	mta_sts_record_parse(text, length, &arena, &mta_sts);
	assert_string_equal(mta_sts.problem, "a field whose value is none, at offset 65533");
	assert_string_equal(mta_sts.id, "1");
	assert_int_equal(mta_sts.extensions, (65533 - 13) / 4 + 1);
	mta_sts = (struct mta_sts_result){ 0 };
	text[14] = '\0';
	mta_sts_record_parse(text, length, &arena, &mta_sts);
	assert_string_equal(mta_sts.problem, "a field without `=`, at offset 13");
	free(text);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(texts_follow_the_grammar),
		cmocka_unit_test(records_are_told_from_other_texts),
		cmocka_unit_test(long_texts_are_read_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
