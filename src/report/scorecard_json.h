#ifndef MXSWEEP_REPORT_SCORECARD_JSON_H
#define MXSWEEP_REPORT_SCORECARD_JSON_H

#include "report/row.h"

struct strbuf;

/* The scorecard as one JSON object, without a line end. Always valid JSON, whatever bytes came. */
void scorecard_json_add(struct strbuf *out, const struct report_row *row);

/* One object a line. */
int scorecard_ndjson_open(const char *path, struct sink **sink_out, struct error *error);

#endif
