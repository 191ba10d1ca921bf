#ifndef MXSWEEP_APP_COMPARISON_H
#define MXSWEEP_APP_COMPARISON_H

#include "app/options.h"
#include "report/changes_output.h"

/*
 * Compares two nights of a history, and writes what changed to the file of --changes. What else is
 * printed, `show` says. -1 with an error when a night cannot be read or the file not be written.
 */
enum comparison_show { COMPARISON_SILENT, COMPARISON_TEXT, COMPARISON_JSON };
int comparison_run(struct history_db *db, const struct options *options, enum comparison_show show,
    struct changes_summary *summary, struct error *error);

/* The last night and the one before it; false when there is none before it: then summary->before
 * has the id 0. */
bool comparison_last_nights(struct history_db *db, struct changes_summary *summary);

#endif
