/* The scorecard on a terminal. */
#include "unit.h"

#include "report/fake_card.h"
#include "report/terminal.h"
#include "report/terminal_findings.h"

#include <stdlib.h>
#include <string.h>

static char *said;
static size_t length;

static FILE *
listen_to(void)
{
	FILE *out = open_memstream(&said, &length);

	assert_non_null(out);
	return out;
}

static void
heard(FILE *out, const char *expected)
{
	fclose(out);
	assert_string_equal(said, expected);
	free(said);
}

static void
make_card(struct fake_card *fake)
{
	fake_card_set(fake, 1, "a.com");
	fake_card_add(fake, 1, "mx.a.com 192.0.2.1", "192.0.2.1", OUTCOME_WARN);
	fake_card_add(fake, 0, "mx.a.com", NULL, OUTCOME_FAIL);
	fake_card_add(fake, 0, "mx2.a.com", NULL, OUTCOME_NOT_TESTED);
	fake_card_add(fake, 1, "mx.a.com 192.0.2.1", "192.0.2.1", OUTCOME_NOT_APPLICABLE);
	fake->card.results[1].finding.value = fake->findings[1].finding.value = "no greeting";
	fake->card.results[1].scored = true;
	fake->card.results[2].finding.reason = REASON_CLOSED_EARLY;
	fake->card.results[3].finding.reason = CAUSE_WAIVED;
	fake->card.results[3].finding.named = "2026-12-31";
	fake->card.results[3].finding.observed = OUTCOME_FAIL;
}

static void
the_worst_comes_first(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	const struct terminal plain = { out, false };

	(void)state;
	make_card(&fake);
	terminal_print_findings(&plain, &fake.row);
	heard(out,
	    "\n  to repair, the worst first: 1 major failure, 1 major warning\n"
	    "\n  1. fail, major: fake.host\n"
	    "     should be The host is fine\n"
	    "     at        mx.a.com\n"
	    "     seen      no greeting\n"
	    "     to do     Repair mx.a.com\n"
	    "\n  2. warn, major: fake.address (not in the score)\n"
	    "     should be The address is fine\n"
	    "     at        mx.a.com 192.0.2.1\n"
	    "     to do     Repair 192.0.2.1\n"
	    "\n  not_tested, the server hung up (closed_early)\n"
	    "     fake.host\n"
	    "\n  waived until 2026-12-31: fake.address, which says fail\n");
	arena_free(&fake.arena);
}

static void
nothing_wrong_is_said(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	const struct terminal plain = { out, false };

	(void)state;
	fake_card_set(&fake, 1, "a.com");
	fake_card_add(&fake, 0, "mx.a.com", NULL, OUTCOME_PASS);
	terminal_print_findings(&plain, &fake.row);
	heard(out, "\n  nothing to repair\n");
	arena_free(&fake.arena);
}

/* Some of many places, and how many more there are. */
static void
places_are_not_all_told(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	const struct terminal plain = { out, false };
	struct subject_finding hosts[] = { { .subject = "a", .finding = { OUTCOME_FAIL } },
		{ .subject = "b", .finding = { OUTCOME_PASS } },
		{ .subject = "c", .finding = { OUTCOME_FAIL } },
		{ .subject = "d", .finding = { OUTCOME_WARN } },
		{ .subject = "e", .finding = { OUTCOME_FAIL } },
		{ .subject = "f", .finding = { OUTCOME_FAIL } } };

	(void)state;
	fake_card_set(&fake, 1, "a.com");
	fake_card_add(&fake, 0, "a", NULL, OUTCOME_FAIL);
	fake.card.results[0].subjects = fake.card.results[0].decided_by = hosts;
	fake.card.results[0].subject_count = COUNT_OF(hosts);
	terminal_print_findings(&plain, &fake.row);
	fclose(out);
	assert_non_null(strstr(said, "     at        a, c, d, and 2 more\n"));
	free(said);
	arena_free(&fake.arena);
}

/* ---- records */

static const struct check of_domain = { .id = "dkim.parked",
	.class = CLASS_MINOR,
	.title = "It is fine",
	.advice = "Publish {record}" };

static void
records_stand_below_the_advice(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	const struct terminal plain = { out, false };

	(void)state;
	fake_card_set(&fake, 1, "a.com");
	fake_card_add(&fake, 0, "a.com", NULL, OUTCOME_WARN);
	fake.card.results[0].check = &of_domain;
	terminal_print_findings(&plain, &fake.row);
	heard(out,
	    "\n  to repair, the worst first: 1 minor warning\n"
	    "\n  1. warn, minor: dkim.parked (not in the score)\n"
	    "     should be It is fine\n"
	    "     to do     Publish the record below\n"
	    "\n     *._domainkey.a.com. IN TXT \"v=DKIM1; p=\"\n");
	arena_free(&fake.arena);
}

