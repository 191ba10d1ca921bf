/* Lists as people and spreadsheets write them, and what must not get lost in them. */
#include "input_fixture.h"

static const char *const reserved[] = { "domain", "verdict", "score", NULL };

/* `expected` is what dump_input makes of the whole input. */
struct input_case {
	const char *name;
	const char *bytes;
	const char *column;
	const char *encoding;
	const char *expected;
};

static const struct input_case cases[] = {
	{ "an empty file", "", NULL, NULL, "/." },
	{ "a plain list", "example.com\nexample.net\n", NULL, NULL,
	    "/1:example.com/2:example.net/." },
	{ "a plain list without a last line end", "example.com\r\nexample.net", NULL, NULL,
	    "/1:example.com/2:example.net/." },
	{ "a plain list with a header", "Domain\nexample.com\n", NULL, NULL, "/2:example.com/." },
	{ "a list in the line ends of an old Mac", "example.com\rexample.net\r", NULL, NULL,
	    "/1:example.com/2:example.net/." },
	{ "mixed line ends", "a.example\r\nb.example\rc.example\n\nd.example", NULL, NULL,
	    "/1:a.example/2:b.example/3:c.example/5:d.example/." },
	{ "blank lines and comments", "\n# ours, \"all\nexample.com\n  \n#\nexample.net\n", NULL,
	    NULL, "/3:example.com/6:example.net/." },
	{ "a comment with a quote does not swallow the rows below",
	    "domain,n\n# said, \"who\nexample.com,1\n", NULL, NULL, "n/3:example.com|1/." },
	{ "a number sign inside a row is no comment", "example.com,#1\n", NULL, NULL,
	    "column_2/1:example.com|#1/." },
	{ "a quoted number sign is no comment", "domain,n\n\"#x\",1\n", NULL, NULL, "n/2:#x|1/." },

	{ "a header", "domain,customer\nexample.com,4711\n", NULL, NULL,
	    "customer/2:example.com|4711/." },
	{ "the domain is not in the first column",
	    "customer;Domain Name;since\r\n4711;example.com;2019\r\n", NULL, NULL,
	    "customer|since/2:example.com|4711|2019/." },
	{ "names of the domain column", "n,domain_NAME\n1,example.com\n", NULL, NULL,
	    "n/2:example.com|1/." },
	{ "domain goes before domains", "domains,domain\na.example,b.example\n", NULL, NULL,
	    "domains/2:b.example|a.example/." },
	{ "domain type is not like domain", "domain type,host\nx,example.com\n", NULL, NULL,
	    "domain type/2:example.com|x/." },
	{ "a header cell that could be a domain", "Domain;Kd.Nr\nexample.com;5\n", NULL, NULL,
	    "Kd.Nr/2:example.com|5/." },
	{ "a header with a line end in it", "\"cust\nomer\",domain\n1,example.com\n", NULL, NULL,
	    "cust\nomer/3:example.com|1/." },
	{ "no header", "4711,example.com,x\n4712,example.net,y\n", NULL, NULL,
	    "column_1|column_3/1:example.com|4711|x/2:example.net|4712|y/." },
	{ "a header alone", "domain,n\n", NULL, NULL, "n/." },
	{ "a header alone, without domain column", "a,b\n", NULL, NULL, "!66" },
	{ "the first column that is mostly domains",
	    "Kunde;Web;Alt\n1;example.com;x.example\n2;kaputt;y.example\n3;example.org;z.example\n",
	    NULL, NULL,
	    "Kunde|Alt/2:example.com|1|x.example/3:kaputt|2|y.example/4:example.org|3|z.example/"
	    "." },
	{ "mail addresses stand back behind domains",
	    "info@a.example,a.example\ninfo@b.example,b.example\n", NULL, NULL,
	    "column_1/1:a.example|info@a.example/2:b.example|info@b.example/." },
	{ "mail addresses are better than nothing", "A;info@a.example\nB;info@b.example\n", NULL,
	    NULL, "column_1/1:info@a.example|A/2:info@b.example|B/." },
	{ "a known column is no domain column", "helo,host\nmail.a.example,a.example\n", NULL, NULL,
	    "helo/2:a.example|mail.a.example/." },
	{ "few domains, but only in one column", "k,w\n1,-\n2,-\n3,c.example\n", NULL, NULL,
	    "k/2:-|1/3:-|2/4:c.example|3/." },
	{ "no domains at all", "k,w\n1,2\n3,4\n", NULL, NULL, "!66" },
	{ "a column by name", "a,b\nx.example,y.example\n", "B", NULL,
	    "a/2:y.example|x.example/." },
	{ "a column by name, whose cells are no domains", "a,b\nx.example,?\n", "b", NULL,
	    "a/2:?|x.example/." },
	{ "a column by name makes the first row a header", "kunde.example,b\nx.example,y.example\n",
	    "b", NULL, "kunde.example/2:y.example|x.example/." },
	{ "a column by number", "x.example,y.example\n", "column_2", NULL,
	    "column_1/1:y.example|x.example/." },
	{ "a column that is not there", "a,b\nx.example,y\n", "c", NULL, "!64" },
	{ "a column by name without a header", "x.example,y\n", "c", NULL, "!64" },

	{ "rows without a domain come out", "domain,n\n,1\nexample.com,2\n,\n", NULL, NULL,
	    "n/2:|1/3:example.com|2/4:|/." },
	{ "a row that is too short", "n,domain,m\n1\n2,example.com\n", NULL, NULL,
	    "n|m/2:|1|/3:example.com|2|/." },
	{ "rows wider than the header", "domain,n\nexample.com,1,more\n", NULL, NULL,
	    "n|column_3/2:example.com|1|more/." },
	{ "an invalid domain comes out", "domain\nexa mple\nexample.com\n", NULL, NULL,
	    "/2:exa mple/3:example.com/." },
	{ "the same domain twice comes out twice", "example.com\nexample.com\n", NULL, NULL,
	    "/1:example.com/2:example.com/." },

	{ "quotes", "domain,n\n\"example.com\",\"a, \"\"b\"\"\"\n", NULL, NULL,
	    "n/2:example.com|a, \"b\"/." },
	{ "line ends inside quotes count as lines",
	    "domain,n\nexample.com,\"a\r\n\r\nb\n# c\"\nexample.net,1\n", NULL, NULL,
	    "n/2:example.com|a\r\n\r\nb\n# c/6:example.net|1/." },
	{ "blanks around a cell stay", "domain,n\nexample.com, a \n", NULL, NULL,
	    "n/2:example.com| a /." },
	{ "a quote inside a cell", "domain,n\nexample.com,19\" rack\nexample.net,2\n", NULL, NULL,
	    "n/2:example.com|19\" rack/3:example.net|2/." },
	{ "blanks inside quotes stay", "domain,n\n example.com ,\" a \"\n", NULL, NULL,
	    "n/2: example.com | a /." },
	{ "tabs, and a first cell that is empty", "\tdomain\n\texample.com\n1\texample.net\n", NULL,
	    NULL, "column_1/2:example.com|/3:example.net|1/." },
	{ "tabs, and all cells of a row empty", "n\tdomain\n\t\n1\texample.com\n", NULL, NULL,
	    "n/2:|/3:example.com|1/." },
	{ "an end inside quotes", "domain,n\nexample.com,1\nexample.net,\"2\nexample.org,3\n", NULL,
	    NULL, "n/2:example.com|1/!65" },
	{ "an end inside quotes in the first row", "\"example.com\n", NULL, NULL, "!65" },
	{ "a line that names the delimiter", "sep=;\ndomain;n\nexample.com;1,5\n", NULL, NULL,
	    "n/3:example.com|1,5/." },

	{ "a name of ours", "domain,verdict,Score\nexample.com,1,2\n", NULL, NULL,
	    "input_verdict|input_Score/2:example.com|1|2/." },
	{ "another column called domain", "domain,host\na.example,b.example\n", "host", NULL,
	    "input_domain/2:b.example|a.example/." },
	{ "a name twice", "domain,n,n,N\nexample.com,1,2,3\n", NULL, NULL,
	    "n|n_2|N_3/2:example.com|1|2|3/." },
	{ "a made name meets a real one", "domain,n,n,n_2\nexample.com,1,2,3\n", NULL, NULL,
	    "n|n_3|n_2/2:example.com|1|2|3/." },
	{ "an input_ name meets a real one", "domain,score,input_score\nexample.com,1,2\n", NULL,
	    NULL, "input_score_2|input_score/2:example.com|1|2/." },
	{ "a column without a name meets a real one", "domain,,column_2\nexample.com,1,2\n", NULL,
	    NULL, "column_2_2|column_2/2:example.com|1|2/." },

	{ "a byte-order mark",
	    "\xef\xbb\xbf"
	    "domain,n\nexample.com,1\n",
	    NULL, NULL, "n/2:example.com|1/." },
	{ "a byte-order mark before a quote", "\xef\xbb\xbf\"domain\",n\nexample.com,1\n", NULL,
	    NULL, "n/2:example.com|1/." },
	{ "a byte-order mark before a comment", "\xef\xbb\xbf# x\nexample.com\n", NULL, NULL,
	    "/2:example.com/." },
	{ "UTF-8", "domain;n\nk\xc3\xb6ln.example;M\xc3\xbcller\n", NULL, NULL,
	    "n/2:k\xc3\xb6ln.example|M\xc3\xbcller/." },
	{ "Windows-1252", "domain;n\nk\xf6ln.example;\x80 5\n", NULL, NULL,
	    "n/2:k\xc3\xb6ln.example|\xe2\x82\xac 5/." },
	{ "a byte that Windows-1252 does not have", "domain;n\nexample.com;\xfc\x81\n", NULL, NULL,
	    "n/2:example.com|\xc3\xbc\xef\xbf\xbd/." },
	{ "a row in another encoding than the rest",
	    "domain;n\na.example;M\xc3\xbcller\nb.example;\xc3\xa4\xc3\xb6\nc.example;M\xfcller\n",
	    NULL, NULL,
	    "n/2:a.example|M\xc3\xbcller/3:b.example|\xc3\xa4\xc3\xb6/4:c.example|M\xc3\xbcller/"
	    "." },
	{ "an encoding by name", "domain;n\nexample.com;\xa4\n", NULL, "ISO-8859-15",
	    "n/2:example.com|\xe2\x82\xac/." },
	{ "UTF-8 by name leaves no stray byte", "domain;n\nexample.com;\xfc!\n", NULL, "UTF-8",
	    "n/2:example.com|\xef\xbf\xbd!/." },
	{ "an encoding that does not exist", "example.com\n", NULL, "UTF-99", "!64" },
};

