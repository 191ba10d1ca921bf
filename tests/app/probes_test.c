/* The table of probe names: what is read, and what is refused with its line and what is right. */
#include "unit.h"

#include "app/probes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static int
load(const char *text, struct probe_zones *zones, struct error *error)
{
	char path[] = "/tmp/probes.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	int result;

	fputs(text, file);
	fclose(file);
	result = probes_load(path, zones, error);
	remove(path);
	return result;
}

static void
the_shipped_table_loads(void **state)
{
	struct probe_zones zones;
	struct error error = { 0 };

	(void)state;
	if (probes_load(SOURCE_DIR "/data/probes.tsv", &zones, &error) != 0)
		fail_msg("%s", error.text);
	assert_true(zones.count >= 2);
}

static void
zones_are_read(void **state)
{
	struct probe_zones zones;
	struct error error = { 0 };

	(void)state;
	if (load("# a comment\r\nname\tkind\r\n\r\na.test\tsigned\r\nb.test.\tunsigned\ta remark\n"
		 "c.test\tbroken\n_d-1.test\tsigned",
		&zones, &error) != 0)
		fail_msg("%s", error.text);
	assert_int_equal(zones.count, 4);
	assert_string_equal(zones.at[0].name, "a.test");
	assert_int_equal(zones.at[0].kind, PROBE_SIGNED);
	assert_string_equal(zones.at[1].name, "b.test.");
	assert_int_equal(zones.at[1].kind, PROBE_UNSIGNED);
	assert_string_equal(zones.at[2].name, "c.test");
	assert_int_equal(zones.at[2].kind, PROBE_BROKEN);
	assert_string_equal(zones.at[3].name, "_d-1.test");
}

#define EIGHT_ZONES                                                                                \
	"a.test\tsigned\nb.test\tsigned\nc.test\tsigned\nd.test\tsigned\n"                         \
	"e.test\tsigned\nf.test\tsigned\ng.test\tsigned\nh.test\tsigned\n"
#define FIFTY_OCTETS "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
#define HUNDRED_OCTETS FIFTY_OCTETS FIFTY_OCTETS

struct bad_case {
	const char *name, *text, *place, *right;
};

static const struct bad_case bad[] = {
	{ "a ninth zone", EIGHT_ZONES "i.test\tsigned\n", ":9: `i.test`", "at most 8" },
	{ "no kind", "a.test\n", ":1:", "`signed`, `unsigned` or `broken`" },
	{ "another kind", "\na.test\tmaybe\n", ":2: `maybe`", "`signed`, `unsigned` or `broken`" },
	{ "a kind with more", "a.test\tsigned?\n", ":1: `signed?`", "`unsigned`" },
	{ "no name", "\tsigned\n", ":1: ``", "example.org" },
	{ "an empty label", "a..test\tsigned\n", ":1: `a..test`", "example.org" },
	{ "the root", ".\tsigned\n", ":1: `.`", "example.org" },
	{ "a blank", "a b.test\tsigned\n", ":1: `a b.test`", "example.org" },
	{ "an escape sequence", "\x1b[2J.test\tsigned\n", ":1: `\\x1b[2J.test`", "example.org" },
	{ "a long label",
	    "a2345678901234567890123456789012345678901234567890123456789012345.test"
	    "\tsigned\n",
	    ":1: `a2345", "example.org" },
	{ "a name without room for a label",
	    HUNDRED_OCTETS HUNDRED_OCTETS FIFTY_OCTETS "\tsigned\n", ":1:", "example.org" },
	{ "a long line",
	    "# fine\n" HUNDRED_OCTETS HUNDRED_OCTETS HUNDRED_OCTETS HUNDRED_OCTETS HUNDRED_OCTETS
		HUNDRED_OCTETS "\tsigned\n",
	    ":2: `aaa", "510" },
	{ "no zone at all", "# nothing\n", "names no zone", "one signed and one unsigned" },
	{ "a broken one alone", "a.test\tbroken\n", "names no zone", "one signed" },
};

static void
bad_lines_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct probe_zones zones;
		struct error error = { 0 };

		if (load(bad[i].text, &zones, &error) == 0)
			fail_msg("%s: is read", bad[i].name);
		assert_int_equal(error.code, EX_CONFIG);
		if (strstr(error.text, bad[i].place) == NULL ||
		    strstr(error.text, bad[i].right) == NULL)
			fail_msg("%s: %s", bad[i].name, error.text);
	}
}

static void
a_table_that_is_not_there_is_named(void **state)
{
	struct probe_zones zones;
	struct error error = { 0 };

	(void)state;
	assert_int_equal(probes_load("/nowhere/probes.tsv", &zones, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "/nowhere/probes.tsv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_table_loads),
		cmocka_unit_test(zones_are_read),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(a_table_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
