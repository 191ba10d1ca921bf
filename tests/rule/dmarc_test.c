/* DMARC: the walk up the tree, and what counts as a record. */
#include "unit.h"

#include "base/strbuf.h"
#include "rule/dmarc.h"
#include "rule/dmarc_cases.h"
#include "rule/dmarc_policy_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_dmarc, dmarc_cases, COUNT_OF(dmarc_cases));
	rule_cases_run(&rule_dmarc_policy, dmarc_policy_cases, COUNT_OF(dmarc_policy_cases));
}

/* The example of RFC 9989 4.10. */
static void
the_walk_asks_in_order(void **state)
{
	static const char *const names[] = { "a.b.c.d.e.f.g.h.mail.example.com",
		"e.f.g.h.mail.example.com", "f.g.h.mail.example.com", "g.h.mail.example.com",
		"h.mail.example.com", "mail.example.com", "example.com", "com" };
	struct arena arena = { 0 };
	struct fact_table table;
	struct dmarc_walk walk;

	(void)state;
	fact_table_init(&table, "");
	dmarc_walk_up(fact_table_pass(&table), names[0], &arena, &walk);
	assert_int_equal(walk.count, COUNT_OF(names));
	for (size_t i = 0; i < walk.count; i++)
		assert_string_equal(walk.steps[i].name, names[i]);
	arena_free(&arena);
	fact_table_free(&table);
}

struct text_case {
	const char *text;
	bool expected;
};

/* Rows marked mox, mailauth, mail-auth, opendmarc and checkdmarc come from those projects. */
static const struct text_case texts[] = {
	{ "v=DMARC1", true }, { "v=DMARC1;", true },
	{ "v=DMARC1;;", true }, /* mox refuses it: p is missing */
	{ "v=DMARC1; p=none", true }, { "v=DMARC1;p=ReJect", true }, /* checkdmarc */
	{ "v = DMARC1; p=reject", true },                            /* mailauth */
	{ "v = DMARC1\t;\tp=reject\t;", true },                      /* checkdmarc */
	{ "V=DMARC1;p=reject;", true },                              /* checkdmarc */
	{ "v=DMARC1; p=none; bogus;", true },                        /* mox refuses it */
	{ "v=DMARC1; p", true }, { "v=DMARC1x; p=reject", false },   /* mailauth */
	{ "v=DMARC1 p=reject", false }, { "v=DMARC10; p=reject", false },
	{ "v=dmarc1; p=none", false },                     /* mox */
	{ "v=", false },                                   /* mox */
	{ "v", false }, { "", false }, { "V=BOB", false }, /* opendmarc */
	{ " v=DMARC1; p=none", false }, { "\"v=DMARC1; p=none\"", false },
	{ "p=none; v=DMARC1", false }, { ";v=DMARC1; p=none", false }, { "DMARC1; p=none", false },
	{ "v=spf1 include:example.com -all", false }, /* checkdmarc */
};

static void
records_are_told_from_other_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (dmarc_record_is(texts[i].text, strlen(texts[i].text)) != texts[i].expected)
			fail_msg("'%s'", texts[i].text);
	assert_false(dmarc_record_is("v=DMARC1", 7));
	assert_false(dmarc_record_is("v=DMARC1\0; p=none", 17));
}

struct record_case {
	const char *record;
	const char *policy; /* that it states for the name itself; NULL for none */
	size_t valid, mail; /* places in rua= */
};

/* p=none stands for a record without a valid policy that has a place for reports (RFC 9989 4.10.1).
 */