static void
lists_are_read(void **state)
{
	struct strbuf out = { 0 };
	char warning[1024];
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct input_options options = { cases[i].column, cases[i].encoding, reserved };

		write_list(cases[i].bytes, strlen(cases[i].bytes));
		catch_warnings();
		dump_input(&options, &out, &error);
		caught_warnings(warning);
		if (strcmp(out.at, cases[i].expected) != 0)
			fail_msg("%s: %s (%s)", cases[i].name, out.at, error.text);
	}
	strbuf_free(&out);
}

static void
known_columns_are_found_and_carried(void **state)
{
	static const char list[] =
	    "Outbound IPs,domain,role,n,Selectors\n192.0.2.1,example.com,mail\n";
	struct input_options options = { .reserved = reserved };
	struct input *input;
	struct input_row row;
	struct error error;

	(void)state;
	write_list(list, strlen(list));
	assert_int_equal(input_open(room.path, &options, &input, &error), 0);
	assert_true(input_header(input)->present);
	assert_int_equal(input_next(input, &row, &error), 1);
	assert_string_equal(row.known[KNOWN_OUTBOUND_IPS], "192.0.2.1");
	assert_string_equal(row.known[KNOWN_ROLE], "mail");
	assert_string_equal(row.known[KNOWN_SELECTORS], "");
	assert_null(row.known[KNOWN_HELO]);
	assert_int_equal(row.cell_count, 4);
	assert_string_equal(row.cells[0], "192.0.2.1");
	assert_string_equal(input_header(input)->names[0], "Outbound IPs");
	input_close(input);
}

