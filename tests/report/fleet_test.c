/* Risks of many domains. */
#include "unit.h"

#include "report/fake_card.h"
#include "report/fleet.h"
#include "score/check.h"

#include <stdio.h>
#include <string.h>

enum { STOPS, TAKEOVERS, BUDGET, KEYS }; /* the tables, in their order */

/* A domain whose record has one include, which costs some look-ups of all. */
static void
add_spf(struct fleet *fleet, uint64_t line, const char *domain, unsigned all, unsigned below)
{
	static struct fake_card fake;
	static struct spf_node root, included;
	static struct spf_node *nodes[] = { &root, &included };

	fake_card_set(&fake, line, domain);
	root = (struct spf_node){ .lookups = all };
	included = (struct spf_node){ .name.text = "_spf.ours.com", .lookups = below };
	fake.evaluation.spf.tree =
	    (struct spf_tree){ .root = &root, .nodes = nodes, .node_count = 2 };
	fleet_add(fleet, &fake.row);
	arena_free(&fake.arena);
}

static void
who_breaks_when_an_include_grows(void **state)
{
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_table *table;

	(void)state;
	add_spf(fleet, 1, "a.com", 9, 2);
	add_spf(fleet, 2, "b.com", 10, 2);
	add_spf(fleet, 3, "c.com", 11, 2);
	table = &fleet_report_make(fleet, &arena)->tables[BUDGET];
	assert_int_equal(table->count, 1);
	assert_string_equal(table->lines[0].cells[0].text, "_spf.ours.com");
	assert_int_equal(table->lines[0].cells[1].number, 3);
	assert_int_equal(table->lines[0].cells[2].number, 3);
	assert_int_equal(table->lines[0].cells[3].number, 1); /* b.com */
	assert_int_equal(table->lines[0].cells[4].number, 1); /* c.com */
	assert_string_equal(table->lines[0].cells[5].text, "a.com");
	arena_free(&arena);
	fleet_free(fleet);
}

/* Included on two ways: growing by one costs two. */
static void
an_include_that_stands_twice_grows_twice(void **state)
{
	static struct fake_card fake;
	struct spf_node root = { .lookups = 9 }, one = { .name.text = "_spf.ours.com" },
			other = one;
	struct spf_node *nodes[] = { &root, &one, &other };
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_table *table;

	(void)state;
	for (uint64_t line = 1; line <= 2; line++) {
		fake_card_set(&fake, line, "a.com");
		fake.evaluation.spf.tree =
		    (struct spf_tree){ .root = &root, .nodes = nodes, .node_count = 3 };
		fleet_add(fleet, &fake.row);
		arena_free(&fake.arena);
	}
	table = &fleet_report_make(fleet, &arena)->tables[BUDGET];
	assert_int_equal(table->count, 1);
	assert_int_equal(table->lines[0].cells[2].number, 2);
	assert_int_equal(table->lines[0].cells[3].number, 2);
	arena_free(&arena);
	fleet_free(fleet);
}

static void
add_key(struct fleet *fleet, uint64_t line, const char *domain, const char *octets)
{
	static struct fake_card fake;
	struct dkim_key key = { .selector = "s1", .text = "v=DKIM1; p=..." };

	fake_card_set(&fake, line, domain);
	key.record = (struct dkim_record){ .key_type = "rsa",
		.key.bits = 2048,
		.octets = (const uint8_t *)octets,
		.octet_count = strlen(octets) };
	fake.evaluation.dkim = (struct dkim_result){ .keys = &key, .count = 1 };
	fleet_add(fleet, &fake.row);
	arena_free(&fake.arena);
}

static void
one_key_on_several_domains(void **state)
{
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_table *table;

	(void)state;
	add_key(fleet, 1, "a.com", "shared");
	add_key(fleet, 2, "b.com", "own");
	add_key(fleet, 3, "c.com", "shared");
	table = &fleet_report_make(fleet, &arena)->tables[KEYS];
	assert_int_equal(table->count, 1);
	assert_string_equal(table->lines[0].cells[0].text, "s1._domainkey.a.com, rsa 2048");
	assert_int_equal(table->lines[0].cells[1].number, 2);
	arena_free(&arena);
	fleet_free(fleet);
}

