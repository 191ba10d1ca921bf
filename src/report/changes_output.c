/* Changes as CSV, as JSON, and for people. */
#include "report/changes_output.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "report/json.h"
#include "report/output.h"
#include "report/terminal.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 160 }; /* octets of a value on a terminal */

void
changes_summary_add(struct changes_summary *summary, const struct domain_changes *changes)
{
	bool worse = false;

	summary->domains++;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->at[i];

		summary->kinds[change->kind]++;
		if (!change_is_regression(change->kind))
			continue;
		worse = true;
		if (strcmp(change->now, outcome_text(OUTCOME_FAIL)) == 0)
			summary->regressed_fail++;
		else
			summary->regressed_warn++;
	}
	summary->worse_domains += worse;
}

/* ---- CSV */

const char *const changes_columns[] = { "domain", "kind", "what", "before", "now", "nights_before",
	"nights", "verdict_before", "verdict", "score_before", "score", NULL };

static int
write_line(struct output *output, struct strbuf *line, struct error *error)
{
	int result;

	strbuf_add_string(line, "\r\n");
	result = output_write(output, line->at, line->length, error);
	strbuf_reset(line);
	return result;
}

static void
add_cell(struct strbuf *line, const struct csv_style *style, const char *text)
{
	if (line->length > 0)
		strbuf_add_byte(line, style->delimiter);
	csv_cell_add(line, style, text);
}

static void
add_number(struct strbuf *line, const struct csv_style *style, bool known, int64_t number)
{
	strbuf_add_byte(line, style->delimiter);
	if (known)
		strbuf_printf(line, "%" PRId64, number);
}

int
changes_csv_begin(
    struct output *output, const struct csv_style *style, bool byte_order_mark, struct error *error)
{
	struct strbuf line = { 0 };
	int result;

	if (byte_order_mark && output_write(output, "\xef\xbb\xbf", 3, error) != 0)
		return -1;
	for (size_t i = 0; changes_columns[i] != NULL; i++)
		add_cell(&line, style, changes_columns[i]);
	result = write_line(output, &line, error);
	strbuf_free(&line);
	return result;
}

static bool
has_score(const struct observation *seen)
{
	return seen != NULL && seen->score != SCORE_NONE;
}

static void
add_change_cells(struct strbuf *line, const struct csv_style *style,
    const struct domain_changes *changes, const struct change *change)
{
	const struct observation *before = changes->before, *now = changes->now;

	add_cell(line, style, changes->domain);
	add_cell(line, style, change_text(change->kind));
	add_cell(line, style, change->what);
	add_cell(line, style, change->before);
	add_cell(line, style, change->now);
	add_number(line, style, change->nights_before > 0, change->nights_before);
	add_number(line, style, change->nights > 0, change->nights);
	add_cell(line, style, before == NULL ? NULL : before->verdict);
	add_cell(line, style, now == NULL ? NULL : now->verdict);
	add_number(line, style, has_score(before), before == NULL ? 0 : before->score);
	add_number(line, style, has_score(now), now == NULL ? 0 : now->score);
}

int
changes_csv_add(struct output *output, const struct csv_style *style,
    const struct domain_changes *changes, struct error *error)
{
	struct strbuf line = { 0 };
	int result = 0;

	for (size_t i = 0; i < changes->count && result == 0; i++) {
		add_change_cells(&line, style, changes, &changes->at[i]);
		result = write_line(output, &line, error);
	}
	strbuf_free(&line);
	return result;
}

/* ---- JSON */

