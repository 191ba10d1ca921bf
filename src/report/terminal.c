/* The readable scorecard. */
#include "report/terminal.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "report/output.h"
#include "score/profile.h"
#include "score/run_rows.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	WIDTH = 80,
	INDENT = 4,
	OUTCOME_WIDTH = sizeof "not_applicable" - 1,
	ID_WIDTH = sizeof "run.resolver-validates" - 1,
};

struct terminal_sink {
	struct sink sink;
	FILE *out;
	bool colour;
};

static const char *const outcome_colours[OUTCOME_COUNT] = {
	[OUTCOME_PASS] = "\033[32m",
	[OUTCOME_INFO] = "\033[36m",
	[OUTCOME_WARN] = "\033[33m",
	[OUTCOME_FAIL] = "\033[31m",
	[OUTCOME_NOT_TESTED] = "\033[35m",
	[OUTCOME_NOT_APPLICABLE] = "\033[2m",
};

static void
print_outcome(const struct terminal_sink *t, enum outcome outcome, int width)
{
	const char *text = outcome_text(outcome);

	if (t->colour)
		fprintf(t->out, "%s%-*s\033[0m", outcome_colours[outcome], width, text);
	else
		fprintf(t->out, "%-*s", width, text);
}

void
terminal_print_safe(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t octets = utf8_length(text + i, length - i);

		if (octets == 0 || (unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
			fputc('?', out);
			i++;
			continue;
		}
		fwrite(text + i, 1, octets, out);
		i += octets;
	}
}

/* Words wrapped at the width of a terminal, indented. */
static void
print_wrapped(FILE *out, const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t word = strcspn(text, " \n");

		if (column > 0 && column + 1 + word > WIDTH - INDENT)
			column = 0;
		if (column == 0)
			fprintf(out, "\n%*s", INDENT, "");
		else
			fputc(' ', out);
		terminal_print_safe(out, text, word);
		column += word + 1;
		text += word;
		text += strspn(text, " \n");
	}
}

static void
print_heading(const struct terminal_sink *t, const struct scorecard *card)
{
	const struct evaluation *e = card->e;

	fputs(t->colour ? "\033[1m" : "", t->out);
	terminal_print_safe(t->out, e->domain != NULL ? e->domain : e->input,
	    strlen(e->domain != NULL ? e->domain : e->input));
	fprintf(t->out, "%s: %s", t->colour ? "\033[0m" : "", verdict_text(card->verdict));
	if (card->score != SCORE_NONE)
		fprintf(t->out, ", %d of 100, grade %s", card->score, card->grade);
	fprintf(t->out, " (%d %% of what applies was tested)\n", card->confidence);
}

static void
print_points(const struct terminal_sink *t, const struct scorecard *card)
{
	for (int point = 0; point < POINT_COUNT; point++) {
		bool last = point % 3 == 2 || point == POINT_COUNT - 1;

		fprintf(t->out, "  %-9s", point_text((enum point)point));
		print_outcome(t, card->points[point], last ? 0 : OUTCOME_WIDTH);
		fputs(last ? "\n" : " ", t->out);
	}
}

static const char *
unseen_text(const struct profile *profile, struct arena *arena)
{
	const char *list = "Cannot be seen from outside:";

	for (size_t i = 0; i < profile->unseen_count; i++)
		list = arena_printf(arena, "%s%s %s", list, i == 0 ? "" : ";", profile->unseen[i]);
	return list;
}

static void
print_profile(
    const struct terminal_sink *t, const struct profile_verdict *verdict, struct arena *arena)
{
	if (verdict->word == PROFILE_UNBOUND)
		return;
	fprintf(t->out, "\n  %s", profile_sentence(verdict, arena));
	if (verdict->word != PROFILE_COMPLIANT)
		print_wrapped(t->out, profile_decided_text(verdict, arena));
	if (verdict->shoulds_met < verdict->shoulds)
		print_wrapped(t->out,
		    arena_printf(arena, "%zu of %zu rules that should be kept are",
			verdict->shoulds_met, verdict->shoulds));
	if (verdict->profile->unseen_count > 0)
		print_wrapped(t->out, unseen_text(verdict->profile, arena));
}

