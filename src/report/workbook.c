/* The sink that writes a workbook. */
#include "report/workbook.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "report/causes.h"
#include "report/changes_output.h"
#include "report/columns.h"
#include "report/output.h"
#include "report/sheet.h"
#include "report/tally.h"
#include "report/workbook_summary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sysexits.h>

enum { CAUSES_SHOWN = 10000 };

struct workbook_sink {
	struct sink sink; /* first member */
	const char *path, *folder;
	struct output *output;
	lxw_workbook *book;
	lxw_worksheet *summary;
	struct sheet_formats formats;
	struct sheet domains, findings, causes, changed;
	struct changes_source changes;
	int64_t started_at; /* the run; 0 before the first row */
	struct arena arena; /* paths, and the heads of the sheets */
};

static const char *const finding_columns[] = { "check", "outcome", "subject", "value", "advice",
	"reference", NULL };
static const char *const cause_columns[] = { "check", "subject", "outcome", "domains", "example",
	"value", "advice", NULL };

/* ---- heads */

static const char *const *
head_of(struct workbook_sink *w, const char *const *carried, size_t count, const char *const *own)
{
	size_t own_count = 0;
	const char **head;

	while (own[own_count] != NULL)
		own_count++;
	head = arena_zeroed(&w->arena, count + own_count + 2, sizeof *head);
	head[0] = "domain";
	for (size_t i = 0; i < count; i++)
		head[1 + i] = sheet_clean(arena_string(&w->arena, carried[i]), &w->arena);
	for (size_t i = 0; i < own_count; i++)
		head[1 + count + i] = arena_string(&w->arena, own[i]);
	return head;
}

static struct sheet
sheet_of(struct workbook_sink *w, const char *name, const char *const *head)
{
	return (
	    struct sheet){ .book = w->book, .formats = &w->formats, .name = name, .head = head };
}

/* ---- rows */

static void
write_cell(struct sheet *sheet, const struct column *column, const struct report_row *row)
{
	const char *text = column->cell(row);
	char *end;
	double number = strtod(text, &end);

	if (column->kind == COLUMN_NUMBER && end != text && *end == '\0')
		sheet_number(sheet, number);
	else if (column->kind == COLUMN_OUTCOME)
		sheet_word(sheet, text);
	else
		sheet_text(sheet, text, row->arena);
}

static void
begin_row(struct sheet *sheet, const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	sheet_row(sheet);
	sheet_text(sheet, e->domain != NULL ? e->domain : e->input, row->arena);
	for (size_t i = 0; i < row->carried_count; i++)
		sheet_text(sheet, row->carried[i], row->arena);
}

static void
write_finding(struct sheet *sheet, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject)
{
	begin_row(sheet, row);
	sheet_text(sheet, result->check->id, row->arena);
	sheet_word(sheet, outcome_text(subject->finding.outcome));
	sheet_text(sheet, subject->subject, row->arena);
	sheet_text(sheet, subject->finding.value, row->arena);
	sheet_text(
	    sheet, scorecard_subject_advice(row->card, result, subject, row->arena), row->arena);
	sheet_text(sheet, result->check->ref, row->arena);
}

static void
write_findings(struct sheet *sheet, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->count; i++) {
		const struct check_result *result = &row->card->results[i];

		for (size_t k = 0; result->in_set && k < result->subject_count; k++)
			if (outcome_is_bad(result->subjects[k].finding.outcome))
				write_finding(sheet, row, result, &result->subjects[k]);
	}
}

static int
refused(const struct workbook_sink *w, lxw_error why, struct error *error)
{
	return error_set(error, EX_IOERR, "%s: cannot be written: %s", w->path, lxw_strerror(why));
}

static int
workbook_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct workbook_sink *w = (struct workbook_sink *)sink;

	w->started_at = row->card->e->run->now;
	begin_row(&w->domains, row);
	for (size_t i = 0; i < scorecard_column_count; i++)
		write_cell(&w->domains, &scorecard_columns[i], row);
	for (size_t i = 0; i < row->card->profile_count; i++)
		sheet_word(&w->domains, column_of_profile(row, i));
	write_findings(&w->findings, row);
	if (w->domains.failed != LXW_NO_ERROR)
		return refused(w, w->domains.failed, error);
	return w->findings.failed == LXW_NO_ERROR ? 0 : refused(w, w->findings.failed, error);
}

/* ---- the end */

static void
write_causes(struct workbook_sink *w, const struct causes *causes)
{
	struct arena arena = { 0 };
	size_t count;
	const struct cause **top = causes_top(causes, CAUSES_SHOWN, &count);

	for (size_t i = 0; i < count; i++) {
		const struct cause *cause = top[i];

		sheet_row(&w->causes);
		sheet_text(&w->causes, cause->check->id, &arena);
		sheet_text(&w->causes, cause->subject, &arena);
		sheet_word(&w->causes, outcome_text(cause->outcome));
		sheet_number(&w->causes, (double)cause->domains);
		sheet_text(&w->causes, cause->example, &arena);
		sheet_text(&w->causes, cause->value, &arena);
		sheet_text(&w->causes, cause->advice, &arena);
		arena_reset(&arena);
	}
	free(top);
	arena_free(&arena);
}

