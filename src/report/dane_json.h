#ifndef MXSWEEP_REPORT_DANE_JSON_H
#define MXSWEEP_REPORT_DANE_JSON_H

#include "report/json.h"
#include "score/scorecard.h"

/* The member dane of a scorecard. */
void dane_json_add(struct json *json, const struct scorecard *card, struct arena *arena);

#endif
