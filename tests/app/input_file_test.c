/* Files that are long, hostile, in odd encodings, or no files at all. */
#include "input_fixture.h"

#include "report/csv_cell.h"

#include <sysexits.h>

static void
utf16_is_known_by_its_mark(void **state)
{
	static const char little[] = "\xff\xfe"
				     "d\0o\0m\0a\0i\0n\0\t\0n\0\r\0\n\0"
				     "a\0.\0d\0e\0\t\0\xac\x20\r\0\n\0";
	static const char big[] = "\xfe\xff\0a\0.\0d\0e\0,\0x\xd8\0\0!\0\n";
	struct strbuf out = { 0 };
	struct input_options options = { 0 };
	struct error error;

	(void)state;
	write_list(little, sizeof little - 1);
	dump_input(&options, &out, &error);
	assert_string_equal(out.at, "n/2:a.de|\xe2\x82\xac/.");
	write_list(big, sizeof big - 1);
	dump_input(&options, &out, &error);
	assert_string_equal(out.at, "column_2/1:a.de|x\xef\xbf\xbd!/.");
	write_list(little + 2, sizeof little - 3);
	dump_input(&options, &out, &error);
	assert_string_equal(out.at, "!66");
	assert_non_null(strstr(error.text, "--encoding UTF-16LE"));
	options.encoding = "UTF-16LE";
	dump_input(&options, &out, &error);
	assert_string_equal(out.at, "n/2:a.de|\xe2\x82\xac/.");
	strbuf_free(&out);
}

/* A NUL far behind the head neither ends the cell nor the file. */
static void
late_nul_and_late_encoding(void **state)
{
	struct strbuf list = { 0 }, out = { 0 };
	struct input_options options = { 0 };
	struct error error;
	char text[1024];

	(void)state;
	while (list.length < 100000)
		strbuf_add_string(&list, "example.com,x\n");
	strbuf_add(&list, "example.net,a\0b\n", 16);
	strbuf_add_string(&list, "example.org,M\xfcller\n");
	write_list(list.at, list.length);
	catch_warnings();
	dump_input(&options, &out, &error);
	assert_int_equal(caught_warnings(text), 1);
	assert_non_null(strstr(out.at,
	    ":example.net|a\xef\xbf\xbd"
	    "b/"));
	assert_non_null(strstr(out.at, ":example.org|M\xc3\xbcller/."));
	strbuf_free(&list);
	strbuf_free(&out);
}

struct long_case {
	const char *name;
	size_t length; /* of the filling inside the row */
	const char *end;
};

static const struct long_case long_rows[] = {
	{ "just short enough", 1024 * 1024 - 20, "/3:b.example|" },
	{ "one mebibyte and more", 1024 * 1024, "/!65" },
	{ "several mebibytes", 3 * 1024 * 1024, "/!65" },
};

static void
long_rows_end_the_input(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(long_rows) * 2; i++) {
		const struct long_case *c = &long_rows[i / 2];
		bool lines = i % 2 != 0; /* one long line, or many under one quote */
		struct strbuf list = { 0 }, out = { 0 };
		struct input_options options = { 0 };
		struct error error;
		size_t start;

		strbuf_add_string(&list, "domain,n\na.example,1\nb.example,\"");
		start = list.length;
		while (list.length < start + c->length)
			strbuf_add_string(&list, lines ? "xxxx\n" : "xxxxx");
		strbuf_add_string(&list, "\"\nc.example,3\n");
		write_list(list.at, list.length);
		dump_input(&options, &out, &error);
		assert_non_null(strstr(out.at, "n/2:a.example|1/"));
		if (strstr(out.at, c->end) == NULL)
			fail_msg("%s", c->name);
		if (c->end[1] == '!')
			assert_non_null(strstr(error.text, "line 3: a row longer than 1 MiB"));
		strbuf_free(&list);
		strbuf_free(&out);
	}
}

