#ifndef MXSWEEP_APP_STATE_FOLDER_H
#define MXSWEEP_APP_STATE_FOLDER_H

#include "app/options.h"

struct error;
struct state;

/*
 * The folder of what outlives a run: --state, else $STATE_DIRECTORY, else /var/lib/mxsweep for
 * root, else ~/.local/state/mxsweep. It is made where it is missing; the path lies in the arena. -1
 * with exit code 73 where it cannot be made or written.
 */
int state_folder(const struct options *options, struct arena *arena, const char **folder_out,
    struct error *error);

/*
 * The state itself. Where it cannot be had and no folder was asked for, this is said once and
 * *state_out is NULL: then nothing is kept.
 */
int state_folder_open(const struct options *options, struct state **state_out, struct error *error);

#endif
