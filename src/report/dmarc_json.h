#ifndef MXSWEEP_REPORT_DMARC_JSON_H
#define MXSWEEP_REPORT_DMARC_JSON_H

#include "report/json.h"
#include "score/scorecard.h"

/* The member `dmarc` of a scorecard. */
void dmarc_json_add(struct json *json, const struct scorecard *card, struct arena *arena);

#endif
