#ifndef MXSWEEP_APP_RECORD_OUTPUT_H
#define MXSWEEP_APP_RECORD_OUTPUT_H

#include "app/options.h"
#include "publish/plan.h"
#include "score/scorecard.h"

/*
 * Prints a plan: as lines of a zone file with all else behind semicolons, for the form of a web
 * panel, or as one JSON object. `card` tells what the checks will say of it.
 */
void record_output_print(
    const struct options *options, const struct publish_plan *plan, const struct scorecard *card);

#endif
