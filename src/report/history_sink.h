#ifndef MXSWEEP_REPORT_HISTORY_SINK_H
#define MXSWEEP_REPORT_HISTORY_SINK_H

#include "report/row.h"

#include <stdint.h>

struct error;
struct history_db;

/* Opens a sink that adds a night to the history in a file; nights of more than `keep` days before
 * it are dropped (0: none). */
int history_sink_open(const char *path, uint64_t keep, struct sink **sink_out, struct error *error);

/* The same into a history that is open, and stays so. */
struct sink *history_sink_into(struct history_db *db);

#endif
