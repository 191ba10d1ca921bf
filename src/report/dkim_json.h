#ifndef MXSWEEP_REPORT_DKIM_JSON_H
#define MXSWEEP_REPORT_DKIM_JSON_H

#include "report/json.h"
#include "rule/dkim.h"

/* The member `dkim` of a scorecard: the selectors of the row, and others that were found. */
void dkim_json_add(struct json *json, const struct dkim_result *dkim);

#endif
