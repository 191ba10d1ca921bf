#ifndef MXSWEEP_APP_QUICK_RUN_H
#define MXSWEEP_APP_QUICK_RUN_H

#include "app/gather.h"
#include "app/options.h"
#include "app/tables.h"

/* Shows what was gathered; gives the exit code. */
typedef int (*quick_run_fn)(const struct options *options, const struct tables *tables,
    struct night *night, const struct gather_report *report, struct error *error);

/* A run over the domains of the command line, if any, whose night file nobody keeps. */
int quick_run(const struct options *options, quick_run_fn show, struct error *error);

#endif
