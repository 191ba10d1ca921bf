/* The readable scorecard. */
#include "report/terminal.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "report/output.h"
#include "report/tally.h"
#include "report/terminal_findings.h"
#include "score/profile.h"
#include "score/run_rows.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	INDENT = 4,
	OUTCOME_WIDTH = sizeof "not_applicable" - 1,
	ID_WIDTH = sizeof "run.resolver-validates" - 1,
};

struct terminal_sink {
	struct sink sink;
	struct terminal terminal;
	bool untested; /* some row lacks what only the scanner could have seen at port 25 */
};

static const char *const outcome_colours[OUTCOME_COUNT] = {
	[OUTCOME_PASS] = "\033[32m",
	[OUTCOME_INFO] = "\033[36m",
	[OUTCOME_WARN] = "\033[33m",
	[OUTCOME_FAIL] = "\033[31m",
	[OUTCOME_NOT_TESTED] = "\033[35m",
	[OUTCOME_NOT_APPLICABLE] = "\033[2m",
};

void
terminal_print_outcome(const struct terminal *t, enum outcome outcome, int width)
{
	const char *text = outcome_text(outcome);

	if (t->colour)
		fprintf(t->out, "%s%-*s\033[0m", outcome_colours[outcome], width, text);
	else
		fprintf(t->out, "%-*s", width, text);
}

/* U+0080 to U+009F steer a terminal as ESC does. */
static bool
is_steering(const char *text, size_t octets)
{
	const unsigned char *at = (const unsigned char *)text;

	return octets == 0 || at[0] < 0x20 || at[0] == 0x7f ||
	    (octets == 2 && at[0] == 0xc2 && at[1] < 0xa0);
}

void
terminal_print_safe(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t octets = utf8_length(text + i, length - i);

		if (is_steering(text + i, octets)) {
			fputc('?', out);
			i += octets == 0 ? 1 : octets;
			continue;
		}
		fwrite(text + i, 1, octets, out);
		i += octets;
	}
}

/* How wide it is: characters, not octets. */
static size_t
width_of(const char *text, size_t length)
{
	size_t width = 0;

	for (size_t i = 0; i < length; i++)
		width += (text[i] & 0xc0) != 0x80;
	return width;
}

size_t
terminal_print_words(FILE *out, size_t indent, size_t column, const char *text)
{
	bool begun = false;

	for (text += strspn(text, " \n"); *text != '\0'; text += strspn(text, " \n")) {
		size_t length = strcspn(text, " \n"), width = width_of(text, length);

		if (begun && column + 1 + width > TERMINAL_WIDTH) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (begun) {
			fputc(' ', out);
			column++;
		}
		terminal_print_safe(out, text, length);
		column += width;
		begun = true;
		text += length;
	}
	return column;
}

/* On lines of their own, indented. */
static void
print_wrapped(FILE *out, const char *text)
{
	fprintf(out, "\n%*s", INDENT, "");
	terminal_print_words(out, INDENT, INDENT, text);
}

static enum outcome
verdict_outcome(enum verdict verdict)
{
	static const enum outcome outcomes[VERDICT_COUNT] = {
		[VERDICT_PASS] = OUTCOME_PASS,
		[VERDICT_WARN] = OUTCOME_WARN,
		[VERDICT_FAIL] = OUTCOME_FAIL,
		[VERDICT_NOT_TESTED] = OUTCOME_NOT_TESTED,
		[VERDICT_INVALID_INPUT] = OUTCOME_FAIL,
	};

	return outcomes[verdict];
}

