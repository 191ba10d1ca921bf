#ifndef MXSWEEP_REPORT_TERMINAL_H
#define MXSWEEP_REPORT_TERMINAL_H

#include "report/row.h"

#include <stdbool.h>
#include <stdio.h>

/* A scorecard for a person at a terminal: the points, then what is wrong and what to do. */
struct sink *scorecard_terminal_open(FILE *out, bool colour);

#endif
