#ifndef MXSWEEP_REPORT_CHANGES_SHEET_H
#define MXSWEEP_REPORT_CHANGES_SHEET_H

#include "report/sheet.h"

#include <stdint.h>

/* What the sheet of changes is made of. */
struct changes_source {
	const char *history; /* path; NULL: no sheet of changes */
	uint64_t confirm;    /* nights in a row that a change needs */
};

/*
 * What changed between the last night of a history and the one before it, one change a row. No row
 * where there is none before it, or where the last night did not begin at `started_at` (Unix
 * seconds): then this one is not in the history, which whoever was to add it has said. -1 with an
 * error when the history cannot be read: rows may be missing.
 */
int changes_sheet_write(struct sheet *sheet, const struct changes_source *source,
    int64_t started_at, struct error *error);

#endif