static void
print_heading(const struct terminal *t, const struct report_row *row)
{
	const struct scorecard *card = row->card;
	const char *name = card->e->domain != NULL ? card->e->domain : card->e->input;
	const char *verdict = verdict_text(card->verdict), *rest = "";
	char weights[TALLY_WEIGHTS_SIZE];
	size_t column = width_of(name, strlen(name)) + strlen(": ") + strlen(verdict);

	fputs(t->colour ? "\033[1m" : "", t->out);
	terminal_print_safe(t->out, name, strlen(name));
	fprintf(t->out, "%s: %s%s%s", t->colour ? "\033[0m" : "",
	    t->colour ? outcome_colours[verdict_outcome(card->verdict)] : "", verdict,
	    t->colour ? "\033[0m" : "");
	if (card->score != SCORE_NONE) {
		rest = arena_printf(row->arena, ", %d of 100, grade %s", card->score, card->grade);
	} else {
		fputc(' ', t->out);
		column++;
	}
	rest = arena_printf(row->arena, "%s%s(%d %% of what applies was tested)", rest,
	    *rest == '\0' ? "" : " ", card->confidence);
	terminal_print_words(t->out, INDENT, column, rest);
	fputc('\n', t->out);
	if (tally_weights(card->weights, weights))
		fprintf(t->out, "  %s\n", weights);
}

static void
print_points(const struct terminal *t, const struct scorecard *card)
{
	for (int point = 0; point < POINT_COUNT; point++) {
		bool last = point % 3 == 2 || point == POINT_COUNT - 1;

		fprintf(t->out, "  %-9s", point_text((enum point)point));
		terminal_print_outcome(t, card->points[point], last ? 0 : OUTCOME_WIDTH);
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
print_profile(const struct terminal *t, const struct profile_verdict *verdict, struct arena *arena)
{
	if (verdict->word == PROFILE_UNBOUND)
		return;
	fprintf(t->out, "\n  it %s", profile_sentence(verdict, arena));
	if (verdict->word != PROFILE_COMPLIANT)
		print_wrapped(t->out, profile_decided_text(verdict, arena));
	if (verdict->shoulds_met < verdict->shoulds)
		print_wrapped(t->out,
		    arena_printf(arena, "%zu of %zu rules that should be kept are",
			verdict->shoulds_met, verdict->shoulds));
	if (verdict->profile->unseen_count > 0)
		print_wrapped(t->out, unseen_text(verdict->profile, arena));
	fputc('\n', t->out);
}

static void
print_profiles(const struct terminal *t, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->profile_count; i++)
		print_profile(t, &row->card->profiles[i], row->arena);
}

static int
terminal_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct terminal_sink *s = (struct terminal_sink *)sink;
	const struct terminal *t = &s->terminal;

	print_heading(t, row);
	if (row->card->e->domain != NULL)
		print_points(t, row->card);
	terminal_print_findings(t, row);
	print_profiles(t, row);
	fputc('\n', t->out);
	s->untested = s->untested || row->card->points[POINT_SMTP] == OUTCOME_NOT_TESTED;
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
	const struct terminal t = { out, colour };

	fputs("  ", out);
	terminal_print_outcome(&t, outcome, OUTCOME_WIDTH);
	if (*value == '\0')
		fprintf(out, " %s", id);
	else
		fprintf(out, " %-*s ", ID_WIDTH, id);
	terminal_print_safe(out, value, strlen(value));
	if (advice != NULL)
		print_wrapped(out, advice);
	fputc('\n', out);
}

/* What the scanner itself lacked, once behind all cards. What it could not find out of itself is
 * of no interest where nothing is missing. */
static void
print_run(const struct terminal_sink *s, const struct run_rows *run)
{
	struct arena arena = { 0 };
	bool begun = false;

	for (size_t i = 0; i < run->count; i++) {
		const struct run_row *row = &run->at[i];
		bool bad = outcome_is_bad(row->finding.outcome);

		if (!run_row_is_telling(row) || (!bad && !s->untested))
			continue;
		if (!begun)
			fputs("the scanner itself:\n", s->terminal.out);
		begun = true;
		terminal_print_row(s->terminal.out, s->terminal.colour, row->finding.outcome,
		    row->check->id, run_row_words(row, &arena), bad ? row->check->advice : NULL);
	}
	arena_free(&arena);
}

static int
terminal_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct terminal_sink *s = (struct terminal_sink *)sink;
	int failed;

	if (totals->run != NULL)
		print_run(s, totals->run);
	failed = fflush(s->terminal.out);
	free(s);
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
	struct terminal_sink *s = alloc_zeroed(1, sizeof *s);

	s->sink =
	    (struct sink){ .row = terminal_row, .end = terminal_end, .abandon = terminal_abandon };
	s->terminal = (struct terminal){ out, colour };
	return &s->sink;
}