struct warning_case {
	const char *name;
	const char *bytes;
	int count;
	const char *part;
};

static const struct warning_case warnings[] = {
	{ "nothing to say", "domain;n\nk\xc3\xb6ln.example;1\n", 0, "" },
	{ "Windows-1252 is said once", "domain;n\na.example;\xe4\nb.example;\xf6\n", 1,
	    "line 2 is not UTF-8 and is read as Windows-1252" },
	{ "a misspelt domain that is taken for the header", "exa mple.com\nexample.net\n", 1,
	    "line 1 is taken for the header" },
	{ "a bad name in the first line of a headed file", "domain\nexa mple.com\n", 0, "" },
};

static void
warnings_are_given_once(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(warnings); i++) {
		struct input_options options = { 0 };
		struct error error;
		char text[1024];
		int count;

		write_list(warnings[i].bytes, strlen(warnings[i].bytes));
		catch_warnings();
		dump_input(&options, &out, &error);
		count = caught_warnings(text);
		if (count != warnings[i].count || strstr(text, warnings[i].part) == NULL)
			fail_msg("%s: %d: %s", warnings[i].name, count, text);
	}
	strbuf_free(&out);
}

/* Wider rows beyond those that settled the columns are cut, and that is said once. */
static void
late_wide_rows_are_cut(void **state)
{
	struct strbuf list = { 0 }, out = { 0 };
	struct input_options options = { 0 };
	struct error error;
	char text[1024];

	(void)state;
	strbuf_add_string(&list, "domain,n\n");
	for (int i = 0; i < 150; i++)
		strbuf_printf(&list, i < 120 ? "a%d.example,%d\n" : "a%d.example,%d,x\n", i, i);
	write_list(list.at, list.length);
	catch_warnings();
	dump_input(&options, &out, &error);
	assert_int_equal(caught_warnings(text), 1);
	assert_non_null(strstr(text, "line 122 has 3 cells"));
	assert_non_null(strstr(out.at, "/151:a149.example|149/."));
	strbuf_free(&list);
	strbuf_free(&out);
}

static void
errors_list_the_columns(void **state)
{
	struct input_options options = { .column = "domian" };
	struct strbuf out = { 0 };
	struct error error;

	(void)state;
	write_list("kunde,domain\n1,example.com\n", 27);
	dump_input(&options, &out, &error);
	assert_non_null(strstr(error.text, "--column domian"));
	assert_non_null(strstr(error.text, "kunde, domain"));
	write_list("\"kun\nde\",\"x\r\ny\"\n1,2\n", 19);
	dump_input(&options, &out, &error);
	assert_string_equal(out.at, "!64");
	assert_non_null(strstr(error.text, "kun de, x  y"));
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read),
		cmocka_unit_test(known_columns_are_found_and_carried),
		cmocka_unit_test(warnings_are_given_once),
		cmocka_unit_test(late_wide_rows_are_cut),
		cmocka_unit_test(errors_list_the_columns),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
