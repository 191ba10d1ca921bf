/* The commands that judge: scan, check and score. Gather, finish, and what a person is told. */
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/dry_run.h"
#include "app/finish.h"
#include "app/gather.h"
#include "app/nightly.h"
#include "app/night_place.h"
#include "app/night_weights.h"
#include "app/options_kept.h"
#include "app/outputs.h"
#include "app/quick_run.h"
#include "app/rescan.h"
#include "app/rows.h"
#include "app/signals.h"
#include "app/sinks.h"
#include "app/split.h"
#include "app/tables.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/run_facts.h"
#include "report/first_steps.h"
#include "report/scorecard_json.h"
#include "report/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char options_key[] = "options";
static const char while_finishing[] = "writing the scorecards"; /* to whoever asks by a signal */

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
	rescan_say(&report->rescan, stderr);
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
	if (report->blocked || report->resolvers_lost) /* which was said when it was found */
		return EX_TEMPFAIL;
	return nightly_fail_on_met(options, nightly) ? EXIT_FAIL_ON : 0;
}

/* One run, from its night file on. */
struct scan {
	const struct options *options;
	const struct extra_sink *extra;
	struct nightly *nightly;
	struct night_place *place;
	struct night *night;
	struct tables tables;
	struct rows_read read;
	struct gather_report report;
	bool worth; /* something may be in the night file */
	bool over;  /* nothing is left to do for it */
};

/* Hours of gathering are not thrown away for a disk that was full at their end. */
static void
say_where(const struct scan *scan, struct error *error)
{
	struct error why = *error;

	if (!scan->place->named)
		error_set(error, why.code,
		    "%s; what was gathered is kept: `mxsweep score %s` writes it", why.text,
		    night_path(scan->night));
}

static const char *
input_of(const struct options *options)
{
	return options->arguments.count > 0 ? options->arguments.at[0] : NULL;
}

