/* Files by the values of a column. */
#include "unit.h"

#include "app/split.h"
#include "base/arena.h"
#include "base/error.h"

#include <string.h>
#include <sysexits.h>

struct folder_case {
	const char *value, *folder; /* NULL: it has a mark behind what is given as `start` */
	const char *start;
};

static const struct folder_case folders[] = {
	{ "4711", "4711", NULL },
	{ "Acme_Ltd.v2", "Acme_Ltd.v2", NULL },
	{ "Acme Ltd", NULL, "Acme_Ltd-" },
	{ "", NULL, "empty-" },
	{ ".", NULL, "_-" },
	{ "..", NULL, "_.-" },
	{ "../../etc/passwd", NULL, "_._.._etc_passwd-" },
	{ "/", NULL, "_-" },
	{ "-rf", NULL, "_rf-" },
	{ "a.", NULL, "a.-" },
	{ "con", NULL, "con-" },
	{ "NUL.txt", NULL, "NUL.txt-" },
	{ "com1", NULL, "com1-" },
	{ "company", "company", NULL },
	{ "m\xc3\xbcller", NULL, "m__ller-" },
	{ "a\nb", NULL, "a_b-" },
	{ "x-0123456789abcdef", NULL, "x-0123456789abcdef-" },
};

static void
folders_have_safe_names(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		const char *name = split_folder(folders[i].value, false, &arena);
		size_t start;

		if (folders[i].folder != NULL) {
			assert_string_equal(name, folders[i].folder);
			continue;
		}
		start = strlen(folders[i].start);
		assert_memory_equal(name, folders[i].start, start);
		assert_int_equal(strlen(name), start + 16);
	}
	assert_string_not_equal(
	    split_folder("a b", false, &arena), split_folder("a_b", false, &arena));
	assert_string_not_equal(
	    split_folder("a b", false, &arena), split_folder("a\tb", false, &arena));
	arena_free(&arena);
}

static void
a_long_value_is_cut(void **state)
{
	struct arena arena = { 0 };
	char value[1001] = { 0 };

	(void)state;
	memset(value, 'a', 1000);
	assert_int_equal(strlen(split_folder(value, false, &arena)), 64 + 17);
	arena_free(&arena);
}

static const char *const names[] = { "customer", "Reseller" };
static const struct carried_columns columns = { names, COUNT_OF(names) };

static void
rows_come_again_by_value(void **state)
{
	static char by[] = "reseller";
	const struct options options = { .split_by = by };
	static const char *const rows[][2] = { { "1", "b" }, { "2", "a" }, { "3", "b" },
		{ "4", "" }, { "5", "b" } };
	static const int64_t expected[] = { 1, 3, 5, 2, 4, 6 };
	static const size_t counts[] = { 3, 1, 2 };
	struct split *split;
	struct error error;
	const int64_t *ids;
	size_t count, at = 0;

	(void)state;
	assert_int_equal(split_new(&options, &columns, &split, &error), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(split_note(split, 2, rows[i], &error), 0);
	assert_int_equal(split_note(split, 0, NULL, &error), 0); /* a row that is too short */
	for (size_t group = 0; group < COUNT_OF(counts); group++) {
		assert_true(split_next(split, &ids, &count));
		assert_int_equal(count, counts[group]);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(ids[i], expected[at++]);
	}
	assert_false(split_next(split, &ids, &count));
	split_free(split);
}

static void
a_column_that_is_not_there_is_said(void **state)
{
	static char by[] = "resellers";
	const struct options options = { .split_by = by };
	const struct carried_columns none = { NULL, 0 };
	struct split *split;
	struct error error;

	(void)state;
	assert_int_equal(split_new(&options, &columns, &split, &error), -1);
	assert_null(split);
	assert_int_equal(error.code, EX_USAGE);
	assert_string_equal(error.text,
	    "--split-by resellers: the input has no such column; it has: customer, Reseller");
	assert_int_equal(split_check(&options, &none, &error), -1);
	assert_string_equal(
	    error.text, "--split-by resellers: the input has no such column besides the domain's");
	assert_int_equal(split_new(&(struct options){ 0 }, &columns, &split, &error), 0);
	assert_null(split);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_have_safe_names),
		cmocka_unit_test(a_long_value_is_cut),
		cmocka_unit_test(rows_come_again_by_value),
		cmocka_unit_test(a_column_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
