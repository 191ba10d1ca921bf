/* The worst rows of many. */
#include "report/worst_rows.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { SCORE_BEST = 100, LINE_BITS = 48 };

static uint64_t
badness(const struct report_row *row)
{
	int score = row->card->score == SCORE_NONE ? SCORE_BEST : row->card->score;

	return ((uint64_t)(SCORE_BEST - score) << LINE_BITS) |
	    ((UINT64_C(1) << LINE_BITS) - 1 - row->line);
}

static struct worst_row *
copy_row(const struct report_row *row)
{
	const struct scorecard *card = row->card;
	const struct check_result *worst = card->worst;
	struct worst_row *copy = alloc_zeroed(1, sizeof *copy);

	copy->line = row->line;
	copy->domain = alloc_string(card->e->domain != NULL ? card->e->domain : card->e->input);
	copy->failed = alloc_string(row_join_checks(card, OUTCOME_FAIL, row->arena));
	copy->warned = alloc_string(row_join_checks(card, OUTCOME_WARN, row->arena));
	copy->advice = alloc_string(worst == NULL || worst->finding.outcome == OUTCOME_INFO
		? ""
		: scorecard_advice(card, worst, row->arena));
	copy->verdict = card->verdict;
	copy->score = card->score;
	memcpy(copy->grade, card->grade, sizeof copy->grade);
	return copy;
}

void
worst_rows_add(struct worst_rows *rows, const struct report_row *row)
{
	uint64_t badness_of_row = badness(row);
	struct heap_node *best = heap_first(&rows->heap);

	if (row->card->verdict == VERDICT_PASS)
		return;
	if (rows->heap.count >= rows->most) {
		if (best == NULL || badness_of_row <= best->time)
			return;
		worst_row_free(worst_rows_take(rows));
	}
	heap_set(&rows->heap, &copy_row(row)->node, badness_of_row);
}

struct worst_row *
worst_rows_take(struct worst_rows *rows)
{
	struct heap_node *best = heap_first(&rows->heap);

	if (best != NULL)
		heap_remove(&rows->heap, best);
	return (struct worst_row *)best;
}

void
worst_row_free(struct worst_row *row)
{
	free(row->domain);
	free(row->advice);
	free(row->failed);
	free(row->warned);
	free(row);
}

void
worst_rows_free(struct worst_rows *rows)
{
	struct worst_row *row;

	while ((row = worst_rows_take(rows)) != NULL)
		worst_row_free(row);
	heap_free(&rows->heap);
}
