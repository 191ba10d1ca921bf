#ifndef MXSWEEP_REPORT_TRANSPORT_JSON_H
#define MXSWEEP_REPORT_TRANSPORT_JSON_H

#include "report/json.h"
#include "rule/evaluation.h"

/* The members mta_sts, tls_rpt and bimi of a scorecard. */
void transport_json_add(struct json *json, const struct evaluation *e);

#endif
