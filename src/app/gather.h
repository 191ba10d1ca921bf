#ifndef MXSWEEP_APP_GATHER_H
#define MXSWEEP_APP_GATHER_H

#include "app/options.h"
#include "app/plan.h"
#include "app/rescan.h"
#include "app/rows.h"
#include "app/tables.h"

struct night;

/* How gathering ended. */
struct gather_report {
	int signal;          /* that interrupted it, or 0 */
	bool resolver_dead;  /* no resolver answered at all */
	bool resolvers_lost; /* they had fallen silent by the end: what they were asked then is open
			      */
	bool blocked;        /* port 25 does not leave this network, or our name keeps us from it */
	bool night_failed;   /* the night file could not be written any more */
	struct error night_error;
	uint64_t domains, questions, confirmations, sessions;
	double seconds;
	struct rescan_counts rescan;
	struct plan plan; /* of --dry-run; the caller frees it */
};

/*
 * Asks everything that the rows of the night file need and writes it there, but for what an earlier
 * part of the run has left in it; with --dry-run, only what says who would be visited. At
 * --deadline it ends with what is known, says what it left, and notes it among the facts of the
 * run. -1 with an error when
 * it could not begin. When the night file cannot be written any more, gathering ends as if it had
 * been interrupted: what is in it can be finished.
 */
int gather_run(const struct options *options, const struct tables *tables, struct night *night,
    const struct rows_read *rows, struct gather_report *report_out, struct error *error);

/* Did some resolver answer? -1 with exit code 75 when none did. */
int gather_answered(const struct gather_report *report, struct error *error);

#endif
