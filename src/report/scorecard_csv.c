/* The scorecard as CSV. */
#include "report/scorecard_csv.h"

#include "report/columns.h"
#include "report/csv_sink.h"
#include "report/layouts.h"

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

static int
write_layout(struct sink *sink, const struct report_row *row, const struct layout *layout,
    struct error *error)
{
	struct csv_sink *csv = (struct csv_sink *)sink;
	const struct evaluation *e = row->card->e;

	csv_sink_cell(csv, e->domain != NULL ? e->domain : e->input);
	for (size_t i = 0; i < layout->count; i++)
		csv_sink_cell(csv, layout->columns[i].cell(row));
	return csv_sink_line(csv, error);
}

static int
checkdmarc_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	return write_layout(sink, row, &layout_checkdmarc, error);
}

static int
trustymail_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	return write_layout(sink, row, &layout_trustymail, error);
}

int
checkdmarc_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    struct sink **sink_out, struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, layout_checkdmarc.first, NULL, 0,
	    layout_checkdmarc.names, checkdmarc_row, sink_out, error);
}

int
trustymail_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    struct sink **sink_out, struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, layout_trustymail.first, NULL, 0,
	    layout_trustymail.names, trustymail_row, sink_out, error);
}

int
scorecard_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, const char *const *columns,
    struct sink **sink_out, struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, "domain", carried_names, carried_count,
	    columns, scorecard_row, sink_out, error);
}
