#ifndef MXSWEEP_APP_PROGRESS_H
#define MXSWEEP_APP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* What the progress line tells. */
struct progress_figures {
	uint64_t gathered, total; /* domains */
	uint64_t sessions_done;
	uint64_t sessions_left; /* running or waiting for their turn */
	uint64_t elapsed_ms;
};

/* Draws the line over the last one on standard error. */
void progress_draw(const struct progress_figures *figures);
void progress_clear(void);
bool progress_wanted(int mode); /* an enum option_progress: auto asks whether there is a terminal */

#endif
