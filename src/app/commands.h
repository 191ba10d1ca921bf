#ifndef MXSWEEP_APP_COMMANDS_H
#define MXSWEEP_APP_COMMANDS_H

#include "app/options.h"
#include "mxsweep.h"

/*
 * The commands. Each returns its exit code; a code other than 0 that needs words has them in
 * `error` (an empty text: there is nothing more to say).
 */
int command_scan(const struct options *options, struct error *error);
int command_check(const struct options *options, struct error *error);
int command_score(const struct options *options, struct error *error);
int command_diff(const struct options *options, struct error *error);
int command_forget(const struct options *options, struct error *error);
int command_report(const struct options *options, struct error *error);
int command_facts(const struct options *options, struct error *error);
int command_lists(const struct options *options, struct error *error);
int command_spf(const struct options *options, struct error *error);
int command_record(const struct options *options, struct error *error);
int command_doctor(const struct options *options, struct error *error);
int command_checks(const struct options *options, struct error *error);

/* The rows go to the callback, and to sinks only where options name some. */
int scan_with_callback(
    const struct options *options, mxsweep_row_fn on_row, void *user, struct error *error);
int score_with_callback(
    const struct options *options, mxsweep_row_fn on_row, void *user, struct error *error);

#endif
