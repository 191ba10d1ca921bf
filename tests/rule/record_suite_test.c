/* Cases of other programs, in the form of tests/suites/transport and tests/suites/dkim. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/bimi.h"
#include "rule/dkim_record.h"
#include "rule/mta_sts.h"
#include "rule/mta_sts_policy.h"
#include "rule/tls_rpt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool (*valid_fn)(const char *text, size_t length, struct arena *arena);

static bool
mta_sts_record(const char *text, size_t length, struct arena *arena)
{
	struct mta_sts_result mta_sts = { 0 };

	if (!mta_sts_record_is(text, length))
		return false;
	mta_sts_record_parse(text, length, arena, &mta_sts);
	return mta_sts.problem == NULL;
}

static bool
mta_sts_policy(const char *text, size_t length, struct arena *arena)
{
	struct mta_sts_policy policy;

	mta_sts_policy_parse(arena, text, length, &policy);
	return policy.fault != MTA_STS_UNUSABLE;
}

static bool
mta_sts_match(const char *text, size_t length, struct arena *arena)
{
	const char *blank = memchr(text, ' ', length);
	char *host = arena_string_n(arena, text, (size_t)(blank - text));

	return mta_sts_pattern_covers(blank + 1, host);
}

static bool
tls_rpt_record(const char *text, size_t length, struct arena *arena)
{
	struct tls_rpt_result tls_rpt = { 0 };

	if (!tls_rpt_record_is(text, length))
		return false;
	tls_rpt_record_parse(text, length, arena, &tls_rpt);
	return tls_rpt.problem == NULL;
}

static bool
bimi_record(const char *text, size_t length, struct arena *arena)
{
	struct bimi_result bimi = { 0 };

	if (!bimi_record_is(text, length))
		return false;
	bimi_record_parse(text, length, arena, &bimi);
	return bimi.problem == NULL;
}

/* A key that can be used; whether it should be is another matter. */
static bool
dkim_record(const char *text, size_t length, struct arena *arena)
{
	struct dkim_record record;

	dkim_record_parse(arena, text, length, &record);
	return record.fault != DKIM_UNUSABLE && !record.revoked && record.kind != DKIM_KEY_UNKNOWN;
}

static const struct suite {
	const char *file;
	valid_fn valid;
	size_t cases, overruled;
} suites[] = {
	{ "transport/mta-sts-records", mta_sts_record, 16, 1 },
	{ "transport/mta-sts-policies", mta_sts_policy, 23, 1 },
	{ "transport/mta-sts-matches", mta_sts_match, 1, 0 },
	{ "transport/tls-rpt-records", tls_rpt_record, 16, 0 },
	{ "transport/bimi-records", bimi_record, 16, 0 },
	{ "dkim/key-records", dkim_record, 12, 0 },
};

/* The octets that \n, \r, \t, \\ and \xNN stand for. */
static void
unescape(const char *text, struct strbuf *out)
{
	static const char letters[] = "nrt\\", octets[] = "\n\r\t\\";

	strbuf_reset(out);
	for (; *text != '\0'; text++) {
		const char *letter;

		if (*text != '\\') {
			strbuf_add_byte(out, *text);
			continue;
		}
		text++;
		letter = strchr(letters, *text);
		if (letter != NULL) {
			strbuf_add_byte(out, octets[letter - letters]);
		} else {
			char digits[3] = { text[1], text[2], '\0' };

			assert_int_equal(*text, 'x');
			strbuf_add_byte(out, (char)strtol(digits, NULL, 16));
			text += 2;
		}
	}
}

/* Whether it came out as it must. */
static bool
run_line(const struct suite *suite, char *line, size_t *overruled)
{
	char *rest = line, *cells[4];
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	bool expected, found;

	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		cells[i] = strsep(&rest, "\t");
		assert_non_null(cells[i]);
	}
	expected = strcmp(cells[1], "valid") == 0;
	if (strcmp(cells[3], "-") != 0) {
		expected = !expected;
		(*overruled)++;
	}
	unescape(cells[2], &text);
	found = suite->valid(text.length == 0 ? "" : text.at, text.length, &arena);
	if (found != expected)
		print_error("%s, %s: %s\n", suite->file, cells[0], cells[2]);
	strbuf_free(&text);
	arena_free(&arena);
	return found == expected;
}

static void
run_suite(const struct suite *suite)
{
	size_t cases = 0, overruled = 0, failures = 0;
	char path[512], line[4096];
	FILE *file;

	snprintf(path, sizeof path, SOURCE_DIR "/tests/suites/%s.tsv", suite->file);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file)); /* the names of the columns */
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		failures += !run_line(suite, line, &overruled);
		cases++;
	}
	fclose(file);
	assert_int_equal(cases, suite->cases);
	assert_int_equal(overruled, suite->overruled);
	assert_int_equal(failures, 0);
}

static void
others_agree(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(suites); i++)
		run_suite(&suites[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
