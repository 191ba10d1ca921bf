/*
 * From findings to score, grade, verdict and points, over tables of checks made for the purpose:
 * the file under test is compiled in, and reads this test's table in place of the real one.
 */
#define check_areas check_areas_of_this_test
#include "score/scorecard.c"
#include "score/rating.c"

#include "unit.h"

#include "names/provider.h"

/* ---- a table of checks out of a text */

static struct finding
judge_good(const struct judged *j)
{
	(void)j;
	return finding_pass("good");
}

static struct finding
judge_info(const struct judged *j)
{
	(void)j;
	return finding_info("info");
}

static struct finding
judge_weak(const struct judged *j)
{
	(void)j;
	return finding_warn("weak");
}

static struct finding
judge_bad(const struct judged *j)
{
	(void)j;
	return finding_fail("bad");
}

static struct finding
judge_untested(const struct judged *j)
{
	(void)j;
	return finding_untested(REASON_DNS_TIMEOUT);
}

static struct finding
judge_skipped(const struct judged *j)
{
	(void)j;
	return finding_untested(REASON_SKIPPED);
}

static struct finding
judge_absent(const struct judged *j)
{
	(void)j;
	return finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

/* A host whose name begins with the letter of an outcome. */
static struct finding judge_host(const struct judged *j);

static const struct {
	char letter;
	struct finding (*judge)(const struct judged *judged);
	bool fatal;
} judges[] = {
	{ 'P', judge_good, false },
	{ 'I', judge_info, false },
	{ 'W', judge_weak, false },
	{ 'F', judge_bad, false },
	{ 'X', judge_bad, true }, /* fails, and is fatal */
	{ 'T', judge_untested, false },
	{ 'S', judge_skipped, false },
	{ 'N', judge_absent, false },
};

static struct finding
judge_host(const struct judged *j)
{
	for (size_t i = 0; i < COUNT_OF(judges); i++)
		if (judges[i].letter == j->host->name[0])
			return judges[i].judge(j);
	if (j->host->name[0] == 't')
		return finding_untested(REASON_DNS_SERVFAIL);
	fail();
	return finding_pass(NULL);
}

static struct check made[CHECKS_MAX];
static struct check_area made_area = { "made", made, 0, NULL };
const struct check_area *const check_areas[] = { &made_area, NULL };

static const struct {
	char letter;
	enum check_class class;
} classes[] = {
	{ 'c', CLASS_CRITICAL },
	{ 'M', CLASS_MAJOR },
	{ 'm', CLASS_MINOR },
	{ 'n', CLASS_NONE },
};

/* "c:PPW M:F": critical checks with two passes and a warning, a major one that fails. */
static void
make_checks(const char *text)
{
	static char ids[CHECKS_MAX][8];
	enum check_class class = CLASS_NONE;

	made_area.count = 0;
	for (; *text != '\0'; text++) {
		struct check *check = &made[made_area.count];

		for (size_t i = 0; i < COUNT_OF(classes) && text[1] == ':'; i++)
			if (classes[i].letter == *text)
				class = classes[i].class;
		for (size_t i = 0; i < COUNT_OF(judges) && text[1] != ':'; i++)
			if (judges[i].letter == *text) {
				snprintf(
				    ids[made_area.count], sizeof ids[0], "%zu", made_area.count);
				*check = (struct check){
					.id = ids[made_area.count++],
					.class = class,
					.judge = judges[i].judge,
					.fatal = judges[i].fatal,
					.advice = "",
				};
				break;
			}
	}
}

static struct scorecard card;

static void
score(const struct evaluation *e)
{
	static const struct scorecard_options all = { 0 };
	struct judge_tables none = { 0 };
	struct arena arena = { 0 };

	scorecard_make(e, &none, &all, &arena, &card);
	arena_free(&arena); /* texts of the checks above are constants */
}

static const struct run_facts run;
static const struct evaluation ordinary = { .run = &run, .domain = "a.com", .input = "a.com" };

/* ---- score, confidence, grade, verdict */

struct score_case {
	const char *name;
	const char *checks;
	int raw, score, confidence;
	const char *grade;
	enum verdict verdict;
};

static const struct score_case scores[] = {
	/* the example of the catalogue, section 6 */
	{ "example", "c:PPPPPPPPWT M:PPPPPPFT m:PPPPPPPPPPWW", 92, 92, 91, "A", VERDICT_FAIL },
	{ "all is well", "c:PP M:P m:PI n:I", 100, 100, 100, "A", VERDICT_PASS },
	{ "info counts in full", "c:I M:I m:I", 100, 100, 100, "A", VERDICT_PASS },
	{ "half up", "M:PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP m:W", 100, 100, 100, "A", VERDICT_WARN },
	{ "half up again", "m:WPPP", 88, 88, 100, "B", VERDICT_WARN }, /* 87.5 */
	{ "nothing was tested", "c:TT m:T", SCORE_NONE, SCORE_NONE, 0, "-", VERDICT_NOT_TESTED },
	{ "nothing applies", "c:NN", SCORE_NONE, SCORE_NONE, 0, "-", VERDICT_NOT_TESTED },
	{ "no check at all", "", SCORE_NONE, SCORE_NONE, 0, "-", VERDICT_NOT_TESTED },
	{ "class none has no weight", "n:WPPI", SCORE_NONE, SCORE_NONE, 0, "-", VERDICT_WARN },
	{ "what does not apply is left out", "c:PNNNN m:N", 100, 100, 100, "A", VERDICT_PASS },
	{ "unknown is not bad", "c:PT", 100, 100, 50, "A?", VERDICT_PASS },
	{ "less than half is known", "c:PTT", 100, 100, 33, "-", VERDICT_NOT_TESTED },
	{ "a warning is told however little is known", "m:W c:TT", 50, 50, 6, "-", VERDICT_WARN },
	{ "79 in a hundred", "c:PPPPPPPP m:PPPPPPPPPP c:TT M:T m:T", 100, 100, 79, "A?",
	    VERDICT_PASS },
	{ "80 in a hundred", "c:PPPP c:T", 100, 100, 80, "A", VERDICT_PASS },
	{ "what was skipped is not in the set", "c:PSSSS M:S", 100, 100, 100, "A", VERDICT_PASS },
	{ "all was skipped", "c:S", SCORE_NONE, SCORE_NONE, 0, "-", VERDICT_NOT_TESTED },
	{ "one critical failure", "c:PPPPPPPPPPPPPPPPPPPF", 95, 79, 100, "C", VERDICT_FAIL },
	{ "two", "c:PPPPPPPPPPPPPPPPPPFF", 90, 64, 100, "D", VERDICT_FAIL },
	{ "three", "c:PPPPPPPPPPPPPPPPPFFF", 85, 49, 100, "E", VERDICT_FAIL },
	{ "four", "c:PPPPPPPPPPPPPPPPFFFF", 80, 29, 100, "F", VERDICT_FAIL },
	{ "five", "c:PPPPPPPPPPPPPPPFFFFF", 75, 29, 100, "F", VERDICT_FAIL },
	{ "a fatal one", "c:PPPPPPPPPPPPPPPPPPPX", 95, 19, 100, "F", VERDICT_FAIL },
	{ "the score is below the ceiling anyway", "c:PF m:WW", 50, 50, 100, "D", VERDICT_FAIL },
	{ "a major failure has no ceiling", "c:PPPPPPPPPP M:F", 96, 96, 100, "A", VERDICT_FAIL },
	{ "a minor failure is a warning", "c:P m:F", 89, 89, 100, "B", VERDICT_WARN },
	{ "all fails", "c:FFFF", 0, 0, 100, "F", VERDICT_FAIL },
};

static void
scores_follow_the_formula(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(scores); i++) {
		const struct score_case *c = &scores[i];

		make_checks(c->checks);
		score(&ordinary);
		if (card.score_raw != c->raw || card.score != c->score ||
		    card.confidence != c->confidence || strcmp(card.grade, c->grade) != 0 ||
		    card.verdict != c->verdict)
			fail_msg("%s: raw %d, score %d, confidence %d, grade %s, %s", c->name,
			    card.score_raw, card.score, card.confidence, card.grade,
			    verdict_text(card.verdict));
	}
}

