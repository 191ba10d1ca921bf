/* The command `doctor`: the tests of a run, without any row. */
#include "app/commands.h"
#include "app/quick_run.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/run_facts.h"
#include "report/json.h"
#include "report/terminal.h"
#include "score/run_rows.h"

#include <stdio.h>
#include <sysexits.h>

enum {
	EXIT_UNWELL = 1,
	EXIT_SIGNAL = 128, /* and the number of the signal */
};

static void
print_json(const struct run_rows *rows)
{
	struct strbuf line = { 0 };

	for (size_t i = 0; i < rows->count; i++) {
		const struct run_row *row = &rows->at[i];
		struct json json = json_over(&line);
		enum reason reason = row->finding.reason;

		strbuf_reset(&line);
		json_begin_object(&json);
		json_key_string(&json, "check", row->check->id);
		json_key_string(&json, "subject", row->subject);
		json_key_string(&json, "outcome", outcome_text(row->finding.outcome));
		json_key_string(
		    &json, "reason", reason == REASON_NONE ? NULL : reason_text(reason));
		json_key_string(&json, "value", row->finding.value);
		json_key_string(&json, "advice", row->check->advice);
		json_key_string(&json, "reference", row->check->ref);
		json_end_object(&json);
		puts(line.at);
	}
	strbuf_free(&line);
}

static bool
is_well(const struct finding *finding)
{
	return finding->outcome == OUTCOME_PASS || finding->outcome == OUTCOME_INFO;
}

static void
print_table(const struct run_rows *rows, struct arena *arena)
{
	bool colour = terminal_has_colour();

	for (size_t i = 0; i < rows->count; i++) {
		const struct run_row *row = &rows->at[i];

		terminal_print_row(stdout, colour, row->finding.outcome, row->check->id,
		    run_row_words(row, arena), is_well(&row->finding) ? NULL : row->check->advice);
	}
}

/* 75 when a scan from here could not visit port 25; 1 when it could, yet something fails. */
static int
code_of(const struct run_rows *rows, const struct run_facts *run)
{
	if (run->egress != EGRESS_OPEN)
		return EX_TEMPFAIL;
	for (size_t i = 0; i < rows->count; i++)
		if (rows->at[i].finding.outcome == OUTCOME_FAIL)
			return EXIT_UNWELL;
	return 0;
}

static int
show(const struct options *options, const struct tables *tables, struct night *night,
    const struct gather_report *report, struct error *error)
{
	struct arena arena = { 0 };
	struct run_facts run;
	struct run_rows rows;
	int code = EX_DATAERR;

	(void)tables;
	if (report->signal != 0)
		return EXIT_SIGNAL + report->signal;
	if (run_facts_load(night, &arena, &run, error) == 0) {
		run_rows_judge(&run, &arena, &rows);
		if (options->json)
			print_json(&rows);
		else
			print_table(&rows, &arena);
		code = code_of(&rows, &run);
	}
	arena_free(&arena);
	return code;
}

int
command_doctor(const struct options *options, struct error *error)
{
	return quick_run(options, show, error);
}
