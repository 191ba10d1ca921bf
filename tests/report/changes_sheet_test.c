/* What changed, as a worksheet: which nights are compared, and where it goes on. */
#include "unit.h"

#include "base/error.h"
#include "report/changes_output.h"
#include "report/changes_sheet.h"
#include "report/fake_card.h"
#include "report/history_db.h"
#include "report/tally.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DAY = 86400, BEGIN = 1700000000, CHECK_HOST = 0, DOMAINS = 5 };

/* A history on disk, and a workbook that is never written. */
struct fixture {
	char path[40];
	lxw_workbook *book;
	struct sheet_formats formats;
	struct sheet sheet;
	struct error error;
};

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	int file;

	strcpy(f->path, "/tmp/mxsweep-changes-XXXXXX");
	file = mkstemp(f->path);
	assert_true(file >= 0);
	close(file);
	f->book = workbook_new("/nonexistent/book.xlsx");
	sheet_formats_make(f->book, &f->formats);
	f->sheet = (struct sheet){ .book = f->book,
		.formats = &f->formats,
		.name = "Changes",
		.head = changes_columns,
		.most = 4 };
	sheet_begin(&f->sheet);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	lxw_workbook_free(f->book);
	unlink(f->path);
	test_free(f);
	return 0;
}

static void
put(struct fixture *f, struct history_db *db, const char *domain, enum outcome outcome)
{
	struct observation seen = {
		.domain = domain, .verdict = "pass", .grade = "A", .score = 90
	};
	struct fake_card card;

	fake_card_set(&card, 1, domain);
	fake_card_add(&card, CHECK_HOST, "host", NULL, outcome);
	assert_int_equal(history_db_put(db, &card.card, &seen, &f->error), 0);
	arena_free(&card.arena);
}

/* A night in which all domains have the same outcome. */
static void
add_night(struct fixture *f, int number, enum outcome outcome)
{
	const struct run_facts run = { .now = BEGIN + number * DAY };
	const struct tally tally = { .rows = DOMAINS };
	struct history_db *db;

	assert_int_equal(history_db_create(f->path, &db, &f->error), 0);
	assert_int_equal(history_db_begin(db, &run, &f->error), 0);
	for (int i = 0; i < DOMAINS; i++) {
		char domain[] = "a.test";

		domain[0] = (char)('a' + i);
		put(f, db, domain, outcome);
	}
	assert_int_equal(history_db_end(db, &tally, &f->error), 0);
	history_db_close(db);
}

static int
write_changes(struct fixture *f, int number, uint64_t confirm)
{
	const struct changes_source source = { f->path, confirm };

	return changes_sheet_write(&f->sheet, &source, BEGIN + number * DAY, &f->error);
}

static void
expect_rows(const struct fixture *f, unsigned pages, lxw_row_t last)
{
	assert_int_equal(f->sheet.pages, pages);
	assert_int_equal(f->sheet.row, last);
	assert_int_equal(f->sheet.failed, LXW_NO_ERROR);
}

static void
the_first_night_has_none(void **state)
{
	struct fixture *f = *state;

	add_night(f, 1, OUTCOME_PASS);
	assert_int_equal(write_changes(f, 1, 1), 0);
	expect_rows(f, 1, 0);
}

static void
each_change_has_a_row_and_a_full_sheet_goes_on(void **state)
{
	struct fixture *f = *state;

	add_night(f, 1, OUTCOME_PASS);
	add_night(f, 2, OUTCOME_FAIL);
	assert_int_equal(write_changes(f, 2, 1), 0);
	expect_rows(f, 2, 2); /* three below the first head, two below the second */
}

static void
what_is_not_confirmed_has_none(void **state)
{
	struct fixture *f = *state;

	add_night(f, 1, OUTCOME_PASS);
	add_night(f, 2, OUTCOME_FAIL);
	assert_int_equal(write_changes(f, 2, 2), 0);
	expect_rows(f, 1, 0);
}

/* The history did not take this night: what changed before is not its news. */
static void
another_night_than_the_last_has_none(void **state)
{
	struct fixture *f = *state;

	add_night(f, 1, OUTCOME_PASS);
	add_night(f, 2, OUTCOME_FAIL);
	assert_int_equal(write_changes(f, 3, 1), 0);
	expect_rows(f, 1, 0);
}

static void
no_history_is_an_error(void **state)
{
	struct fixture *f = *state;
	const struct changes_source source = { "/nonexistent/history", 1 };

	assert_int_equal(changes_sheet_write(&f->sheet, &source, BEGIN, &f->error), -1);
	expect_rows(f, 1, 0);
}

#define WITH_HISTORY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_HISTORY(the_first_night_has_none),
		WITH_HISTORY(each_change_has_a_row_and_a_full_sheet_goes_on),
		WITH_HISTORY(what_is_not_confirmed_has_none),
		WITH_HISTORY(another_night_than_the_last_has_none),
		WITH_HISTORY(no_history_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
