/* What is wrong with a domain, told to a person. */
#include "report/terminal_findings.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "score/ready.h"

#include <inttypes.h>
#include <string.h>

enum {
	INDENT = 2,
	LABEL_INDENT = 5,
	LABEL_WIDTH = sizeof "should be " - 1,
	TEXT_INDENT = LABEL_INDENT + LABEL_WIDTH,
	SUBJECTS_SHOWN = 3,
	QUOTES = sizeof "\"\" )" - 1,
};

/* ---- labels and their text */

static void
print_label(const struct terminal *t, const char *label)
{
	fprintf(t->out, "%*s%-*s", LABEL_INDENT, "", LABEL_WIDTH, label);
}

static void
print_labelled(const struct terminal *t, const char *label, const char *text)
{
	print_label(t, label);
	terminal_print_words(t->out, TEXT_INDENT, TEXT_INDENT, text);
	fputc('\n', t->out);
}

/* ---- records */

/* How much of a text goes into a line: up to a blank, when there is one. */
static size_t
part_length(const char *text, size_t most)
{
	size_t length = strlen(text), at = most;

	if (length <= most)
		return length;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return at > 0 ? at : most;
}

/* In brackets a record goes over several lines (RFC 1035 5.1); its strings are read as one. */
static void
print_broken(const struct terminal *t, const struct publish_set *record, struct arena *arena)
{
	enum { MOST = TERMINAL_WIDTH - LABEL_INDENT - INDENT - QUOTES };
	struct publish_record part = record->wanted;

	fprintf(t->out, "%*s%s. IN %s (", LABEL_INDENT, "", record->name, dns_type_text(part.type));
	for (const char *at = record->wanted.text; at != NULL && *at != '\0';) {
		size_t length = part.type == DNS_TXT ? part_length(at, MOST) : strlen(at);
		struct strbuf line = { 0 };

		part.text = arena_string_n(arena, at, length);
		publish_record_write(&line, &part);
		fprintf(t->out, "\n%*s%s", LABEL_INDENT + INDENT, "", line.at);
		strbuf_free(&line);
		at += length;
	}
	fputs(" )\n", t->out);
}

static void
print_record(const struct terminal *t, const struct publish_set *record, struct arena *arena)
{
	const char *line = ready_line(record, arena);

	if (strlen(line) + LABEL_INDENT > TERMINAL_WIDTH && record->wanted.text != NULL)
		print_broken(t, record, arena);
	else
		fprintf(t->out, "%*s%s\n", LABEL_INDENT, "", line);
}

/* Its lines end in CRLF. */
static void
print_file(const struct terminal *t, const struct ready *ready)
{
	fprintf(t->out, "\n%*s%s:\n", LABEL_INDENT, "", ready->file_url);
	for (const char *at = ready->file_text; *at != '\0'; at += strspn(at, "\r\n")) {
		int length = (int)strcspn(at, "\r\n");

		fprintf(t->out, "%*s%.*s\n", LABEL_INDENT, "", length, at);
		at += length;
	}
}

static void
print_ready(
    const struct terminal *t, const struct report_row *row, const struct check_result *result)
{
	struct ready ready;

	ready_records(row->card, result, NULL, row->arena, &ready);
	if (ready.count > 0)
		fputc('\n', t->out);
	for (size_t i = 0; i < ready.count; i++)
		print_record(t, &ready.at[i], row->arena);
	if (ready.file_text != NULL)
		print_file(t, &ready);
}

/* ---- one finding */

/* Where it was seen, besides the domain itself. */
static const char *
places_text(const struct check_result *result, struct arena *arena)
{
	const char *list = result->decided_by == NULL ? "" : result->decided_by->subject;
	size_t shown = 1, more = 0;

	for (size_t i = 0; i < result->subject_count; i++) {
		const struct subject_finding *subject = &result->subjects[i];

		if (subject == result->decided_by || !outcome_is_bad(subject->finding.outcome))
			continue;
		if (shown == SUBJECTS_SHOWN) {
			more++;
			continue;
		}
		list = arena_printf(arena, "%s, %s", list, subject->subject);
		shown++;
	}
	return more == 0 ? list : arena_printf(arena, "%s, and %zu more", list, more);
}

static void
print_head(const struct terminal *t, const struct check_result *result, size_t number)
{
	fprintf(t->out, "\n%*s%zu. ", INDENT, "", number);
	terminal_print_outcome(t, result->finding.outcome, 0);
	if (result->check->class != CLASS_NONE)
		fprintf(t->out, ", %s", check_class_text(result->check->class));
	fprintf(t->out, ": %s%s%s%s\n", result->check->id,
	    result->scored ? "" : " (not in the score)",
	    result->finding.flap ? " (not in both looks)" : "",
	    result->finding.provisional ? " (provisional)" : "");
}

