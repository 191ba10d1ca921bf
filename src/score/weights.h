#ifndef MXSWEEP_SCORE_WEIGHTS_H
#define MXSWEEP_SCORE_WEIGHTS_H

#include "score/check.h"

#include <stddef.h>

struct error;

enum { WEIGHT_MOST = 1000 };

/*
 * How much each check counts for the score: by its class (40, 15, 5), or as a file says that lists
 * classes and checks with a number each. Verdicts and ceilings go by the class all the same.
 */
struct weights;

/* -1 with exit code 66 when it cannot be read, 78 ("FILE:LINE: ...") when it lists no weights. */
int weights_load(const char *path, struct weights **out, struct error *error);
void weights_free(struct weights *weights);

/* Of NULL: those that are built in. A check of class none weighs nothing. */
unsigned weights_of(const struct weights *weights, const struct check *check);

/* SHA-256 of the file, as hex: scores with other weights are not to be compared. NULL of those that
 * are built in. */
const char *weights_digest(const struct weights *weights);

#endif
