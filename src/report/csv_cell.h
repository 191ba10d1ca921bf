#ifndef MXSWEEP_REPORT_CSV_CELL_H
#define MXSWEEP_REPORT_CSV_CELL_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* How a CSV file is written. */
struct csv_style {
	char delimiter; /* ',' ';' or TAB */
	bool safe;      /* no cell can start a formula in a spreadsheet */
};

/*
 * Appends one cell (RFC 4180), quoted where it must be; the caller puts delimiters and CRLF. What
 * is no UTF-8, and the NUL, become U+FFFD. NULL is an empty cell.
 *
 * In the safe style a ' is put before a cell that begins with = + - @ TAB or CR, unless it is a
 * plain number or a telephone number; and inside a cell after each , ; TAB CR LF that such a
 * character follows, for a file opened with another delimiter than its own is cut there.
 */
void csv_cell_add(struct strbuf *out, const struct csv_style *style, const char *text);
void
csv_cell_add_n(struct strbuf *out, const struct csv_style *style, const char *bytes, size_t length);

#endif
