/* Cases of RFC 9989 and of other programs, in the form of tests/suites/dmarc. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/dmarc.h"
#include "rule/fact_table.h"
#include "rule/suite_file.h"

#include <string.h>

static bool
repeats_a_tag(const struct tag_list *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (tags->tags[i].repeated_any_case)
			return true;
	return false;
}

/* A record that receivers apply, and all alike. The source, what it expects, the text. */
static bool
record_as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	struct dmarc_record record;
	bool valid;

	(void)user;
	suite_file_unescape(cells[2], &text);
	dmarc_record_parse(text.at, text.length, &arena, &record);
	valid = dmarc_record_is(text.at, text.length) && !repeats_a_tag(&record.tags) &&
	    dmarc_record_policy(&record, DMARC_THE_NAME) != DMARC_NO_POLICY;
	strbuf_free(&text);
	arena_free(&arena);
	return valid == (strcmp(cells[1], "valid") == 0);
}

static bool
uri_as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	struct arena arena = { 0 };
	struct dmarc_record record;
	const char *text = arena_printf(&arena, "v=DMARC1; rua=%s", cells[2]);
	bool valid;

	(void)user;
	dmarc_record_parse(text, strlen(text), &arena, &record);
	valid = record.rua.count == 1 && record.rua.valid == 1;
	arena_free(&arena);
	return valid == (strcmp(cells[1], "valid") == 0);
}

/* ---- discovery */

static const char *
word_of(const struct dmarc_result *dmarc, const char *name)
{
	const struct {
		const char *name, *word;
	} words[] = {
		{ "org", dmarc->walk.organizational },
		{ "record_at", dmarc->applying == NULL ? NULL : dmarc->applying->name },
		{ "policy", dmarc_policy_text(dmarc->stated[DMARC_THE_NAME]) },
		{ "effective", dmarc_policy_text(dmarc->effective[DMARC_THE_NAME]) },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].word == NULL ? "-" : words[i].word;
	fail_msg("no such word: %s", name);
	return NULL;
}

static bool
holds(const struct dmarc_result *dmarc, char *expected)
{
	char *word;

	while ((word = strsep(&expected, " ")) != NULL) {
		char *name = strsep(&word, "=");

		if (word == NULL) {
			assert_string_equal(name, "temperror");
			if (dmarc->walk.transient == NULL)
				return false;
		} else if (strcmp(word_of(dmarc, name), word) != 0) {
			return false;
		}
	}
	return true;
}

/* The source, the author domain, the facts, what is expected. */
static bool
discovery_as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	struct dmarc_result dmarc;
	struct fact_table table;
	bool found;

	(void)user;
	suite_file_unescape(cells[2], &text);
	fact_table_init(&table, text.at);
	dmarc_evaluate(fact_table_pass(&table), cells[1], &arena, &dmarc);
	found = holds(&dmarc, cells[3]);
	fact_table_free(&table);
	strbuf_free(&text);
	arena_free(&arena);
	return found;
}

/* The source, the domain, the host of reports, the facts, what is expected. */
static bool
report_as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	struct arena arena = { 0 };
	struct strbuf text = { 0 }, facts = { 0 };
	struct dmarc_result dmarc;
	struct fact_table table;
	bool accepts;

	(void)user;
	suite_file_unescape(cells[3], &text);
	strbuf_printf(&facts, "_dmarc.%s TXT v=DMARC1; p=none; rua=mailto:d@%s\n%s", cells[1],
	    cells[2], text.at);
	fact_table_init(&table, facts.at);
	dmarc_evaluate(fact_table_pass(&table), cells[1], &arena, &dmarc);
	assert_int_equal(dmarc.reports.count, 1);
	accepts = dmarc.reports.hosts[0].authority == DMARC_AUTHORISED;
	fact_table_free(&table);
	strbuf_free(&text);
	strbuf_free(&facts);
	arena_free(&arena);
	return accepts == (strcmp(cells[4], "accepts") == 0);
}

/* The source and two names, without any record: are they of one organization? */
static bool
alignment_as_expected(char *const cells[SUITE_CELLS_MAX], const void *user)
{
	struct arena arena = { 0 };
	struct dmarc_walk one, other;
	struct fact_table table;
	bool aligned;

	(void)user;
	fact_table_init(&table, "");
	dmarc_walk_up(fact_table_pass(&table), cells[1], &arena, &one);
	dmarc_walk_up(fact_table_pass(&table), cells[2], &arena, &other);
	aligned = strcmp(one.organizational, other.organizational) == 0;
	fact_table_free(&table);
	arena_free(&arena);
	return aligned == (strcmp(cells[3], "aligned") == 0);
}

static const struct suite_file suites[] = {
	{ "dmarc/records.tsv", 4, record_as_expected, NULL, 69, 10 },
	{ "dmarc/report-uris.tsv", 4, uri_as_expected, NULL, 1, 0 },
	{ "dmarc/discovery.tsv", 5, discovery_as_expected, NULL, 18, 1 },
	{ "dmarc/external-reports.tsv", 6, report_as_expected, NULL, 6, 0 },
	{ "dmarc/alignment.tsv", 5, alignment_as_expected, NULL, 1, 1 },
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
