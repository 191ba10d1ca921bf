/* What the facts of a run make of its rows. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "score/run_rows.h"

#include <stdio.h>
#include <string.h>

#define OURS                                                                                       \
	{                                                                                          \
		4,                                                                                 \
		{                                                                                  \
			192, 0, 2, 9                                                               \
		}                                                                                  \
	}

static const struct own_address good[] = { { OURS, OURS, OWN_NAME_GOOD, "s.a.com", "" } };
static const struct own_address nat[] = { { OURS, OURS, OWN_NAME_BEHIND_NAT, "s.a.com", NULL } };
static const struct own_address unseen[] = { { OURS, { 0 }, OWN_NAME_ELSEWHERE, NULL, NULL } };
static const struct own_address silent[] = { { OURS, OURS, OWN_NAME_UNKNOWN, NULL, "" } };
static const struct own_address listed[] = { { OURS, OURS, OWN_NAME_NO_PTR, NULL, "bl.org" } };
static const struct own_address listed_late[] = { { OURS, OURS, OWN_NAME_GOOD, NULL, "late.org" } };
static const struct own_address two[] = { { OURS, OURS, OWN_NAME_GOOD, NULL, "" },
	{ { 6, { 0x20, 1 } }, { 6, { 0x20, 1 } }, OWN_NAME_OTHER_PTR, "x.b.com", "" } };

static const struct list_health well[] = { { "bl.org", 1, 1, 1 } };
static const struct list_health unwell[] = { { "bl.org", 1, 0, 0 }, { "late.org", 1, 1, 0 },
	{ "half.org", 3, 1, 1 }, { "ok.org", 1, 1, 1 } };

static const struct session_peak within[] = { { "all", 9, 1000 }, { "provider a", 3, 3 } };
static const struct session_peak above[] = { { "all", 9, 1000 }, { "provider a", 4, 3 } };

#define RUN                                                                                        \
	.resolvers = 2, .honest_resolvers = 3, .validating_resolvers = 3, .sessions = true,        \
	.egress = EGRESS_OPEN, .ehlo_name = "s.a.com"
#define OWN(addresses) .own = (addresses), .own_count = COUNT_OF(addresses)
#define PEAKS(peaked) .peaks = (peaked), .peak_count = COUNT_OF(peaked)
#define LISTS(health) .lists = (health), .list_count = COUNT_OF(health)

/* Expected: the outcomes of one check, with reason or cause, one for each of its rows. */
static const struct {
	const char *name, *check, *expected;
	struct run_facts run;
} cases[] = {
	{ "port 25 is open", "run.egress-25", "pass", { RUN } },
	{ "port 25 is closed", "run.egress-25", "fail",
	    { .sessions = true, .egress = EGRESS_BLOCKED } },
	{ "few were tried", "run.egress-25", "not_tested connect_timeout", { .sessions = true } },
	{ "our name kept us away", "run.egress-25", "not_tested prerequisite",
	    { .sessions = true, OWN(listed) } },
	{ "nobody asked for it", "run.egress-25", "not_tested skipped", { 0 } },
	{ "an honest path", "run.path-honest", "pass", { RUN } },
	{ "a box on the path", "run.path-honest", "fail", { RUN, .shared_greeting = "gw.b.com" } },
	{ "a masking one", "run.path-honest", "fail", { RUN, .keywords_masked = true } },
	{ "nobody has greeted", "run.path-honest", "not_tested prerequisite",
	    { .sessions = true } },
	{ "both families", "run.families", "pass", { RUN } },
	{ "IPv4 alone", "run.families", "info", { RUN, .without_route = 1u << 6 } },
	{ "none", "run.families", "not_tested net_unreachable",
	    { RUN, .without_route = 1u << 6 | 1u << 4 } },
	{ "honest resolvers", "run.resolver-honest", "pass", { RUN } },
	{ "a liar", "run.resolver-honest", "fail",
	    { .resolvers = 2, .honest_resolvers = 1, .lying_resolvers = 2 } },
	{ "a silent one", "run.resolver-honest", "not_tested dns_timeout",
	    { .resolvers = 2, .honest_resolvers = 1 } },
	{ "they validate", "run.resolver-validates", "pass", { RUN } },
	{ "one does not", "run.resolver-validates", "not_tested no_validating_resolver",
	    { .resolvers = 2, .validating_resolvers = 1 } },
	{ "a good name", "run.own-name", "pass", { RUN, OWN(good) } },
	{ "behind NAT", "run.own-name", "info", { RUN, OWN(nat) } },
	{ "a wrong name", "run.own-name", "fail", { RUN, OWN(listed) } },
	{ "a wrong name that nobody minds", "run.own-name", "fail",
	    { RUN, OWN(listed), .ehlo_unchecked = true } },
	{ "one for each address", "run.own-name", "pass, fail", { RUN, OWN(two) } },
	{ "no answer", "run.own-name", "not_tested dns_timeout", { RUN, OWN(silent) } },
	{ "an older night file", "run.own-name", "not_tested not_recorded", { RUN } },
	{ "without port 25", "run.own-name", "not_tested skipped", { 0 } },
	{ "not listed", "run.own-listing", "pass", { RUN, OWN(good), LISTS(well) } },
	{ "listed", "run.own-listing", "warn", { RUN, OWN(listed), LISTS(well) } },
	{ "listed on a list that then failed", "run.own-listing", "not_tested list_unconfirmed",
	    { RUN, OWN(listed_late), LISTS(unwell) } },
	{ "no list has passed", "run.own-listing", "not_tested list_unavailable",
	    { RUN, OWN(good), .lists = unwell, .list_count = 1 } },
	{ "no list has answered", "run.own-listing", "not_tested list_unavailable",
	    { RUN, OWN(nat), LISTS(well) } },
	{ "nobody knows as whom we are seen", "run.own-listing", "not_tested non_routable_target",
	    { RUN, OWN(unseen), LISTS(well) } },
	{ "no lists", "run.own-listing", "not_tested skipped", { RUN, OWN(good) } },
	{ "lists", "run.list-health", "fail, fail, fail, pass", { RUN, LISTS(unwell) } },
	{ "lists of a run that was stopped", "run.list-health",
	    "fail, not_tested cancelled, fail, pass", { RUN, LISTS(unwell), .interrupted = true } },
	{ "no lists at all", "run.list-health", "not_tested skipped", { RUN } },
	{ "within the limits", "run.provider-concurrency", "pass", { RUN, PEAKS(within) } },
	{ "above one", "run.provider-concurrency", "fail", { RUN, PEAKS(above) } },
	{ "no sessions at all", "run.provider-concurrency", "pass", { RUN } },
	{ "no sessions wanted", "run.provider-concurrency", "not_tested skipped", { 0 } },
};