/* Bytes that come one by one through a pipe make the same rows. */
static void
standard_input_is_read(void **state)
{
	static const char list[] =
	    "domain;n\r\nexample.com;\"a\r\nb\"\r\nexample.net;M\xfcller\r\n";
	struct input_options options = { 0 };
	struct strbuf out = { 0 };
	struct input *input;
	struct error error;
	char text[1024];
	int ends[2], saved = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	for (size_t i = 0; i < sizeof list - 1; i++)
		assert_int_equal(write(ends[1], list + i, 1), 1);
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	catch_warnings();
	assert_int_equal(input_open("-", &options, &input, &error), 0);
	dump_rows(input, &out, &error);
	caught_warnings(text);
	assert_string_equal(out.at, "n/2:example.com|a\r\nb/4:example.net|M\xc3\xbcller/.");
	assert_non_null(strstr(text, "standard input: line 4"));
	input_close(input);
	dup2(saved, STDIN_FILENO);
	close(saved);
	strbuf_free(&out);
}

static void
what_cannot_be_opened(void **state)
{
	struct input_options options = { 0 };
	struct input *input;
	struct error error;

	(void)state;
	assert_int_equal(input_open("/nonexistent/list.csv", &options, &input, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "/nonexistent/list.csv: No such file"));
	assert_int_equal(input_open(room.folder, &options, &input, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "is a directory"));
	write_list("PK\3\4\0\0", 6);
	assert_int_equal(input_open(room.path, &options, &input, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "no text file"));
}

static void
random_cell(char cell[8])
{
	static const char bytes[] = ",;\"\"\n\r\t #x='";
	size_t length = (size_t)(rand() % 7);

	for (size_t i = 0; i < length; i++)
		cell[i] = bytes[rand() % (int)(sizeof bytes - 1)];
	cell[length] = '\0';
}

/* Whatever the cells hold: what our own writer writes is read back as it was. */
static void
written_cells_come_back(void **state)
{
	static const char delimiters[] = ",;\t";
	struct input_options options = { 0 };
	struct strbuf list = { 0 };

	(void)state;
	srand(1);
	for (int round = 0; round < 300; round++) {
		struct csv_style style = { delimiters[round % 3], false };
		char cells[20][2][8];
		struct input *input;
		struct input_row row;
		struct error error;

		strbuf_reset(&list);
		strbuf_printf(&list, "domain%cn%cm\r\n", style.delimiter, style.delimiter);
		for (int i = 0; i < 20; i++) {
			strbuf_printf(&list, "a%d.example", i);
			for (int j = 0; j < 2; j++) {
				random_cell(cells[i][j]);
				strbuf_add_byte(&list, style.delimiter);
				csv_cell_add(&list, &style, cells[i][j]);
			}
			strbuf_add_string(&list, "\r\n");
		}
		write_list(list.at, list.length);
		assert_int_equal(input_open(room.path, &options, &input, &error), 0);
		for (int i = 0; i < 20; i++) {
			assert_int_equal(input_next(input, &row, &error), 1);
			assert_string_equal(row.cells[0], cells[i][0]);
			assert_string_equal(row.cells[1], cells[i][1]);
		}
		assert_int_equal(input_next(input, &row, &error), 0);
		input_close(input);
	}
	strbuf_free(&list);
}

/* No bytes make the reader fall over; what opens ends. */
static void
any_bytes_are_survived(void **state)
{
	static const char bytes[] = "a.example\n\r,;\t\"\"#\xef\xbb\xbf\xff\xfe\xc3 sep=";
	struct strbuf list = { 0 }, out = { 0 };
	char text[1024];

	(void)state;
	srand(2);
	catch_warnings();
	for (int round = 0; round < 3000; round++) {
		struct input_options options = { 0 };
		struct error error = { 0 };

		strbuf_reset(&list);
		for (int i = rand() % 60; i >= 0; i--)
			strbuf_add_byte(&list, bytes[rand() % (int)(sizeof bytes - 1)]);
		write_list(list.at, list.length);
		dump_input(&options, &out, &error);
	}
	caught_warnings(text);
	strbuf_free(&list);
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf16_is_known_by_its_mark),
		cmocka_unit_test(late_nul_and_late_encoding),
		cmocka_unit_test(long_rows_end_the_input),
		cmocka_unit_test(standard_input_is_read),
		cmocka_unit_test(what_cannot_be_opened),
		cmocka_unit_test(written_cells_come_back),
		cmocka_unit_test(any_bytes_are_survived),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