/* Standard input cannot be compared: whoever names it again may have nothing more to say. */
static int
read_rows(struct scan *scan, struct error *error)
{
	const struct options *options = scan->options;
	const char *input = input_of(options);

	if (!options->resume)
		return rows_import(input, options, scan->night, &scan->read, error);
	if (rows_recall(scan->night, &scan->read))
		return input == NULL || strcmp(input, "-") == 0
		    ? 0
		    : rows_compare(input, options, scan->night, error);
	if (input == NULL)
		return error_set(error, EX_NOINPUT,
		    "night file %s: its run was ended while the list was read; name the list once "
		    "more behind --resume",
		    night_path(scan->night));
	if (night_rows_forget(scan->night, error) != 0)
		return -1;
	return rows_import(input, options, scan->night, &scan->read, error);
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
gather(struct scan *scan, struct error *error)
{
	memset(&scan->report, 0, sizeof scan->report);
	if (scan->options->resume && run_facts_complete(scan->night))
		return 0;
	if (gather_run(
		scan->options, &scan->tables, scan->night, &scan->read, &scan->report, error) != 0)
		return -1;
	return gather_answered(&scan->report, error);
}

static int
scan_night(struct scan *scan, struct error *error)
{
	struct gather_report *report = &scan->report;
	struct nightly *nightly = scan->nightly;
	int code;

	signals_answer("reading the list");
	if (read_rows(scan, error) != 0 || check_columns(scan->options, scan->night, error) != 0 ||
	    gather(scan, error) != 0)
		return error->code;
	if (scan->options->dry_run)
		return show_plan(scan->options, report);
	scan->worth = true;
	signals_answer(while_finishing);
	if (finish_night(scan->options, scan->night, &scan->tables, scan->extra, &nightly->counts,
		&report->signal, error) != 0) {
		if (report->night_failed) /* it was full before anything worth keeping was in it */
			*error = report->night_error;
		else
			say_where(scan, error);
		return error->code;
	}
	if (is_watched(scan->options))
		say_summary(report, &nightly->counts);
	code = nightly_compare(scan->options, nightly, error) != 0
	    ? error->code
	    : scan_exit_code(scan->options, report, &scan->read, nightly, error);
	scan->over = report->signal == 0 && !report->night_failed && !report->resolvers_lost;
	if (!scan->over && !scan->place->named)
		log_warn("what was gathered is kept: `%s` goes on with it",
		    night_place_command(scan->place, scan->options));
	return code;
}

static int
store_options(const struct options *options, struct night *night, struct error *error)
{
	struct strbuf kept = { 0 };
	int result;

	options_kept_write(options, &kept);
	result = night_set_meta(night, options_key, kept.at, kept.length, error);
	strbuf_free(&kept);
	return result;
}

static int
recall_options(struct options *options, struct night *night, struct error *error)
{
	struct strbuf kept = { 0 };
	int result = 0;

	if (night_meta(night, options_key, &kept))
		result = options_kept_read(kept.at, kept.length, night_path(night), options, error);
	strbuf_free(&kept);
	return result;
}

/* A file that nobody named stays while there is something to do for it. */
static void
close_night(struct scan *scan)
{
	night_close(scan->night);
	if (!scan->worth || (scan->over && !scan->place->named))
		unlink(scan->place->path);
}

static int
scan_anew(struct scan *scan, struct error *error)
{
	int code;

	if (tables_load(scan->options, &scan->tables, error) != 0)
		return error->code;
	code = night_place_create(scan->place, &scan->night, error);
	if (code == 0) {
		code = store_options(scan->options, scan->night, error);
		if (code == 0)
			code = night_weights_store(scan->night, scan->tables.weights, error);
		code = code == 0 ? scan_night(scan, error) : error->code;
		close_night(scan);
	} else {
		code = error->code;
	}
	tables_free(&scan->tables);
	return code;
}

/* What is taken up of the options lives in an arena of its own. */
static int
scan_on(struct scan *scan, struct error *error)
{
	struct options options = *scan->options;
	int code = night_place_resume(scan->place, &scan->night, error);

	if (code != 0)
		return error->code;
	memset(&options.arena, 0, sizeof options.arena);
	scan->options = &options;
	scan->worth = true;
	if (recall_options(&options, scan->night, error) != 0 ||
	    tables_load(&options, &scan->tables, error) != 0) {
		code = error->code;
	} else {
		if (options.dry_run ||
		    night_weights_store(scan->night, scan->tables.weights, error) == 0)
			code = scan_night(scan, error);
		else
			code = error->code;
		tables_free(&scan->tables);
	}
	close_night(scan);
	arena_free(&options.arena);
	return code;
}

static int
check_what_is_written(const struct options *options, struct error *error)
{
	if (outputs_check(options, input_of(options), error) != 0)
		return -1;
	return nightly_check(options, error);
}

static int
scan(const struct options *options, const struct extra_sink *extra, struct nightly *nightly,
    struct error *error)
{
	struct night_place place = { 0 };
	struct scan scan = {
		.options = options,
		.extra = extra,
		.nightly = nightly,
		.place = &place,
	};
	int code;

	signals_answer("beginning");
	if (dry_run_check(options, error) != 0 || rescan_check(options, error) != 0 ||
	    descriptors_prepare(error) != 0 ||
	    (!options->dry_run && check_what_is_written(options, error) != 0) ||
	    night_place_take(options, &place, error) != 0)
		code = error->code;
	else
		code = options->resume ? scan_on(&scan, error) : scan_anew(&scan, error);
	signals_answer(NULL);
	night_place_leave(&place);
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
	signals_answer(while_finishing);
	if (night_open(options->arguments.at[0], &night, error) != 0) {
		code = error->code;
	} else {
		night_weights_compare(night, tables.weights);
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
	signals_answer(NULL);
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

int
command_report(const struct options *options, struct error *error)
{
	struct nightly nightly = { 0 };

	if (outputs_check_mail(options, error) != 0)
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
