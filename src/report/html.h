#ifndef MXSWEEP_REPORT_HTML_H
#define MXSWEEP_REPORT_HTML_H

#include "base/strbuf.h"
#include "report/row.h"

struct error;

/*
 * The sweep as one page that asks for nothing else (HTML): counts over all rows with charts, what
 * to repair first, and the 1,000 worst rows. It works without script, and sorts with it.
 */
int html_open(const char *path, struct sink **sink_out, struct error *error);

/* The same without charts and script, and with fewer lines of all, for a mail. Takes the rows. */
struct worst_rows;
void
html_short_add(struct strbuf *page, const struct report_totals *totals, struct worst_rows *worst);

#endif
