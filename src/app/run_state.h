#ifndef MXSWEEP_APP_RUN_STATE_H
#define MXSWEEP_APP_RUN_STATE_H

#include "app/options.h"

struct error;
struct limiter;
struct run_state;
struct state;

/*
 * What a run takes over from earlier ones, and leaves to later ones, in the folder of --state. -1
 * with an error where that folder was asked for and cannot be had; where it was not, nothing is
 * kept, which is said once.
 */
int run_state_open(const struct options *options, struct limiter *limiter, struct run_state **out,
    struct error *error);
struct state *run_state_file(const struct run_state *state); /* NULL: nothing is kept */

/* Puts what was learned into the folder, and releases it. NULL does nothing. */
void run_state_close(struct run_state *state, struct limiter *limiter);

#endif
