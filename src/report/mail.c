/* The sink that writes a mail. */
#include "report/mail.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "cert/base64.h"
#include "report/first_steps.h"
#include "report/fleet.h"
#include "report/html.h"
#include "report/output.h"
#include "report/tally.h"
#include "report/terminal.h"
#include "report/worst_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORST_SHOWN = 50,
	WORD_OCTETS = 45, /* of an encoded word, which has room for 75 characters */
	LINE_OCTETS = 57, /* that make a line of 76 characters */
};

/* Cannot occur in what is encoded, nor at the start of a line of the text. */
static const char boundary[] = "=_mxsweep_=";

struct mail_sink {
	struct sink sink; /* first member */
	struct mail_head head;
	struct output *output;
	struct worst_rows worst;
};

/* ---- the head */

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80 || (unsigned char)*text < ' ')
			return false;
	return true;
}

void
mail_field_add(struct strbuf *out, const char *name, const char *value)
{
	struct arena arena = { 0 };
	size_t length = strlen(value);

	strbuf_printf(out, "%s:", name);
	if (is_ascii(value))
		strbuf_printf(out, " %s", value);
	for (size_t at = 0; at < length && !is_ascii(value);) {
		size_t end = at + WORD_OCTETS < length ? at + WORD_OCTETS : length;

		while (end < length && end > at + 1 && ((unsigned char)value[end] & 0xc0) == 0x80)
			end--;
		strbuf_printf(out, "%s =?UTF-8?B?%s?=", at == 0 ? "" : "\n",
		    base64_encode(&arena, (const uint8_t *)value + at, end - at));
		at = end;
	}
	strbuf_add_byte(out, '\n');
	arena_free(&arena);
}

static void
add_head(struct strbuf *out, const struct mail_head *head, const struct tally *tally)
{
	char figures[128];

	snprintf(figures, sizeof figures,
	    "Mail configuration: of %" PRIu64 " domains %" PRIu64 " fail, %" PRIu64 " warn",
	    tally->rows, tally->verdicts[VERDICT_FAIL], tally->verdicts[VERDICT_WARN]);
	mail_field_add(out, "From", head->from);
	mail_field_add(out, "To", head->to);
	mail_field_add(out, "Subject", head->subject == NULL ? figures : head->subject);
	strbuf_printf(out,
	    "MIME-Version: 1.0\nAuto-Submitted: auto-generated\n"
	    "Content-Type: multipart/alternative; boundary=\"%s\"\n\n",
	    boundary);
}

static void
begin_part(struct strbuf *out, const char *type, const char *encoding)
{
	strbuf_printf(out,
	    "--%s\nContent-Type: %s; charset=utf-8\nContent-Transfer-Encoding: %s\n\n", boundary,
	    type, encoding);
}

/* ---- the text */

static void
print_figures(FILE *out, const struct tally *tally)
{
	char span[TALLY_SPAN_SIZE], weights[TALLY_WEIGHTS_SIZE];

	tally_span(tally, span);
	fprintf(out, "Mail configuration of %" PRIu64 " domains, %s\n\n", tally->rows, span);
	for (int i = 0; i < VERDICT_COUNT; i++)
		fprintf(out, "  %-14s %10" PRIu64 "\n", verdict_text((enum verdict)i),
		    tally->verdicts[i]);
	if (tally->scored > 0)
		fprintf(out, "  %-14s %10.1f\n", "mean score", tally_mean_score(tally));
	if (tally_weights(tally->weights, weights))
		fprintf(out, "  %s\n", weights);
	for (size_t i = 0; i < tally->profile_count; i++)
		fprintf(out,
		    "  %s: %" PRIu64 " meet its testable part, %" PRIu64 " do not, of %" PRIu64
		    " it could not be told\n",
		    tally->profiles[i].profile->id, tally->profiles[i].words[PROFILE_COMPLIANT],
		    tally->profiles[i].words[PROFILE_NOT_COMPLIANT],
		    tally->profiles[i].words[PROFILE_UNDETERMINED]);
	fputc('\n', out);
}

