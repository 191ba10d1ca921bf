#ifndef MXSWEEP_APP_SPF_BATCH_H
#define MXSWEEP_APP_SPF_BATCH_H

#include "report/json.h"
#include "rule/spf_check.h"

struct asker;
struct error;
struct loop;

/*
 * Reads senders from standard input, one JSON object a line, and prints a result a line, in the
 * order of the input and as soon as what stands before it is printed. A line that cannot be used
 * has its result as well, which says why; then the end is -1 with exit code 65.
 */
int spf_batch_run(struct loop *loop, struct asker *asker, struct error *error);

/* The members of an object that tell a result. */
void spf_result_write(struct json *json, const struct spf_check *check);

#endif
