/* Cells that come back as they were, and that no spreadsheet computes. */
#include "unit.h"

#include "base/utf8.h"
#include "report/csv_cell.h"

#include <stdlib.h>
#include <string.h>

static const struct csv_style comma = { ',', true };
static const struct csv_style semicolon = { ';', true };
static const struct csv_style tab = { '\t', true };
static const struct csv_style machine = { ',', false };

struct cell_case {
	const char *name;
	const struct csv_style *style;
	const char *text;
	const char *expected;
};

static const struct cell_case cases[] = {
	{ "nothing", &comma, "", "" },
	{ "plain text", &comma, "example.com", "example.com" },
	{ "a delimiter", &comma, "a,b", "\"a,b\"" },
	{ "the delimiter of another style", &semicolon, "a,b", "a,b" },
	{ "a semicolon", &semicolon, "a;b", "\"a;b\"" },
	{ "a tab inside", &tab, "a\tb", "\"a\tb\"" },
	{ "quotes are doubled", &comma, "say \"x\"", "\"say \"\"x\"\"\"" },
	{ "one quote alone", &comma, "\"", "\"\"\"\"" },
	{ "a line end", &comma, "a\r\nb", "\"a\r\nb\"" },
	{ "blanks at the edges are kept by quotes", &comma, " a ", "\" a \"" },
	{ "a number sign would be a comment", &comma, "#4711", "\"#4711\"" },

	{ "an equals sign", &comma, "=1+1", "'=1+1" },
	{ "an equals sign, a delimiter and quotes", &comma, "=HYPERLINK(\"http://x/\",\"y\")",
	    "\"'=HYPERLINK(\"\"http://x/\"\",\"\"y\"\")\"" },
	{ "a command", &comma, "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
	{ "plus and a sum", &comma, "+1+1", "'+1+1" },
	{ "minus and a sum", &comma, "-1+1", "'-1+1" },
	{ "minus and a call", &comma, "-cmd|'/C calc'!A0", "'-cmd|'/C calc'!A0" },
	{ "an at sign", &comma, "@SUM(1)", "'@SUM(1)" },
	{ "a leading tab", &comma, "\t=1+1", "\"'\t'=1+1\"" },
	{ "a leading carriage return", &comma, "\r=1+1", "\"'\r'=1+1\"" },
	{ "a trigger alone", &comma, "=", "'=" },
	{ "a lone minus", &comma, "-", "'-" },
	{ "SPF's all in a cell of its own", &comma, "-all", "'-all" },
	{ "a trigger that is not first", &comma, "v=spf1 -all", "v=spf1 -all" },
	{ "a text that begins with an apostrophe", &comma, "'=1", "'=1" },

	{ "a negative number", &comma, "-12", "-12" },
	{ "a signed number", &comma, "+7", "+7" },
	{ "a decimal point", &comma, "-1.50", "-1.50" },
	{ "a decimal comma", &semicolon, "-1,50", "-1,50" },
	{ "a number with a dot and nothing", &comma, "-1.", "'-1." },
	{ "two dots are no number", &comma, "-1.2.3", "'-1.2.3" },
	{ "a number and more", &comma, "-1=1", "'-1=1" },
	{ "two numbers", &comma, "-1,5,-6", "\"'-1,5,-6\"" },
	{ "a telephone number", &comma, "+49 (0)30 123-456", "+49 (0)30 123-456" },
	{ "a telephone number of digits", &comma, "+493012345678", "+493012345678" },
	{ "a sum that wears a telephone's coat", &comma, "+1-2", "'+1-2" },
	{ "a telephone number without the plus", &comma, "-30 123456", "'-30 123456" },
	{ "a telephone number and an extension", &comma, "+49 30 123456 x9", "'+49 30 123456 x9" },
	{ "too many digits for a telephone", &comma, "+1234567-1234567890",
	    "'+1234567-1234567890" },

	{ "a semicolon file opened by commas", &semicolon, "x,=1+1", "x,'=1+1" },
	{ "a comma file opened by semicolons", &comma, "x;=1+1", "x;'=1+1" },
	{ "a tab before a trigger", &comma, "x\t@SUM(1)", "x\t'@SUM(1)" },
	{ "a line end before a trigger", &semicolon, "y\n=1+1", "\"y\n'=1+1\"" },
	{ "a line end of two bytes", &comma, "y\r\n=1+1", "\"y\r\n'=1+1\"" },
	{ "a quote between separator and trigger", &comma, "x;\"=1+1\"", "\"x;'\"\"=1+1\"\"\"" },
	{ "blanks between separator and trigger", &semicolon, "x, =1+1", "x,' =1+1" },
	{ "separators in a row", &comma, ";;=1", ";;'=1" },
	{ "two of them", &semicolon, "=a,=b,=c", "'=a,'=b,'=c" },
	{ "a number behind a separator", &semicolon, "x,-5", "x,-5" },
	{ "a number behind a separator, then more", &semicolon, "x,-5,=1", "x,-5,'=1" },
	{ "a separator at the end", &semicolon, "x,", "x," },
	{ "an SPF record in two lines", &comma, "v=spf1 mx\n-all", "\"v=spf1 mx\n'-all\"" },

	{ "for machines nothing is put before", &machine, "=1+1", "=1+1" },
	{ "for machines nothing is put inside", &machine, "x;=1+1", "x;=1+1" },
	{ "for machines quotes are still right", &machine, "=\"a\",b", "\"=\"\"a\"\",b\"" },
	{ "for machines text is still UTF-8", &machine, "\xff", UTF8_REPLACEMENT },

	{ "characters of several bytes", &comma, "k\xc3\xb6ln \xf0\x9f\x93\xa7",
	    "k\xc3\xb6ln \xf0\x9f\x93\xa7" },
	{ "Windows-1252", &comma, "M\xfcller", "M" UTF8_REPLACEMENT "ller" },
	{ "a character cut at the end", &comma, "a\xe2\x82",
	    "a" UTF8_REPLACEMENT UTF8_REPLACEMENT },
	{ "a lead byte does not swallow a quote", &comma, "\xc3\"",
	    "\"" UTF8_REPLACEMENT "\"\"\"" },
};

static void
cells_are_written(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		strbuf_reset(&out);
		strbuf_add_string(&out, "before,");
		csv_cell_add(&out, cases[i].style, cases[i].text);
		if (strcmp(out.at + strlen("before,"), cases[i].expected) != 0)
			fail_msg("%s: %s", cases[i].name, out.at + strlen("before,"));
	}
	strbuf_free(&out);
}

