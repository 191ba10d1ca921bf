/* Finishing: from recorded facts to scorecards. */
#include "app/finish.h"

#include "app/areas.h"
#include "app/key_domains.h"
#include "app/rows.h"
#include "app/split.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "fact/history_fact.h"
#include "fact/night.h"
#include "fact/recorded.h"
#include "fact/run_facts.h"
#include "report/causes.h"
#include "report/fleet.h"
#include "report/tally.h"
#include "score/profile.h"
#include "score/run_rows.h"
#include "score/waiver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAUSES_MOST = 100000 };

/* Rows that are counted together, and where they go. */
struct part {
	struct sinks sinks; /* NULL in place of one that failed */
	size_t sinks_left;
	struct tally *tally;
	struct causes *causes; /* NULL: no sink wants what domains share */
	struct fleet *fleet;   /* likewise */
};

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
	struct error *error; /* what failed first */
	int result;
	struct run_facts run;
	struct digest_map key_domains;
	struct recorded *recorded;
	struct carried_columns columns;
	struct arena arena;     /* of the whole finish */
	struct arena row_arena; /* of one row */
	struct scorecard *card;
	struct part *part;   /* that rows belong to now */
	struct part *whole;  /* to which all belong */
	struct split *split; /* that rows are noted for; NULL: none, or it failed */
	struct waiver_count expired, faulty;
};

static void
note_failure(struct finishing *f, const struct error *error)
{
	if (f->result == 0)
		*f->error = *error;
	f->result = -1;
}

/* ---- parts */

static void
part_begin(struct part *part, const struct sinks *sinks)
{
	*part = (struct part){ .sinks = *sinks, .sinks_left = sinks->count };
	part->tally = alloc_zeroed(1, sizeof *part->tally);
	for (size_t i = 0; i < sinks->count && part->causes == NULL; i++) {
		if (!sinks->at[i]->wants_shared)
			continue;
		part->causes = causes_new(CAUSES_MOST);
		part->fleet = fleet_new();
	}
}

static void
abandon(struct part *part, size_t i)
{
	part->sinks.at[i]->abandon(part->sinks.at[i]);
	part->sinks.at[i] = NULL;
	part->sinks_left--;
}

static void
part_row(struct finishing *f, struct part *part, const struct report_row *row)
{
	struct error error;

	tally_add(part->tally, row);
	if (part->causes != NULL) {
		causes_add(part->causes, row);
		fleet_add(part->fleet, row);
	}
	for (size_t i = 0; i < part->sinks.count; i++) {
		struct sink *sink = part->sinks.at[i];

		if (sink == NULL || sink->row == NULL || sink->row(sink, row, &error) == 0)
			continue;
		note_failure(f, &error);
		abandon(part, i);
	}
}

/* Its files appear, if all rows could be read. */
static void
part_end(struct finishing *f, struct part *part, bool whole)
{
	const struct report_totals totals = { part->tally, part->causes, part->fleet, &f->run_rows,
		&f->run };
	struct error error;

	for (size_t i = 0; i < part->sinks.count; i++) {
		struct sink *sink = part->sinks.at[i];

		if (sink != NULL && !whole)
			abandon(part, i);
		else if (sink != NULL && sink->end(sink, &totals, &error) != 0)
			note_failure(f, &error);
	}
	free(part->tally);
	causes_free(part->causes);
	fleet_free(part->fleet);
}

/* ---- rows */

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

/* What earlier nights showed of the row's domain; NULL where nothing is known. */
static const struct history_fact *
history_of(struct finishing *f, const char *domain)
{
	struct history_fact *fact = NULL;
	struct strbuf key = { 0 }, value = { 0 };

	if (!f->run.history || domain == NULL)
		return NULL;
	fact_key_history(&key, domain);
	if (night_fact(f->night, key.at, key.length, &value)) {
		fact = arena_zeroed(&f->row_arena, 1, sizeof *fact);
		if (!fact_decode_history(value.at, value.length, &f->row_arena, fact))
			fact = NULL;
	}
	strbuf_free(&key);
	strbuf_free(&value);
	return fact;
}

static void
finish_row(struct finishing *f, const struct night_row *row)
{
	struct evaluation evaluation = rows_evaluation(row);
	struct report_row report = {
		.card = f->card,
		.line = row->line,
		.unicode = row->unicode,
		.carried_names = f->columns.names,
		.carried = row->cells,
		.run = &f->run_rows,
		.carried_count =
		    f->columns.count < row->cell_count ? f->columns.count : row->cell_count,
		.arena = &f->row_arena,
	};
	struct night_domain times;

	evaluation.history = history_of(f, row->domain);
	evaluation_run(recorded_facts(f->recorded, row->domain, &f->row_arena, &times),
	    &f->row_arena, &evaluation);
	scorecard_make(&evaluation, &f->tables->judge, &f->how, &f->row_arena, f->card);
	report.scanned_at = times.scanned_at != 0 ? times.scanned_at : f->run.now;
	report.elapsed_ms = times.elapsed_ms;
	if (f->part == f->whole)
		count_waivers(f, &report);
	part_row(f, f->part, &report);
}

