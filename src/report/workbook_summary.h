#ifndef MXSWEEP_REPORT_WORKBOOK_SUMMARY_H
#define MXSWEEP_REPORT_WORKBOOK_SUMMARY_H

#include "report/row.h"
#include "report/sheet.h"

/* The first sheet: how many of each verdict, the ten points and the checks that fail most, with
 * charts, and the risks of the whole fleet. */
void workbook_summary_write(lxw_workbook *book, lxw_worksheet *sheet,
    const struct sheet_formats *formats, const struct report_totals *totals);

#endif
