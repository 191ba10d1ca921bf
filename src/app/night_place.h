#ifndef MXSWEEP_APP_NIGHT_PLACE_H
#define MXSWEEP_APP_NIGHT_PLACE_H

#include "app/options.h"

struct night;
struct state_lock;

/*
 * Where the night file of a scan lies: where --night says, else in the folder of --state; and the
 * lock of that folder, so that two sweeps never overlap.
 */
struct night_place {
	struct arena arena;
	const char *path;
	bool named; /* by --night: it stays */
	struct state_lock *lock;
};

/*
 * -1 with exit code 75 where another process sweeps with that folder, 73 where there must be a
 * folder and cannot. With --night the folder may be missing, unless --state names it.
 */
int
night_place_take(const struct options *options, struct night_place *place_out, struct error *error);
void night_place_leave(struct night_place *place);

/* A new file. One that an interrupted run has left in the folder is set aside, and this is said. */
int night_place_create(struct night_place *place, struct night **night_out, struct error *error);

/* The one that an interrupted run has left. */
int night_place_resume(struct night_place *place, struct night **night_out, struct error *error);

/* How to go on with it: the command without its other options. */
const char *night_place_command(struct night_place *place, const struct options *options);

#endif
