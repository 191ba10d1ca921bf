/* The summary of a workbook. */
#include "report/workbook_summary.h"

#include "base/arena.h"
#include "report/fleet.h"
#include "report/tally.h"

#include <stdio.h>

enum {
	VERDICTS_AT = 4, /* first row of each table; its head is above */
	POINTS_AT = VERDICTS_AT + VERDICT_COUNT + 3,
	CHECKS_AT = POINTS_AT + POINT_COUNT + 3,
	CHECKS_SHOWN = 25,
	CHART_COLUMN = 8,
	POINTS_CHART_ROW = 18,
	FLEET_AT = CHECKS_AT + CHECKS_SHOWN + 2,
};

struct summary {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	const struct sheet_formats *formats;
	const struct tally *tally;
	const struct fleet *fleet;
};

static void
write_text(
    const struct summary *s, lxw_row_t row, lxw_col_t cell, const char *text, lxw_format *format)
{
	worksheet_write_string(s->sheet, row, cell, text, format);
}

static void
write_count(const struct summary *s, lxw_row_t row, lxw_col_t cell, uint64_t count)
{
	worksheet_write_number(s->sheet, row, cell, (double)count, NULL);
}

static void
write_title(const struct summary *s)
{
	const struct tally *tally = s->tally;
	char text[160], span[TALLY_SPAN_SIZE], weights[TALLY_WEIGHTS_SIZE];

	write_text(s, 0, 0, "Mail configuration", s->formats->title);
	tally_span(tally, span);
	snprintf(text, sizeof text, "%llu domains, %s; mean score %.1f",
	    (unsigned long long)tally->rows, span, tally_mean_score(tally));
	write_text(s, 1, 0, text, s->formats->note);
	if (tally_weights(tally->weights, weights))
		write_text(s, 2, 0, weights, s->formats->note);
}

static void
write_verdicts(const struct summary *s)
{
	write_text(s, VERDICTS_AT - 1, 0, "verdict", s->formats->head);
	write_text(s, VERDICTS_AT - 1, 1, "domains", s->formats->head);
	for (int i = 0; i < VERDICT_COUNT; i++) {
		const char *word = verdict_text((enum verdict)i);

		write_text(
		    s, (lxw_row_t)(VERDICTS_AT + i), 0, word, sheet_format_of(s->formats, word));
		write_count(s, (lxw_row_t)(VERDICTS_AT + i), 1, s->tally->verdicts[i]);
	}
}

static void
write_outcome_head(const struct summary *s, lxw_row_t row, const char *first)
{
	write_text(s, row, 0, first, s->formats->head);
	for (int i = 0; i < OUTCOME_COUNT; i++)
		write_text(
		    s, row, (lxw_col_t)(i + 1), outcome_text((enum outcome)i), s->formats->head);
}

static void
write_outcomes(const struct summary *s, lxw_row_t row, const char *name, const uint64_t *counts)
{
	write_text(s, row, 0, name, NULL);
	for (int i = 0; i < OUTCOME_COUNT; i++)
		write_count(s, row, (lxw_col_t)(i + 1), counts[i]);
}

static void
write_points(const struct summary *s)
{
	write_outcome_head(s, POINTS_AT - 1, "point");
	for (int i = 0; i < POINT_COUNT; i++)
		write_outcomes(
		    s, (lxw_row_t)(POINTS_AT + i), point_text((enum point)i), s->tally->points[i]);
}

/* ---- the checks that fail most */

static uint64_t
badness(const struct tally *tally, size_t check)
{
	return tally->checks[check][OUTCOME_FAIL] * 1000000 + tally->checks[check][OUTCOME_WARN];
}

/* The next worst that has not been taken; false when no other fails or warns. */
static bool
take_worst(const struct tally *tally, bool *taken, size_t *check_out)
{
	bool any = false;

	for (size_t i = 0; i < tally->check_count; i++) {
		if (taken[i] || badness(tally, i) == 0 ||
		    (any && badness(tally, i) <= badness(tally, *check_out)))
			continue;
		*check_out = i;
		any = true;
	}
	if (any)
		taken[*check_out] = true;
	return any;
}

static void
write_checks(const struct summary *s)
{
	bool taken[CHECKS_MAX] = { false };
	size_t check;

	write_outcome_head(s, CHECKS_AT - 1, "check");
	for (lxw_row_t row = CHECKS_AT; row < CHECKS_AT + CHECKS_SHOWN; row++) {
		if (!take_worst(s->tally, taken, &check))
			break;
		write_outcomes(s, row, s->tally->named[check]->id, s->tally->checks[check]);
	}
}

/* ---- risks */

