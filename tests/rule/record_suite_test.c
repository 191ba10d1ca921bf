/* Cases of other programs, in the form of tests/suites/transport and tests/suites/dkim. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/bimi.h"
#include "rule/dkim_record.h"
#include "rule/mta_sts.h"
#include "rule/mta_sts_policy.h"
#include "rule/suite_file.h"
#include "rule/tls_rpt.h"

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

/* The source, what it expects, the text. */
static bool
as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	const valid_fn *valid = user;
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	bool found;

	suite_file_unescape(cells[2], &text);
	found = (*valid)(text.at, text.length, &arena);
	strbuf_free(&text);
	arena_free(&arena);
	return found == (strcmp(cells[1], "valid") == 0);
}

static const valid_fn records[] = { mta_sts_record, mta_sts_policy, mta_sts_match, tls_rpt_record,
	bimi_record, dkim_record };

static const struct suite_file suites[] = {
	{ "transport/mta-sts-records.tsv", 4, as_expected, &records[0], 16, 1 },
	{ "transport/mta-sts-policies.tsv", 4, as_expected, &records[1], 23, 1 },
	{ "transport/mta-sts-matches.tsv", 4, as_expected, &records[2], 1, 0 },
	{ "transport/tls-rpt-records.tsv", 4, as_expected, &records[3], 16, 0 },
	{ "transport/bimi-records.tsv", 4, as_expected, &records[4], 16, 0 },
	{ "dkim/key-records.tsv", 4, as_expected, &records[5], 12, 0 },
};

static void
others_agree(void **state)
{
	(void)state;
	suite_files_run(suites, COUNT_OF(suites));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
