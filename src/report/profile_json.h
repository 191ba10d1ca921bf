#ifndef MXSWEEP_REPORT_PROFILE_JSON_H
#define MXSWEEP_REPORT_PROFILE_JSON_H

#include "report/json.h"
#include "score/scorecard.h"

/* The keys `profiles` (results by name; null where a profile has nothing to say of such a row) and
 * `profile_rules` (which rules decided, and how many of those that should hold do). */
void profile_json_add(struct json *json, const struct scorecard *card);

#endif