static void
print_line(FILE *out, const struct fleet_table *table, const struct fleet_line *line)
{
	fputs("  ", out);
	for (size_t i = 0; table->head[i] != NULL; i++) {
		const struct fleet_cell *cell = &line->cells[i];

		fputs(i == 0 ? "" : ", ", out);
		if (i > 0)
			fprintf(out, "%s ", table->head[i]);
		if (cell->text == NULL)
			fprintf(out, "%" PRIu64, cell->number);
		else
			terminal_print_safe(out, cell->text, strlen(cell->text));
	}
	fputc('\n', out);
}

static void
print_fleet(FILE *out, const struct fleet *fleet)
{
	struct arena arena = { 0 };
	const struct fleet_report *report = fleet_report_make(fleet, &arena);

	for (size_t i = 0; i < FLEET_TABLES; i++) {
		const struct fleet_table *table = &report->tables[i];

		if (table->count > 0)
			fprintf(out, "\n%s: %s\n", table->title, table->note);
		for (size_t k = 0; k < table->count; k++)
			print_line(out, table, &table->lines[k]);
	}
	arena_free(&arena);
}

static void
add_text(struct strbuf *out, const struct report_totals *totals)
{
	char *text;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	print_figures(file, totals->tally);
	first_steps_print(file, totals);
	print_fleet(file, totals->fleet);
	fclose(file);
	begin_part(out, "text/plain", "8bit");
	strbuf_add(out, text, length);
	strbuf_add_byte(out, '\n');
	free(text);
}

/* ---- the page */

static void
add_encoded(struct strbuf *out, const struct strbuf *page)
{
	struct arena arena = { 0 };

	for (size_t at = 0; at < page->length; at += LINE_OCTETS) {
		size_t left = page->length - at;

		strbuf_printf(out, "%s\n",
		    base64_encode(&arena, (const uint8_t *)page->at + at,
			left < LINE_OCTETS ? left : LINE_OCTETS));
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void
add_page(struct strbuf *out, const struct report_totals *totals, struct worst_rows *worst)
{
	struct strbuf page = { 0 };

	html_short_add(&page, totals, worst);
	begin_part(out, "text/html", "base64");
	add_encoded(out, &page);
	strbuf_printf(out, "\n--%s--\n", boundary);
	strbuf_free(&page);
}

/* ---- the sink */

static int
mail_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	(void)error;
	worst_rows_add(&((struct mail_sink *)sink)->worst, row);
	return 0;
}

static void
free_sink(struct mail_sink *mail)
{
	worst_rows_free(&mail->worst);
	free(mail);
}

static int
mail_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct mail_sink *mail = (struct mail_sink *)sink;
	struct strbuf text = { 0 };
	int result;

	add_head(&text, &mail->head, totals->tally);
	add_text(&text, totals);
	add_page(&text, totals, &mail->worst);
	result = output_finish(mail->output, text.at, text.length, error);
	strbuf_free(&text);
	free_sink(mail);
	return result;
}

static void
mail_abandon(struct sink *sink)
{
	struct mail_sink *mail = (struct mail_sink *)sink;

	output_abandon(mail->output);
	free_sink(mail);
}

int
mail_open(const struct mail_head *head, struct sink **sink_out, struct error *error)
{
	struct mail_sink *mail = alloc_zeroed(1, sizeof *mail);

	mail->sink = (struct sink){
		.row = mail_row, .end = mail_end, .abandon = mail_abandon, .wants_shared = true
	};
	mail->head = *head;
	mail->worst.most = WORST_SHOWN;
	if (output_open("-", &mail->output, error) != 0) {
		free_sink(mail);
		return -1;
	}
	*sink_out = &mail->sink;
	return 0;
}
