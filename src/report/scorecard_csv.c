/* The scorecard as CSV. */
#include "report/scorecard_csv.h"

#include "report/columns.h"
#include "report/csv_sink.h"

static int
scorecard_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct csv_sink *csv = (struct csv_sink *)sink;

	csv_sink_begin(csv, row);
	for (size_t i = 0; i < scorecard_column_count; i++)
		csv_sink_cell(csv, scorecard_columns[i].cell(row));
	for (size_t i = 0; i < row->card->profile_count; i++)
		csv_sink_cell(csv, column_of_profile(row, i));
	return csv_sink_line(csv, error);
}

int
scorecard_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, const char *const *columns,
    struct sink **sink_out, struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, carried_names, carried_count, columns,
	    scorecard_row, sink_out, error);
}
