/* From options to sinks. */
#include "app/sinks.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "report/columns.h"
#include "report/findings_csv.h"
#include "report/history_sink.h"
#include "report/html.h"
#include "report/mail.h"
#include "report/prometheus.h"
#include "report/scorecard_csv.h"
#include "report/scorecard_json.h"
#include "report/workbook.h"

#include <stdlib.h>

/* The next sink is kept, if it could be opened. */
static int
keep(struct sinks *sinks, int opened)
{
	if (opened == 0)
		sinks->count++;
	return opened;
}

static struct csv_style
style_of(const struct options *options)
{
	return (struct csv_style){ (char)options->csv_delimiter, options->csv_safe };
}

/* The scorecards, in the columns of --csv-layout. */
static int
open_scorecards(const struct options *options, const char *path,
    const struct carried_columns *columns, const char *const *own, struct sinks *sinks,
    struct error *error)
{
	const struct csv_style style = style_of(options);
	struct sink **sink_out = &sinks->at[sinks->count];

	switch (options->csv_layout) {
	case CSV_LAYOUT_CHECKDMARC:
		return keep(
		    sinks, checkdmarc_csv_open(path, &style, options->csv_bom, sink_out, error));
	case CSV_LAYOUT_TRUSTYMAIL:
		return keep(
		    sinks, trustymail_csv_open(path, &style, options->csv_bom, sink_out, error));
	case CSV_LAYOUT_OWN:
		break;
	}
	return keep(sinks,
	    scorecard_csv_open(path, &style, options->csv_bom, columns->names, columns->count, own,
		sink_out, error));
}

static int
open_findings(const struct options *options, const struct carried_columns *columns,
    struct sinks *sinks, struct error *error)
{
	const struct csv_style style = style_of(options);

	return keep(sinks,
	    findings_csv_open(options->findings, &style, options->csv_bom, columns->names,
		columns->count, &sinks->at[sinks->count], error));
}

static int
open_workbook(const struct options *options, const struct carried_columns *columns,
    const char *const *own, struct sinks *sinks, struct error *error)
{
	const struct changes_source changes = { options->db, options->confirm };

	return keep(sinks,
	    workbook_open(options->xlsx, columns->names, columns->count, own, &changes,
		&sinks->at[sinks->count], error));
}

typedef int (*plain_open_fn)(const char *path, struct sink **sink_out, struct error *error);

/* One that shows no carried columns of its own; NULL: it is not asked for. */
static int
open_plain(plain_open_fn open, const char *path, struct sinks *sinks, struct error *error)
{
	return path == NULL ? 0 : keep(sinks, open(path, &sinks->at[sinks->count], error));
}

bool
sinks_named(const struct options *options)
{
	return options->csv != NULL || options->ndjson != NULL || options->findings != NULL ||
	    options->xlsx != NULL || options->html != NULL || options->prometheus != NULL ||
	    options->db != NULL || options->nagios || options->mail;
}

static int
open_mail(const struct options *options, struct sinks *sinks, struct error *error)
{
	const struct mail_head head = { options->from, options->to, options->subject };

	return mail_open(&head, &sinks->at[sinks->count], error);
}

int
sinks_open(const struct options *options, const struct carried_columns *columns,
    struct sinks *sinks_out, struct error *error)
{
	const struct option_list profiles = options_profiles(options);
	struct arena arena = { 0 };
	const char *const *own =
	    columns_with_profiles((const char *const *)profiles.at, profiles.count, &arena);
	bool bare = !sinks_named(options);
	bool page = bare && options->command == COMMAND_REPORT;
	const char *csv = bare && !page ? "-" : options->csv;
	int result = 0;

	*sinks_out = (struct sinks){ .count = 0 };
	if (options->db != NULL) /* the first to end: the workbook tells what changed */
		result |= keep(sinks_out,
		    history_sink_open(
			options->db, options->keep, &sinks_out->at[sinks_out->count], error));
	if (csv != NULL)
		result |= open_scorecards(options, csv, columns, own, sinks_out, error);
	if (options->findings != NULL)
		result |= open_findings(options, columns, sinks_out, error);
	result |= open_plain(scorecard_ndjson_open, options->ndjson, sinks_out, error);
	if (options->xlsx != NULL)
		result |= open_workbook(options, columns, own, sinks_out, error);
	result |= open_plain(html_open, page ? "-" : options->html, sinks_out, error);
	result |= open_plain(prometheus_open, options->prometheus, sinks_out, error);
	if (options->mail)
		result |= keep(sinks_out, open_mail(options, sinks_out, error));
	arena_free(&arena);
	return result;
}

static int
nothing_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	(void)totals;
	(void)error;
	free(sink);
	return 0;
}

static void
nothing_abandon(struct sink *sink)
{
	free(sink);
}

struct sink *
sink_for_nothing(void)
{
	struct sink *sink = alloc_zeroed(1, sizeof *sink);

	*sink = (struct sink){ .end = nothing_end, .abandon = nothing_abandon };
	return sink;
}

struct callback_sink {
	struct sink sink;
	mxsweep_row_fn on_row;
	void *user;
	struct strbuf json;
};

static void
describe_checks(const struct report_row *row, struct mxsweep_check *checks)
{
	const struct scorecard *card = row->card;

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];
		const struct finding *finding = &result->finding;

		checks[i].id = result->check->id;
		checks[i].outcome = outcome_text(finding->outcome);
		checks[i].value = finding->value;
		if (finding->reason != REASON_NONE)
			checks[i].reason = reason_text(finding->reason);
		if (result->decided_by != NULL)
			checks[i].subject = result->decided_by->subject;
		if (outcome_is_bad(finding->outcome))
			checks[i].advice = scorecard_advice(card, result, row->arena);
	}
}

static int
callback_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct callback_sink *callback = (struct callback_sink *)sink;
	const struct scorecard *card = row->card;
	struct mxsweep_check *checks = arena_zeroed(row->arena, card->count, sizeof *checks);
	struct mxsweep_row out = {
		.line = row->line,
		.domain = card->e->domain != NULL ? card->e->domain : card->e->input,
		.verdict = verdict_text(card->verdict),
		.score = card->score,
		.confidence = card->confidence,
		.grade = card->grade,
		.checks = checks,
		.check_count = card->count,
	};
	int result;

	describe_checks(row, checks);
	strbuf_reset(&callback->json);
	scorecard_json_add(&callback->json, row);
	out.json = callback->json.at;
	result = callback->on_row(callback->user, &out);
	if (result != 0)
		error_set(error, result, "ended by the callback");
	return result == 0 ? 0 : -1;
}

static void
callback_abandon(struct sink *sink)
{
	struct callback_sink *callback = (struct callback_sink *)sink;

	strbuf_free(&callback->json);
	free(callback);
}

static int
callback_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	(void)totals;
	(void)error;
	callback_abandon(sink);
	return 0;
}

struct sink *
sink_for_callback(mxsweep_row_fn on_row, void *user)
{
	struct callback_sink *callback = alloc_zeroed(1, sizeof *callback);

	callback->sink =
	    (struct sink){ .row = callback_row, .end = callback_end, .abandon = callback_abandon };
	callback->on_row = on_row;
	callback->user = user;
	return &callback->sink;
}