static const struct record_case records[] = {
	{ "v=DMARC1; p=none", "none", 0, 0 },
	{ "v=DMARC1; p=Reject", "reject", 0, 0 }, /* mailauth */
	{ "v=DMARC1; P=QUARANTINE", "quarantine", 0, 0 },
	{ "v=DMARC1; p=bob;", NULL, 0, 0 }, /* opendmarc */
	{ "v=DMARC1; p=", NULL, 0, 0 },
	{ "v=DMARC1; p=reject; p=none", "reject", 0, 0 },
	{ "v=DMARC1; adkim=s", NULL, 0, 0 },                      /* mailauth */
	{ "v=DMARC1; rua=mailto:mjl@mox.example", "none", 1, 1 }, /* mox */
	{ "v=DMARC1; rua=mailto:dmarc@example.com!10m", "none", 1, 1 },
	{ "v=DMARC1; rua=mailto:dmarc@example.com!2G , mailto:user%20@example.com!10", "none", 2,
	    2 },
	{ "v=DMARC1; rua=mailto:a@example.com!10 K,mailto:a@example.com ! 2G", NULL, 0, 0 },
	{ "v=DMARC1; rua=mailto:a@example.com!,mailto:a@example.com!k,mailto:a!b@example.com", NULL,
	    0, 0 },
	{ "v=DMARC1; RUA = MAILTO:a@example.com", "none", 1, 1 },
	{ "v=DMARC1; rua=bogus", NULL, 0, 0 }, /* mox */
	{ "v=DMARC1; p=none; rua=__mailto:reports@dmarc.cyber.dhs.gov,mailto:d@usdoj.gov", "none",
	    1, 1 }, /* checkdmarc */
	{ "v=DMARC1; ruf=mailto:a@example.com", NULL, 0, 0 },
	{ "v=DMARC1; rua=mailto:", NULL, 0, 0 },
	{ "v=DMARC1; rua=__mailto:a@example.com", NULL, 0, 0 },
	{ "v=DMARC1; rua=https://example.com/a@b.example", "none", 1, 0 }, /* any scheme */
	{ "v=DMARC1; rua=mailto:a,mailto:b@example.com", "none", 1, 1 },
	{ "v=DMARC1; rua=mailto:a@example.com ,, x", "none", 1, 1 },
	{ "v=DMARC1; rua=mailto:x,https://b.example.com", "none", 1, 0 },
	{ "v=DMARC1; rua=mailto:@example.com", NULL, 0, 0 },
	{ "v=DMARC1; rua=mailto:a%40b@example.com?subject=x", "none", 1, 1 },
	{ "v=DMARC1; rua=mailto:a@[192.0.2.1]", NULL, 0, 0 },
	{ "v=DMARC1; rua=mailto:d\xc3\xa9@example.com", NULL, 0, 0 },
	{ "v=DMARC1; rua=!10m", NULL, 0, 0 },
	{ "v=DMARC1; rua=", NULL, 0, 0 },
};

static void
policies_and_places_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(records); i++) {
		const struct record_case *c = &records[i];
		struct arena arena = { 0 };
		struct dmarc_record record;
		const char *policy;

		dmarc_record_parse(c->record, strlen(c->record), &arena, &record);
		policy = dmarc_policy_text(dmarc_record_policy(&record, DMARC_THE_NAME));
		if ((policy == NULL) != (c->policy == NULL) ||
		    (policy != NULL && strcmp(policy, c->policy) != 0) ||
		    record.rua.valid != c->valid || record.rua.mail != c->mail)
			fail_msg("%s: %s, %zu valid, %zu of mail", c->record,
			    policy == NULL ? "no policy" : policy, record.rua.valid,
			    record.rua.mail);
		arena_free(&arena);
	}
}

/* A record of 64 KiB with thousands of addresses at as many hosts. */
static void
places_are_bounded(void **state)
{
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	struct dmarc_record record;
	size_t places = 0;

	(void)state;
	strbuf_add_string(&text, "v=DMARC1; p=none; rua=");
	for (; text.length < 65000; places++)
		strbuf_printf(&text, "mailto:a@x%zu.com,", places);
	dmarc_record_parse(text.at, text.length, &arena, &record);
	assert_int_equal(record.rua.count, DMARC_URIS_MAX);
	assert_int_equal(record.rua.more, places - DMARC_URIS_MAX);
	strbuf_free(&text);
	arena_free(&arena);
}

/* Of a record with fifty places, eight hosts are asked and the others counted. */
static void
questions_about_hosts_are_bounded(void **state)
{
	struct strbuf text = { 0 };
	struct arena arena = { 0 };
	struct fact_table table;
	struct dmarc_result dmarc;

	(void)state;
	strbuf_add_string(&text, "_dmarc.a.com TXT v=DMARC1; p=none; rua=");
	for (int i = 0; i < 50; i++)
		strbuf_printf(&text, "%smailto:a@b.c.d.e.f.g.x%d.com", i > 0 ? "," : "", i);
	fact_table_init(&table, text.at);
	dmarc_evaluate(fact_table_pass(&table), "a.com", &arena, &dmarc);
	assert_int_equal(dmarc.reports.count, DMARC_REPORT_HOSTS_MAX);
	assert_int_equal(dmarc.reports.left, 50 - DMARC_REPORT_HOSTS_MAX);
	/* the walk; for each host one walk but for its top-level domain, the authority, MX */
	assert_int_equal(
	    table.question_count, 2 + DMARC_REPORT_HOSTS_MAX * (DMARC_QUERIES_MAX - 1 + 2));
	arena_free(&arena);
	fact_table_free(&table);
	strbuf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(the_walk_asks_in_order),
		cmocka_unit_test(records_are_told_from_other_texts),
		cmocka_unit_test(policies_and_places_are_read),
		cmocka_unit_test(places_are_bounded),
		cmocka_unit_test(questions_about_hosts_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
