#ifndef MXSWEEP_REPORT_CSV_SINK_H
#define MXSWEEP_REPORT_CSV_SINK_H

#include "base/strbuf.h"
#include "report/csv_cell.h"
#include "report/row.h"

struct output;

/* What all sinks that write CSV share: a file, a style, and the line that is being made. */
struct csv_sink {
	struct sink sink; /* first member */
	struct output *output;
	struct csv_style style;
	struct strbuf line;
	size_t cells; /* in the line */
};

typedef int (*csv_row_fn)(struct sink *sink, const struct report_row *row, struct error *error);

/* Opens the file and writes the header: `first`, which is the domain's column, the carried columns,
 * then `columns` (NULL-ended). */
int csv_sink_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *first, const char *const *carried_names, size_t carried_count,
    const char *const *columns, csv_row_fn row, struct sink **sink_out, struct error *error);

/* Begins a line with the row's domain and carried cells. */
void csv_sink_begin(struct csv_sink *csv, const struct report_row *row);
void csv_sink_cell(struct csv_sink *csv, const char *text);
int csv_sink_line(struct csv_sink *csv, struct error *error);

#endif
