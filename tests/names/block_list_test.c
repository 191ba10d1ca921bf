/* The table of block lists: what is read, what is refused, and what answers mean. */
#include "unit.h"

#include "base/error.h"
#include "names/block_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW(zone, match, codes, errors)                                                            \
	zone "\tip4\tblock\ton\t" match "\t" codes "\t" errors                                     \
	     "\t\t\tby-code\t1\t1\tno\thttps://x/\n"

#define DEAD(zone) zone "\tip4\tdead\tnever\t\t\t\t\t\t\t0\t0\tno\t\n"

static struct block_lists *
load(const char *text, struct error *error)
{
	char path[] = "/tmp/lists.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct block_lists *lists = NULL;

	fputs(text, file);
	fclose(file);
	block_lists_load(path, &lists, error);
	remove(path);
	return lists;
}

static void
the_shipped_table_loads(void **state)
{
	struct block_lists *lists;
	struct error error = { 0 };
	size_t on = 0, dead = 0;

	(void)state;
	if (block_lists_load(SOURCE_DIR "/data/dnsbl.tsv", &lists, &error) != 0)
		fail_msg("%s", error.text);
	assert_int_equal(block_lists_count(lists), 81);
	for (size_t i = 0; i < block_lists_count(lists); i++) {
		const struct block_list *list = block_lists_at(lists, i);

		on += list->use == BLOCK_LIST_ON;
		dead += list->role == BLOCK_LIST_DEAD;
		assert_ptr_equal(block_lists_find(lists, list->zone), list);
		if (list->use == BLOCK_LIST_ON)
			assert_true(
			    list->max_qps > 0 && list->max_per_day > 0 && list->code_count > 0);
		assert_int_equal(list->role == BLOCK_LIST_DEAD, list->use == BLOCK_LIST_NEVER);
	}
	assert_int_equal(on, 12);
	assert_int_equal(dead, 31);
	block_lists_free(lists);
}

/* ---- every row of the shipped table, from its own text */

enum {
	ZONE,
	KIND,
	ROLE,
	DEFAULT,
	MATCH,
	CODES,
	ERRORS,
	POSITIVE,
	NEGATIVE,
	SEVERITY,
	QPS,
	DAY,
	KEY,
	HOMEPAGE,
	NOTE,
	EVIDENCE,
	CELLS
};

/* An address that a list gives for the code VALUE, VALUE-LAST or a network: the first. */
static struct ip
answer_for(const char *match, const char *value)
{
	bool is_trust =
	    strcmp(match, "octet4") == 0; /* the third octet tells the trade (dnswl.org) */
	char text[64];
	struct ip ip;

	if (strchr(value, '.') == NULL)
		snprintf(
		    text, sizeof text, "127.0.%d.%lu", is_trust ? 7 : 0, strtoul(value, NULL, 10));
	else
		snprintf(text, sizeof text, "%.*s", (int)strcspn(value, "-*"), value);
	if (text[strlen(text) - 1] == '.')
		strcat(text, "1");
	if (!ip_parse(text, &ip))
		fail_msg("no address: %s", value);
	return ip;
}

static void
check_code(const struct block_list *list, const char *match, char *code, enum block_list_word word)
{
	char *meaning = strchr(code, '=') + 1, *severity = strrchr(meaning, ':');
	struct ip ip;
	struct block_list_saying saying;

	meaning[-1] = '\0';
	if (code[0] == '(')
		return;
	ip = answer_for(match, code);
	saying = block_list_decode(list, &ip);
	if (saying.word != word)
		fail_msg("%s: %s is %d, not %d", list->zone, code, saying.word, word);
	if (word != BLOCK_LIST_LISTED)
		return;
	assert_non_null(severity); /* each code has one of its own */
	*severity++ = '\0';
	assert_string_equal(block_list_severity_name(saying.severity), severity);
	assert_string_equal(saying.meaning, meaning);
}

static void
check_codes(
    const struct block_list *list, const char *match, char *codes, enum block_list_word word)
{
	for (char *code; (code = strsep(&codes, "|")) != NULL;)
		if (*code != '\0')
			check_code(list, match, code, word);
}

