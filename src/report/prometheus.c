/* The sink that writes figures for Prometheus. */
#include "report/prometheus.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "fact/facts.h"
#include "report/output.h"
#include "report/tally.h"

#include <inttypes.h>
#include <stdlib.h>

struct prometheus_sink {
	struct sink sink; /* first member */
	struct output *output;
};

static void
add_head(struct strbuf *out, const char *name, const char *help)
{
	strbuf_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void
add_verdicts(struct strbuf *out, const struct tally *tally)
{
	add_head(out, "mxsweep_domains", "Rows of the last sweep by verdict.");
	for (int i = 0; i < VERDICT_COUNT; i++)
		strbuf_printf(out, "mxsweep_domains{verdict=\"%s\"} %" PRIu64 "\n",
		    verdict_text((enum verdict)i), tally->verdicts[i]);
}

static void
add_points(struct strbuf *out, const struct tally *tally)
{
	add_head(out, "mxsweep_point_domains", "Rows of the last sweep by point and outcome.");
	for (int point = 0; point < POINT_COUNT; point++)
		for (int i = 0; i < OUTCOME_COUNT; i++)
			strbuf_printf(out,
			    "mxsweep_point_domains{point=\"%s\",outcome=\"%s\"} %" PRIu64 "\n",
			    point_text((enum point)point), outcome_text((enum outcome)i),
			    tally->points[point][i]);
}

static void
add_reasons(struct strbuf *out, const struct tally *tally)
{
	add_head(out, "mxsweep_not_tested",
	    "Findings of the last sweep that were not tested, by reason.");
	for (int i = REASON_NONE + 1; i < REASON_COUNT; i++)
		if (tally->reasons[i] > 0)
			strbuf_printf(out, "mxsweep_not_tested{reason=\"%s\"} %" PRIu64 "\n",
			    reason_text((enum reason)i), tally->reasons[i]);
}

static void
add_times(struct strbuf *out, const struct tally *tally)
{
	if (tally->scored > 0) {
		add_head(out, "mxsweep_score_mean", "Mean score of the last sweep, 0 to 100.");
		strbuf_printf(out, "mxsweep_score_mean %.2f\n", tally_mean_score(tally));
	}
	add_head(out, "mxsweep_first_scan_timestamp_seconds", "When its first domain was done.");
	strbuf_printf(out, "mxsweep_first_scan_timestamp_seconds %" PRId64 "\n", tally->first_scan);
	add_head(out, "mxsweep_last_scan_timestamp_seconds", "When its last domain was done.");
	strbuf_printf(out, "mxsweep_last_scan_timestamp_seconds %" PRId64 "\n", tally->last_scan);
}

/* From the beginning of the run to its last domain. */
static void
add_duration(struct strbuf *out, const struct tally *tally, const struct run_facts *run)
{
	if (run->now == 0 || tally->last_scan < run->now)
		return;
	add_head(out, "mxsweep_duration_seconds", "How long the last sweep took to gather.");
	strbuf_printf(out, "mxsweep_duration_seconds %" PRId64 "\n", tally->last_scan - run->now);
}

/* A label's value: names of providers are whatever a table says. */
static void
add_quoted(struct strbuf *out, const char *text)
{
	strbuf_add_byte(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			strbuf_add_byte(out, '\\');
		strbuf_add_byte(out, *text == '\n' ? ' ' : *text);
	}
	strbuf_add_byte(out, '"');
}

static void
add_budget(struct strbuf *out, const char *name, const char *whose, unsigned number)
{
	strbuf_printf(out, "%s{whose=", name);
	add_quoted(out, whose);
	strbuf_printf(out, "} %u\n", number);
}

/* Sessions at once: how many there were at most, and how many are allowed. */
static void
add_budgets(struct strbuf *out, const struct run_facts *run)
{
	static const char peak[] = "mxsweep_sessions_peak", limit[] = "mxsweep_sessions_limit";

	if (run->peak_count == 0)
		return;
	add_head(out, peak, "Sessions at once in the last sweep, at most.");
	for (size_t i = 0; i < run->peak_count; i++)
		add_budget(out, peak, run->peaks[i].whose, run->peaks[i].peak);
	add_head(out, limit, "Sessions at once that are allowed.");
	for (size_t i = 0; i < run->peak_count; i++)
		add_budget(out, limit, run->peaks[i].whose, run->peaks[i].limit);
}

static void
prometheus_abandon(struct sink *sink)
{
	struct prometheus_sink *prometheus = (struct prometheus_sink *)sink;

	output_abandon(prometheus->output);
	free(prometheus);
}

static int
prometheus_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct prometheus_sink *prometheus = (struct prometheus_sink *)sink;
	struct strbuf text = { 0 };
	int result;

	add_verdicts(&text, totals->tally);
	add_points(&text, totals->tally);
	add_reasons(&text, totals->tally);
	add_times(&text, totals->tally);
	if (totals->run_facts != NULL) {
		add_duration(&text, totals->tally, totals->run_facts);
		add_budgets(&text, totals->run_facts);
	}
	result = output_finish(prometheus->output, text.at, text.length, error);
	strbuf_free(&text);
	free(prometheus);
	return result;
}

int
prometheus_open(const char *path, struct sink **sink_out, struct error *error)
{
	struct prometheus_sink *prometheus = alloc_zeroed(1, sizeof *prometheus);

	prometheus->sink = (struct sink){ .end = prometheus_end, .abandon = prometheus_abandon };
	if (output_open(path, &prometheus->output, error) != 0) {
		free(prometheus);
		return -1;
	}
	*sink_out = &prometheus->sink;
	return 0;
}
