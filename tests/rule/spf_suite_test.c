/*
 * check_host over the test suites of openspf.org, in the form of tests/suites/spf: each case with
 * its facts known at once, and coming one by one in random order.
 */
#include "unit.h"

#include "rule/rule_case.h"
#include "rule/spf_check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 3 };

struct suite_case {
	char id[128];
	char subject[1024]; /* IP|HELO|MAIL FROM */
	char expected[64];  /* verdicts, separated by blanks */
	char explanation[1024];
	bool explained; /* the case says which explanation there must be */
};

struct suite {
	struct strbuf facts; /* of the scenario */
	struct suite_case at_hand;
	size_t cases, failures;
};

/* ---- the check as a rule */

static void
run_check(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	char *ip = arena_string(arena, subject), *helo = strchr(ip, '|'), *mail_from;
	struct spf_sender sender;
	struct spf_check check;

	*helo++ = '\0';
	mail_from = strchr(helo, '|');
	*mail_from++ = '\0';
	assert_true(ip_parse(ip, &sender.ip));
	sender.helo = helo;
	sender.mail_from = mail_from;
	spf_check_host(facts, &sender, arena, &check);
	strbuf_printf(out, "%s|%s", spf_verdict_text(check.verdict),
	    check.explanation == NULL ? "" : check.explanation);
}

static const struct rule_row check_row = { "spf_check", run_check };

/* ---- cases */

static bool
is_expected(const struct suite_case *c, const char *result)
{
	size_t verdict = strcspn(result, "|");
	bool named = false;

	for (const char *word = c->expected; *word != '\0';) {
		size_t length = strcspn(word, " ");

		named = named || (length == verdict && strncmp(word, result, length) == 0);
		word += length + (word[length] == ' ');
	}
	return named && (!c->explained || strcmp(result + verdict + 1, c->explanation) == 0);
}

static void
run_case(struct suite *suite)
{
	struct suite_case *c = &suite->at_hand;
	struct strbuf result = { 0 };
	struct fact_table table;
	size_t questions = SIZE_MAX;

	if (*c->id == '\0')
		return;
	suite->cases++;
	fact_table_init(&table, suite->facts.at);
	for (uint64_t seed = 0; seed <= SEEDS; seed++) {
		if (seed > 0)
			fact_table_hide(&table, seed);
		rule_settle(&check_row, c->subject, &table, &result);
		if (!is_expected(c, result.at) || table.question_count > questions) {
			print_error("%s, seed %zu: %s, %zu questions, not %s|%s\n", c->id,
			    (size_t)seed, result.at, table.question_count, c->expected,
			    c->explanation);
			suite->failures++;
		}
		questions = table.question_count;
	}
	fact_table_free(&table);
	strbuf_free(&result);
	*c = (struct suite_case){ 0 };
}

/* ---- reading */

/* "text" "text", joined. */
static void
add_text(struct strbuf *facts, const char *quoted)
{
	bool inside = false;

	for (; *quoted != '\0'; quoted++) {
		if (*quoted == '"')
			inside = !inside;
		else if (inside)
			strbuf_add_byte(facts, *quoted);
	}
}

static void
add_lower(struct strbuf *facts, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		strbuf_add_byte(facts, (char)tolower((unsigned char)text[i]));
}

/* NAME TYPE DATA; nobody asks for type SPF. */
static void
read_record(struct suite *suite, const char *record)
{
	const char *type = record + strcspn(record, " ") + 1, *data;

	if (strncmp(type, "SPF", 3) == 0)
		return;
	data = type + strcspn(type, " ");
	data += *data == ' ';
	add_lower(&suite->facts, record, (size_t)(type - record));
	strbuf_add(&suite->facts, type, (size_t)(data - type));
	if (data[-1] != ' ')
		strbuf_add_byte(&suite->facts, ' ');
	if (strncmp(type, "TXT ", 4) == 0 && *data == '"')
		add_text(&suite->facts, data);
	else if (strcmp(data, "TIMEOUT") == 0)
		strbuf_add_string(&suite->facts, data);
	else
		add_lower(&suite->facts, data, strlen(data));
	strbuf_add_byte(&suite->facts, '\n');
}

static void
read_line(struct suite *suite, char *line)
{
	struct suite_case *c = &suite->at_hand;
	char *value = line + strcspn(line, " ");
	size_t used = strlen(c->subject);

	if (*value == ' ')
		*value++ = '\0';
	if (strcmp(line, "scenario") == 0) {
		run_case(suite);
		strbuf_reset(&suite->facts);
	} else if (strcmp(line, "record") == 0) {
		read_record(suite, value);
	} else if (strcmp(line, "case") == 0) {
		run_case(suite);
		snprintf(c->id, sizeof c->id, "%s", value);
	} else if (strcmp(line, "ip") == 0) {
		snprintf(c->subject, sizeof c->subject, "%s", value);
	} else if (strcmp(line, "helo") == 0 || strcmp(line, "mail-from") == 0) {
		snprintf(c->subject + used, sizeof c->subject - used, "|%s", value);
	} else if (strcmp(line, "expect") == 0) {
		snprintf(c->expected, sizeof c->expected, "%s", value);
	} else if (strcmp(line, "explanation") == 0) {
		snprintf(c->explanation, sizeof c->explanation, "%s", value);
		c->explained = true;
	} else if (strcmp(line, "section") != 0) {
		fail_msg("no such word: %s", line);
	}
}

static void
run_suite(const char *path, size_t cases)
{
	struct suite suite = { 0 };
	FILE *file = fopen(path, "r");
	char line[4096];

	assert_non_null(file);
	strbuf_add_string(&suite.facts, "");
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (*line != '\0' && *line != '#')
			read_line(&suite, line);
	}
	run_case(&suite);
	fclose(file);
	strbuf_free(&suite.facts);
	assert_int_equal(suite.cases, cases);
	assert_int_equal(suite.failures, 0);
}

static void
rfc_7208(void **state)
{
	(void)state;
	run_suite(SOURCE_DIR "/tests/suites/spf/rfc7208.suite", 203);
}

static void
rfc_4408(void **state)
{
	(void)state;
	run_suite(SOURCE_DIR "/tests/suites/spf/rfc4408.suite", 191);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc_7208),
		cmocka_unit_test(rfc_4408),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