static void
write_fleet_line(const struct summary *s, lxw_row_t row, const struct fleet_table *table,
    const struct fleet_line *line, struct arena *arena)
{
	for (lxw_col_t i = 0; table->head[i] != NULL; i++) {
		const struct fleet_cell *cell = &line->cells[i];

		if (cell->text != NULL)
			write_text(s, row, i, sheet_clean(cell->text, arena), NULL);
		else
			write_count(s, row, i, cell->number);
	}
}

/* Gives the row behind the table. */
static lxw_row_t
write_fleet_table(
    const struct summary *s, lxw_row_t row, const struct fleet_table *table, struct arena *arena)
{
	if (table->count == 0)
		return row;
	write_text(s, row++, 0, table->title, s->formats->title);
	write_text(s, row++, 0, table->note, s->formats->note);
	for (lxw_col_t i = 0; table->head[i] != NULL; i++)
		write_text(s, row, i, table->head[i], s->formats->head);
	for (size_t i = 0; i < table->count; i++)
		write_fleet_line(s, ++row, table, &table->lines[i], arena);
	return row + 2;
}

static void
write_fleet(const struct summary *s)
{
	struct arena arena = { 0 };
	const struct fleet_report *report = fleet_report_make(s->fleet, &arena);
	lxw_row_t row = FLEET_AT;

	for (size_t i = 0; i < FLEET_TABLES; i++)
		row = write_fleet_table(s, row, &report->tables[i], &arena);
	arena_free(&arena);
}

/* ---- charts */

static void
colour_points(lxw_chart_series *series, const lxw_color_t *colours, size_t count)
{
	lxw_chart_fill fills[VERDICT_COUNT] = { { .color = 0 } };
	lxw_chart_point points[VERDICT_COUNT] = { { .fill = NULL } };
	lxw_chart_point *list[VERDICT_COUNT + 1] = { NULL };

	for (size_t i = 0; i < count; i++) {
		fills[i].color = colours[i];
		points[i].fill = &fills[i];
		list[i] = &points[i];
	}
	chart_series_set_points(series, list);
}

static void
draw_verdicts(const struct summary *s)
{
	static const lxw_color_t colours[VERDICT_COUNT] = { 0x4CAF50, 0xFFC107, 0xE53935, 0x9E9E9E,
		0x607D8B };
	lxw_chart *chart = workbook_add_chart(s->book, LXW_CHART_COLUMN);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	chart_series_set_categories(
	    series, "Summary", VERDICTS_AT, 0, VERDICTS_AT + VERDICT_COUNT - 1, 0);
	chart_series_set_values(
	    series, "Summary", VERDICTS_AT, 1, VERDICTS_AT + VERDICT_COUNT - 1, 1);
	colour_points(series, colours, VERDICT_COUNT);
	chart_title_set_name(chart, "Domains by verdict");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	worksheet_insert_chart(s->sheet, 2, CHART_COLUMN, chart);
}

static void
draw_points(const struct summary *s)
{
	static const lxw_color_t colours[OUTCOME_COUNT] = { 0x4CAF50, 0x64B5F6, 0xFFC107, 0xE53935,
		0x9E9E9E, 0xE0E0E0 };
	lxw_chart *chart = workbook_add_chart(s->book, LXW_CHART_BAR_STACKED_PERCENT);

	for (int i = 0; i < OUTCOME_COUNT; i++) {
		lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
		lxw_chart_fill fill = { .color = colours[i] };

		chart_series_set_name(series, outcome_text((enum outcome)i));
		chart_series_set_categories(
		    series, "Summary", POINTS_AT, 0, POINTS_AT + POINT_COUNT - 1, 0);
		chart_series_set_values(series, "Summary", POINTS_AT, (lxw_col_t)(i + 1),
		    POINTS_AT + POINT_COUNT - 1, (lxw_col_t)(i + 1));
		chart_series_set_fill(series, &fill);
	}
	chart_axis_set_reverse(chart->y_axis); /* the first point on top */
	chart_title_set_name(chart, "The ten points");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	worksheet_insert_chart(s->sheet, POINTS_CHART_ROW, CHART_COLUMN, chart);
}

void
workbook_summary_write(lxw_workbook *book, lxw_worksheet *sheet,
    const struct sheet_formats *formats, const struct report_totals *totals)
{
	const struct summary s = { book, sheet, formats, totals->tally, totals->fleet };

	worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_set_column(sheet, 0, 0, 32, NULL);
	worksheet_set_column(sheet, 1, OUTCOME_COUNT, 14, NULL);
	write_title(&s);
	write_verdicts(&s);
	write_points(&s);
	write_checks(&s);
	write_fleet(&s);
	draw_verdicts(&s);
	draw_points(&s);
}
