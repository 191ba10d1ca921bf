/* What the files of waivers and of weights say, and what becomes of mistakes in them. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "score/waiver.h"
#include "score/weights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static char path[] = "/tmp/mxsweep-waivers-XXXXXX";

static const char *
file_of(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

enum { NOON_OF_2026_11_30 = 1796040000 };

static const struct run_facts run = { .now = NOON_OF_2026_11_30 };

/* ---- waivers of a row */

static const struct {
	const char *name;
	const char *file, *column, *domain;
	const char *expected; /* "+ID:DAY" counts, "-ID:DAY" has expired, "?TEXT" is no waiver */
} rows[] = {
	{ "none", "", NULL, "a.com", "" },
	{ "of the column", "", "spf.present:2027-01-31", "a.com", "+spf.present:2027-01-31" },
	{ "several", "", " spf.present:2027-01-31, mx.exists:2026-12-01", "a.com",
	    "+spf.present:2027-01-31 +mx.exists:2026-12-01" },
	{ "the last day counts", "", "spf.present:2026-11-30", "a.com", "+spf.present:2026-11-30" },
	{ "the day before does not", "", "spf.present:2026-11-29", "a.com",
	    "-spf.present:2026-11-29" },
	{ "no check", "", "spf.presents:2027-01-31", "a.com", "?spf.presents:2027-01-31" },
	{ "a check of the run", "", "run.egress-25:2027-01-31", "a.com",
	    "?run.egress-25:2027-01-31" },
	{ "no day", "", "spf.present:soon spf.present", "a.com", "?spf.present:soon ?spf.present" },
	{ "no such day", "", "spf.present:2027-13-01", "a.com", "?spf.present:2027-13-01" },
	{ "of the file", "a.com spf.present 2027-01-31 for a reason\n", NULL, "a.com",
	    "+spf.present:2027-01-31" },
	{ "of another row", "a.com spf.present 2027-01-31\n", NULL, "b.a.com", "" },
	{ "of all rows", "# all\n\n* spf.present 2027-01-31\n", NULL, "b.a.com",
	    "+spf.present:2027-01-31" },
	{ "of the names below", "*.a.com\tspf.present\t2027-01-31\n", NULL, "b.a.com",
	    "+spf.present:2027-01-31" },
	{ "and not of the name", "*.a.com spf.present 2027-01-31\n", NULL, "a.com", "" },
	{ "nor of one that ends like it", "*.a.com spf.present 2027-01-31\n", NULL, "ba.com", "" },
	{ "as people write it",
	    "B\xc3\xbc"
	    "cher.example spf.present 2027-01-31\n",
	    NULL, "xn--bcher-kva.example", "+spf.present:2027-01-31" },
	{ "both", "a.com mx.exists 2027-01-31\n", "spf.present:2020-01-31", "a.com",
	    "-spf.present:2020-01-31 +mx.exists:2027-01-31" },
};

static const char *
described(const struct waiver_list *list, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < list->count; i++) {
		const struct waiver *one = &list->at[i];
		const char *gap = i == 0 ? "" : " ";

		text = one->state == WAIVER_FAULTY
		    ? arena_printf(arena, "%s%s?%s", text, gap, one->text)
		    : arena_printf(arena, "%s%s%c%s:%s", text, gap,
			  one->state == WAIVER_COUNTS ? '+' : '-', one->check->id, one->until);
	}
	return text;
}

static void
rows_have_their_waivers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *known[KNOWN_COUNT] = { [KNOWN_WAIVERS] = rows[i].column };
		const struct evaluation e = {
			.run = &run, .domain = rows[i].domain, .known = known
		};
		struct waivers *waivers = NULL;
		struct waiver_list list;
		struct error error = { 0 };
		struct arena arena = { 0 };

		if (waivers_load(file_of(rows[i].file), &waivers, &error) != 0)
			fail_msg("%s: %s", rows[i].name, error.text);
		list = waivers_of_row(waivers, &e, &arena);
		if (strcmp(described(&list, &arena), rows[i].expected) != 0)
			fail_msg("%s: %s", rows[i].name, described(&list, &arena));
		arena_free(&arena);
		waivers_free(waivers);
	}
}

static const struct check *
check_of(const char *id)
{
	assert_non_null(check_find(id));
	return check_find(id);
}

