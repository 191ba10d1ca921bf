#ifndef MXSWEEP_APP_PLAN_OUTPUT_H
#define MXSWEEP_APP_PLAN_OUTPUT_H

#include "base/strbuf.h"

struct plan;

void plan_text(const struct plan *plan, struct strbuf *out); /* tables for people */
void plan_json(const struct plan *plan, struct strbuf *out); /* one object, without a line's end */

#endif
