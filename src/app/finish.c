/* Finishing: from recorded facts to scorecards. */
#include "app/finish.h"

#include "app/areas.h"
#include "app/rows.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "fact/night.h"
#include "fact/recorded.h"
#include "fact/run_facts.h"

#include <stdlib.h>
#include <string.h>

struct finishing {
	struct night *night;
	const struct tables *tables;
	struct scorecard_options areas;
	struct sink *const *sinks;
	size_t sink_count;
	struct finish_counts *counts;
	struct run_facts run;
	struct recorded *recorded;
	struct carried_columns columns;
	struct arena arena;     /* of the whole finish */
	struct arena row_arena; /* of one row */
	struct scorecard *card;
};

static int
hand_out(struct finishing *f, const struct report_row *row, struct error *error)
{
	for (size_t i = 0; i < f->sink_count; i++)
		if (f->sinks[i]->row(f->sinks[i], row, error) != 0)
			return -1;
	return 0;
}

static int
finish_row(struct finishing *f, const struct night_row *row, struct error *error)
{
	struct evaluation evaluation = {
		.domain = row->domain,
		.problem = row->problem,
		.input = row->input,
		.changed = row->changed,
		.again = row->again,
		.known = row->known,
	};
	struct report_row report = {
		.card = f->card,
		.line = row->line,
		.carried_names = f->columns.names,
		.carried = row->cells,
		.carried_count =
		    f->columns.count < row->cell_count ? f->columns.count : row->cell_count,
		.arena = &f->row_arena,
	};
	struct night_domain times;

	evaluation_run(recorded_facts(f->recorded, row->domain, &f->row_arena, &times),
	    &f->row_arena, &evaluation);
	scorecard_make(&evaluation, &f->tables->judge, &f->areas, &f->row_arena, f->card);
	report.scanned_at = times.scanned_at != 0 ? times.scanned_at : f->run.now;
	report.elapsed_ms = times.elapsed_ms;
	f->counts->rows++;
	f->counts->verdicts[f->card->verdict]++;
	return hand_out(f, &report, error);
}

static int
finish_rows(struct finishing *f, struct error *error)
{
	struct night_row row;
	int64_t last = 0;

	while (night_next_row(f->night, last, &f->row_arena, &row)) {
		last = row.id;
		if (finish_row(f, &row, error) != 0)
			return -1;
		arena_reset(&f->row_arena);
	}
	return 0;
}

static int
end_sinks(struct finishing *f, int result, struct error *error)
{
	for (size_t i = 0; i < f->sink_count; i++) {
		if (result != 0)
			f->sinks[i]->abandon(f->sinks[i]);
		else
			result = f->sinks[i]->end(f->sinks[i], error);
	}
	return result;
}

int
finish_run(struct night *night, const struct tables *tables, const struct options *options,
    struct sink *const *sinks, size_t sink_count, struct finish_counts *counts_out,
    struct error *error)
{
	struct finishing f = {
		.night = night,
		.tables = tables,
		.areas = areas_selected(options),
		.sinks = sinks,
		.sink_count = sink_count,
		.counts = counts_out,
	};
	int result;

	memset(counts_out, 0, sizeof *counts_out);
	areas_warn(options);
	f.card = alloc_zeroed(1, sizeof *f.card);
	result = run_facts_load(night, &f.arena, &f.run, error);
	if (result == 0) {
		f.run.suffixes = tables->suffixes;
		f.columns = rows_carried_columns(night, &f.arena);
		f.recorded = recorded_new(night, &f.run);
		night_reads_begin(night);
		result = finish_rows(&f, error);
		night_reads_end(night);
	}
	result = end_sinks(&f, result, error);
	recorded_free(f.recorded);
	free(f.card);
	arena_free(&f.arena);
	arena_free(&f.row_arena);
	return result;
}
