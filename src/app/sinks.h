#ifndef MXSWEEP_APP_SINKS_H
#define MXSWEEP_APP_SINKS_H

#include "app/options.h"
#include "app/rows.h"
#include "mxsweep.h"
#include "report/row.h"

enum { SINKS_MAX = 16 };

struct split;

struct sinks {
	struct sink *at[SINKS_MAX];
	size_t count;
	struct split *split; /* sets of files besides, see app/split.h; NULL: none */
};

bool sinks_named(const struct options *options); /* does any option name a file for rows? */

/*
 * Opens the sinks that the options name; with none named, CSV on standard output, for `report` the
 * page. -1 with an error
 * when one cannot be opened: those that could be are there all the same.
 */
int sinks_open(const struct options *options, const struct carried_columns *columns,
    struct sinks *sinks_out, struct error *error);

/* A sink for rows that are only counted. */
struct sink *sink_for_nothing(void);

/* A sink that calls a user of the library for each row. */
struct sink *sink_for_callback(mxsweep_row_fn on_row, void *user);

#endif