static bool
is_word_of(const char *word, const char *words)
{
	const char *at = strstr(words, word);

	return at != NULL && (at == words || at[-1] == ' ') &&
	    strchr(" ", at[strlen(word)]) != NULL;
}

/* What must hold for a list that may be asked. */
static void
check_asked(const struct block_list *list, char *const *cells)
{
	bool has_key = strstr(list->zone, "{key}") != NULL;
	struct ip outside, nothing;

	if (strncmp(cells[HOMEPAGE], "https://", 8) != 0 &&
	    strncmp(cells[HOMEPAGE], "http://", 7) != 0)
		fail_msg("%s: no homepage for whoever is listed", list->zone);
	if (has_key && list->use != BLOCK_LIST_KEY)
		fail_msg("%s: asked without its key", list->zone);
	if (!is_word_of(cells[SEVERITY], "by-code critical high medium low policy info good"))
		fail_msg("%s: severity %s", list->zone, cells[SEVERITY]);
	if (cells[EVIDENCE][0] == '\0')
		fail_msg("%s: nothing says where this is from", list->zone);
	assert_true(ip_parse("192.0.2.1", &outside) && ip_parse("127.255.255.254", &nothing));
	assert_int_equal(block_list_decode(list, &outside).word, BLOCK_LIST_OUTSIDE);
	assert_int_equal(block_list_decode(list, &nothing).word, BLOCK_LIST_ERROR);
	if (strcmp(cells[MATCH], "any") != 0)
		assert_true(list->code_count > 0);
}

static void
check_row(const struct block_lists *lists, char *line)
{
	char *cells[CELLS];
	const struct block_list *list;

	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < CELLS; i++) {
		cells[i] = strsep(&line, "\t");
		if (cells[i] == NULL)
			fail_msg("%s: %zu cells", cells[0], i);
	}
	list = block_lists_find(lists, cells[ZONE]);
	assert_non_null(list);
	if (list->use != BLOCK_LIST_NEVER)
		check_asked(list, cells);
	check_codes(list, cells[MATCH], cells[CODES], BLOCK_LIST_LISTED);
	check_codes(list, cells[MATCH], cells[ERRORS], BLOCK_LIST_ERROR);
}

static void
every_shipped_row_means_what_it_says(void **state)
{
	struct error error = { 0 };
	struct block_lists *lists;
	FILE *file = fopen(SOURCE_DIR "/data/dnsbl.tsv", "re");
	char line[16384];
	size_t rows = 0;

	(void)state;
	assert_non_null(file);
	if (block_lists_load(SOURCE_DIR "/data/dnsbl.tsv", &lists, &error) != 0)
		fail_msg("%s", error.text);
	while (fgets(line, sizeof line, file) != NULL)
		if (line[0] != '#' && strncmp(line, "zone\t", 5) != 0) {
			check_row(lists, line);
			rows++;
		}
	assert_int_equal(rows, block_lists_count(lists));
	fclose(file);
	block_lists_free(lists);
}

/* ---- answers */

struct saying_case {
	const char *name, *match, *codes, *errors, *answer;
	enum block_list_word word;
	enum block_list_severity severity;
};