static void
grades_have_their_limits(void **state)
{
	static const struct {
		int score;
		const char *grade;
	} limits[] = { { 100, "A" }, { 90, "A" }, { 89, "B" }, { 80, "B" }, { 79, "C" },
		{ 65, "C" }, { 64, "D" }, { 50, "D" }, { 49, "E" }, { 30, "E" }, { 29, "F" },
		{ 0, "F" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		card.score = limits[i].score;
		card.confidence = 100;
		set_grade(&card);
		assert_string_equal(card.grade, limits[i].grade);
	}
}

static void
a_row_without_domain_is_invalid_input(void **state)
{
	static const struct evaluation invalid = {
		.run = &run, .input = "x", .problem = "it is none"
	};

	(void)state;
	make_checks("c:FPP");
	made[0].always = true;
	score(&invalid);
	assert_int_equal(card.verdict, VERDICT_INVALID_INPUT);
	assert_int_equal(card.results[0].finding.outcome, OUTCOME_FAIL);
	assert_int_equal(card.results[1].finding.outcome, OUTCOME_NOT_TESTED);
	assert_int_equal(card.results[1].finding.reason, REASON_INVALID_INPUT);
	assert_int_equal(card.counts[OUTCOME_NOT_TESTED], 2);
}

static void
a_missing_domain_has_nothing_to_judge(void **state)
{
	static const struct evaluation missing = {
		.run = &run, .domain = "a.com", .missing = true
	};

	(void)state;
	make_checks("c:XPPT M:F");
	made[0].always = true;
	score(&missing);
	assert_int_equal(card.results[1].finding.reason, CAUSE_NO_TARGET);
	assert_int_equal(card.counts[OUTCOME_NOT_APPLICABLE], 4);
	assert_int_equal(card.score, 0);
	assert_int_equal(card.confidence, 100);
}

struct worst_case {
	const char *checks;
	const char *id; /* NULL for none */
};

static const struct worst_case worsts[] = {
	{ "c:PPTN", NULL },
	{ "c:P n:I", "1" },
	{ "c:PI n:W", "2" },
	{ "c:W n:F", "1" },
	{ "m:F M:F c:PF", "3" },
	{ "m:WW", "0" },
	{ "n:W m:W M:W", "2" },
};

static void
the_worst_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(worsts); i++) {
		make_checks(worsts[i].checks);
		score(&ordinary);
		if (worsts[i].id == NULL)
			assert_null(card.worst);
		else
			assert_string_equal(card.worst->check->id, worsts[i].id);
	}
}

