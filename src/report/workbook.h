#ifndef MXSWEEP_REPORT_WORKBOOK_H
#define MXSWEEP_REPORT_WORKBOOK_H

#include "report/changes_sheet.h"
#include "report/row.h"

#include <stddef.h>

struct error;

/*
 * The sweep as a workbook (XLSX): a summary with charts, all domains, the findings that fail or
 * warn, what many domains share, and what changed since the night before: of `changes`, read at the
 * end, so that whoever adds this night to the history must end before. Our own columns of a domain
 * are `columns` (of columns_with_profiles). Text is never a formula. Memory stays flat however many
 * rows there are; meanwhile the sheets lie in the folder of the file, about twice as large as they
 * will be together, unpacked. -1 with exit code 64 for "-" and what is no regular file, 73 when the
 * file cannot be made.
 */
int workbook_open(const char *path, const char *const *carried_names, size_t carried_count,
    const char *const *columns, const struct changes_source *changes, struct sink **sink_out,
    struct error *error);

#endif