static const struct saying_case sayings[] = {
	{ "a code", "exact", "127.0.0.2=x:high", "", "127.0.0.2", BLOCK_LIST_LISTED,
	    SEVERITY_HIGH },
	{ "another code", "exact", "127.0.0.2=x:high", "", "127.0.0.3", BLOCK_LIST_UNKNOWN_CODE,
	    SEVERITY_LOW },
	{ "127.0.0.1", "exact", "127.0.0.2=x:high", "", "127.0.0.1", BLOCK_LIST_NOT_A_LISTING },
	{ "127.0.0.1 that the table names", "exact", "127.0.0.1=white:good", "", "127.0.0.1",
	    BLOCK_LIST_LISTED, SEVERITY_GOOD },
	{ "outside", "exact", "127.0.0.2=x:high", "", "10.0.0.2", BLOCK_LIST_OUTSIDE },
	{ "refused", "exact", "127.0.0.2=x:high", "", "127.255.255.254", BLOCK_LIST_ERROR },
	{ "an error of its own", "exact", "127.0.0.2=x:high", "127.0.0.9=no", "127.0.0.9",
	    BLOCK_LIST_ERROR },
	{ "errors of a network", "octet4", "0=x:good", "127.0.10.*=no", "127.0.10.3",
	    BLOCK_LIST_ERROR },
	{ "any other answer is an error", "exact", "127.0.0.2=x:high", "(any other answer)=no",
	    "127.0.0.7", BLOCK_LIST_ERROR },
	{ "a mask, the worst bit", "bitmask", "2=black:high|4=grey:low", "1=no", "127.0.0.6",
	    BLOCK_LIST_LISTED, SEVERITY_HIGH },
	{ "a mask that refuses", "bitmask", "2=black:high", "1=no", "127.0.0.3", BLOCK_LIST_ERROR },
	{ "a mask without a known bit", "bitmask", "2=black:high", "1=no", "127.0.0.64",
	    BLOCK_LIST_UNKNOWN_CODE, SEVERITY_LOW },
	{ "a range", "range", "127.0.2.2-127.0.2.24=new:info", "", "127.0.2.20", BLOCK_LIST_LISTED,
	    SEVERITY_INFO },
	{ "a range of networks", "range", "127.0.2.*-127.0.4.*=new:info", "", "127.0.4.255",
	    BLOCK_LIST_LISTED, SEVERITY_INFO },
	{ "a range of last octets", "octet4", "4-9=trusted:good", "", "127.0.0.9",
	    BLOCK_LIST_LISTED, SEVERITY_GOOD },
	{ "beyond the range", "range", "127.0.2.2-127.0.2.24=new:info", "", "127.0.2.25",
	    BLOCK_LIST_UNKNOWN_CODE, SEVERITY_LOW },
	{ "the last octet", "octet4", "3=high trust:good", "", "127.0.7.3", BLOCK_LIST_LISTED,
	    SEVERITY_GOOD },
	{ "whatever it is", "any", "127.0.0.100=exit:info", "", "127.0.0.9", BLOCK_LIST_LISTED,
	    SEVERITY_INFO },
	{ "a meaning with a colon", "exact", "127.0.0.2=SBL: by hand:critical", "", "127.0.0.2",
	    BLOCK_LIST_LISTED, SEVERITY_CRITICAL },
};

static void
answers_mean_what_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sayings); i++) {
		const struct saying_case *c = &sayings[i];
		struct error error = { 0 };
		struct block_list_saying saying;
		struct block_lists *lists;
		char text[600];
		struct ip ip;

		snprintf(text, sizeof text, ROW("l.org", "%s", "%s", "%s"), c->match, c->codes,
		    c->errors);
		lists = load(text, &error);
		if (lists == NULL)
			fail_msg("%s: %s", c->name, error.text);
		assert_true(ip_parse(c->answer, &ip));
		saying = block_list_decode(block_lists_at(lists, 0), &ip);
		if (saying.word != c->word || saying.severity != c->severity)
			if (c->word == BLOCK_LIST_LISTED || saying.word != c->word)
				fail_msg("%s: %d, %s", c->name, saying.word,
				    block_list_severity_name(saying.severity));
		block_lists_free(lists);
	}
}

struct bad_case {
	const char *text, *word, *right;
	unsigned line; /* 0: the first */
};

