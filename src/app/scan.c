/* The commands that judge: scan, check and score. Gather, finish, and what a person is told. */
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/dry_run.h"
#include "app/finish.h"
#include "app/gather.h"
#include "app/nightly.h"
#include "app/outputs.h"
#include "app/quick_run.h"
#include "app/rows.h"
#include "app/signals.h"
#include "app/sinks.h"
#include "app/split.h"
#include "app/state_folder.h"
#include "app/tables.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "fact/night.h"
#include "report/first_steps.h"
#include "report/scorecard_json.h"
#include "report/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	EXIT_FAIL_ON = 1,
	EXIT_SIGNAL = 128, /* and the number of the signal */
};

/* Where rows go besides the files that options name. */
struct extra_sink {
	mxsweep_row_fn on_row; /* NULL: nowhere else */
	void *user;
};

/* Somebody looks on. */
static bool
is_watched(const struct options *options)
{
	return !options->quiet && isatty(STDERR_FILENO);
}

static int
open_sinks(const struct options *options, const struct carried_columns *columns,
    const struct extra_sink *extra, struct sinks *sinks, struct error *error)
{
	int result = 0;

	*sinks = (struct sinks){ .count = 0 };
	if (extra->on_row == NULL || sinks_named(options))
		result = sinks_open(options, columns, sinks, error);
	if (extra->on_row != NULL)
		sinks->at[sinks->count++] = sink_for_callback(extra->on_row, extra->user);
	else if (is_watched(options))
		sinks->at[sinks->count++] = first_steps_open(stderr);
	else if (sinks->count == 0 && result == 0)
		sinks->at[sinks->count++] = sink_for_nothing();
	return result;
}

static int
write_scorecards(const struct options *options, struct night *night, const struct tables *tables,
    const struct extra_sink *extra, struct finish_counts *counts, struct error *error)
{
	struct arena arena = { 0 };
	struct carried_columns columns = rows_carried_columns(night, &arena);
	struct error later;
	struct sinks sinks;
	int opened = open_sinks(options, &columns, extra, &sinks, error);
	int written;

	if (split_new(options, &columns, &sinks.split, opened == 0 ? error : &later) != 0)
		opened = -1;
	written = finish_run(night, tables, options, &sinks, counts, opened == 0 ? error : &later);
	split_free(sinks.split);
	arena_free(&arena);
	return opened == 0 ? written : -1;
}

/* Puts the signal that has come, or comes meanwhile, into *signal; 0 = none. */
static int
finish_night(const struct options *options, struct night *night, const struct tables *tables,
    const struct extra_sink *extra, struct finish_counts *counts, int *signal, struct error *error)
{
	int result, came;

	signals_hold(*signal != 0);
	result = write_scorecards(options, night, tables, extra, counts, error);
	came = signals_release();
	if (*signal == 0)
		*signal = came;
	return result;
}

/* ---- the night file of a run that does not name one */

static int
open_night(const struct options *options, struct arena *arena, const char **path_out,
    bool *kept_out, struct night **night_out, struct error *error)
{
	const char *folder;
	uint32_t draw;

	*kept_out = options->night != NULL;
	if (options->night != NULL) {
		*path_out = options->night;
		return night_create(options->night, night_out, error);
	}
	if (state_folder(options, arena, &folder, error) != 0)
		return -1;
	if (getrandom(&draw, sizeof draw, 0) != (ssize_t)sizeof draw)
		return error_set(error, EX_OSERR, "no random numbers are to be had");
	*path_out = arena_printf(arena, "%s/night-%ld-%08x.sqlite", folder, (long)getpid(), draw);
	return night_create(*path_out, night_out, error);
}

/* ---- scan */

