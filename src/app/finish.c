/* Finishing: from recorded facts to scorecards. */
#include "app/finish.h"

#include "app/areas.h"
#include "app/key_domains.h"
#include "app/rows.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "fact/night.h"
#include "fact/recorded.h"
#include "fact/run_facts.h"
#include "report/causes.h"
#include "report/fleet.h"
#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

enum { CAUSES_MOST = 100000 };

struct finishing {
	struct night *night;
	const struct tables *tables;
	struct scorecard_options areas;
	struct sinks sinks; /* NULL in place of one that failed */
	size_t sinks_left;
	struct error *error; /* what failed first */
	int result;
	struct run_facts run;
	struct digest_map key_domains;
	struct recorded *recorded;
	struct carried_columns columns;
	struct arena arena;     /* of the whole finish */
	struct arena row_arena; /* of one row */
	struct scorecard *card;
	struct tally *tally;
	struct causes *causes; /* NULL: no sink wants them */
	struct fleet *fleet;   /* likewise */
};

static void
note_failure(struct finishing *f, const struct error *error)
{
	if (f->result == 0)
		*f->error = *error;
	f->result = -1;
}

static void
abandon(struct finishing *f, size_t i)
{
	f->sinks.at[i]->abandon(f->sinks.at[i]);
	f->sinks.at[i] = NULL;
	f->sinks_left--;
}

static void
hand_out(struct finishing *f, const struct report_row *row)
{
	struct error error;

	for (size_t i = 0; i < f->sinks.count; i++) {
		struct sink *sink = f->sinks.at[i];

		if (sink == NULL || sink->row == NULL || sink->row(sink, row, &error) == 0)
			continue;
		note_failure(f, &error);
		abandon(f, i);
	}
}

static void
finish_row(struct finishing *f, const struct night_row *row)
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
		.unicode = row->unicode,
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
	tally_add(f->tally, &report);
	if (f->causes != NULL) {
		causes_add(f->causes, &report);
		fleet_add(f->fleet, &report);
	}
	hand_out(f, &report);
}

static void
finish_rows(struct finishing *f)
{
	struct night_row row = { .id = 0 };

	while (f->sinks_left > 0 && night_next_row(f->night, row.id, &f->row_arena, &row)) {
		finish_row(f, &row);
		arena_reset(&f->row_arena);
	}
}

static void
end_sinks(struct finishing *f, bool whole)
{
	const struct report_totals totals = { f->tally, f->causes, f->fleet };
	struct error error;

	for (size_t i = 0; i < f->sinks.count; i++) {
		struct sink *sink = f->sinks.at[i];

		if (sink != NULL && !whole)
			abandon(f, i);
		else if (sink != NULL && sink->end(sink, &totals, &error) != 0)
			note_failure(f, &error);
	}
}

/* What only all rows together tell. */
static void
count_over_rows(struct finishing *f)
{
	if (!scorecard_deep_selected(&f->areas, check_area_find("dkim")))
		return;
	digest_map_init(&f->key_domains);
	key_domains_count(f->night, &f->key_domains);
	f->run.key_domains = &f->key_domains;
}

/* Whether the night file could be read to its end. */
static bool
finish_all(struct finishing *f)
{
	struct error error;

	if (run_facts_load(f->night, &f->arena, &f->run, &error) != 0) {
		note_failure(f, &error);
		return false;
	}
	tables_lend(f->tables, &f->run);
	f->columns = rows_carried_columns(f->night, &f->arena);
	f->recorded = recorded_new(f->night, &f->run);
	night_reads_begin(f->night);
	count_over_rows(f);
	finish_rows(f);
	night_reads_end(f->night);
	if (night_reads_check(f->night, &error) == 0)
		return true;
	note_failure(f, &error);
	return false;
}

static bool
shared_wanted(const struct sinks *sinks)
{
	for (size_t i = 0; i < sinks->count; i++)
		if (sinks->at[i]->wants_shared)
			return true;
	return false;
}

int
finish_run(struct night *night, const struct tables *tables, const struct options *options,
    const struct sinks *sinks, struct finish_counts *counts_out, struct error *error)
{
	struct finishing f = {
		.night = night,
		.tables = tables,
		.areas = areas_selected(options),
		.sinks = *sinks,
		.sinks_left = sinks->count,
		.error = error,
	};

	areas_warn(options);
	f.card = alloc_zeroed(1, sizeof *f.card);
	f.tally = alloc_zeroed(1, sizeof *f.tally);
	if (shared_wanted(sinks)) {
		f.causes = causes_new(CAUSES_MOST);
		f.fleet = fleet_new();
	}
	end_sinks(&f, finish_all(&f));
	counts_out->rows = f.tally->rows;
	memcpy(counts_out->verdicts, f.tally->verdicts, sizeof counts_out->verdicts);
	recorded_free(f.recorded);
	digest_map_free(&f.key_domains);
	free(f.card);
	free(f.tally);
	causes_free(f.causes);
	fleet_free(f.fleet);
	arena_free(&f.arena);
	arena_free(&f.row_arena);
	return f.result;
}
