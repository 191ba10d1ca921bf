#ifndef MXSWEEP_APP_FINISH_H
#define MXSWEEP_APP_FINISH_H

#include "app/options.h"
#include "app/tables.h"
#include "report/row.h"

struct night;

struct finish_counts {
	uint64_t rows;
	uint64_t verdicts[VERDICT_COUNT];
};

/*
 * Runs the rules over the night file, row by row in input order, and hands each scorecard to the
 * sinks. A pure function of night file, tables and options: it sends nothing and reads no clock.
 * The sinks are ended when all went well, else abandoned; either way they are gone.
 */
int finish_run(struct night *night, const struct tables *tables, const struct options *options,
    struct sink *const *sinks, size_t sink_count, struct finish_counts *counts_out,
    struct error *error);

#endif
