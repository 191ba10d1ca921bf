/* Findings, one a line. */
#include "report/findings_csv.h"

#include "report/csv_sink.h"

static const char *const columns[] = { "check", "outcome", "reason", "subject", "value", "advice",
	"reference", "observed", NULL };

static int
write_finding(struct csv_sink *csv, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject, struct error *error)
{
	const struct finding *finding = &subject->finding;
	bool advised = outcome_is_bad(finding->outcome);

	csv_sink_begin(csv, row);
	csv_sink_cell(csv, result->check->id);
	csv_sink_cell(csv, outcome_text(finding->outcome));
	csv_sink_cell(csv, reason_text(finding->reason));
	csv_sink_cell(csv, subject->subject);
	csv_sink_cell(csv, finding->value);
	csv_sink_cell(
	    csv, advised ? scorecard_subject_advice(row->card, result, subject, row->arena) : NULL);
	csv_sink_cell(csv, result->check->ref);
	csv_sink_cell(
	    csv, finding->reason == CAUSE_WAIVED ? outcome_text(finding->observed) : NULL);
	return csv_sink_line(csv, error);
}

/* What does not arise is not; what was waived is, with what was found all the same. */
static bool
is_told(const struct finding *finding)
{
	return finding->outcome != OUTCOME_NOT_APPLICABLE || finding->reason == CAUSE_WAIVED;
}

/* A check that was settled before it had subjects has its finding all the same. */
static int
write_result(struct csv_sink *csv, const struct report_row *row, const struct check_result *result,
    struct error *error)
{
	const struct subject_finding whole = { .finding = result->finding };
	size_t count = result->subject_count > 0 ? result->subject_count : 1;
	const struct subject_finding *subjects =
	    result->subject_count > 0 ? result->subjects : &whole;

	for (size_t i = 0; i < count; i++)
		if (is_told(&subjects[i].finding) && result->in_set &&
		    write_finding(csv, row, result, &subjects[i], error) != 0)
			return -1;
	return 0;
}

static int
findings_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	for (size_t i = 0; i < row->card->count; i++)
		if (write_result((struct csv_sink *)sink, row, &row->card->results[i], error) != 0)
			return -1;
	return 0;
}

int
findings_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, struct sink **sink_out,
    struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, "domain", carried_names, carried_count,
	    columns, findings_row, sink_out, error);
}
