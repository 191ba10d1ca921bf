/* Finishing: from recorded facts to scorecards. */
#include "app/finish.h"

#include "app/areas.h"
#include "app/key_domains.h"
#include "app/rows.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/log.h"
#include "fact/night.h"
#include "fact/recorded.h"
#include "fact/run_facts.h"
#include "report/causes.h"
#include "report/tally.h"
#include "score/profile.h"
#include "score/run_rows.h"
#include "score/waiver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAUSES_MOST = 100000 };

/* Waivers that do not count, and one of them. */
struct waiver_count {
	size_t count;
	char example[160];
};

struct finishing {
	struct night *night;
	const struct tables *tables;
	struct scorecard_options how;
	struct run_rows run_rows;
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
	struct waiver_count expired, faulty;
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
count_waivers(struct finishing *f, const struct report_row *row)
{
	const struct waiver_list *waivers = &row->card->waivers;

	for (size_t i = 0; i < waivers->count; i++) {
		const struct waiver *one = &waivers->at[i];
		bool expired = one->state == WAIVER_EXPIRED;
		struct waiver_count *to = expired ? &f->expired : &f->faulty;

		if (one->state != WAIVER_COUNTS && to->count++ == 0)
			snprintf(to->example, sizeof to->example, "line %" PRIu64 ": %.60s %.60s",
			    row->line, expired ? one->check->id : one->text,
			    expired ? one->until : "");
	}
}

static void
warn_of_waivers(const struct waiver_count *count, const char *what)
{
	if (count->count > 0)
		log_warn(
		    "%zu waivers have %s; the first one: %s", count->count, what, count->example);
}

/* A misspelt id would never fail: said once. */
static void
warn_of_unknown(const struct profiles *profiles)
{
	struct arena arena = { 0 };
	const char *ids = profiles_not_built(profiles, &arena);

	if (ids != NULL)
		log_warn("profiles name checks that this version does not have: %s", ids);
	arena_free(&arena);
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
	scorecard_make(&evaluation, &f->tables->judge, &f->how, &f->row_arena, f->card);
	report.scanned_at = times.scanned_at != 0 ? times.scanned_at : f->run.now;
	report.elapsed_ms = times.elapsed_ms;
	tally_add(f->tally, &report);
	count_waivers(f, &report);
	if (f->causes != NULL)
		causes_add(f->causes, &report);
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
	const struct report_totals totals = { f->tally, f->causes };
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
	if (!scorecard_deep_selected(&f->how, check_area_find("dkim")))
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
	run_rows_judge(&f->run, &f->arena, &f->run_rows);
	f->how.run_rows = &f->run_rows;
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
causes_wanted(const struct sinks *sinks)
{
	for (size_t i = 0; i < sinks->count; i++)
		if (sinks->at[i]->wants_causes)
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
		.how = tables_judging(tables, options),
		.sinks = *sinks,
		.sinks_left = sinks->count,
		.error = error,
	};

	areas_warn(options);
	if (options_given(options, "profile") || options->profiles != NULL)
		warn_of_unknown(tables->profiles);
	f.card = alloc_zeroed(1, sizeof *f.card);
	f.tally = alloc_zeroed(1, sizeof *f.tally);
	if (causes_wanted(sinks))
		f.causes = causes_new(CAUSES_MOST);
	end_sinks(&f, finish_all(&f));
	warn_of_waivers(&f.expired, "expired and do not count");
	warn_of_waivers(&f.faulty, "not the form CHECK-ID:DAY and do not count");
	counts_out->rows = f.tally->rows;
	memcpy(counts_out->verdicts, f.tally->verdicts, sizeof counts_out->verdicts);
	recorded_free(f.recorded);
	digest_map_free(&f.key_domains);
	free(f.card);
	free(f.tally);
	causes_free(f.causes);
	arena_free(&f.arena);
	arena_free(&f.row_arena);
	return f.result;
}