/* ---- points */

struct point_case {
	const char *name;
	const char *checks; /* all of one point */
	enum outcome expected;
};

static const struct point_case points[] = {
	{ "all pass", "c:PP m:P", OUTCOME_PASS },
	{ "info", "c:PI", OUTCOME_INFO },
	{ "a warning", "c:PIW", OUTCOME_WARN },
	{ "a failure", "c:PIWT m:F", OUTCOME_FAIL },
	{ "a critical check untested", "c:PT", OUTCOME_NOT_TESTED },
	{ "a major check untested", "c:P M:T", OUTCOME_NOT_TESTED },
	{ "a minor check untested", "c:P m:T", OUTCOME_PASS },
	{ "an untested one does not hide a failure", "c:FT", OUTCOME_FAIL },
	{ "an untested one does not hide a warning", "c:WT", OUTCOME_WARN },
	{ "one that was skipped", "c:PS", OUTCOME_PASS },
	{ "all were skipped", "c:SS", OUTCOME_NOT_TESTED },
	{ "only minor ones, untested", "m:TT", OUTCOME_NOT_TESTED },
	{ "untested and not applicable", "m:T c:N", OUTCOME_NOT_TESTED },
	{ "a pass and the rest not applicable", "c:NNP", OUTCOME_PASS },
	{ "none applies", "c:NN m:N", OUTCOME_NOT_APPLICABLE },
	{ "no check of the point is built", "", OUTCOME_NOT_TESTED },
};

static void
points_take_the_worst_of_their_checks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(points); i++) {
		make_checks(points[i].checks);
		for (size_t k = 0; k < made_area.count; k++)
			made[k].point = POINT_SPF;
		score(&ordinary);
		if (card.points[POINT_SPF] != points[i].expected)
			fail_msg("%s: %s", points[i].name, outcome_text(card.points[POINT_SPF]));
		assert_int_equal(card.points[POINT_DNSBL], OUTCOME_NOT_TESTED);
	}
}