static void
print_wrong(const struct terminal *t, const struct report_row *row,
    const struct check_result *result, size_t number)
{
	const char *advice = scorecard_advice_apart(row->card, result, row->arena);
	const char *value = result->finding.value;

	print_head(t, result, number);
	print_labelled(t, "should be", result->check->title);
	if (result->subject_count > 0 && result->check->subject != OF_DOMAIN)
		print_labelled(t, "at", places_text(result, row->arena));
	if (value != NULL && *value != '\0' && strstr(advice, value) == NULL)
		print_labelled(t, "seen", value);
	print_labelled(t, "to do", advice);
	print_ready(t, row, result);
}

/* By outcome and class, the worst first. */
static size_t
print_of_class(const struct terminal *t, const struct report_row *row, enum outcome outcome,
    enum check_class class, size_t number)
{
	for (size_t i = 0; i < row->card->count; i++) {
		const struct check_result *result = &row->card->results[i];

		if (result->in_set && result->finding.outcome == outcome &&
		    result->check->class == class)
			print_wrong(t, row, result, ++number);
	}
	return number;
}

/* ---- counts */

static size_t
count_of(const struct scorecard *card, enum outcome outcome, enum check_class class)
{
	size_t count = 0;

	for (size_t i = 0; i < card->count; i++)
		count += card->results[i].in_set && card->results[i].finding.outcome == outcome &&
		    card->results[i].check->class == class;
	return count;
}

/* "2 critical failures, 1 minor warning"; "" when there is none. */
static const char *
counts_text(const struct scorecard *card, struct arena *arena)
{
	static const struct {
		enum outcome outcome;
		const char *word;
	} words[] = { { OUTCOME_FAIL, "failure" }, { OUTCOME_WARN, "warning" } };
	const char *text = "";

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		for (int class = CLASS_CRITICAL; class >= CLASS_NONE; class --) {
			size_t count = count_of(card, words[i].outcome, (enum check_class) class);

			if (count > 0)
				text = arena_printf(arena, "%s%s%zu %s%s%s%s", text,
				    *text == '\0' ? "" : ", ", count,
				    class == CLASS_NONE
					? ""
					: check_class_text((enum check_class) class),
				    class == CLASS_NONE ? "" : " ", words[i].word,
				    count == 1 ? "" : "s");
		}
	return text;
}

/* ---- what was not tested, and what is excused */

static bool
is_untested(const struct check_result *result, enum reason reason)
{
	return result->in_set && result->finding.outcome == OUTCOME_NOT_TESTED &&
	    result->finding.reason == reason;
}

static void
print_reason(const struct terminal *t, const struct report_row *row, enum reason reason)
{
	const char *list = "";

	for (size_t i = 0; i < row->card->count; i++)
		if (is_untested(&row->card->results[i], reason))
			list = arena_printf(row->arena, "%s%s%s", list, *list == '\0' ? "" : ", ",
			    row->card->results[i].check->id);
	if (*list == '\0')
		return;
	fprintf(t->out, "\n%*s", INDENT, "");
	terminal_print_outcome(t, OUTCOME_NOT_TESTED, 0);
	fprintf(t->out, ", %s (%s)\n", reason_words(reason), reason_text(reason));
	fprintf(t->out, "%*s", LABEL_INDENT, "");
	terminal_print_words(t->out, LABEL_INDENT, LABEL_INDENT, list);
	fputc('\n', t->out);
}

static void
print_waived(const struct terminal *t, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->count; i++) {
		const struct check_result *result = &row->card->results[i];

		if (result->finding.reason == CAUSE_WAIVED)
			fprintf(t->out, "\n%*s%s until %s: %s, which says %s\n", INDENT, "",
			    reason_text(CAUSE_WAIVED), result->finding.named, result->check->id,
			    outcome_text(result->finding.observed));
	}
}

void
terminal_print_findings(const struct terminal *t, const struct report_row *row)
{
	static const enum outcome bad[] = { OUTCOME_FAIL, OUTCOME_WARN };
	const char *counts = counts_text(row->card, row->arena);
	size_t number = 0;

	fprintf(t->out, "\n%*s%s%s\n", INDENT, "",
	    *counts == '\0' ? "nothing to repair" : "to repair, the worst first: ", counts);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		for (int class = CLASS_CRITICAL; class >= CLASS_NONE; class --)
			number = print_of_class(t, row, bad[i], (enum check_class) class, number);
	if (row->card->e->domain != NULL)
		for (int reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
			print_reason(t, row, (enum reason)reason);
	print_waived(t, row);
}
