/* The progress line: all there is to see while gathering. */
#include "app/progress.h"

#include "app/options.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static const char erase_line[] = "\r\033[K";

bool
progress_wanted(int mode)
{
	return mode == PROGRESS_ALWAYS || (mode == PROGRESS_AUTO && isatty(STDERR_FILENO));
}

void
progress_draw(const struct progress_figures *figures)
{
	uint64_t seconds = figures->elapsed_ms / 1000;
	uint64_t rate =
	    figures->elapsed_ms == 0 ? 0 : figures->gathered * 1000 / figures->elapsed_ms;

	fprintf(stderr,
	    "%s%" PRIu64 " of %" PRIu64 " domains gathered, %" PRIu64
	    " a second; sessions: %" PRIu64 " done, %" PRIu64 " to go; %" PRIu64 ":%02" PRIu64,
	    erase_line, figures->gathered, figures->total, rate, figures->sessions_done,
	    figures->sessions_left, seconds / 60, seconds % 60);
	fflush(stderr);
}

void
progress_clear(void)
{
	fputs(erase_line, stderr);
	fflush(stderr);
}
