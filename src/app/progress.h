#ifndef MXSWEEP_APP_PROGRESS_H
#define MXSWEEP_APP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the progress line tells. */
struct progress_figures {
	uint64_t gathered, total; /* domains */
	uint64_t questions;       /* in flight */
	uint64_t policies_open;
	uint64_t sessions_done, sessions_running, sessions_waiting;
	uint64_t second_looks;     /* that are not due yet */
	uint64_t second_look_left; /* milliseconds until the next of them */
	const char *waited_for;    /* the budget that most sessions wait for; NULL = none */
	size_t waited_by;
	uint64_t elapsed_ms;
	bool has_deadline;
	uint64_t deadline_left; /* milliseconds; 0 when it has struck */
};

enum { PROGRESS_SIZE = 256 };

/* One line without its end; the pure half of drawing. */
void progress_text(const struct progress_figures *figures, char text_out[PROGRESS_SIZE]);

void progress_draw(const struct progress_figures *figures); /* over the last, on standard error */
void progress_say(const struct progress_figures *figures);  /* a line of its own, there */
void progress_clear(void);
bool progress_wanted(int mode); /* an enum option_progress: auto asks whether there is a terminal */

#endif
