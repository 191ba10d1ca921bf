/* TLSA and CAA records: where they are looked for, and what servers are held against. */
#include "unit.h"

#include "rule/dane_cases.h"
#include "rule/gathered_row.h"

#include <string.h>

static void
records_are_found_where_senders_find_them(void **state)
{
	(void)state;
	rule_cases_run(&rule_dane, dane_cases, COUNT_OF(dane_cases));
}

static void
caa_is_found_above(void **state)
{
	(void)state;
	rule_cases_run(&rule_caa, caa_cases, COUNT_OF(caa_cases));
}

struct questions_case {
	const char *name, *facts;
	size_t questions; /* of TLSA and of CNAME */
};

static const struct questions_case questions_cases[] = {
	{ "signed", DANE_SIGNED DANE_TLSA, 1 },
	{ "not signed", DANE_MX "mx.a.com A 8.8.8.8\n", 0 },
	{ "an alias, records where it leads", DANE_BOTH TLSA_B, 1 },
	{ "an alias without records", DANE_BOTH, 2 },
	{ "an alias that leads out", DANE_ALIAS, 2 },
	{ "an alias that leads in", DANE_MX "mx.a.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\n", 1 },
};

/* No sender asks more, and neither do we (RFC 7672 2.2.2). */
static void
nothing_more_is_asked(void **state)
{
	enum { MX_AND_ADDRESSES = 3 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(questions_cases); i++) {
		struct strbuf out = { 0 };
		struct fact_table table;

		fact_table_init(&table, questions_cases[i].facts);
		rule_settle(&rule_dane, "a.com", &table, &out);
		if (table.question_count != MX_AND_ADDRESSES + questions_cases[i].questions)
			fail_msg("%s: %zu", questions_cases[i].name, table.question_count);
		fact_table_free(&table);
		strbuf_free(&out);
	}
}

struct share_case {
	const char *name, *facts, *columns;
	const char *sessions; /* MX names, in the order of asking */
};

static const struct share_case share_cases[] = {
	{ "the host's own name", DANE_SIGNED DANE_TLSA, "", "mx.a.com" },
	{ "an alias is asked under both names", DANE_BOTH TLSA_B, "", "mx.a.com mx.b.com" },
	{ "an alias without records", DANE_BOTH, "", "mx.a.com" },
	{ "an alias with records at its own name", DANE_BOTH DANE_TLSA, "", "mx.a.com" },
	{ "nobody checks", ". UNCHECKED\n" DANE_BOTH TLSA_B, "", "mx.a.com" },
	{ "nobody asked for sessions", DANE_BOTH TLSA_B, "sessions=no", "" },
	{ "it receives no mail", DANE_BOTH TLSA_B, "role=send-only", "" },
	{ "an address that is not public",
	    "a.com SIGNED\nb.com SIGNED\n" DANE_MX
	    "mx.a.com CNAME mx.b.com\nmx.b.com A 10.0.0.1\n" TLSA_B,
	    "", "" },
};

static void
list_sessions(const struct fact_table *table, struct strbuf *out)
{
	struct subject shared;

	strbuf_add_string(out, "");
	for (size_t i = 0; fact_table_share(table, i, &shared); i++)
		if (shared.kind == SUBJECT_SESSION)
			strbuf_printf(out, "%s%s", out->length > 0 ? " " : "", shared.mx_name);
}

static void
sessions_are_had_under_the_base_domain(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(share_cases); i++) {
		struct strbuf found = { 0 };
		struct gathered_row row;

		gathered_row_open(&row, share_cases[i].facts, "a.com", share_cases[i].columns);
		gathered_row_gather(&row, i);
		list_sessions(&row.table, &found);
		if (strcmp(found.at, share_cases[i].sessions) != 0)
			fail_msg("%s: %s", share_cases[i].name, found.at);
		gathered_row_close(&row);
		strbuf_free(&found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_found_where_senders_find_them),
		cmocka_unit_test(nothing_more_is_asked),
		cmocka_unit_test(sessions_are_had_under_the_base_domain),
		cmocka_unit_test(caa_is_found_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
