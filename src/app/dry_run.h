#ifndef MXSWEEP_APP_DRY_RUN_H
#define MXSWEEP_APP_DRY_RUN_H

#include "app/options.h"
#include "app/sources.h"
#include "app/tables.h"

struct graph;
struct list_desk;
struct plan;
struct rows_read;
struct run_facts;

/* Do --dry-run and --json fit the other options? -1 with exit code 64 when not. */
int dry_run_check(const struct options *options, struct error *error);

/* From what a graph gathered that had only the rules which say who is visited, and whose sessions
 * were never begun; and from a desk that knows what lists' days still allow (NULL: no list is
 * asked). `plan_out` is zero before; the caller frees it. */
void dry_run_plan(const struct options *options, const struct tables *tables,
    const struct sources *sources, const struct run_facts *run, struct graph *graph,
    const struct list_desk *desk, struct plan *plan_out);

void dry_run_print(const struct options *options, const struct plan *plan); /* standard output */

#endif
