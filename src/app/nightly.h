#ifndef MXSWEEP_APP_NIGHTLY_H
#define MXSWEEP_APP_NIGHTLY_H

#include "app/finish.h"
#include "report/changes_output.h"

/* What a night comes to, for its exit code and for whoever watches over nights. */
struct nightly {
	struct finish_counts counts;
	struct changes_summary changes; /* its ids are 0 where nothing was compared */
	bool compared;
};

/* Do the options about the history fit together, and is its file one? -1 with an exit code. */
int nightly_check(const struct options *options, struct error *error);

/* Compares the night that was just added to the history with the one before, if that was asked for.
 */
int nightly_compare(const struct options *options, struct nightly *nightly, struct error *error);

bool nightly_fail_on_met(const struct options *options, const struct nightly *nightly);

/*
 * With --nagios, prints the one line and gives the exit code of a plugin: 0 fine, 1 warnings, 2
 * failures, 3 not known; else the exit code as it is. What is looked at are changes for the worse
 * where nights were compared, else the verdicts.
 */
int nightly_tell(
    const struct options *options, const struct nightly *nightly, int code, struct error *error);

#endif
