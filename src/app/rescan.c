/* An earlier night: which domains are asked anew, and taking over what is known of the others. */
#include "app/rescan.h"

#include "app/key_domains.h"
#include "app/rescan_choice.h"
#include "app/rescan_walk.h"
#include "app/rows.h"
#include "app/signals.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/error.h"
#include "fact/night.h"
#include "fact/recorded.h"
#include "fact/run_facts.h"
#include "fact/taking.h"
#include "report/row.h"
#include "score/run_rows.h"
#include "score/scorecard.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct rescan {
	const struct options *options;
	const struct tables *tables;
	struct night *from, *to;
	struct run_facts then; /* of the earlier night */
	struct run_facts view; /* the same, with what is wanted today */
	int64_t now;
	struct recorded *recorded;
	struct digest_map domains; /* that are asked anew */
	struct digest_map keys;    /* of the facts that they use */
	struct digest_map key_domains;
	struct scorecard_options how;
	struct run_rows run_rows;
	struct scorecard *card;
	struct noted noted;      /* for a scorecard */
	struct strbuf card_keys; /* what it asked for, as a blob without values */
	struct rescan_walk walk;
	struct taking *taking;
	struct arena arena;     /* of all of it */
	struct arena row_arena; /* of one row */
	struct rescan_counts *counts;
};

/* ---- options */

static int
exclude(const struct options *options, const char *name, const char *why, struct error *error)
{
	if (!options_on_command_line(options, "since") &&
	    !options_on_command_line(options, "rescan"))
		return 0;
	return error_set(
	    error, EX_USAGE, "--%s and --since or --rescan exclude each other: %s", name, why);
}

int
rescan_check(const struct options *options, struct error *error)
{
	bool since = options->since != NULL, rescan = options_given(options, "rescan");

	if (options->resume)
		return exclude(
		    options, "resume", "a run that is gone on with has taken what it takes", error);
	if (options->dry_run)
		return exclude(options, "dry-run", "it reckons with a whole night", error);
	if (since && !rescan)
		return error_set(error, EX_USAGE,
		    "--since names an earlier night, and --rescan what of it is asked anew, which "
		    "is missing; --rescan failed would be right");
	if (rescan && !since)
		return error_set(error, EX_USAGE,
		    "--rescan says what of an earlier night is asked anew, and which one is "
		    "missing; --since NIGHT names the file that its --night has kept");
	return 0;
}

/* ---- the earlier night */

static int
check_night(struct rescan *rescan, unsigned resolvers, struct error *error)
{
	const char *path = night_path(rescan->from);

	if (run_facts_load(rescan->from, &rescan->arena, &rescan->then, error) != 0)
		return -1;
	if (!run_facts_complete(rescan->from))
		return error_set(error, EX_DATAERR,
		    "--since %s: that night was interrupted; `mxsweep scan --resume --night %s` "
		    "goes on with it",
		    path, path);
	if (rescan->then.resolvers != resolvers)
		return error_set(error, EX_USAGE,
		    "--since %s: that night asked %u resolver%s, and there %s %u now; --resolver "
		    "names those of then, and without --since everything is asked anew",
		    path, rescan->then.resolvers, rescan->then.resolvers == 1 ? "" : "s",
		    resolvers == 1 ? "is" : "are", resolvers);
	return 0;
}

int
rescan_open(
    const struct options *options, unsigned resolvers, struct rescan **out, struct error *error)
{
	struct rescan *rescan;
	struct night *from;

	*out = NULL;
	if (options->since == NULL || options->dry_run)
		return 0;
	if (night_open(options->since, &from, error) != 0)
		return -1;
	rescan = alloc_zeroed(1, sizeof *rescan);
	rescan->options = options;
	rescan->from = from;
	if (check_night(rescan, resolvers, error) != 0) {
		rescan_close(rescan);
		return -1;
	}
	*out = rescan;
	return 0;
}

const struct run_facts *
rescan_then(const struct rescan *rescan)
{
	return &rescan->then;
}

