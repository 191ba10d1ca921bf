#ifndef MXSWEEP_REPORT_AREA_JSON_H
#define MXSWEEP_REPORT_AREA_JSON_H

#include "report/json.h"
#include "score/scorecard.h"

/* The members `errors` and `warnings`: what the checks fail and warn of whose ids begin so. */
void area_json_add_findings(
    struct json *json, const char *prefix, const struct scorecard *card, struct arena *arena);

#endif
