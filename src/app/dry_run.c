/* What a sweep would do, found out without doing it. */
#include "app/dry_run.h"

#include "app/areas.h"
#include "app/list_choice.h"
#include "app/plan.h"
#include "app/plan_output.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "fact/graph.h"
#include "fact/list_desk.h"
#include "fact/looks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

/* A file of --config may serve both, so only what the command line says is a contradiction. */
static const char *const not_with_it[] = { "csv", "ndjson", "findings", "xlsx", "html",
	"prometheus", "night", "fail-on", "db", "changes", "nagios", "mail", "split-by",
	"split-dir" };

int
dry_run_check(const struct options *options, struct error *error)
{
	if (!options->dry_run && options_on_command_line(options, "json"))
		return error_set(error, EX_USAGE,
		    "--json prints what --dry-run tells, and that is not given; --ndjson FILE "
		    "writes scorecards as JSON");
	for (size_t i = 0; options->dry_run && i < sizeof not_with_it / sizeof not_with_it[0]; i++)
		if (options_on_command_line(options, not_with_it[i]))
			return error_set(error, EX_USAGE,
			    "--dry-run and --%s exclude each other: a dry run has no scorecards, "
			    "and prints its plan on standard output",
			    not_with_it[i]);
	return 0;
}

struct collecting {
	struct session_left *at;
	size_t count, capacity;
};

static void
on_left(void *user, const struct session_left *left)
{
	struct collecting *c = user;

	if (left->look != LOOK_FIRST)
		return;
	if (c->count == c->capacity) {
		c->capacity = c->capacity == 0 ? 1024 : c->capacity * 2;
		c->at = alloc_resize(c->at, c->capacity * sizeof *c->at);
	}
	c->at[c->count++] = *left;
}

static uint64_t
deadline_of(const struct options *options)
{
	return options->deadline.given ? deadline_from(&options->deadline, time(NULL))
				       : PLAN_NO_DEADLINE;
}

static const uint32_t *
left_today(const struct list_desk *desk, size_t count, struct arena *arena)
{
	uint32_t *left = desk == NULL ? NULL : arena_bytes(arena, count * sizeof *left);

	for (size_t i = 0; desk != NULL && i < count; i++)
		left[i] = list_desk_left(desk, i);
	return left;
}

/* That the keys can be read was found out before the first question. */
static void
add_lists(const struct options *options, const struct tables *tables, const struct list_desk *desk,
    const struct graph_counts *counts, struct plan *plan)
{
	struct plan_subjects subjects = {
		.addresses = { counts->public_addresses[0], counts->public_addresses[1] },
		.names = counts->names,
	};
	struct list_choice choice;
	struct error error;

	if (list_choice_make(options, tables->lists, &plan->arena, &choice, &error) != 0)
		return;
	subjects.left_today = left_today(desk, choice.count, &plan->arena);
	plan_add_lists(plan, tables->lists, choice.health, choice.count, &subjects);
}

void
dry_run_plan(const struct options *options, const struct tables *tables,
    const struct sources *sources, const struct run_facts *run, struct graph *graph,
    const struct list_desk *desk, struct plan *plan_out)
{
	const struct scorecard_options areas = areas_selected(options);
	const struct graph_counts counts = graph_counts(graph);
	struct collecting c = { 0 };
	struct plan_input input = {
		.providers = tables->providers,
		.suffixes = tables->suffixes,
		.sessions_max = (unsigned)options->smtp_sessions,
		.sources = sources->at,
		.source_count = sources->given ? sources->count : 0,
		.seed = { run->seed[0], run->seed[1] },
		.deadline_ms = deadline_of(options),
	};

	sessions_each_left(graph_sessions(graph), on_left, &c);
	input.sessions = c.at;
	input.session_count = c.count;
	plan_make(&input, plan_out);
	plan_out->domains = counts.domains_done;
	plan_out->visits = sessions_counts(graph_sessions(graph)).visits;
	plan_out->sessions_wanted = run->sessions;
	if (scorecard_area_selected(&areas, "dnsbl"))
		add_lists(options, tables, desk, &counts, plan_out);
	free(c.at);
}

void
dry_run_print(const struct options *options, const struct plan *plan)
{
	struct strbuf text = { 0 };

	if (options->json) {
		plan_json(plan, &text);
		puts(text.at);
	} else {
		plan_text(plan, &text);
		fputs(text.at, stdout);
	}
	strbuf_free(&text);
}
