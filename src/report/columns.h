#ifndef MXSWEEP_REPORT_COLUMNS_H
#define MXSWEEP_REPORT_COLUMNS_H

#include "report/row.h"

#include <stddef.h>

/* What a cell holds; in a table of text alone they are all the same. */
enum column_kind {
	COLUMN_TEXT,
	COLUMN_NUMBER,  /* or nothing */
	COLUMN_OUTCOME, /* a word that has a colour: pass, warn, fail, ... */
};

/* The scorecard as a table: what every such table shows of a row, behind the carried columns. */
struct column {
	const char *name;
	const char *(*cell)(const struct report_row *row); /* "" when there is nothing to say */
	enum column_kind kind;
};
extern const struct column scorecard_columns[];
extern const size_t scorecard_column_count;
extern const char *const scorecard_column_names[]; /* the same, ended by NULL */

/*
 * Behind them stands one column for each chosen profile, profile_NAME. All names, ended by NULL, in
 * the arena; and the cell of a profile, which `card->profiles` holds in the same order.
 */
const char *const *
columns_with_profiles(const char *const *profile_names, size_t profile_count, struct arena *arena);
const char *column_of_profile(const struct report_row *row, size_t place);

#endif
