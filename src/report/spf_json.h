#ifndef MXSWEEP_REPORT_SPF_JSON_H
#define MXSWEEP_REPORT_SPF_JSON_H

#include "report/json.h"
#include "score/scorecard.h"

/* The member `spf` of a scorecard. */
void spf_json_add(struct json *json, const struct scorecard *card, struct arena *arena);

/* The worst that check_host says of the MX addresses; SPF_VERDICT_COUNT when it was not asked. */
enum spf_verdict spf_worst_of_hosts(const struct evaluation *e);

#endif