static void
say_summary(const struct gather_report *report, const struct finish_counts *counts)
{
	fprintf(stderr,
	    "%" PRIu64 " rows: %" PRIu64 " pass, %" PRIu64 " warn, %" PRIu64 " fail, %" PRIu64
	    " not tested, %" PRIu64 " invalid; %" PRIu64 " domains, %" PRIu64 " questions, %" PRIu64
	    " confirmations, %" PRIu64 " sessions in %.1f s\n",
	    counts->rows, counts->verdicts[VERDICT_PASS], counts->verdicts[VERDICT_WARN],
	    counts->verdicts[VERDICT_FAIL], counts->verdicts[VERDICT_NOT_TESTED],
	    counts->verdicts[VERDICT_INVALID_INPUT], report->domains, report->questions,
	    report->confirmations, report->sessions, report->seconds);
}

static int
scan_exit_code(const struct options *options, const struct gather_report *report,
    const struct rows_read *read, const struct nightly *nightly, struct error *error)
{
	if (report->night_failed) {
		*error = report->night_error;
		return error->code;
	}
	if (report->signal != 0)
		return EXIT_SIGNAL + report->signal;
	if (read->cut_short) {
		*error = read->problem;
		return read->problem.code;
	}
	if (report->blocked) /* which was said when it was found */
		return EX_TEMPFAIL;
	return nightly_fail_on_met(options, nightly) ? EXIT_FAIL_ON : 0;
}

/* Hours of gathering are not thrown away for a disk that was full at their end. */
static void
keep_night(const struct night *night, bool *kept, struct error *error)
{
	struct error why = *error;

	if (!*kept)
		error_set(error, why.code,
		    "%s; what was gathered is kept: `mxsweep score %s` writes it", why.text,
		    night_path(night));
	*kept = true;
}

/* A column that is not there is said before the first packet. */
static int
check_columns(const struct options *options, struct night *night, struct error *error)
{
	struct arena arena = { 0 };
	struct carried_columns columns = rows_carried_columns(night, &arena);
	int result = split_check(options, &columns, error);

	arena_free(&arena);
	return result;
}

static int
show_plan(const struct options *options, struct gather_report *report)
{
	if (report->signal == 0)
		dry_run_print(options, &report->plan);
	plan_free(&report->plan);
	return report->signal == 0 ? 0 : EXIT_SIGNAL + report->signal;
}

static int
scan_night(const struct options *options, const struct tables *tables, struct night *night,
    const struct extra_sink *extra, bool *kept, struct nightly *nightly, struct error *error)
{
	struct gather_report report;
	struct rows_read read;

	if (rows_import(options->arguments.at[0], options, night, &read, error) != 0 ||
	    check_columns(options, night, error) != 0 ||
	    gather_run(options, tables, night, &read, &report, error) != 0)
		return error->code;
	if (gather_answered(&report, error) != 0) {
		*kept = false; /* there is nothing in the night file */
		return error->code;
	}
	if (options->dry_run)
		return show_plan(options, &report);
	if (finish_night(options, night, tables, extra, &nightly->counts, &report.signal, error) !=
	    0) {
		if (report.night_failed) /* it was full before anything worth keeping was in it */
			*error = report.night_error;
		else
			keep_night(night, kept, error);
		return error->code;
	}
	if (is_watched(options))
		say_summary(&report, &nightly->counts);
	if (nightly_compare(options, nightly, error) != 0)
		return error->code;
	return scan_exit_code(options, &report, &read, nightly, error);
}

static int
check_what_is_written(const struct options *options, struct error *error)
{
	if (outputs_check(options, options->arguments.at[0], error) != 0)
		return -1;
	return nightly_check(options, error);
}

static int
scan(const struct options *options, const struct extra_sink *extra, struct nightly *nightly,
    struct error *error)
{
	struct arena arena = { 0 };
	const char *path;
	bool kept;
	struct tables tables;
	struct night *night;
	int code;

	if (dry_run_check(options, error) != 0 || descriptors_prepare(error) != 0 ||
	    (!options->dry_run && check_what_is_written(options, error) != 0) ||
	    tables_load(options, &tables, error) != 0)
		return error->code;
	code = open_night(options, &arena, &path, &kept, &night, error);
	if (code == 0) {
		code = scan_night(options, &tables, night, extra, &kept, nightly, error);
		night_close(night);
		if (!kept)
			unlink(path);
	} else {
		code = error->code;
	}
	arena_free(&arena);
	tables_free(&tables);
	return code;
}