static void
print_profiles(const struct terminal_sink *t, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->profile_count; i++)
		print_profile(t, &row->card->profiles[i], row->arena);
	if (row->card->profile_count > 0)
		fputc('\n', t->out);
}

static void
print_result(
    const struct terminal_sink *t, const struct report_row *row, const struct check_result *result)
{
	fputs("\n  ", t->out);
	print_outcome(t, result->finding.outcome, OUTCOME_WIDTH);
	fprintf(t->out, " %s", result->check->id);
	if (result->finding.reason == CAUSE_WAIVED)
		fprintf(t->out, " (%s until %s: %s)", reason_text(CAUSE_WAIVED),
		    result->finding.named, outcome_text(result->finding.observed));
	else if (result->finding.reason != REASON_NONE)
		fprintf(t->out, " (%s)", reason_text(result->finding.reason));
	if (result->finding.flap)
		fputs(" (not in both looks)", t->out);
	if (result->finding.provisional)
		fputs(" (provisional)", t->out);
	if (result->subject_count > 0 && result->check->subject != OF_DOMAIN)
		print_wrapped(t->out, result->decided_by->subject);
	if (outcome_is_bad(result->finding.outcome))
		print_wrapped(t->out, scorecard_advice(row->card, result, row->arena));
	else if (result->finding.value != NULL)
		print_wrapped(t->out, result->finding.value);
}

static void
print_results(const struct terminal_sink *t, const struct report_row *row, enum outcome outcome)
{
	for (size_t i = 0; i < row->card->count; i++) {
		const struct check_result *result = &row->card->results[i];

		if (result->finding.outcome == outcome && result->in_set)
			print_result(t, row, result);
	}
}

static void
print_waived(const struct terminal_sink *t, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->count; i++)
		if (row->card->results[i].finding.reason == CAUSE_WAIVED)
			print_result(t, row, &row->card->results[i]);
}

static int
terminal_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct terminal_sink *t = (struct terminal_sink *)sink;

	print_heading(t, row->card);
	print_points(t, row->card);
	print_profiles(t, row);
	print_results(t, row, OUTCOME_FAIL);
	print_results(t, row, OUTCOME_WARN);
	if (row->card->e->domain != NULL)
		print_results(t, row, OUTCOME_NOT_TESTED);
	print_waived(t, row);
	fputs("\n\n", t->out);
	if (ferror(t->out))
		return output_cannot_write("-", error);
	return 0;
}

bool
terminal_has_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0');
}

void
terminal_print_row(FILE *out, bool colour, enum outcome outcome, const char *id, const char *value,
    const char *advice)
{
	const struct terminal_sink t = { .out = out, .colour = colour };

	fputs("  ", out);
	print_outcome(&t, outcome, OUTCOME_WIDTH);
	if (*value == '\0')
		fprintf(out, " %s", id);
	else
		fprintf(out, " %-*s ", ID_WIDTH, id);
	terminal_print_safe(out, value, strlen(value));
	if (advice != NULL)
		print_wrapped(out, advice);
	fputc('\n', out);
}

/* What the scanner itself lacked, once behind all cards. */
static void
print_run(const struct terminal_sink *t, const struct run_rows *run)
{
	struct arena arena = { 0 };
	bool begun = false;

	for (size_t i = 0; i < run->count; i++) {
		const struct run_row *row = &run->at[i];

		if (!run_row_is_telling(row))
			continue;
		if (!begun)
			fputs("the scanner itself:\n", t->out);
		begun = true;
		terminal_print_row(t->out, t->colour, row->finding.outcome, row->check->id,
		    run_row_words(row, &arena), row->check->advice);
	}
	arena_free(&arena);
}

static int
terminal_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct terminal_sink *t = (struct terminal_sink *)sink;
	int failed;

	if (totals->run != NULL)
		print_run(t, totals->run);
	failed = fflush(t->out);
	free(t);
	return failed == 0 ? 0 : output_cannot_write("-", error);
}

static void
terminal_abandon(struct sink *sink)
{
	free(sink);
}

struct sink *
scorecard_terminal_open(FILE *out, bool colour)
{
	struct terminal_sink *t = alloc_zeroed(1, sizeof *t);

	t->sink =
	    (struct sink){ .row = terminal_row, .end = terminal_end, .abandon = terminal_abandon };
	t->out = out;
	t->colour = colour;
	return &t->sink;
}