static const struct bad_case bad[] = {
	{ ROW("l.org.", "exact", "127.0.0.2=x", ""), "zone" },
	{ ROW("l.org", "almost", "127.0.0.2=x", ""), "match" },
	{ ROW("l.org", "exact", "listed", ""), "codes" },
	{ ROW("l.org", "exact", "300=x", ""), "codes" },
	{ ROW("l.org", "exact", "127.0.0.2=x", "a=b"), "error_codes" },
	{ "l.org\tip5\tblock\ton\texact\t\t\t\t\tlow\t1\t1\tno\n", "kind" },
	{ "l.org\tip4\tbad\ton\texact\t\t\t\t\tlow\t1\t1\tno\n", "role" },
	{ "l.org\tip4\tblock\tmaybe\texact\t\t\t\t\tlow\t1\t1\tno\n", "default" },
	{ "l.org\tip4\tblock\ton\texact\t\t\t\t\tlow\tfast\t1\tno\n", "max_qps" },
	{ "l.org\tip4\n", "columns" },
	{ DEAD("l.org") ROW("l.org", "exact", "127.0.0.2=x:low", ""), "zone: `l.org`", "alive", 2 },
	{ DEAD("*.l.org") ROW("a.l.org", "exact", "127.0.0.2=x:low", ""), "zone: `a.l.org`",
	    "alive", 2 },
	{ ROW("l.org", "exact", "127.0.0.2=x|10.0.0.2=y:low", ""), "codes: `10.0.0.2=y:low`",
	    "127.0.0.0/8" },
	{ ROW("l.org", "exact", "127.0.0.2x=y", ""), "codes", "127.0.0.0/8" },
	{ ROW("l.org", "exact", "", "128.0.0.1=y"), "error_codes", "127.0.0.0/8" },
	{ ROW("l.org", "octet4", "2x=y", ""), "codes: `2x=y`", "below 256" },
	{ ROW("l.org", "octet4", "99999999999999999999=y", ""), "codes", "below 256" },
	{ ROW("l.org", "octet4", "9-4=y", ""), "codes: `9-4=y`", "LOW-HIGH" },
	{ ROW("l.org", "octet4", "4-=y", ""), "codes", "LOW-HIGH" },
	{ ROW("l.org", "range", "127.0.2.24-127.0.2.2=y", ""), "codes", "LOW-HIGH" },
	{ ROW("l.org", "range", "127.0.2.*-127.0.2.9=y", ""), "codes", "LOW-HIGH" },
	{ ROW("l.org", "range", "2-127.0.2.9=y", ""), "codes", "LOW-HIGH" },
	{ "l.org\tip4\tblock\ton\texact\t\t\t\t\tlow\t5/s\t1\tno\n", "max_qps: `5/s`", "number" },
	{ "l.org\tip4\tblock\ton\texact\t\t\t\t\tlow\t4294967296\t1\tno\n", "max_qps", "number" },
	{ "l.org\tip4\tblock\ton\texact\t\t\t\t\tlow\t1\t10k\tno\n", "max_per_day: `10k`",
	    "per contract" },
	{ "l.org\tip4\tblock\ton\texact\t\t\t\t\tlow\t1\t\tno\n", "max_per_day", "per contract" },
};

static void
bad_lines_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct error error = { 0 };
		char line[16];

		snprintf(line, sizeof line, ":%u:", bad[i].line == 0 ? 1 : bad[i].line);
		assert_null(load(bad[i].text, &error));
		if (strstr(error.text, bad[i].word) == NULL || strstr(error.text, line) == NULL ||
		    (bad[i].right != NULL && strstr(error.text, bad[i].right) == NULL))
			fail_msg("%s: %s", bad[i].word, error.text);
	}
}

static void
a_second_table_goes_before_the_first(void **state)
{
	struct error error = { 0 };
	struct block_lists *lists =
	    load(ROW("l.org", "exact", "127.0.0.2=a:low", "")
		     ROW("l.org", "exact", "127.0.0.2=b:high", "") ROW("m.org", "any", "1=x", ""),
		&error);

	(void)state;
	assert_non_null(lists);
	assert_int_equal(block_lists_count(lists), 2);
	assert_string_equal(block_lists_at(lists, 1)->zone, "m.org");
	assert_null(block_lists_find(lists, "n.org"));
	block_lists_free(lists);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_table_loads),
		cmocka_unit_test(every_shipped_row_means_what_it_says),
		cmocka_unit_test(answers_mean_what_the_table_says),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(a_second_table_goes_before_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