/* ---- subjects */

struct subject_case {
	const char *name;
	const char *hosts; /* outcomes, one a host; "t" is untested for another reason than "T" */
	bool redundant;
	enum outcome expected;
	enum reason reason;
	size_t decided_by; /* which host */
	size_t tested, applicable;
};

static const struct subject_case subjects[] = {
	{ "one", "P", false, OUTCOME_PASS, REASON_NONE, 0, 1, 1 },
	{ "the worst decides", "PIWP", false, OUTCOME_WARN, REASON_NONE, 2, 4, 4 },
	{ "of equals the first", "PFF", false, OUTCOME_FAIL, REASON_NONE, 1, 3, 3 },
	{ "a failure of several", "PF", false, OUTCOME_FAIL, REASON_NONE, 1, 2, 2 },
	{ "redundant: one that passes saves the others", "PFF", true, OUTCOME_WARN, REASON_NONE, 1,
	    3, 3 },
	{ "redundant: info saves as well", "FI", true, OUTCOME_WARN, REASON_NONE, 0, 2, 2 },
	{ "redundant: a warning does not", "WF", true, OUTCOME_FAIL, REASON_NONE, 1, 2, 2 },
	{ "redundant: nor does what was not tested", "TF", true, OUTCOME_FAIL, REASON_NONE, 1, 1,
	    2 },
	{ "redundant: all fail", "FF", true, OUTCOME_FAIL, REASON_NONE, 0, 2, 2 },
	{ "what was tested decides", "TTP", false, OUTCOME_PASS, REASON_NONE, 2, 1, 3 },
	{ "what does not apply is not covered", "NNP", false, OUTCOME_PASS, REASON_NONE, 2, 1, 1 },
	{ "the most frequent reason", "tTT", false, OUTCOME_NOT_TESTED, REASON_DNS_TIMEOUT, 1, 0,
	    3 },
	{ "of equally frequent ones the first", "tT", false, OUTCOME_NOT_TESTED,
	    REASON_DNS_SERVFAIL, 0, 0, 2 },
	{ "untested before not applicable", "NT", false, OUTCOME_NOT_TESTED, REASON_DNS_TIMEOUT, 1,
	    0, 1 },
	{ "none applies", "NN", false, OUTCOME_NOT_APPLICABLE, CAUSE_FEATURE_ABSENT, 0, 0, 0 },
};

static void
subjects_become_one_result(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(subjects); i++) {
		const struct subject_case *c = &subjects[i];
		struct mx_host hosts[8] = { 0 };
		char names[8][2] = { { 0 } };
		struct evaluation e = ordinary;
		struct arena arena = { 0 };
		const struct check_result *result = &card.results[0];

		for (e.mx.host_count = 0; c->hosts[e.mx.host_count] != '\0'; e.mx.host_count++) {
			names[e.mx.host_count][0] = c->hosts[e.mx.host_count];
			hosts[e.mx.host_count].name = names[e.mx.host_count];
		}
		e.mx.hosts = hosts;
		make_checks("c:P");
		made[0].subject = OF_HOST;
		made[0].judge = judge_host;
		made[0].redundant = c->redundant;
		scorecard_make(&e, &(struct judge_tables){ 0 }, &(struct scorecard_options){ 0 },
		    &arena, &card);
		if (result->finding.outcome != c->expected || result->finding.reason != c->reason ||
		    result->tested != c->tested || result->applicable != c->applicable ||
		    result->decided_by != &result->subjects[c->decided_by])
			fail_msg("%s: %s (%s), %zu of %zu", c->name,
			    outcome_text(result->finding.outcome),
			    reason_text(result->finding.reason), result->tested,
			    result->applicable);
		assert_string_equal(result->decided_by->host, names[c->decided_by]);
		arena_free(&arena);
	}
}

