#ifndef MXSWEEP_REPORT_SCORECARD_CSV_H
#define MXSWEEP_REPORT_SCORECARD_CSV_H

#include "report/csv_cell.h"
#include "report/row.h"

/*
 * The scorecard as CSV (RFC 4180, UTF-8): `domain`, the carried columns, then our own `columns`
 * (of columns_with_profiles). The header is written at once.
 */
int scorecard_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, const char *const *columns,
    struct sink **sink_out, struct error *error);

/* The same in the columns of other programs, column for column; see report/layouts.h. */
int checkdmarc_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    struct sink **sink_out, struct error *error);
int trustymail_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    struct sink **sink_out, struct error *error);

#endif
