/* What --rescan chooses: its words, and of which scorecards a domain is asked anew. */
#include "unit.h"

#include "app/rescan_choice.h"
#include "base/strbuf.h"
#include "score/scorecard.h"

#include <string.h>

static struct option_rescan
choice_of(const char *words)
{
	struct option_rescan choice = { 0 };
	char copy[64], *rest = copy, *word;
	struct error error;

	strcpy(copy, words);
	while ((word = strsep(&rest, ",")) != NULL)
		assert_int_equal(rescan_choice_add(&choice, word, &error), 0);
	return choice;
}

static void
words_come_back(void **state)
{
	static const char *const cases[][2] = {
		{ "failed", "failed" },
		{ "changed,failed,failed", "failed,changed" },
		{ "older=3d,not_tested", "not_tested,older=259200000ms" },
		{ "older=0s", "older=0ms" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct option_rescan choice = choice_of(cases[i][0]);
		struct strbuf text = { 0 };

		rescan_choice_text(&choice, &text);
		assert_string_equal(text.at, cases[i][1]);
		strbuf_free(&text);
	}
}

static void
other_words_are_refused(void **state)
{
	static const char *const cases[] = { "", "fail", "older", "older=", "older=3", "older=-1d",
		"older=40000d", "Failed" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct option_rescan choice = { 0 };
		struct error error;

		assert_int_equal(rescan_choice_add(&choice, cases[i], &error), -1);
		assert_int_equal(error.code, 64);
	}
}

static const struct card_case {
	const char *name, *words;
	enum verdict verdict;
	enum check_stage stage;
	enum outcome outcome;
	enum reason reason;
	bool out_of_set, wanted;
} card_cases[] = {
	{ "it failed", "failed", VERDICT_FAIL, STAGE_CORE, OUTCOME_FAIL, 0, false, true },
	{ "it warns", "failed", VERDICT_WARN, STAGE_CORE, OUTCOME_WARN, 0, false, false },
	{ "it failed, and that is not asked", "not_tested", VERDICT_FAIL, STAGE_CORE, OUTCOME_FAIL,
	    0, false, false },
	{ "too little was tested", "not_tested", VERDICT_NOT_TESTED, STAGE_CORE, OUTCOME_PASS, 0,
	    false, true },
	{ "a check was not", "not_tested", VERDICT_PASS, STAGE_CORE, OUTCOME_NOT_TESTED,
	    REASON_DNS_TIMEOUT, false, true },
	{ "and that is not asked", "failed", VERDICT_PASS, STAGE_CORE, OUTCOME_NOT_TESTED,
	    REASON_DNS_TIMEOUT, false, false },
	{ "one that was not asked for", "not_tested", VERDICT_PASS, STAGE_CORE, OUTCOME_NOT_TESTED,
	    REASON_SKIPPED, true, false },
	{ "a deep one", "not_tested", VERDICT_PASS, STAGE_DEEP, OUTCOME_NOT_TESTED,
	    REASON_DNS_TIMEOUT, false, false },
	{ "that no other night mends", "not_tested", VERDICT_PASS, STAGE_CORE, OUTCOME_NOT_TESTED,
	    REASON_NO_TOUCH, false, false },
	{ "neither is chosen", "changed,older=1d", VERDICT_FAIL, STAGE_CORE, OUTCOME_NOT_TESTED,
	    REASON_DNS_TIMEOUT, false, false },
};

static void
domains_are_asked_anew(void **state)
{
	static struct scorecard card;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(card_cases); i++) {
		const struct card_case *row = &card_cases[i];
		const struct option_rescan choice = choice_of(row->words);
		const struct check check = { .stage = row->stage };

		memset(&card, 0, sizeof card);
		card.verdict = row->verdict;
		card.results[0] = (struct check_result){ .check = &check,
			.in_set = !row->out_of_set,
			.finding = { .outcome = row->outcome, .reason = row->reason } };
		card.count = 1;
		if (rescan_choice_wants(&choice, &card) != row->wanted)
			fail_msg("%s: is%s asked anew", row->name, row->wanted ? " not" : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_back),
		cmocka_unit_test(other_words_are_refused),
		cmocka_unit_test(domains_are_asked_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