/* One of four tested: a quarter of the weight, whatever came out. */
static void
coverage_weighs(void **state)
{
	struct mx_host hosts[] = { { .name = "F" }, { .name = "T" }, { .name = "T" },
		{ .name = "T" } };
	struct evaluation e = ordinary;
	struct arena arena = { 0 };

	(void)state;
	e.mx.hosts = hosts;
	e.mx.host_count = COUNT_OF(hosts);
	make_checks("M:P M:P");
	made[0].subject = OF_HOST;
	made[0].judge = judge_host;
	scorecard_make(
	    &e, &(struct judge_tables){ 0 }, &(struct scorecard_options){ 0 }, &arena, &card);
	assert_int_equal(card.score_raw, 80);  /* 15 of 15 + 15/4 */
	assert_int_equal(card.confidence, 63); /* 18.75 of 30: 62.5 */
	arena_free(&arena);
}

static void
areas_are_chosen(void **state)
{
	static const char *const names[] = { "made" }, *const others[] = { "mx" };
	struct scorecard_options none = { 0 }, only = { .only = { names, 1 } };
	struct scorecard_options only_other = { .only = { others, 1 } };
	struct scorecard_options skip = { .skip = { names, 1 } };
	struct scorecard_options both = { .only = { names, 1 }, .skip = { names, 1 } };
	struct arena arena = { 0 };

	(void)state;
	assert_true(scorecard_area_selected(&none, "made"));
	assert_true(scorecard_area_selected(&only, "made"));
	assert_false(scorecard_area_selected(&only, "mx"));
	assert_false(scorecard_area_selected(&only_other, "made"));
	assert_false(scorecard_area_selected(&skip, "made"));
	assert_false(scorecard_area_selected(&both, "made"));
	make_checks("c:F");
	scorecard_make(&ordinary, &(struct judge_tables){ 0 }, &skip, &arena, &card);
	assert_int_equal(card.results[0].finding.reason, REASON_SKIPPED);
	assert_false(card.results[0].in_set);
	assert_int_equal(card.verdict, VERDICT_NOT_TESTED);
	arena_free(&arena);
}

static enum reason
deep_reason(const struct scorecard_options *options, const char *area)
{
	struct arena arena = { 0 };

	made_area.name = area;
	make_checks("c:PF");
	made[1].stage = STAGE_DEEP;
	scorecard_make(&ordinary, &(struct judge_tables){ 0 }, options, &arena, &card);
	made_area.name = "made";
	arena_free(&arena);
	return card.results[1].finding.reason;
}

/* A deep check is shown where it was asked for, and moves neither score nor verdict. */
static void
deep_checks_do_not_count(void **state)
{
	static const char *const names[] = { "made" };
	struct scorecard_options core = { 0 }, deep = { .deep = true };
	struct scorecard_options only = { .only = { names, 1 } };
	struct scorecard_options skip = { .skip = { names, 1 }, .deep = true };

	(void)state;
	assert_int_equal(deep_reason(&core, "made"), REASON_SKIPPED);
	assert_false(card.results[1].in_set);
	assert_int_equal(deep_reason(&skip, "made"), REASON_SKIPPED);
	assert_int_equal(deep_reason(&core, "mta_sts"), REASON_NONE);
	assert_int_equal(deep_reason(&core, "tls_rpt"), REASON_NONE);
	assert_int_equal(deep_reason(&only, "made"), REASON_NONE);
	assert_false(card.deep);
	assert_int_equal(deep_reason(&deep, "made"), REASON_NONE);
	assert_true(card.deep);
	assert_true(card.results[1].in_set && !card.results[1].scored);
	assert_int_equal(card.counts[OUTCOME_FAIL], 1);
	assert_int_equal(card.score, 100);
	assert_int_equal(card.confidence, 100);
	assert_int_equal(card.verdict, VERDICT_PASS);
	assert_null(card.worst);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_follow_the_formula),
		cmocka_unit_test(grades_have_their_limits),
		cmocka_unit_test(a_row_without_domain_is_invalid_input),
		cmocka_unit_test(a_missing_domain_has_nothing_to_judge),
		cmocka_unit_test(the_worst_is_named),
		cmocka_unit_test(points_take_the_worst_of_their_checks),
		cmocka_unit_test(subjects_become_one_result),
		cmocka_unit_test(coverage_weighs),
		cmocka_unit_test(areas_are_chosen),
		cmocka_unit_test(deep_checks_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