/* In a zone file it is one record all the same. */
static void
long_records_are_broken_in_brackets(void **state)
{
	static struct fake_card fake;
	static const char domain[] =
	    "a-name-that-is-so-long-that-no-line-has-place.for-it.and-the-record.com";
	FILE *out = listen_to();
	const struct terminal plain = { out, false };

	(void)state;
	fake_card_set(&fake, 1, domain);
	fake_card_add(&fake, 0, domain, NULL, OUTCOME_WARN);
	fake.card.results[0].check = &of_domain;
	terminal_print_findings(&plain, &fake.row);
	fclose(out);
	assert_non_null(strstr(said,
	    "\n     *._domainkey."
	    "a-name-that-is-so-long-that-no-line-has-place.for-it.and-the-record.com. IN TXT (\n"
	    "       \"v=DKIM1; p=\" )\n"));
	free(said);
	arena_free(&fake.arena);
}

/* ---- words, colours, what strangers wrote */

static void
words_are_wrapped_by_characters(void **state)
{
	static const char word[] = "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"; /* four, in eight octets */
	char text[512] = "";
	FILE *out;

	(void)state;
	for (size_t i = 0; i < 20; i++)
		strcat(strcat(text, word), " ");
	out = listen_to();
	assert_int_equal(terminal_print_words(out, 2, 5, text), 2 + 5 * 5 - 1);
	fclose(out);
	assert_int_equal(strcspn(said, "\n"), 15 * 9 - 1); /* 5 + 15 * 5 - 1 columns */
	assert_memory_equal(strchr(said, '\n'), "\n  \xc3\xa4", 5);
	free(said);
}

static const struct {
	const char *text, *shown;
} hostile[] = {
	{ "\033[2J", "?[2J" },
	{ "a\x7f\r\n", "a???" },
	{ "\xc2\x9b"
	  "2J",
	    "?2J" }, /* CSI as one character */
	{ "\xc2\xa0\xc3\xa4", "\xc2\xa0\xc3\xa4" },
	{ "\xff\xc2", "??" },
};

static void
nothing_steers_the_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(hostile); i++) {
		FILE *out = listen_to();

		terminal_print_safe(out, hostile[i].text, strlen(hostile[i].text));
		heard(out, hostile[i].shown);
	}
}

static void
colours_are_on_request(void **state)
{
	(void)state;
	for (int colour = 0; colour < 2; colour++) {
		FILE *out = listen_to();

		terminal_print_outcome(&(struct terminal){ out, colour == 1 }, OUTCOME_FAIL, 6);
		heard(out, colour == 1 ? "\033[31mfail  \033[0m" : "fail  ");
	}
}

/* The heading and the points of a whole card. */
static void
a_card_begins_with_its_verdict(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	struct sink *sink = scorecard_terminal_open(out, false);
	const struct report_totals totals = { .tally = NULL };

	(void)state;
	fake_card_set(&fake, 1, "a.com");
	fake.card.verdict = VERDICT_WARN;
	strcpy(fake.card.grade, "A");
	fake.card.confidence = 93;
	assert_int_equal(sink->row(sink, &fake.row, NULL), 0);
	assert_int_equal(sink->end(sink, &totals, NULL), 0);
	heard(out,
	    "a.com: warn, 100 of 100, grade A (93 % of what applies was tested)\n"
	    "  mx       pass             ptr      pass             fcrdns   pass\n"
	    "  spf      pass             dkim     pass             dmarc    pass\n"
	    "  helo     pass             smtp     pass             starttls pass\n"
	    "  relay    pass             dnsbl    pass\n"
	    "\n  nothing to repair\n\n");
	arena_free(&fake.arena);
}

/* Of a row without a domain there is nothing more to say than what is wrong with it. */
static void
a_row_without_a_domain_has_no_points(void **state)
{
	static struct fake_card fake;
	FILE *out = listen_to();
	struct sink *sink = scorecard_terminal_open(out, true);
	const struct report_totals totals = { .tally = NULL };

	(void)state;
	fake_card_set(&fake, 1, NULL);
	fake.evaluation.input = "not a domain";
	fake.card.verdict = VERDICT_INVALID_INPUT;
	fake.card.score = SCORE_NONE;
	assert_int_equal(sink->row(sink, &fake.row, NULL), 0);
	assert_int_equal(sink->end(sink, &totals, NULL), 0);
	heard(out,
	    "\033[1mnot a domain\033[0m: \033[31minvalid_input\033[0m (0 % of what applies was "
	    "tested)\n"
	    "\n  nothing to repair\n\n");
	arena_free(&fake.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worst_comes_first),
		cmocka_unit_test(nothing_wrong_is_said),
		cmocka_unit_test(places_are_not_all_told),
		cmocka_unit_test(records_stand_below_the_advice),
		cmocka_unit_test(long_records_are_broken_in_brackets),
		cmocka_unit_test(words_are_wrapped_by_characters),
		cmocka_unit_test(nothing_steers_the_terminal),
		cmocka_unit_test(colours_are_on_request),
		cmocka_unit_test(a_card_begins_with_its_verdict),
		cmocka_unit_test(a_row_without_a_domain_has_no_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
