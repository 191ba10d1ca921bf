/* The sink that writes a page. */
#include "report/html.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "report/causes.h"
#include "report/fleet.h"
#include "report/html_text.h"
#include "report/output.h"
#include "report/tally.h"
#include "report/worst_rows.h"

#include <stdlib.h>

enum {
	WORST_SHOWN = 1000,
	CAUSES_SHOWN = 50,
	CAUSES_IN_SHORT = 15,
	SHARED_BY = 2, /* domains at least */
};

struct html_sink {
	struct sink sink; /* first member */
	struct output *output;
	struct worst_rows worst;
	struct strbuf page;
};

static int
html_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	(void)error;
	worst_rows_add(&((struct html_sink *)sink)->worst, row);
	return 0;
}

/* ---- sections */

static void
add_heading(struct strbuf *out, const struct tally *tally)
{
	char span[TALLY_SPAN_SIZE], weights[TALLY_WEIGHTS_SIZE];

	strbuf_add_string(out, "<h1>Mail configuration of ");
	html_count(out, tally->rows);
	strbuf_add_string(out, " domains</h1>\n<p class=\"when\">");
	tally_span(tally, span);
	strbuf_add_string(out, span);
	if (tally_weights(tally->weights, weights))
		strbuf_printf(out, "; %s", weights);
	strbuf_add_string(out, "</p>\n<div class=\"tiles\">");
	for (int i = 0; i < VERDICT_COUNT; i++) {
		strbuf_add_string(out, "<div class=\"tile\"><b>");
		html_count(out, tally->verdicts[i]);
		strbuf_printf(out, "</b>%s</div>", verdict_text((enum verdict)i));
	}
	if (tally->scored > 0)
		strbuf_printf(out, "<div class=\"tile\"><b>%.1f</b>mean score</div>",
		    tally_mean_score(tally));
	strbuf_add_string(out, "</div>\n");
}

static void
add_charts(struct strbuf *out, const struct tally *tally)
{
	strbuf_add_string(out, "<div class=\"charts\"><div><h2>Verdicts</h2>\n");
	html_verdict_chart(out, tally);
	strbuf_add_string(out, "</div><div><h2>The ten points</h2>\n");
	html_point_chart(out, tally);
	strbuf_add_string(out, "</div></div>\n");
}

static void
add_cell(struct strbuf *out, const char *text)
{
	strbuf_add_string(out, "<td>");
	html_text(out, text);
	strbuf_add_string(out, "</td>");
}

static void
add_check(struct strbuf *out, const struct check *check)
{
	strbuf_printf(out, "<td class=\"check\">%s</td>", check->id);
}

static void
add_word(struct strbuf *out, const char *word)
{
	strbuf_printf(out, "<td class=\"%s\">%s</td>", word, word);
}

/* Never more than that what can be seen from outside is met. */
static void
add_profiles(struct strbuf *out, const struct tally *tally)
{
	if (tally->profile_count > 0)
		strbuf_add_string(out,
		    "<h2>The testable part of "
		    "profiles</h2>\n<table><thead><tr><th>profile<th>version"
		    "<th>compliant<th>not compliant<th>undetermined<th>not for such "
		    "domains</tr></thead><tbody>\n");
	for (size_t i = 0; i < tally->profile_count; i++) {
		const struct tally_profile *counted = &tally->profiles[i];

		strbuf_add_string(out, "<tr>");
		add_cell(out, counted->profile->id);
		add_cell(out, counted->profile->version);
		for (int word = 0; word < PROFILE_WORD_COUNT; word++) {
			strbuf_add_string(out, "<td class=\"n\">");
			html_count(out, counted->words[word]);
			strbuf_add_string(out, "</td>");
		}
		strbuf_add_string(out, "</tr>\n");
	}
	if (tally->profile_count > 0)
		strbuf_add_string(out, "</tbody></table>\n");
}

static void
add_causes(struct strbuf *out, const struct causes *causes, size_t most)
{
	size_t count;
	const struct cause **top = causes_top(causes, most, &count);

	while (count > 0 && top[count - 1]->domains < SHARED_BY)
		count--;
	if (count > 0)
		strbuf_add_string(out,
		    "<h2>What many share</h2>\n<table "
		    "class=\"sortable\"><thead><tr><th>domains<th>check"
		    "<th>subject<th>outcome<th>advice<th>for example</tr></thead><tbody>\n");
	for (size_t i = 0; i < count; i++) {
		strbuf_add_string(out, "<tr><td class=\"n\">");
		html_count(out, top[i]->domains);
		strbuf_add_string(out, "</td>");
		add_check(out, top[i]->check);
		add_cell(out, top[i]->subject);
		add_word(out, outcome_text(top[i]->outcome));
		add_cell(out, top[i]->advice);
		add_cell(out, top[i]->example);
		strbuf_add_string(out, "</tr>\n");
	}
	if (count > 0)
		strbuf_add_string(out, "</tbody></table>\n");
	free(top);
}

static void
add_fleet_line(struct strbuf *out, const struct fleet_table *table, const struct fleet_line *line)
{
	strbuf_add_string(out, "<tr>");
	for (size_t i = 0; table->head[i] != NULL; i++) {
		if (line->cells[i].text != NULL) {
			add_cell(out, line->cells[i].text);
			continue;
		}
		strbuf_add_string(out, "<td class=\"n\">");
		html_count(out, line->cells[i].number);
		strbuf_add_string(out, "</td>");
	}
	strbuf_add_string(out, "</tr>\n");
}

