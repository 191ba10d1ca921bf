#ifndef MXSWEEP_APP_NIGHT_WEIGHTS_H
#define MXSWEEP_APP_NIGHT_WEIGHTS_H

struct error;
struct night;
struct weights;

/* The digest of the weights that a sweep was scored with stays in its night file; NULL: built in.
 */
int night_weights_store(struct night *night, const struct weights *weights, struct error *error);

/* Warns when they are others: such scores are not to be compared. */
void night_weights_compare(struct night *night, const struct weights *weights);

#endif