static void
add_observation(struct json *json, const char *key, const struct observation *seen)
{
	json_key(json, key);
	if (seen == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_key_string(json, "verdict", seen->verdict);
	json_key_known_int(json, "score", seen->score != SCORE_NONE, seen->score);
	json_key_string(json, "grade", seen->grade);
	json_end_object(json);
}

static void
add_change(struct json *json, const struct change *change)
{
	json_begin_object(json);
	json_key_string(json, "kind", change_text(change->kind));
	json_key_string(json, "what", change->what);
	json_key_string(json, "before", change->before);
	json_key_string(json, "now", change->now);
	json_key_known_int(json, "nights_before", change->nights_before > 0, change->nights_before);
	json_key_known_int(json, "nights", change->nights > 0, change->nights);
	json_end_object(json);
}

void
changes_json_add(struct strbuf *out, const struct domain_changes *changes)
{
	struct json json = json_over(out);

	json_begin_object(&json);
	json_key_string(&json, "domain", changes->domain);
	add_observation(&json, "before", changes->before);
	add_observation(&json, "now", changes->now);
	json_key(&json, "changes");
	json_begin_array(&json);
	for (size_t i = 0; i < changes->count; i++)
		add_change(&json, &changes->at[i]);
	json_end_array(&json);
	json_end_object(&json);
}

static void
add_night(struct json *json, const char *key, const struct history_night *night)
{
	struct arena arena = { 0 };

	json_key(json, key);
	json_begin_object(json);
	json_key_int(json, "night", night->id);
	json_key_string(json, "started_at", row_time_text(night->started_at, &arena));
	json_key_int(json, "rows", (int64_t)night->rows);
	json_end_object(json);
	arena_free(&arena);
}

void
changes_json_add_summary(struct strbuf *out, const struct changes_summary *summary)
{
	struct json json = json_over(out);

	json_begin_object(&json);
	json_key(&json, "summary");
	json_begin_object(&json);
	add_night(&json, "before", &summary->before);
	add_night(&json, "now", &summary->now);
	json_key_int(&json, "domains_changed", (int64_t)summary->domains);
	json_key_int(&json, "domains_worse", (int64_t)summary->worse_domains);
	for (int i = 0; i < CHANGE_KINDS; i++)
		json_key_int(&json, change_text((enum change_kind)i), (int64_t)summary->kinds[i]);
	json_end_object(&json);
	json_end_object(&json);
}

/* ---- terminal */

static const char *const colours[CHANGE_KINDS] = {
	[CHANGE_NEW] = "\033[31m",
	[CHANGE_WORSE] = "\033[31m",
	[CHANGE_BETTER] = "\033[32m",
	[CHANGE_FIXED] = "\033[32m",
};

static void
print_value(FILE *out, const char *text)
{
	if (text == NULL || *text == '\0') {
		fputs("none", out);
		return;
	}
	terminal_print_safe(out, text, strnlen(text, SHOWN_MAX));
	if (strlen(text) > SHOWN_MAX)
		fputs("…", out);
}

static void
print_change(FILE *out, bool colour, const struct change *change)
{
	const char *begin = colour && colours[change->kind] != NULL ? colours[change->kind] : "";

	fprintf(out, "  %s%-10s%s %-22s ", begin, change_text(change->kind),
	    *begin != '\0' ? "\033[0m" : "", change->what);
	if (change->kind == CHANGE_VALUE) {
		fputs("\n      before  ", out);
		print_value(out, change->before);
		fputs("\n      now     ", out);
		print_value(out, change->now);
	} else {
		print_value(out, change->before);
		fputs(" → ", out);
		print_value(out, change->now);
	}
	if (change->nights_before > 0 && change->kind != CHANGE_VALUE)
		fprintf(out, ", after %" PRId64 " night%s", change->nights_before,
		    change->nights_before == 1 ? "" : "s");
	fputc('\n', out);
}

void
changes_terminal_add(FILE *out, bool colour, const struct domain_changes *changes)
{
	const struct observation *before = changes->before, *now = changes->now;

	terminal_print_safe(out, changes->domain, strlen(changes->domain));
	if (before != NULL && now != NULL) {
		fprintf(out, "  %s → %s", before->verdict, now->verdict);
		if (has_score(before) && has_score(now) && before->score != now->score)
			fprintf(out, ", %d → %d", before->score, now->score);
	}
	fputc('\n', out);
	for (size_t i = 0; i < changes->count; i++)
		print_change(out, colour, &changes->at[i]);
}

void
changes_terminal_add_summary(FILE *out, const struct changes_summary *summary)
{
	struct arena arena = { 0 };

	fprintf(out, "%s%s → %s: %" PRIu64 " domain%s changed", summary->domains > 0 ? "\n" : "",
	    row_time_text(summary->before.started_at, &arena),
	    row_time_text(summary->now.started_at, &arena), summary->domains,
	    summary->domains == 1 ? "" : "s");
	for (int i = 0; i < CHANGE_KINDS; i++)
		if (summary->kinds[i] > 0)
			fprintf(out, ", %" PRIu64 " %s", summary->kinds[i],
			    change_text((enum change_kind)i));
	fputc('\n', out);
	arena_free(&arena);
}
