/* DKIM: keys under the selectors of a row and under those of its providers. */
#include "unit.h"

#include "base/error.h"
#include "names/suffix.h"
#include "rule/dkim_cases.h"
#include "rule/gathered_row.h"

#include <string.h>

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_dkim, dkim_cases, COUNT_OF(dkim_cases));
}

/* ---- words for what is wrong */

struct problem_case {
	const char *name;
	const char *text;
	const char *word; /* of the problem; NULL for none */
};

static const struct problem_case problems[] = {
	{ "nothing is wrong", "v=DKIM1; p=" RSA_1024, NULL },
	{ "notes may hold anything", "v=DKIM1; n=say \"hi\" \\; p=" RSA_1024, NULL },
	{ "a backslash at the version", "v=DKIM1\\; p=" RSA_1024, "backslash" },
	{ "a backslash at the type", "v=DKIM1; k=rsa\\; p=" RSA_1024, "backslash" },
	{ "a backslash behind the key", "p=" RSA_1024 "\\;", "backslash" },
	{ "quotes around it all", "\"v=DKIM1; p=" RSA_1024 "\"", "quotation" },
	{ "quotes between strings", "v=DKIM1; p=MIGf\" \"MA0G", "quotation" },
	{ "the lines of a PEM file", "p=-----BEGIN PUBLIC KEY-----MIGf-----END PUBLIC KEY-----",
	    "PEM" },
	{ "no key", "v=DKIM1; k=rsa", "p= is missing" },
	{ "a part that is nothing", "v=DKIM1; oops; p=", "`oops`" },
	{ "a tag twice", "p=; p=", "twice" },
	{ "another version", "v=DKIM2; p=", "DKIM2" },
	{ "the version late", "p=; v=DKIM1", "first" },
	{ "an odd length", "p=MIGfM", "multiple of four" },
	{ "no base64", "p=MI!f", "no base64" },
	{ "cut in the middle", "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/", "cut short" },
	{ "something behind the key", "p=MAYCAQMCAQMA", "follows" },
	{ "SubjectPublicKeyInfo of ed25519: what would be right is said",
	    "k=ed25519; p=MCowBQYDK2VwAyEA" ED25519, "p=" ED25519 },
	{ "a type in upper case", "k=RSA; p=" RSA_1024, "lower case" },
	{ "an empty part", "p=;;", "empty part" },
};

static void
problems_are_named(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		const struct problem_case *c = &problems[i];
		struct dkim_record record;

		dkim_record_parse(&arena, c->text, strlen(c->text), &record);
		if (c->word == NULL
			? record.problem != NULL
			: record.problem == NULL || strstr(record.problem, c->word) == NULL)
			fail_msg("%s: %s", c->name, record.problem);
	}
	arena_free(&arena);
}

/* A record that ends with its first string of 255 octets, whatever the end of the key looks like.
 */
static void
keys_cut_at_a_string_are_named(void **state)
{
	static const char *const starts[] = {
		"v=DKIM1; k=rsa; p=", "v=DKIM1;p=", "p=", "k=rsa;p="
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(starts); i++)
		for (size_t whole = 0; whole < 2; whole++) {
			char *text = arena_printf(&arena, "%s%s", starts[i], RSA_2048);
			size_t length = whole ? strlen(starts[i]) + 255 : 255;
			struct dkim_record record;

			dkim_record_parse(&arena, text, length, &record);
			if (record.problem == NULL || strstr(record.problem, "255") == NULL)
				fail_msg("%.*s: %s", (int)length, text, record.problem);
		}
	arena_free(&arena);
}

/* ---- strength of questions */