static void
write_rows(const struct run_rows *rows, const char *check, struct strbuf *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct run_row *row = &rows->at[i];
		const char *reason = reason_text(row->finding.reason);

		if (strcmp(row->check->id, check) != 0)
			continue;
		strbuf_printf(out, "%s%s%s%s", out->length > 0 ? ", " : "",
		    outcome_text(row->finding.outcome), *reason != '\0' ? " " : "", reason);
	}
}

static void
cases_have_their_outcomes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena arena = { 0 };
		struct strbuf out = { 0 };
		struct run_rows rows;

		run_rows_judge(&cases[i].run, &arena, &rows);
		write_rows(&rows, cases[i].check, &out);
		if (out.at == NULL || strcmp(out.at, cases[i].expected) != 0)
			fail_msg("%s: %s", cases[i].name, out.at);
		strbuf_free(&out);
		arena_free(&arena);
	}
}

/* Only what is not well is told with the scorecards, and of whom. */
static void
what_is_not_well_is_told(void **state)
{
	const struct run_facts run = { RUN, OWN(listed), LISTS(unwell) };
	struct arena arena = { 0 };
	struct strbuf out = { 0 };
	struct run_rows rows;

	(void)state;
	run_rows_judge(&run, &arena, &rows);
	for (size_t i = 0; i < rows.count; i++)
		if (run_row_is_telling(&rows.at[i]))
			strbuf_printf(&out, "%s %s\n", rows.at[i].check->id,
			    run_row_words(&rows.at[i], &arena));
	assert_string_equal(out.at,
	    "run.own-name 192.0.2.9: 192.0.2.9 of s.a.com has no reverse name\n"
	    "run.own-listing 192.0.2.9: list_unconfirmed, bl.org\n"
	    "run.list-health bl.org\n"
	    "run.list-health late.org: at the end of the run\n"
	    "run.list-health half.org: in part\n");
	strbuf_free(&out);
	arena_free(&arena);
}

static void
every_check_of_the_area_has_a_row(void **state)
{
	const struct run_facts run = { RUN };
	struct arena arena = { 0 };
	struct run_rows rows;

	(void)state;
	run_rows_judge(&run, &arena, &rows);
	assert_int_equal(rows.count, area_run.count);
	for (size_t i = 0; i < rows.count; i++)
		assert_ptr_equal(rows.at[i].check, &area_run.checks[i]);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_outcomes),
		cmocka_unit_test(what_is_not_well_is_told),
		cmocka_unit_test(every_check_of_the_area_has_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