/* Nobody loses the sheets for a history that cannot be read. */
static void
write_changes(struct workbook_sink *w)
{
	struct error error;

	if (w->changes.history == NULL || w->started_at == 0)
		return;
	if (changes_sheet_write(&w->changed, &w->changes, w->started_at, &error) != 0)
		log_warn("%s: what changed is not, or not all, in it: %s", w->path, error.text);
}

/* What the sheets take until they are packed: the library does not tell when its files are cut. */
static int
check_space(struct workbook_sink *w, struct error *error)
{
	struct statvfs disk;
	unsigned long long needed = 1 << 20;
	lxw_worksheet *sheet;

	STAILQ_FOREACH(sheet, w->book->worksheets, list_pointers)
	{
		long size = sheet->optimize_tmpfile == NULL ? 0 : ftell(sheet->optimize_tmpfile);

		if (sheet->optimize_tmpfile != NULL &&
		    (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile)))
			return error_set(error, EX_IOERR,
			    "%s: its sheets cannot be written into %s: %s", w->path, w->folder,
			    strerror(errno == 0 ? ENOSPC : errno));
		needed += size > 0 ? (unsigned long long)size : 0;
	}
	if (statvfs(w->folder, &disk) == 0 &&
	    (unsigned long long)disk.f_bavail * disk.f_frsize < needed)
		return error_set(error, EX_IOERR,
		    "%s: cannot be written: its sheets need %llu MiB more in %s for a while",
		    w->path, needed >> 20, w->folder);
	return 0;
}

static void
free_sink(struct workbook_sink *w)
{
	arena_free(&w->arena);
	free(w);
}

static void
workbook_abandon(struct sink *sink)
{
	struct workbook_sink *w = (struct workbook_sink *)sink;

	lxw_workbook_free(w->book);
	output_abandon(w->output);
	free_sink(w);
}

static void
end_sheets(struct workbook_sink *w)
{
	sheet_end(&w->domains);
	sheet_end(&w->findings);
	sheet_end(&w->causes);
	if (w->changes.history != NULL)
		sheet_end(&w->changed);
}

static int
workbook_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct workbook_sink *w = (struct workbook_sink *)sink;
	char title[] = "Mail configuration";
	lxw_doc_properties made = {
		.title = title,
		.created = (time_t)totals->tally->first_scan, /* equal input, equal octets */
	};
	lxw_error failed;
	int result;

	write_causes(w, totals->causes);
	write_changes(w);
	end_sheets(w);
	workbook_summary_write(w->book, w->summary, &w->formats, totals);
	workbook_set_properties(w->book, &made);
	if (check_space(w, error) != 0) {
		workbook_abandon(sink);
		return -1;
	}
	failed = workbook_close(w->book);
	if (failed != LXW_NO_ERROR) {
		result = refused(w, failed, error);
		output_abandon(w->output);
	} else {
		result = output_commit(w->output, error);
	}
	free_sink(w);
	return result;
}

/* ---- the beginning */

static void
add_sheets(
    struct workbook_sink *w, const char *const *carried, size_t count, const char *const *columns)
{
	sheet_formats_make(w->book, &w->formats);
	w->summary = workbook_add_worksheet(w->book, "Summary");
	w->domains = sheet_of(w, "Domains", head_of(w, carried, count, columns));
	w->findings = sheet_of(w, "Findings", head_of(w, carried, count, finding_columns));
	w->causes = sheet_of(w, "Causes", cause_columns);
	sheet_begin(&w->domains);
	sheet_begin(&w->findings);
	sheet_begin(&w->causes);
	if (w->changes.history == NULL)
		return;
	w->changed = sheet_of(w, "Changes", changes_columns);
	sheet_begin(&w->changed);
}

int
workbook_open(const char *path, const char *const *carried_names, size_t carried_count,
    const char *const *columns, const struct changes_source *changes, struct sink **sink_out,
    struct error *error)
{
	struct workbook_sink *w = alloc_zeroed(1, sizeof *w);
	lxw_workbook_options how = { .constant_memory = LXW_TRUE };

	w->sink = (struct sink){ .row = workbook_row,
		.end = workbook_end,
		.abandon = workbook_abandon,
		.wants_shared = true };
	w->path = arena_string(&w->arena, path);
	w->folder = output_folder(path, &w->arena);
	w->changes.confirm = changes->confirm;
	if (changes->history != NULL)
		w->changes.history = arena_string(&w->arena, changes->history);
	if (output_open(path, &w->output, error) != 0) {
		free_sink(w);
		return -1;
	}
	if (output_place(w->output) == NULL) {
		error_set(error, EX_USAGE,
		    "--xlsx %s: is no regular file; a workbook cannot be written elsewhere", path);
		output_abandon(w->output);
		free_sink(w);
		return -1;
	}
	how.tmpdir = (char *)(uintptr_t)w->folder; /* it is only read */
	w->book = workbook_new_opt(output_place(w->output), &how);
	add_sheets(w, carried_names, carried_count, columns);
	*sink_out = &w->sink;
	return 0;
}
