/* How a file is written, judged from its head: spreadsheets, exports, hand-made lists and traps. */
#include "unit.h"

#include "wire/csv_dialect.h"

#include <stdlib.h>
#include <string.h>

struct dialect_case {
	const char *name;
	const char *bytes;
	struct csv_dialect expected;
};

static const struct dialect_case cases[] = {
	{ "an empty file is a list of nothing", "", { .delimiter = '\0' } },
	{ "one domain a line", "example.com\nexample.net\n", { .delimiter = '\0' } },
	{ "one domain, no line end", "example.com", { .delimiter = '\0' } },
	{ "commas", "domain,customer\nexample.com,4711\n", { .delimiter = ',' } },
	{ "semicolons", "domain;customer\r\nexample.com;4711\r\n", { .delimiter = ';' } },
	{ "tabs", "domain\tcustomer\nexample.com\t4711\n", { .delimiter = '\t' } },
	{ "lone carriage returns", "domain;n\rexample.com;1\r", { .delimiter = ';' } },
	{ "a header alone", "domain;customer\n", { .delimiter = ';' } },
	{ "decimal commas in every row of a semicolon file",
	    "example.com;1,5\nexample.net;2,5\nexample.org;7,25\n", { .delimiter = ';' } },
	{ "a comma in every name of a semicolon file",
	    "example.com;Berlin, DE;5\nexample.net;Wien, AT;7\n", { .delimiter = ';' } },
	{ "commas and semicolons in the text of a tab file",
	    "example.com\tA, B; C\nexample.net\tD, E; F\n", { .delimiter = '\t' } },
	{ "semicolons inside quotes", "\"a;b;c\",example.com\n\"d;e;f\",example.net\n",
	    { .delimiter = ',' } },
	{ "line ends and doubled quotes inside quotes",
	    "\"say \"\"x;y\"\"\nwww.example.com\nmore\",example.com\n1,example.net\n",
	    { .delimiter = ',' } },
	{ "a blank before an opening quote", "example.com, \"x; y\"\nexample.net, \"z; w\"\n",
	    { .delimiter = ',' } },
	{ "an inch sign is no opening quote", "example.com;19\" rack\nexample.net;24\" rack\n",
	    { .delimiter = ';' } },
	{ "comments are not counted", "# a;b;c;d \"open\n# e;f;g;h\nexample.com,1\nexample.net,2\n",
	    { .delimiter = ',' } },
	{ "a comment with commas over a plain list",
	    "# ours, theirs, others\nexample.com\nexample.net\n", { .delimiter = '\0' } },
	{ "a remark behind one domain of a list", "example.com\nexample.net, sold\nexample.org\n",
	    { .delimiter = ',' } },
	{ "a comma in a bad line of a list does not make columns",
	    "example.com\nnot a domain, sorry\nexample.org\n", { .delimiter = '\0' } },
	{ "international names", "k\xc3\xb6ln.example;1,2\nm\xc3\xbcnchen.example;3,4\n",
	    { .delimiter = ';' } },
	{ "no domain in it at all: the delimiter by equal width", "a;b;c, d\ne;f;g\nh;i;j\n",
	    { .delimiter = ';' } },
	{ "trailing empty cells", "example.com,,,\nexample.net,,,\n", { .delimiter = ',' } },
	{ "the first line names the delimiter", "sep=;\r\nexample.com,x;1\r\n",
	    { .delimiter = ';', .separator_line = true } },
	{ "the first line names another delimiter", "SEP=|\nexample.com|1\n",
	    { .delimiter = '|', .separator_line = true } },
	{ "what only looks like a sep line", "sep=example.com\n", { .delimiter = '\0' } },
	{ "a byte-order mark",
	    "\xef\xbb\xbf"
	    "domain,n\nexample.com,1\n",
	    { .delimiter = ',', .mark_length = 3 } },
	{ "a byte-order mark before a sep line", "\xef\xbb\xbfsep=;\nx;y\n",
	    { .delimiter = ';', .mark_length = 3, .separator_line = true } },
	{ "a byte-order mark and nothing else", "\xef\xbb\xbf", { .mark_length = 3 } },
	{ "half a byte-order mark", "\xef\xbb", { .text = CSV_TEXT_OTHER } },
	{ "UTF-16 by its mark",
	    "\xff\xfe"
	    "d",
	    { .text = CSV_TEXT_UTF16LE, .mark_length = 2 } },
	{ "UTF-16, big end first", "\xfe\xff", { .text = CSV_TEXT_UTF16BE, .mark_length = 2 } },
	{ "Windows-1252", "example.com;M\xfcller\n", { .text = CSV_TEXT_OTHER, .delimiter = ';' } },
	{ "a lone lead byte at the very end of the file", "example.com;caf\xe9",
	    { .text = CSV_TEXT_OTHER, .delimiter = ';' } },
	{ "one broken byte among many characters", "\xc3\xa4\xc3\xb6\xc3\xbc;example.com;\xff\n",
	    { .text = CSV_TEXT_UTF8, .delimiter = ';' } },
};

static void
assert_dialect(const char *name, const struct csv_dialect *got, const struct csv_dialect *expected)
{
	if (got->text != expected->text || got->delimiter != expected->delimiter ||
	    got->mark_length != expected->mark_length ||
	    got->separator_line != expected->separator_line)
		fail_msg("%s: text %d delimiter %d mark %zu sep %d", name, (int)got->text,
		    got->delimiter, got->mark_length, got->separator_line);
}

static void
dialects_are_recognised(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t length = strlen(cases[i].bytes);
		char *exact = malloc(length + (length == 0)); /* a read beyond the end is caught */
		struct csv_dialect got;

		memcpy(exact, cases[i].bytes, length);
		csv_dialect_detect(exact, length, &got);
		assert_dialect(cases[i].name, &got, &cases[i].expected);
		free(exact);
	}
}

static void
a_nul_byte_is_no_text(void **state)
{
	static const char workbook[] = "PK\x03\x04\x14\x00\x06\x00";
	struct csv_dialect got;

	(void)state;
	csv_dialect_detect(workbook, sizeof workbook, &got);
	assert_int_equal(got.text, CSV_TEXT_BINARY);
	csv_dialect_detect(NULL, 0, &got);
	assert_int_equal(got.text, CSV_TEXT_UTF8);
}

/* A full window cuts the file anywhere: inside a row, a quoted cell, a character. */
static void
the_cut_is_not_judged(void **state)
{
	static const char row[] = "example.com;\"a, b\";\xc3\xa4\xe2\x82\xac\n";
	static char head[CSV_DIALECT_BYTES + 2 * sizeof row];
	struct csv_dialect got;

	(void)state;
	for (size_t shift = 0; shift < strlen(row); shift++) {
		memset(head, 'x', shift);
		for (size_t at = shift; at < CSV_DIALECT_BYTES; at += strlen(row))
			memcpy(head + at, row, strlen(row));
		csv_dialect_detect(head, CSV_DIALECT_BYTES, &got);
		assert_int_equal(got.text, CSV_TEXT_UTF8);
		assert_int_equal(got.delimiter, ';');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dialects_are_recognised),
		cmocka_unit_test(a_nul_byte_is_no_text),
		cmocka_unit_test(the_cut_is_not_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
