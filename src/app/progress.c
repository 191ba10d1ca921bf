/* The progress line: all there is to see while gathering. */
#include "app/progress.h"

#include "app/duration.h"
#include "app/options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char erase_line[] = "\r\033[K";

bool
progress_wanted(int mode)
{
	return mode == PROGRESS_ALWAYS || (mode == PROGRESS_AUTO && isatty(STDERR_FILENO));
}

static void
add(char text[PROGRESS_SIZE], const char *more)
{
	size_t length = strlen(text);

	snprintf(text + length, PROGRESS_SIZE - length, "%s", more);
}

static void
add_policies(const struct progress_figures *figures, char text[PROGRESS_SIZE])
{
	char more[64];

	if (figures->policies_open == 0)
		return;
	snprintf(more, sizeof more, "; %" PRIu64 " policy file%s open", figures->policies_open,
	    figures->policies_open == 1 ? "" : "s");
	add(text, more);
}

static void
add_sessions(const struct progress_figures *figures, char text[PROGRESS_SIZE])
{
	char more[PROGRESS_SIZE];

	if (figures->sessions_running + figures->sessions_waiting + figures->sessions_done == 0)
		return;
	snprintf(more, sizeof more,
	    "; sessions: %" PRIu64 " done, %" PRIu64 " open, %" PRIu64 " waiting",
	    figures->sessions_done, figures->sessions_running, figures->sessions_waiting);
	add(text, more);
	if (figures->waited_for == NULL)
		return;
	snprintf(more, sizeof more, " (%zu for %.40s)", figures->waited_by, figures->waited_for);
	add(text, more);
}

static void
add_second_looks(const struct progress_figures *figures, char text[PROGRESS_SIZE])
{
	uint64_t seconds = (figures->second_look_left + 999) / 1000;
	char more[PROGRESS_SIZE];

	if (figures->second_looks == 0)
		return;
	snprintf(more, sizeof more,
	    "; %" PRIu64 " second look%s, the next in %" PRIu64 ":%02" PRIu64,
	    figures->second_looks, figures->second_looks == 1 ? "" : "s", seconds / 60,
	    seconds % 60);
	add(text, more);
}

/* What is left at the pace so far: domains while there are any, then sessions. */
static void
add_time_left(const struct progress_figures *figures, char text[PROGRESS_SIZE])
{
	uint64_t done = figures->gathered, seconds;
	uint64_t left = figures->total > done ? figures->total - done : 0;
	char more[64];

	if (left == 0) {
		done = figures->sessions_done;
		left = figures->sessions_running + figures->sessions_waiting;
	}
	if (done == 0 || left == 0)
		return;
	seconds = figures->elapsed_ms * left / done / 1000;
	snprintf(more, sizeof more, "; about %" PRIu64 ":%02" PRIu64 " left", seconds / 60,
	    seconds % 60);
	add(text, more);
}

static void
add_deadline(const struct progress_figures *figures, char text[PROGRESS_SIZE])
{
	char clock[DURATION_SIZE], more[64];

	if (!figures->has_deadline)
		return;
	if (figures->deadline_left == 0) {
		add(text, "; the deadline has struck");
		return;
	}
	snprintf(more, sizeof more, "; %s until the deadline",
	    duration_clock(figures->deadline_left, clock));
	add(text, more);
}

void
progress_text(const struct progress_figures *figures, char text_out[PROGRESS_SIZE])
{
	uint64_t rate =
	    figures->elapsed_ms == 0 ? 0 : figures->gathered * 1000 / figures->elapsed_ms;

	snprintf(text_out, PROGRESS_SIZE,
	    "%" PRIu64 " of %" PRIu64 " domains, %" PRIu64 "/s, %" PRIu64 " questions in flight",
	    figures->gathered, figures->total, rate, figures->questions);
	add_policies(figures, text_out);
	add_sessions(figures, text_out);
	add_second_looks(figures, text_out);
	add_time_left(figures, text_out);
	add_deadline(figures, text_out);
}

void
progress_draw(const struct progress_figures *figures)
{
	char text[PROGRESS_SIZE];

	progress_text(figures, text);
	fprintf(stderr, "%s%s", erase_line, text);
	fflush(stderr);
}

void
progress_say(const struct progress_figures *figures)
{
	char text[PROGRESS_SIZE];

	progress_text(figures, text);
	fprintf(stderr, "mxsweep: %s\n", text);
}

void
progress_clear(void)
{
	fputs(erase_line, stderr);
	fflush(stderr);
}