static void
domains_that_could_be_registered(void **state)
{
	static struct fake_card fake;
	struct spf_takeover takeovers[] = {
		{ "include:gone.com", { .state = REGISTRATION_FREE, .domain = "gone.com" } },
		{ "include:there.com", { .state = REGISTRATION_EXISTS, .domain = "there.com" } },
	};
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_table *table;

	(void)state;
	for (uint64_t line = 1; line <= 3; line++) {
		fake_card_set(&fake, line, "a.com");
		fake.evaluation.spf.takeovers = takeovers;
		fake.evaluation.spf.takeover_count = 2;
		fleet_add(fleet, &fake.row);
	}
	table = &fleet_report_make(fleet, &arena)->tables[TAKEOVERS];
	assert_int_equal(table->count, 1);
	assert_string_equal(table->lines[0].cells[0].text, "gone.com");
	assert_string_equal(table->lines[0].cells[1].text, "yes");
	assert_int_equal(table->lines[0].cells[2].number, 3);
	assert_string_equal(table->lines[0].cells[3].text, "include:gone.com");
	arena_free(&arena);
	arena_free(&fake.arena);
	fleet_free(fleet);
}

static void
add_outcome(struct fleet *fleet, uint64_t line, const char *check, enum outcome outcome)
{
	static struct fake_card fake;

	fake_card_set(&fake, line, "a.com");
	fake.card.results[0] = (struct check_result){
		.check = check_find(check), .finding.outcome = outcome, .in_set = true
	};
	assert_non_null(fake.card.results[0].check);
	fake.card.count = 1;
	fleet_add(fleet, &fake.row);
	arena_free(&fake.arena);
}

/* All checks that they are counted by exist. */
static void
settings_that_stop_mail(void **state)
{
	static const char *const checks[] = { "mta_sts.mx-match", "mta_sts.mx-certificate",
		"dane.match", "dane.lookup", "dmarc.satisfiable" };
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_table *table;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(checks); i++) {
		add_outcome(fleet, i + 1, checks[i], OUTCOME_FAIL);
		add_outcome(fleet, i + 100, checks[i], OUTCOME_WARN);
	}
	table = &fleet_report_make(fleet, &arena)->tables[STOPS];
	assert_int_equal(table->count, COUNT_OF(checks));
	for (size_t i = 0; i < COUNT_OF(checks); i++) {
		assert_int_equal(table->lines[i].cells[1].number, 1);
		assert_string_equal(table->lines[i].cells[2].text, checks[i]);
	}
	arena_free(&arena);
	fleet_free(fleet);
}

/* A row without a domain, and more domains than a table has lines. */
static void
the_tables_are_bounded(void **state)
{
	static struct fake_card fake;
	struct fleet *fleet = fleet_new();
	struct arena arena = { 0 };
	const struct fleet_report *report;

	(void)state;
	fake_card_set(&fake, 1, NULL);
	fleet_add(fleet, &fake.row);
	assert_int_equal(fleet_report_make(fleet, &arena)->lines, 0);
	for (uint64_t line = 2; line < 200; line++) {
		char octets[8];

		snprintf(octets, sizeof octets, "%u", (unsigned)line / 2);
		add_key(fleet, line, "a.com", octets);
	}
	report = fleet_report_make(fleet, &arena);
	assert_int_equal(report->tables[KEYS].count, FLEET_LINES);
	assert_int_equal(report->lines, FLEET_LINES);
	arena_free(&arena);
	fleet_free(fleet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_breaks_when_an_include_grows),
		cmocka_unit_test(an_include_that_stands_twice_grows_twice),
		cmocka_unit_test(one_key_on_several_domains),
		cmocka_unit_test(domains_that_could_be_registered),
		cmocka_unit_test(settings_that_stop_mail),
		cmocka_unit_test(the_tables_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
