#ifndef MXSWEEP_REPORT_FINDINGS_CSV_H
#define MXSWEEP_REPORT_FINDINGS_CSV_H

#include "report/csv_cell.h"
#include "report/row.h"

/*
 * The long form for pivot tables: a line for each check and subject of a row, `not_applicable` left
 * out. Columns: domain, the carried ones, check, outcome, reason, subject, value, advice,
 * reference.
 */
int findings_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, struct sink **sink_out,
    struct error *error);

#endif