int
command_scan(const struct options *options, struct error *error)
{
	struct nightly nightly = { 0 };

	if (options->dry_run)
		return scan(options, &(struct extra_sink){ 0 }, &nightly, error);
	return nightly_tell(
	    options, &nightly, scan(options, &(struct extra_sink){ 0 }, &nightly, error), error);
}

int
scan_with_callback(
    const struct options *options, mxsweep_row_fn on_row, void *user, struct error *error)
{
	struct nightly nightly = { 0 };

	if (options->dry_run) {
		error_set(error, EX_USAGE,
		    "dry-run is for the command line: it has no rows to call back with");
		return error->code;
	}
	return scan(options, &(struct extra_sink){ on_row, user }, &nightly, error);
}

/* ---- score */

static int
score(const struct options *options, const struct extra_sink *extra, struct nightly *nightly,
    struct error *error)
{
	struct tables tables;
	struct night *night;
	int code = 0, signal = 0;

	if (outputs_check(options, options->arguments.at[0], error) != 0 ||
	    nightly_check(options, error) != 0 || tables_load(options, &tables, error) != 0)
		return error->code;
	if (night_open(options->arguments.at[0], &night, error) != 0) {
		code = error->code;
	} else {
		if (finish_night(
			options, night, &tables, extra, &nightly->counts, &signal, error) != 0 ||
		    nightly_compare(options, nightly, error) != 0)
			code = error->code;
		else if (signal != 0)
			code = EXIT_SIGNAL + signal;
		else if (nightly_fail_on_met(options, nightly))
			code = EXIT_FAIL_ON;
		night_close(night);
	}
	tables_free(&tables);
	return code;
}

int
command_score(const struct options *options, struct error *error)
{
	struct nightly nightly = { 0 };

	return nightly_tell(
	    options, &nightly, score(options, &(struct extra_sink){ 0 }, &nightly, error), error);
}

/* What a mail cannot be without. */
static int
check_mail(const struct options *options, struct error *error)
{
	if (!options->mail && (options->from != NULL || options->to != NULL))
		return error_set(error, EX_USAGE, "--from and --to are of use with --mail alone");
	if (options->mail && (options->from == NULL || options->to == NULL))
		return error_set(
		    error, EX_USAGE, "--mail: needs --from ADDR and --to ADDR besides");
	for (const char *at = options->subject; at != NULL && *at != '\0'; at++)
		if (ascii_is_control(*at))
			return error_set(error, EX_USAGE,
			    "--subject: has a control character; it must be one line of text");
	return 0;
}

int
command_report(const struct options *options, struct error *error)
{
	struct nightly nightly = { 0 };

	if (check_mail(options, error) != 0)
		return error->code;
	return score(options, &(struct extra_sink){ 0 }, &nightly, error);
}

int
score_with_callback(
    const struct options *options, mxsweep_row_fn on_row, void *user, struct error *error)
{
	struct nightly nightly = { 0 };

	return score(options, &(struct extra_sink){ on_row, user }, &nightly, error);
}

/* ---- check */

static int
open_check_sink(const struct options *options, struct sinks *sinks, struct error *error)
{
	*sinks = (struct sinks){ .count = 1 };
	if (options->json)
		return scorecard_ndjson_open("-", &sinks->at[0], error);
	sinks->at[0] = scorecard_terminal_open(stdout, terminal_has_colour());
	return 0;
}

static int
show_card(const struct options *options, const struct tables *tables, struct night *night,
    const struct gather_report *report, struct error *error)
{
	struct finish_counts counts;
	struct sinks sinks;

	if (open_check_sink(options, &sinks, error) != 0 ||
	    finish_run(night, tables, options, &sinks, &counts, error) != 0)
		return error->code;
	if (report->signal != 0)
		return EXIT_SIGNAL + report->signal;
	return report->blocked ? EX_TEMPFAIL : 0;
}

int
command_check(const struct options *options, struct error *error)
{
	return quick_run(options, show_card, error);
}
