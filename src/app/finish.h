#ifndef MXSWEEP_APP_FINISH_H
#define MXSWEEP_APP_FINISH_H

#include "app/options.h"
#include "app/sinks.h"
#include "app/tables.h"

struct night;

struct finish_counts {
	uint64_t rows;
	uint64_t verdicts[VERDICT_COUNT];
};

/*
 * Runs the rules over the night file, row by row in input order, and hands each scorecard to the
 * sinks. A pure function of night file, tables and options: it sends nothing and reads no clock.
 * A sink that fails is abandoned, and the others go on: one full disk must not cost every file. All
 * are abandoned when the night file cannot be read to its end. Either way they are gone, and -1
 * says that something was not written, and what.
 */
int finish_run(struct night *night, const struct tables *tables, const struct options *options,
    const struct sinks *sinks, struct finish_counts *counts_out, struct error *error);

#endif