static void
note_for_split(struct finishing *f, const struct night_row *row)
{
	struct error error;

	if (f->split == NULL || split_note(f->split, row->cell_count, row->cells, &error) == 0)
		return;
	note_failure(f, &error);
	f->split = NULL;
}

static void
finish_rows(struct finishing *f)
{
	struct night_row row = { .id = 0 };

	while ((f->part->sinks_left > 0 || f->split != NULL) &&
	    night_next_row(f->night, row.id, &f->row_arena, &row)) {
		finish_row(f, &row);
		note_for_split(f, &row);
		arena_reset(&f->row_arena);
	}
}

static bool
reads_went_well(struct finishing *f)
{
	struct error error;

	if (night_reads_check(f->night, &error) == 0)
		return true;
	note_failure(f, &error);
	return false;
}

/* The rows of one value, once more. */
static void
finish_group(struct finishing *f, const int64_t *ids, size_t count)
{
	struct part part;
	struct sinks sinks;
	struct error error;

	if (split_open(f->split, &sinks, &error) != 0)
		note_failure(f, &error);
	part_begin(&part, &sinks);
	f->part = &part;
	for (size_t i = 0; i < count && part.sinks_left > 0; i++) {
		struct night_row row;

		if (night_next_row(f->night, ids[i] - 1, &f->row_arena, &row))
			finish_row(f, &row);
		arena_reset(&f->row_arena);
	}
	part_end(f, &part, reads_went_well(f));
}

static void
finish_groups(struct finishing *f)
{
	const int64_t *ids;
	size_t count;

	while (f->split != NULL && split_next(f->split, &ids, &count))
		finish_group(f, ids, count);
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

static bool
list_failed_at_once(const struct run_facts *run, const char *zone)
{
	for (size_t i = 0; i < run->list_count; i++)
		if (strcmp(run->lists[i].zone, zone) == 0)
			return run->lists[i].passed_start != run->lists[i].tested;
	return false;
}

/* What gathering could not say, since it is known at its end. */
static bool
is_news(const struct run_facts *run, const struct run_row *row)
{
	static const char *const said_before[] = { "run.egress-25", "run.own-name",
		"run.resolver-honest" };

	for (size_t i = 0; i < sizeof said_before / sizeof said_before[0]; i++)
		if (strcmp(row->check->id, said_before[i]) == 0)
			return false;
	if (strcmp(row->check->id, "run.list-health") == 0 && row->subject != NULL &&
	    list_failed_at_once(run, row->subject))
		return false;
	return outcome_is_bad(row->finding.outcome);
}

/* Of a night file that is damaged nothing is told but that. */
static void
warn_of_run(struct finishing *f)
{
	for (size_t i = 0; f->result == 0 && i < f->run_rows.count; i++) {
		const struct run_row *row = &f->run_rows.at[i];

		if (is_news(&f->run, row))
			log_warn("%s: %s; %s", row->check->id, run_row_words(row, &f->arena),
			    row->check->advice);
	}
}

static int
prepare(struct finishing *f)
{
	struct error error;

	if (run_facts_load(f->night, &f->arena, &f->run, &error) != 0) {
		note_failure(f, &error);
		return -1;
	}
	tables_lend(f->tables, &f->run);
	run_rows_judge(&f->run, &f->arena, &f->run_rows);
	f->how.run_rows = &f->run_rows;
	f->columns = rows_carried_columns(f->night, &f->arena);
	f->recorded = recorded_new(f->night, &f->run);
	return 0;
}

static void
finish_all(struct finishing *f, const struct sinks *sinks, struct finish_counts *counts_out)
{
	struct part whole;

	part_begin(&whole, sinks);
	f->part = f->whole = &whole;
	if (prepare(f) == 0) {
		night_reads_begin(f->night);
		count_over_rows(f);
		finish_rows(f);
	}
	counts_out->rows = whole.tally->rows;
	memcpy(counts_out->verdicts, whole.tally->verdicts, sizeof counts_out->verdicts);
	if (f->recorded == NULL) {
		part_end(f, &whole, false);
		return;
	}
	part_end(f, &whole, reads_went_well(f));
	finish_groups(f);
	night_reads_end(f->night);
}

int
finish_run(struct night *night, const struct tables *tables, const struct options *options,
    const struct sinks *sinks, struct finish_counts *counts_out, struct error *error)
{
	struct finishing f = {
		.night = night,
		.tables = tables,
		.how = tables_judging(tables, options),
		.error = error,
		.split = sinks->split,
	};

	areas_warn(options);
	if (options_given(options, "profile") || options->profiles != NULL)
		warn_of_unknown(tables->profiles);
	f.card = alloc_zeroed(1, sizeof *f.card);
	finish_all(&f, sinks, counts_out);
	warn_of_run(&f);
	warn_of_waivers(&f.expired, "expired and do not count");
	warn_of_waivers(&f.faulty, "not the form CHECK-ID:DAY and do not count");
	recorded_free(f.recorded);
	digest_map_free(&f.key_domains);
	free(f.card);
	arena_free(&f.arena);
	arena_free(&f.row_arena);
	return f.result;
}
