#ifndef MXSWEEP_REPORT_FIRST_STEPS_H
#define MXSWEEP_REPORT_FIRST_STEPS_H

#include "report/row.h"

#include <stdio.h>

/*
 * A sink that says at the end which five things to repair first: those that weigh most, by the
 * number of domains times the weight of the check. `out` is borrowed. Says nothing where nothing is
 * wrong.
 */
struct sink *first_steps_open(FILE *out);
void first_steps_print(FILE *out, const struct report_totals *totals); /* with causes in them */

#endif
