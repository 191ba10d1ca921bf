/* The member dane of a scorecard. */
#include "unit.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "names/provider.h"
#include "report/dane_json.h"
#include "rule/gathered_row.h"

#include <string.h>

#define MX "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n"
#define SIGNED "a.com SIGNED\n" MX
#define SESSION "8.8.8.8 SMTP mx.a.com \n"
#define TLSA "_25._tcp.mx.a.com TLSA "
#define DIGEST "0101010101010101010101010101010101010101010101010101010101010101"
#define HOST(base, records, secure, outcome)                                                       \
	"{\"host\":\"mx.a.com\",\"base\":" base ",\"records\":" records ",\"secure\":" secure      \
	",\"outcome\":\"" outcome "\"}"
#define OWN "\"mx.a.com\""

struct json_case {
	const char *name, *facts, *columns;
	const char *expected; /* between the brackets */
};

static const struct json_case cases[] = {
	{ "no match", SIGNED SESSION TLSA "0x030101" DIGEST "\n" TLSA "0x0301\n", "",
	    HOST(OWN, "[\"3 1 1 " DIGEST "\",\"\\\\# 2 0301\"]", "true", "fail") },
	{ "no records", SIGNED SESSION, "", HOST(OWN, "[]", "true", "not_applicable") },
	{ "not signed", MX SESSION, "", HOST("null", "[]", "false", "not_applicable") },
	{ "records that are not signed",
	    SIGNED "_tcp.mx.a.com UNSIGNED\n" SESSION TLSA "0x030101" DIGEST "\n", "",
	    HOST(OWN, "[\"3 1 1 " DIGEST "\"]", "false", "not_applicable") },
	{ "nobody checks", ". UNCHECKED\n" SIGNED SESSION TLSA "0x030101" DIGEST "\n", "",
	    HOST(OWN, "[\"3 1 1 " DIGEST "\"]", "null", "not_tested") },
	{ "no answer", SIGNED SESSION TLSA "SERVFAIL\n", "",
	    HOST(OWN, "null", "true", "not_applicable") },
	{ "one address of two",
	    SIGNED "mx.a.com A 8.8.4.4\n8.8.4.4 SMTP mx.a.com |cert=other\n" SESSION TLSA
		   "0x030101" DIGEST "\n",
	    "sessions=no", HOST(OWN, "[\"3 1 1 " DIGEST "\"]", "true", "not_tested") },
	{ "no address", "a.com SIGNED\na.com MX 10 mx.a.com\n", "", "" },
	{ "two hosts, one without address", "a.com MX 5 mx0.a.com\n" SIGNED SESSION, "",
	    HOST(OWN, "[]", "true", "not_applicable") },
};

/* Records come from the wire sorted; those of the table stand in its order. */
static void
hosts_are_written(void **state)
{
	struct judge_tables tables = { 0 };
	struct providers *providers;
	struct error error;
	static const struct scorecard_options all = { .deep = true };
	static struct scorecard card;

	(void)state;
	assert_int_equal(providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error), 0);
	tables.providers = providers;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strbuf out = { 0 }, expected = { 0 };
		struct json json = json_over(&out);
		struct gathered_row row;

		gathered_row_open(&row, cases[i].facts, "a.com", cases[i].columns);
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		scorecard_make(&row.evaluation, &tables, &all, &row.arena, &card);
		json_begin_object(&json);
		dane_json_add(&json, &card, &row.arena);
		json_end_object(&json);
		strbuf_printf(&expected, "{\"dane\":[%s]}", cases[i].expected);
		if (strcmp(out.at, expected.at) != 0)
			fail_msg("%s: %s", cases[i].name, out.at);
		gathered_row_close(&row);
		strbuf_free(&out);
		strbuf_free(&expected);
	}
	providers_free(providers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