static void
add_fleet_table(struct strbuf *out, const struct fleet_table *table)
{
	if (table->count == 0)
		return;
	strbuf_printf(out, "<h3>%s</h3>\n<p>%s</p>\n", table->title, table->note);
	strbuf_add_string(out, "<table class=\"sortable\"><thead><tr>");
	for (size_t i = 0; table->head[i] != NULL; i++)
		strbuf_printf(out, "<th>%s", table->head[i]);
	strbuf_add_string(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < table->count; i++)
		add_fleet_line(out, table, &table->lines[i]);
	strbuf_add_string(out, "</tbody></table>\n");
}

static void
add_fleet(struct strbuf *out, const struct fleet *fleet)
{
	struct arena arena = { 0 };
	const struct fleet_report *report = fleet_report_make(fleet, &arena);

	if (report->lines > 0)
		strbuf_add_string(out, "<h2>Risks of the whole fleet</h2>\n");
	for (size_t i = 0; i < FLEET_TABLES; i++)
		add_fleet_table(out, &report->tables[i]);
	arena_free(&arena);
}

static void
add_checks(struct strbuf *out, const struct tally *tally)
{
	strbuf_add_string(out,
	    "<h2>Checks</h2>\n<table class=\"sortable\"><thead><tr><th>check<th>what it "
	    "asks<th>fail<th>warn"
	    "<th>info<th>pass<th>not tested</tr></thead><tbody>\n");
	for (size_t i = 0; i < tally->check_count; i++) {
		static const enum outcome order[] = { OUTCOME_FAIL, OUTCOME_WARN, OUTCOME_INFO,
			OUTCOME_PASS, OUTCOME_NOT_TESTED };
		const uint64_t *counts = tally->checks[i];

		if (counts[OUTCOME_FAIL] + counts[OUTCOME_WARN] == 0)
			continue;
		strbuf_add_string(out, "<tr>");
		add_check(out, tally->named[i]);
		add_cell(out, tally->named[i]->title);
		for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
			strbuf_add_string(out, "<td class=\"n\">");
			html_count(out, counts[order[k]]);
			strbuf_add_string(out, "</td>");
		}
		strbuf_add_string(out, "</tr>\n");
	}
	strbuf_add_string(out, "</tbody></table>\n");
}

static void
add_worst_row(struct strbuf *out, const struct worst_row *row)
{
	strbuf_printf(out, "<tr><td class=\"n\">%llu</td>", (unsigned long long)row->line);
	add_cell(out, row->domain);
	add_word(out, verdict_text(row->verdict));
	if (row->score == SCORE_NONE)
		strbuf_add_string(out, "<td class=\"n\"></td>");
	else
		strbuf_printf(out, "<td class=\"n\">%d</td>", row->score);
	add_cell(out, row->grade);
	add_cell(out, row->failed);
	add_cell(out, row->warned);
	add_cell(out, row->advice);
	strbuf_add_string(out, "</tr>\n");
}

/* They are taken from the best to the worst, and shown the other way. */
static void
add_worst(struct strbuf *out, struct worst_rows *rows)
{
	size_t count = rows->heap.count;
	struct worst_row **all = alloc_zeroed(count + 1, sizeof *all);

	for (size_t i = count; i > 0; i--)
		all[i - 1] = worst_rows_take(rows);
	strbuf_printf(out,
	    "<h2>The %zu worst</h2>\n<table "
	    "class=\"sortable\"><thead><tr><th>line<th>domain<th>verdict"
	    "<th>score<th>grade<th>fail<th>warn<th>to be done first</tr></thead><tbody>\n",
	    count);
	for (size_t i = 0; i < count; i++) {
		add_worst_row(out, all[i]);
		worst_row_free(all[i]);
	}
	strbuf_add_string(out, "</tbody></table>\n");
	free(all);
}

/* ---- the sink */

static void
free_sink(struct html_sink *html)
{
	worst_rows_free(&html->worst);
	strbuf_free(&html->page);
	free(html);
}

static int
html_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct html_sink *html = (struct html_sink *)sink;
	struct strbuf *page = &html->page;
	int result;

	strbuf_add_string(page, html_head);
	add_heading(page, totals->tally);
	add_charts(page, totals->tally);
	add_profiles(page, totals->tally);
	add_fleet(page, totals->fleet);
	add_causes(page, totals->causes, CAUSES_SHOWN);
	add_checks(page, totals->tally);
	add_worst(page, &html->worst);
	strbuf_add_string(page, html_script);
	strbuf_add_string(page, "</body>\n</html>\n");
	result = output_finish(html->output, page->at, page->length, error);
	free_sink(html);
	return result;
}

void
html_short_add(struct strbuf *page, const struct report_totals *totals, struct worst_rows *worst)
{
	strbuf_add_string(page, html_head);
	add_heading(page, totals->tally);
	add_fleet(page, totals->fleet);
	add_causes(page, totals->causes, CAUSES_IN_SHORT);
	add_worst(page, worst);
	strbuf_add_string(page, "</body>\n</html>\n");
}

static void
html_abandon(struct sink *sink)
{
	struct html_sink *html = (struct html_sink *)sink;

	output_abandon(html->output);
	free_sink(html);
}

int
html_open(const char *path, struct sink **sink_out, struct error *error)
{
	struct html_sink *html = alloc_zeroed(1, sizeof *html);

	html->sink = (struct sink){
		.row = html_row, .end = html_end, .abandon = html_abandon, .wants_shared = true
	};
	html->worst.most = WORST_SHOWN;
	if (output_open(path, &html->output, error) != 0) {
		free_sink(html);
		return -1;
	}
	*sink_out = &html->sink;
	return 0;
}