static void
what_leads_to_blame_is_confirmed(void **state)
{
	static const struct {
		const char *facts, *columns, *name;
		bool confirmed;
	} cases[] = {
		{ "a.com TXT x\n", "selectors=s1", "s1._domainkey.a.com", true },
		{ "a.com TXT x\n", "", "_domainkey.a.com", true },
		{ "s1._domainkey.a.com TXT p=" RSA_1024 "\n", "selectors=s1", "_domainkey.a.com",
		    false },
		{ "x._domainkey.a.com TXT x\n", "", "_domainkey.a.com", false },
		{ "x._domainkey.a.com TXT x\n", "", "one._domainkey.a.com", false },
		{ "one._domainkey.a.com CNAME b.com\n", "", "one._domainkey.a.com", true },
		{ "a.com MX 10 aspmx.l.google.com\n", "", "three._domainkey.a.com", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct gathered_row row;

		gathered_row_open(&row, cases[i].facts, "a.com", cases[i].columns);
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		if (fact_table_confirmed(&row.table, cases[i].name) != cases[i].confirmed)
			fail_msg("case %zu: %s", i, cases[i].name);
		gathered_row_close(&row);
	}
}

/* ---- how many questions */

static size_t
questions_of(const char *facts, const char *columns, bool guessing)
{
	struct gathered_row row;
	size_t count;

	gathered_row_open(&row, facts, "a.com", columns);
	if (!guessing)
		row.table.run.selectors = NULL;
	gathered_row_gather(&row, 1);
	count = row.table.question_count;
	gathered_row_close(&row);
	return count;
}

static void
guesses_are_asked_only_where_they_help(void **state)
{
	static const struct {
		const char *facts, *columns;
		size_t guesses;
	} cases[] = {
		{ "a.com TXT x\n", "", 0 },                             /* no key can exist */
		{ "x._domainkey.a.com TXT x\n", "", 2 },                /* one may */
		{ "one._domainkey.a.com TXT p=" RSA_1024 "\n", "", 1 }, /* the first is one */
		{ "s1._domainkey.a.com TXT p=" RSA_1024 "\n", "selectors=s1", 0 },
		{ "s1._domainkey.a.com TXT p=\n", "selectors=s1", 2 },
		{ "x._domainkey.a.com TXT x\n", "role=parked", 0 },
		{ "x._domainkey.a.com TXT x\n", "role=receive-only", 0 },
		{ "x._domainkey.a.com TXT x\na.com TXT v=spf1 -all\n", "", 0 },
		{ "*.a.com TXT x\na.com TXT x\n", "", 0 }, /* the node is the wildcard's */
		{ "a.com MX 10 aspmx.l.google.com\n", "", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t without = questions_of(cases[i].facts, cases[i].columns, false);
		size_t with = questions_of(cases[i].facts, cases[i].columns, true);

		if (with - without != cases[i].guesses)
			fail_msg("case %zu: %zu guesses", i, with - without);
	}
}

/* ---- take-over */

static void
targets_that_anyone_could_have_are_found(void **state)
{
	static const struct {
		const char *facts;
		enum registration_state state;
		const char *domain;
	} cases[] = {
		{ "com SOA\n", REGISTRATION_FREE, "b.com" },
		{ "com SOA\nb.com SOA\n", REGISTRATION_EXISTS, "b.com" },
		{ "com SOA\nb.com SOA TIMEOUT\n", REGISTRATION_UNKNOWN, "b.com" },
	};
	struct suffix_list *suffixes;
	struct error error;

	(void)state;
	assert_int_equal(suffix_list_open(NULL, &suffixes, &error), 0);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strbuf facts = { 0 };
		struct gathered_row row;
		const struct dkim_key *key;

		strbuf_printf(&facts, "s1._domainkey.a.com CNAME s1.x.b.com\n%s", cases[i].facts);
		gathered_row_open(&row, facts.at, "a.com", "selectors=s1");
		row.table.run.suffixes = suffixes;
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		key = &row.evaluation.dkim.keys[0];
		assert_int_equal(key->target.state, cases[i].state);
		assert_string_equal(key->target.domain, cases[i].domain);
		gathered_row_close(&row);
		strbuf_free(&facts);
	}
	suffix_list_close(suffixes);
}

/* ---- what strangers may publish */

static void
large_records_are_survived(void **state)
{
	static const struct {
		const char *start, *part;
		size_t times;
	} cases[] = {
		{ "v=DKIM1; p=", "AAAA", 16000 },
		{ "", "a=b;", 16000 },
		{ "", ";", 64000 },
		{ "v=DKIM1; h=", "sha1:", 12800 },
		{ "v=DKIM1; k=", "x", 64000 },
		{ "v=DKIM1; k=ed25519; p=", " ", 64000 },
		{ "", "\x1b\xff\\\"", 16000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena arena = { 0 };
		struct strbuf text = { 0 };
		struct dkim_record record;

		strbuf_add_string(&text, cases[i].start);
		for (size_t n = 0; n < cases[i].times; n++)
			strbuf_add_string(&text, cases[i].part);
		dkim_record_parse(&arena, text.at, text.length, &record);
		assert_non_null(dkim_record_unusable(&record));
		assert_true(strlen(record.key_type) < 100);
		assert_true(record.problem == NULL || strlen(record.problem) < 1000);
		strbuf_free(&text);
		arena_free(&arena);
	}
}

static void
of_three_hundred_records_the_best_is_read(void **state)
{
	struct strbuf facts = { 0 };
	struct gathered_row row;

	(void)state;
	for (int i = 0; i < 300; i++)
		strbuf_printf(&facts, "s1._domainkey.a.com TXT %s%d\n",
		    i == 250 ? "p=" RSA_2048 "; n=" : "x", i);
	gathered_row_open(&row, facts.at, "a.com", "selectors=s1");
	gathered_row_gather(&row, 1);
	gathered_row_evaluate(&row);
	assert_int_equal(row.evaluation.dkim.keys[0].records, 300);
	assert_int_equal(row.evaluation.dkim.keys[0].record.key.bits, 2048);
	gathered_row_close(&row);
	strbuf_free(&facts);
}

static void
no_row_has_too_many_selectors(void **state)
{
	struct strbuf selectors = { 0 };
	struct gathered_row row;

	(void)state;
	strbuf_add_string(&selectors, "selectors=");
	for (int i = 0; i < 100; i++)
		strbuf_printf(&selectors, "s1.x%d ", i);
	gathered_row_open(&row, "x._domainkey.a.com TXT x\n", "a.com", selectors.at);
	gathered_row_gather(&row, 1);
	gathered_row_evaluate(&row);
	assert_int_equal(row.evaluation.dkim.named, DKIM_NAMED_MAX);
	assert_int_equal(row.table.not_recorded, 0);
	gathered_row_close(&row);
	strbuf_free(&selectors);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(problems_are_named),
		cmocka_unit_test(keys_cut_at_a_string_are_named),
		cmocka_unit_test(what_leads_to_blame_is_confirmed),
		cmocka_unit_test(guesses_are_asked_only_where_they_help),
		cmocka_unit_test(targets_that_anyone_could_have_are_found),
		cmocka_unit_test(large_records_are_survived),
		cmocka_unit_test(of_three_hundred_records_the_best_is_read),
		cmocka_unit_test(no_row_has_too_many_selectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
