#ifndef MXSWEEP_REPORT_LAYOUTS_H
#define MXSWEEP_REPORT_LAYOUTS_H

#include "report/columns.h"

/*
 * The scorecard in the columns of other programs, for people whose spreadsheets and scripts know
 * those: the same names in the same order, filled from what we know. `True` and `False` are theirs;
 * what was not tested is empty. The first column, the domain's, is left out here.
 */
struct layout {
	const char *first; /* name of the domain's column */
	const struct column *columns;
	size_t count;
	const char *const *names; /* of the columns, ended by NULL */
};
extern const struct layout layout_checkdmarc, layout_trustymail;

#endif
