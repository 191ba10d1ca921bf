#ifndef MXSWEEP_REPORT_HTML_H
#define MXSWEEP_REPORT_HTML_H

#include "report/row.h"

struct error;

/*
 * The sweep as one page that asks for nothing else (HTML): counts over all rows with charts, what
 * to repair first, and the 1,000 worst rows. It works without script, and sorts with it.
 */
int html_open(const char *path, struct sink **sink_out, struct error *error);

#endif
