#ifndef MXSWEEP_REPORT_TERMINAL_FINDINGS_H
#define MXSWEEP_REPORT_TERMINAL_FINDINGS_H

#include "report/terminal.h"

/* What is wrong, the worst first: how bad it is, where it was seen, what to do, and the records to
 * publish. Then what was not tested, by reasons, and what is excused. */
void terminal_print_findings(const struct terminal *terminal, const struct report_row *row);

#endif