void
rescan_close(struct rescan *rescan)
{
	if (rescan == NULL)
		return;
	night_close(rescan->from);
	arena_free(&rescan->arena);
	free(rescan);
}

void
rescan_say(const struct rescan_counts *counts, FILE *out)
{
	struct arena arena = { 0 };

	if (counts->night != 0)
		fprintf(out, "%" PRIu64 " of %" PRIu64 " domains %s the night of %s%s\n",
		    counts->taken, counts->domains, counts->port25_alone ? "were in" : "taken from",
		    row_time_text(counts->night, &arena),
		    counts->port25_alone ? ": port 25 visited where something has changed" : "");
	arena_free(&arena);
}

/* ---- a row */

static const char *
next_domain(struct rescan *rescan, struct night_row *row)
{
	do {
		arena_reset(&rescan->row_arena);
		if (!night_next_row(rescan->to, row->id, &rescan->row_arena, row))
			return NULL;
	} while (row->domain == NULL || (row->again && !row->differs));
	return row->domain;
}

static void
walk(struct rescan *rescan, const struct night_row *row)
{
	struct subject subject = { .kind = SUBJECT_DOMAIN, .domain = row->domain };
	struct night_domain times;

	memcpy(subject.known, row->known, sizeof subject.known);
	rescan_walk_row(&rescan->walk,
	    recorded_facts(rescan->recorded, row->domain, &rescan->row_arena, &times), &subject);
}

/* ---- who is asked anew */

static void
note_card_key(void *user, const struct noted_fact *fact)
{
	struct rescan *rescan = user;

	night_blob_add(&rescan->card_keys, fact->key, fact->length, "", 0);
}

static void
keep_card_key(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct rescan *rescan = user;

	(void)value;
	(void)length;
	digest_map_put(&rescan->keys, key, key_length, 0);
}

static void
keep_key(void *user, const struct noted_fact *fact)
{
	struct rescan *rescan = user;

	digest_map_put(&rescan->keys, fact->key, fact->length, 0);
}

/* As the earlier night would judge it today; what hangs on nights before it is left out. */
static bool
card_wants(struct rescan *rescan, const struct night_row *row, struct facts *facts)
{
	struct evaluation evaluation = rows_evaluation(row);

	evaluation_run(noted_facts(&rescan->noted, facts), &rescan->row_arena, &evaluation);
	scorecard_make(
	    &evaluation, &rescan->tables->judge, &rescan->how, &rescan->row_arena, rescan->card);
	return rescan_choice_wants(&rescan->options->rescan, rescan->card);
}

static bool
is_too_old(const struct rescan *rescan, const struct night_domain *times)
{
	const struct option_rescan *choice = &rescan->options->rescan;

	return choice->older &&
	    rescan->now - times->scanned_at >= (int64_t)(choice->older_ms / 1000);
}

static bool
is_asked_anew(struct rescan *rescan, const struct night_row *row)
{
	struct night_domain times;
	struct facts *facts =
	    recorded_facts(rescan->recorded, row->domain, &rescan->row_arena, &times);

	strbuf_reset(&rescan->card_keys);
	return times.scanned_at == 0 || is_too_old(rescan, &times) ||
	    (rescan_choice_judges(&rescan->options->rescan) && card_wants(rescan, row, facts));
}

static void
choose(struct rescan *rescan)
{
	struct night_row row = { .id = 0 };
	const char *domain;

	rescan->noted = (struct noted){ .used = note_card_key, .user = rescan };
	rescan_walk_begin(&rescan->walk, rescan->options, rescan->tables, keep_key, rescan);
	while ((domain = next_domain(rescan, &row)) != NULL) {
		rescan->counts->domains += !row.again;
		if (!is_asked_anew(rescan, &row))
			continue;
		digest_map_put(&rescan->domains, domain, strlen(domain), 0);
		night_blob_each(
		    rescan->card_keys.at, rescan->card_keys.length, keep_card_key, rescan);
		walk(rescan, &row);
	}
	rescan_walk_end(&rescan->walk);
	noted_free(&rescan->noted);
}

/* ---- what is taken */

