/* DMARC: the walk up the tree, and what counts as a record. */
#include "unit.h"

#include "rule/dmarc.h"
#include "rule/dmarc_cases.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_dmarc, dmarc_cases, COUNT_OF(dmarc_cases));
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
	struct dmarc_result dmarc;

	(void)state;
	fact_table_init(&table, "");
	dmarc_evaluate(fact_table_pass(&table), names[0], &arena, &dmarc);
	assert_int_equal(dmarc.count, COUNT_OF(names));
	for (size_t i = 0; i < dmarc.count; i++)
		assert_string_equal(dmarc.steps[i].name, names[i]);
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

struct policy_case {
	const char *record;
	const char *policy;
	bool reports;
};

static const struct policy_case policies[] = {
	{ "v=DMARC1; p=none", "none", false },
	{ "v=DMARC1; p=Reject", "reject", false }, /* mailauth */
	{ "v=DMARC1; P=QUARANTINE", "quarantine", false },
	{ "v=DMARC1; p=bob;", NULL, false }, /* opendmarc */
	{ "v=DMARC1; p=", NULL, false },
	{ "v=DMARC1; adkim=s", NULL, false },                   /* mailauth */
	{ "v=DMARC1; rua=mailto:mjl@mox.example", NULL, true }, /* mox */
	{ "v=DMARC1; rua=mailto:dmarc@example.com!10m", NULL, true },
	{ "v=DMARC1; RUA = MAILTO:a@example.com", NULL, true },
	{ "v=DMARC1; rua=bogus", NULL, false }, /* mox */
	{ "v=DMARC1; p=none; rua=__mailto:reports@dmarc.cyber.dhs.gov,mailto:d@usdoj.gov", "none",
	    true }, /* checkdmarc */
	{ "v=DMARC1; ruf=mailto:a@example.com", NULL, false },
	{ "v=DMARC1; rua=mailto:", NULL, false },
	{ "v=DMARC1; rua=__mailto:a@example.com", NULL, false },
	{ "v=DMARC1; rua=https://example.com/a@b.example", NULL, false },
	{ "v=DMARC1; rua=mailto:a,mailto:b@example.com", NULL, true },
	{ "v=DMARC1; rua=mailto:a@example.com ,, x", NULL, true },
	{ "v=DMARC1; rua=mailto:x,https://b@example.com", NULL, false },
	{ "v=DMARC1; rua=mailto:@example.com", NULL, false },
};

static void
policies_and_report_addresses_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(policies); i++) {
		const struct policy_case *c = &policies[i];
		struct arena arena = { 0 };
		struct dmarc_result dmarc = { 0 };
		const char *policy;

		tag_list_parse(&arena, c->record, strlen(c->record), &dmarc.tags);
		policy = dmarc_policy_word(tag_list_find_any_case(&dmarc.tags, "p"));
		if ((policy == NULL) != (c->policy == NULL) ||
		    (policy != NULL && strcmp(policy, c->policy) != 0) ||
		    dmarc_has_report_uri(&dmarc) != c->reports)
			fail_msg("%s: %s", c->record, policy == NULL ? "no policy" : policy);
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(the_walk_asks_in_order),
		cmocka_unit_test(records_are_told_from_other_texts),
		cmocka_unit_test(policies_and_report_addresses_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