static void
what_is_waived_stays_visible(void **state)
{
	static struct scorecard card;
	struct subject_finding subjects[] = { { .subject = "a", .finding = finding_pass("fine") },
		{ .subject = "b", .finding = finding_fail("bad") } };
	struct waiver waivers[] = { { .check = check_of("mx.exists"), .until = "2027-01-31" },
		{ .check = check_of("spf.present"), .until = "2027-01-31" } };
	struct arena arena = { 0 };
	struct check_result *result = &card.results[0];

	(void)state;
	*result = (struct check_result){ .check = check_of("mx.exists"),
		.finding = subjects[1].finding,
		.decided_by = &subjects[1],
		.subjects = subjects,
		.subject_count = 2,
		.applicable = 2,
		.tested = 2,
		.in_set = true,
		.scored = true };
	card.results[1] = (struct check_result){ .check = check_of("spf.present"),
		.finding = finding_untested(REASON_SKIPPED) };
	card.count = 2;
	card.waivers = (struct waiver_list){ waivers, 2 };
	waivers_apply(&card, &arena);
	assert_int_equal(result->finding.outcome, OUTCOME_NOT_APPLICABLE);
	assert_int_equal(result->finding.reason, CAUSE_WAIVED);
	assert_int_equal(result->finding.observed, OUTCOME_FAIL);
	assert_string_equal(result->finding.named, "2027-01-31");
	assert_string_equal(result->finding.value, "bad");
	assert_int_equal(result->subjects[0].finding.observed, OUTCOME_PASS);
	assert_ptr_equal(result->decided_by, &result->subjects[1]);
	assert_int_equal(result->tested, 0);
	/* nobody asked for it */
	assert_int_equal(card.results[1].finding.reason, REASON_SKIPPED);
	arena_free(&arena);
}

static const struct {
	const char *text, *error;
} faulty_waivers[] = {
	{ "a.com spf.present\n", ":1: 'a.com' is not all of a waiver" },
	{ "\na.com spf.presents 2027-01-31\n", ":2: 'spf.presents' is no check" },
	{ "a.com spf.present 31.1.2027\n", "'31.1.2027' must be the last day" },
	{ "a_b spf.present 2027-01-31\n", "'a_b' is no domain" },
	{ "*a.com spf.present 2027-01-31\n", "*.example.com" },
};

static void
mistakes_in_waivers_are_told(void **state)
{
	struct waivers *waivers = NULL;
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(faulty_waivers); i++)
		if (waivers_load(file_of(faulty_waivers[i].text), &waivers, &error) == 0 ||
		    error.code != EX_CONFIG || strstr(error.text, faulty_waivers[i].error) == NULL)
			fail_msg("%s: %s", faulty_waivers[i].text, error.text);
	assert_int_equal(waivers_load("/nowhere/at/all", &waivers, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
}

/* ---- weights */

static void
weights_are_replaced(void **state)
{
	struct weights *weights = NULL;
	struct error error = { 0 };

	(void)state;
	if (weights_load(file_of("# mine\nmajor = 20\n\nspf.default 30 # more\ndmarc.rua 0\n"),
		&weights, &error) != 0)
		fail_msg("%s", error.text);
	assert_int_equal(weights_of(weights, check_of("spf.default")), 30);
	assert_int_equal(weights_of(weights, check_of("spf.present")), 40);
	assert_int_equal(weights_of(weights, check_of("dkim.key-size")), 20);
	assert_int_equal(weights_of(weights, check_of("dmarc.rua")), 0);
	assert_int_equal(weights_of(weights, check_of("mx.provider")), 0);
	assert_int_equal(strlen(weights_digest(weights)), 64);
	weights_free(weights);
	assert_int_equal(weights_of(NULL, check_of("dkim.key-size")), 15);
	assert_null(weights_digest(NULL));
}

static const struct {
	const char *text, *error;
} faulty_weights[] = {
	{ "spf.default\n", ":1: 'spf.default' needs a number" },
	{ "spf.default heavy\n", "'heavy' is no weight" },
	{ "spf.default -1\n", "'-1' is no weight" },
	{ "spf.default 1001\n", "'1001' is no weight" },
	{ "spf.default 1 2\n", "more than a number" },
	{ "spf.defaults 1\n", "neither a class nor a check" },
	{ "none 1\n", "neither a class nor a check" },
	{ "mx.provider 1\n", "of class none" },
	{ "spf.default 1\nspf.default 2\n", ":2: 'spf.default' stands twice" },
};

static void
mistakes_in_weights_are_told(void **state)
{
	struct weights *weights = NULL;
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(faulty_weights); i++)
		if (weights_load(file_of(faulty_weights[i].text), &weights, &error) == 0 ||
		    error.code != EX_CONFIG || strstr(error.text, faulty_weights[i].error) == NULL)
			fail_msg("%s: %s", faulty_weights[i].text, error.text);
	assert_int_equal(weights_load("/nowhere/at/all", &weights, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
}

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_have_their_waivers),
		cmocka_unit_test(what_is_waived_stays_visible),
		cmocka_unit_test(mistakes_in_waivers_are_told),
		cmocka_unit_test(weights_are_replaced),
		cmocka_unit_test(mistakes_in_weights_are_told),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