static void
take_fact(void *user, const struct noted_fact *fact)
{
	taking_fact(((struct rescan *)user)->taking, fact);
}

static void
take_domains(struct rescan *rescan)
{
	struct night_row row = { .id = 0 };
	const char *domain;

	rescan_walk_begin(&rescan->walk, rescan->options, rescan->tables, take_fact, rescan);
	while ((domain = next_domain(rescan, &row)) != NULL) {
		if (digest_map_get(&rescan->domains, domain, strlen(domain), NULL))
			continue;
		rescan->counts->taken += !row.again && taking_domain(rescan->taking, domain);
		walk(rescan, &row);
	}
	rescan_walk_end(&rescan->walk);
}

static int
take(struct rescan *rescan, struct error *error)
{
	const struct option_rescan *choice = &rescan->options->rescan;
	const struct taking_options options = {
		.from = rescan->from,
		.from_run = &rescan->then,
		.to = rescan->to,
		.now = rescan->now,
		.since = choice->older ? rescan->now - (int64_t)(choice->older_ms / 1000) : 0,
		.without_dns = choice->changed,
		.anew = &rescan->keys,
	};
	int result;

	if (night_taken_begin(rescan->to, error) != 0)
		return -1;
	rescan->taking = taking_new(&options);
	take_domains(rescan);
	result = taking_check(rescan->taking, error);
	if (result == 0)
		result = night_reads_check(rescan->to, error);
	taking_free(rescan->taking);
	if (result != 0) {
		night_taken_end(rescan->to, false, error);
		return -1;
	}
	return night_taken_end(rescan->to, true, error);
}

/* ---- all of it */

/* What that night was, and what is wanted today. */
static void
set_view(struct rescan *rescan, const struct run_facts *run)
{
	rescan->view = rescan->then;
	rescan->view.sessions = run->sessions;
	rescan->view.policies = run->policies;
	rescan->view.visits = run->visits;
	rescan->view.no_touch = run->no_touch;
	rescan->view.allowed = run->allowed;
	rescan->view.allowed_count = run->allowed_count;
	tables_lend(rescan->tables, &rescan->view);
}

static void
begin(struct rescan *rescan, const struct run_facts *run)
{
	rescan->now = run->now;
	rescan->how = tables_judging(rescan->tables, rescan->options);
	rescan->card = alloc_zeroed(1, sizeof *rescan->card);
	digest_map_init(&rescan->domains);
	digest_map_init(&rescan->keys);
	digest_map_init(&rescan->key_domains);
	set_view(rescan, run);
	if (rescan_choice_judges(&rescan->options->rescan) &&
	    scorecard_deep_selected(&rescan->how, check_area_find("dkim"))) {
		key_domains_count(rescan->from, &rescan->key_domains);
		rescan->view.key_domains = &rescan->key_domains;
	}
	run_rows_judge(&rescan->view, &rescan->arena, &rescan->run_rows);
	rescan->how.run_rows = &rescan->run_rows;
	rescan->recorded = recorded_new(rescan->from, &rescan->view);
}

static void
end(struct rescan *rescan)
{
	recorded_free(rescan->recorded);
	digest_map_free(&rescan->domains);
	digest_map_free(&rescan->keys);
	digest_map_free(&rescan->key_domains);
	strbuf_free(&rescan->card_keys);
	arena_free(&rescan->row_arena);
	free(rescan->card);
}

int
rescan_take(struct rescan *rescan, const struct tables *tables, struct night *night,
    const struct run_facts *run, struct rescan_counts *counts_out, struct error *error)
{
	int result;

	signals_answer("taking over from the earlier night");
	*counts_out = (struct rescan_counts){ .night = rescan->then.now,
		.port25_alone = rescan->options->rescan.changed };
	rescan->tables = tables;
	rescan->to = night;
	rescan->counts = counts_out;
	night_reads_begin(rescan->from);
	begin(rescan, run);
	choose(rescan);
	result = take(rescan, error);
	end(rescan);
	night_reads_end(rescan->from);
	return result;
}
