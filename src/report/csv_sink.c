/* Sinks that write CSV. */
#include "report/csv_sink.h"

#include "base/alloc.h"
#include "report/output.h"

#include <stdlib.h>

void
csv_sink_cell(struct csv_sink *csv, const char *text)
{
	if (csv->cells++ > 0)
		strbuf_add_byte(&csv->line, csv->style.delimiter);
	csv_cell_add(&csv->line, &csv->style, text);
}

void
csv_sink_begin(struct csv_sink *csv, const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	csv_sink_cell(csv, e->domain != NULL ? e->domain : e->input);
	for (size_t i = 0; i < row->carried_count; i++)
		csv_sink_cell(csv, row->carried[i]);
}

int
csv_sink_line(struct csv_sink *csv, struct error *error)
{
	int result;

	strbuf_add_string(&csv->line, "\r\n");
	result = output_write(csv->output, csv->line.at, csv->line.length, error);
	strbuf_reset(&csv->line);
	csv->cells = 0;
	return result;
}

static void
free_sink(struct csv_sink *csv)
{
	strbuf_free(&csv->line);
	free(csv);
}

static int
end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct csv_sink *csv = (struct csv_sink *)sink;
	int result = output_commit(csv->output, error);

	(void)totals;
	free_sink(csv);
	return result;
}

static void
abandon(struct sink *sink)
{
	struct csv_sink *csv = (struct csv_sink *)sink;

	output_abandon(csv->output);
	free_sink(csv);
}

static int
write_header(struct csv_sink *csv, bool byte_order_mark, const char *first,
    const char *const *carried, size_t count, const char *const *columns, struct error *error)
{
	if (byte_order_mark && output_write(csv->output, "\xef\xbb\xbf", 3, error) != 0)
		return -1;
	csv_sink_cell(csv, first);
	for (size_t i = 0; i < count; i++)
		csv_sink_cell(csv, carried[i]);
	for (size_t i = 0; columns[i] != NULL; i++)
		csv_sink_cell(csv, columns[i]);
	return csv_sink_line(csv, error);
}

int
csv_sink_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *first, const char *const *carried_names, size_t carried_count,
    const char *const *columns, csv_row_fn row, struct sink **sink_out, struct error *error)
{
	struct csv_sink *csv = alloc_zeroed(1, sizeof *csv);

	csv->sink = (struct sink){ .row = row, .end = end, .abandon = abandon };
	csv->style = *style;
	if (output_open(path, &csv->output, error) != 0) {
		free_sink(csv);
		return -1;
	}
	if (write_header(
		csv, byte_order_mark, first, carried_names, carried_count, columns, error) != 0) {
		abandon(&csv->sink);
		return -1;
	}
	*sink_out = &csv->sink;
	return 0;
}
