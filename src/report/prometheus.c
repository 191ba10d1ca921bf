/* The sink that writes figures for Prometheus. */
#include "report/prometheus.h"

#include "base/alloc.h"
#include "base/strbuf.h"
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
