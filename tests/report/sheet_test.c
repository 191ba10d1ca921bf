/* Tables in worksheets: what goes into a cell, and where a table goes on. */
#include "unit.h"

#include "base/arena.h"
#include "report/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
text_is_what_a_cell_can_hold(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "plain", "plain" },
		{ "m\xc3\xbcller", "m\xc3\xbcller" },
		{ "\xff"
		  "a",
		    "\xef\xbf\xbd"
		    "a" },
		{ "a\x01"
		  "b\nc\td",
		    "ab c d" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(sheet_clean(cases[i].text, &arena), cases[i].expected);
	arena_free(&arena);
}

static void
long_text_is_cut_between_characters(void **state)
{
	enum { UMLAUTS = 30000 };
	struct arena arena = { 0 };
	char *text = malloc(2 * UMLAUTS + 1);
	const char *clean;

	(void)state;
	for (size_t i = 0; i < UMLAUTS; i++)
		memcpy(text + 2 * i, "\xc3\xbc", 2);
	text[2 * UMLAUTS] = '\0';
	clean = sheet_clean(text, &arena);
	assert_in_range(strlen(clean), 31990, 32000);
	assert_int_equal(strlen(clean) % 2, 0);
	free(text);
	arena_free(&arena);
}

static void
a_full_sheet_goes_on_in_another(void **state)
{
	static const char *const head[] = { "domain", "score", NULL };
	char path[] = "/tmp/mxsweep-sheet-XXXXXX";
	int file = mkstemp(path);
	lxw_workbook_options how = { .constant_memory = LXW_TRUE };
	lxw_workbook *book = workbook_new_opt(path, &how);
	struct sheet_formats formats;
	struct sheet sheet = {
		.book = book, .formats = &formats, .name = "Domains", .head = head, .most = 4
	};
	struct arena arena = { 0 };

	(void)state;
	assert_true(file >= 0);
	close(file);
	sheet_formats_make(book, &formats);
	sheet_begin(&sheet);
	for (int i = 0; i < 7; i++) { /* three below each head */
		sheet_row(&sheet);
		sheet_text(&sheet, "a.com", &arena);
		sheet_number(&sheet, i);
	}
	sheet_end(&sheet);
	assert_int_equal(sheet.pages, 3);
	assert_int_equal(sheet.row, 1);
	assert_non_null(workbook_get_worksheet_by_name(book, "Domains 3"));
	assert_int_equal(sheet.failed, LXW_NO_ERROR);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	unlink(path);
	arena_free(&arena);
}

static void
verdicts_and_outcomes_have_colours(void **state)
{
	lxw_workbook *book = workbook_new("/nonexistent/book.xlsx");
	struct sheet_formats formats;

	(void)state;
	sheet_formats_make(book, &formats);
	assert_ptr_equal(sheet_format_of(&formats, "fail"), formats.outcomes[OUTCOME_FAIL]);
	assert_null(sheet_format_of(&formats, "failure"));
	lxw_workbook_free(book);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_what_a_cell_can_hold),
		cmocka_unit_test(long_text_is_cut_between_characters),
		cmocka_unit_test(a_full_sheet_goes_on_in_another),
		cmocka_unit_test(verdicts_and_outcomes_have_colours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
