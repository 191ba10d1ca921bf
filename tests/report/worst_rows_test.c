/* The worst of many rows. */
#include "unit.h"

#include "report/fake_card.h"
#include "report/worst_rows.h"

static void
add(struct worst_rows *rows, uint64_t line, int score, enum verdict verdict)
{
	static struct fake_card fake;

	fake_card_set(&fake, line, "a.com");
	fake.card.score = score;
	fake.card.verdict = verdict;
	worst_rows_add(rows, &fake.row);
	arena_free(&fake.arena);
}

/* From the best of them to the worst. */
static void
the_lowest_scores_stay(void **state)
{
	static const uint64_t expected[] = { 7, 2, 5 };
	struct worst_rows rows = { .most = COUNT_OF(expected) };

	(void)state;
	add(&rows, 1, 90, VERDICT_WARN);
	add(&rows, 2, 30, VERDICT_FAIL);
	add(&rows, 3, 10, VERDICT_PASS); /* whatever its score */
	add(&rows, 4, SCORE_NONE, VERDICT_NOT_TESTED);
	add(&rows, 5, 19, VERDICT_FAIL);
	add(&rows, 6, 79, VERDICT_FAIL);
	add(&rows, 7, 40, VERDICT_FAIL);
	add(&rows, 8, 40, VERDICT_FAIL); /* of equals the first */
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		struct worst_row *row = worst_rows_take(&rows);

		assert_non_null(row);
		assert_int_equal(row->line, expected[i]);
		worst_row_free(row);
	}
	assert_null(worst_rows_take(&rows));
	worst_rows_free(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lowest_scores_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