static void
a_length_and_no_text(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	csv_cell_add(&out, &comma, NULL);
	csv_cell_add_n(&out, &comma, NULL, 0);
	assert_int_equal(out.length, 0);
	csv_cell_add_n(&out, &comma, "a\0,b", 4);
	assert_string_equal(out.at, "\"a" UTF8_REPLACEMENT ",b\"");
	strbuf_free(&out);
}

/*
 * Reads as lenient readers do: a quote opens only at the start of a cell, a doubled one is a quote,
 * and what stands behind a closing quote is text. The first character of no value may be a trigger.
 */
static void
assert_no_cell_computes(const char *row, char delimiter)
{
	bool opened = false, inside = false, empty = true;

	for (const char *at = row; *at != '\0'; at++) {
		if (!inside && (*at == delimiter || *at == '\n' || *at == '\r')) {
			opened = false;
			empty = true;
		} else if (*at == '"' && empty && !opened) {
			opened = inside = true;
		} else if (*at == '"' && inside && at[1] != '"') {
			inside = false;
		} else {
			if (empty && strchr("=@", *at) != NULL)
				fail_msg("with '%c': %s", delimiter, row);
			empty = false;
			at += *at == '"' && inside; /* a doubled one */
		}
	}
}

static void
no_mix_of_bytes_computes(void **state)
{
	static const char bytes[] = "=@,;\t\r\n\"x1";
	static const char delimiters[] = ",;\t";
	struct strbuf out = { 0 };

	(void)state;
	srand(1);
	for (int round = 0; round < 200000; round++) {
		struct csv_style style = { delimiters[rand() % 3], true };

		strbuf_reset(&out);
		for (int cell = 0; cell < 3; cell++) {
			char text[8];
			size_t length = (size_t)(rand() % 8);

			for (size_t i = 0; i < length; i++)
				text[i] = bytes[rand() % (int)(sizeof bytes - 1)];
			if (cell > 0)
				strbuf_add_byte(&out, style.delimiter);
			csv_cell_add_n(&out, &style, text, length);
		}
		for (size_t i = 0; i < sizeof delimiters - 1; i++)
			assert_no_cell_computes(out.at, delimiters[i]);
	}
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_written),
		cmocka_unit_test(a_length_and_no_text),
		cmocka_unit_test(no_mix_of_bytes_computes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
