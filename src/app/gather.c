/* Gathering: what is tested before the rows, then the rows pass through the window, then what is
 * tested behind them. */
#include "app/gather.h"

#include "app/areas.h"
#include "app/deadline.h"
#include "app/dry_run.h"
#include "app/gather_state.h"
#include "app/history_facts.h"
#include "app/left_undone.h"
#include "app/policy_fetches.h"
#include "app/port25.h"
#include "app/progress.h"
#include "app/resolvers.h"
#include "app/resolvers_watch.h"
#include "app/resume.h"
#include "app/run_beginning.h"
#include "app/run_tests.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/state_folder.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "dns/client.h"
#include "fact/graph.h"
#include "fact/list_desk.h"
#include "fact/night.h"
#include "fact/provider_memory.h"
#include "fact/run_facts.h"
#include "fact/session_budgets.h"
#include "fact/state.h"
#include "net/https.h"
#include "net/limiter.h"
#include "net/loop.h"
#include "net/stream.h"
#include "rule/evaluation.h"
#include "score/scorecard.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum {
	PROGRESS_MS = 500,
	ROWS_A_TURN = 500,          /* of the loop, where all of their facts are on record */
	FACT_CACHE_BYTES = 8 << 20, /* answers in memory beyond those of the window */
};

/* ---- the window */

/* Gathering ends; what is in the file by now can be finished. */
static void
note_night_failure(void *user, const struct error *error)
{
	struct gathering *g = user;

	if (!g->report->night_failed)
		g->report->night_error = *error;
	g->report->night_failed = true;
	g->report->night_error.code = EX_IOERR;
	loop_stop(g->loop);
}

static bool
add_next_row(struct gathering *g)
{
	struct subject subject = { .kind = SUBJECT_DOMAIN };
	struct night_row row;

	arena_reset(&g->arena);
	if (!night_next_row(g->night, g->last_row, &g->arena, &row)) {
		struct error error;

		g->rows_ended = true;
		if (night_reads_check(g->night, &error) != 0)
			note_night_failure(g, &error);
		return false;
	}
	g->last_row = row.id;
	if (row.domain == NULL || (row.again && !row.differs))
		return true;
	subject.domain = row.domain;
	subject.again = row.again;
	memcpy(subject.known, row.known, sizeof subject.known);
	if (!row.again)
		history_facts_put(g->history, g->night, row.domain);
	graph_add_domain(g->graph, &subject);
	return true;
}

static bool
rows_are_known(const struct gathering *g)
{
	return g->rows_ended && graph_counts(g->graph).domains_open == 0;
}

/* Whom they need is known: of all, or of those that half of the time was enough for. */
void
gathering_begin_sessions(struct gathering *g)
{
	if (g->options->dry_run)
		loop_stop(g->loop);
	else
		sessions_begin(graph_sessions(g->graph));
}

/* Samples are had now. What lists are asked again although an earlier night has their answer comes
 * behind the rest. */
static void
note_rows_over(struct gathering *g)
{
	struct list_desk *desk = run_tests_desk(g->tests);

	if (!rows_are_known(g))
		return;
	graph_rows_known(g->graph);
	gathering_begin_sessions(g);
	if (desk != NULL)
		list_desk_rows_over(desk);
}

/* Are there facts that this process has not gathered itself? */
static bool
is_recorded(const struct gathering *g)
{
	return g->beginning.resumed || g->beginning.rescan != NULL;
}

static void
fill_window(struct gathering *g)
{
	unsigned added = 0;

	while (!g->rows_ended && graph_counts(g->graph).domains_open < g->options->window) {
		if (is_recorded(g) && added++ == ROWS_A_TURN) {
			loop_soon_ask(g->refill);
			return;
		}
		if (!add_next_row(g))
			return;
	}
}

static void
on_refill(void *user)
{
	struct gathering *g = user;

	fill_window(g);
	note_rows_over(g);
	if (!rows_are_known(g) || !graph_is_idle(g->graph))
		return;
	g->ending = true;
	run_tests_again(g->tests);
}

static void
on_domain_done(void *user)
{
	struct gathering *g = user;

	if (!g->rows_ended || graph_counts(g->graph).domains_open == 0)
		loop_soon_ask(g->refill);
}

/* Once, however often it is found out. */
static void
on_blocked(void *user)
{
	struct gathering *g = user;

	if (!g->report->blocked)
		log_warn("port 25 does not leave this network: what needs it is not tested; ask "
			 "the network's operator to open it, or leave it out with --skip smtp,tls");
	g->report->blocked = true;
}

/* ---- beginning */

/* Whatever ends this process from here on, its night file can be finished: as interrupted. */
static int
store_run_facts(struct gathering *g, bool interrupted)
{
	g->run.interrupted = interrupted;
	return run_facts_store(g->night, &g->run, g->error);
}

static void
start_graph(struct gathering *g)
{
	const struct scorecard_options areas = tables_judging(g->tables, g->options);
	struct graph_options options = {
		.loop = g->loop,
		.dns = g->dns,
		.desk = run_tests_desk(g->tests),
		.night = g->night,
		.run = &g->run,
		.cache_bytes = FACT_CACHE_BYTES,
		.sessions = { .limiter = g->limiter, .budgets = g->budgets },
		.policies = policy_fetches(g->options, g->https),
		.domain_done = on_domain_done,
		.blocked = on_blocked,
		.idle = on_refill,
		.recorded = is_recorded(g),
		.user = g,
	};

	if (store_run_facts(g, true) != 0) {
		note_night_failure(g, g->error);
		return;
	}
	options.rules =
	    areas_rules(&areas, g->options->dry_run, &g->beginning.arena, &options.rule_count);
	port25_set(g->options, g->tables, &g->run, &g->beginning.arena, &options.sessions);
	options.sessions.session.ehlo_name = g->run.ehlo_name;
	options.sessions.session.tls = g->tls;
	options.sessions.ordered = g->options->dry_run || g->deadline != NULL;
	g->graph = graph_new(&options);
	if (options.desk != NULL)
		list_desk_rows_begin(options.desk);
	if (g->options->command == COMMAND_DOCTOR)
		graph_greet_witnesses(g->graph);
	on_refill(g);
}

static void
on_tested(void *user, bool resolver_answers)
{
	struct gathering *g = user;

	g->report->resolver_dead = !resolver_answers;
	if (g->beginning.rescan != NULL) /* who said something of signatures then checked them */
		g->run.validating_resolvers &=
		    rescan_then(g->beginning.rescan)->validating_resolvers;
	if (resolver_answers)
		start_graph(g);
	else
		loop_stop(g->loop);
}

static void
on_tested_again(void *user)
{
	struct gathering *g = user;

	loop_stop(g->loop);
}

/* A second one ends the process at once. */
static void
on_signal(void *user, int number)
{
	struct gathering *g = user;

	g->report->signal = number;
	loop_stop(g->loop);
}

static int
start_tests(struct gathering *g)
{
	const struct run_tests_options options = {
		.options = g->options,
		.tables = g->tables,
		.loop = g->loop,
		.dns = g->dns,
		.list_dns = g->list_dns != NULL ? g->list_dns : g->dns,
		.limiter = g->list_limiter,
		.state = g->state,
		.earlier = g->beginning.resumed ? &g->beginning.earlier : NULL,
		.run = &g->run,
		.sources = g->beginning.sources.at,
		.source_count = g->beginning.sources.count,
		.tested = on_tested,
		.tested_again = on_tested_again,
		.user = g,
	};

	g->tests = run_tests_start(&options, g->error);
	return g->tests != NULL ? 0 : -1;
}

/* It is on disk before the facts of the run are: who is gone on with has all of it. */
static int
take_earlier_night(struct gathering *g)
{
	run_beginning_way_out(&g->beginning, &g->run);
	if (g->beginning.rescan == NULL)
		return 0;
	return rescan_take(
	    g->beginning.rescan, g->tables, g->night, &g->run, &g->report->rescan, g->error);
}

static int
begin(struct gathering *g)
{
	g->loop = loop_new();
	if (resolvers_open(g->options, g->loop, &g->dns, g->error) != 0 ||
	    run_beginning_set(
		g->options, g->tables, g->night, g->dns, &g->beginning, &g->run, g->error) != 0 ||
	    resolvers_open_lists(g->options, g->loop, &g->list_dns, g->error) != 0 ||
	    state_folder_open(g->options, &g->state, g->error) != 0 ||
	    history_facts_open(g->options->db, &g->history, g->error) != 0)
		return -1;
	g->run.history = g->history != NULL;
	if (take_earlier_night(g) != 0)
		return -1;
	g->tls = tls_context_new();
	g->https = policy_client_new(g->options, g->loop);
	g->limiter = limiter_new(g->loop, g->run.seed[0]);
	if (g->state != NULL)
		g->memory = provider_memory_new(g->state, g->limiter, g->run.now);
	g->list_limiter = limiter_new(g->loop, g->run.seed[0]);
	g->budgets = session_budgets_new(g->limiter, g->tables->providers, g->tables->suffixes,
	    (unsigned)g->options->smtp_sessions);
	session_budgets_speak_from(g->budgets, g->beginning.sources.at,
	    g->beginning.sources.given ? g->beginning.sources.count : 0, g->run.seed);
	g->refill = loop_soon_new(g->loop, on_refill, g);
	g->signals = signals_watch_new(g->loop, on_signal, g);
	g->question = signals_question_new(g->loop, gathering_on_question, g);
	g->started = loop_now(g->loop);
	if (!g->options->quiet && progress_wanted((int)g->options->progress)) {
		g->progress = loop_timer_new(g->loop, gathering_on_progress, g);
		loop_timer_start(g->progress, PROGRESS_MS, PROGRESS_MS);
	}
	gathering_watch_deadline(g);
	if (start_tests(g) != 0)
		return -1;
	gathering_watch_resolvers(g);
	night_gather_begin(g->night, g->loop, note_night_failure, g);
	return 0;
}

/* ---- ending */

static void
note_report(struct gathering *g)
{
	if (g->graph != NULL) {
		struct graph_counts counts = graph_counts(g->graph);

		g->report->domains = counts.domains_done;
		g->report->questions = counts.questions;
		g->report->confirmations = counts.confirmations;
		g->report->sessions = counts.sessions_done;
	}
	g->report->seconds = (double)(loop_clock() - g->started) / 1000;
}

/* What was found out while the graph was there. */
static void
tell(struct gathering *g)
{
	if (g->options->dry_run)
		dry_run_plan(g->options, g->tables, &g->beginning.sources, &g->run, g->graph,
		    run_tests_desk(g->tests), &g->report->plan);
	else if (g->run.late && g->report->signal == 0)
		left_undone_say(g->graph, g->budgets,
		    g->rows->domains + g->rows->differing - g->report->domains);
}

/* What is known goes to the night file, however gathering ended. */
static void
end(struct gathering *g)
{
	struct error error;

	if (g->progress != NULL)
		progress_clear();
	note_report(g);
	g->report->resolvers_lost = g->graph != NULL && resolvers_watch_silent(g->watch);
	if (g->graph != NULL) {
		tell(g);
		graph_tell(g->graph, &g->beginning.arena, &g->run);
		run_beginning_way_out(&g->beginning, &g->run);
		g->report->blocked = g->run.egress == EGRESS_BLOCKED ||
		    sources_forbidden(&g->beginning.sources, &g->run);
		graph_cancel(g->graph);
		if (g->list_dns != NULL)
			dns_client_cancel(g->list_dns);
		graph_store_rest(g->graph);
	}
	if (night_gather_end(g->night, &error) != 0)
		note_night_failure(g, &error);
	if (g->report->night_failed) /* that it was interrupted is in it since its beginning */
		return;
	if (g->graph == NULL && g->beginning.resumed) /* what its earlier part has stored holds */
		return;
	if (store_run_facts(g, g->report->signal != 0 || g->report->resolvers_lost) != 0)
		note_night_failure(g, g->error);
}

/* What was learned of providers, for the next night. */
static void
keep_memory(struct gathering *g)
{
	int64_t now = (int64_t)time(NULL);
	struct error error;

	if (g->memory == NULL)
		return;
	provider_memory_put(g->memory, g->state, g->limiter, now);
	if (state_save(g->state, now, &error) != 0)
		log_warn("%s", error.text);
	provider_memory_free(g->memory);
}

static void
release(struct gathering *g)
{
	graph_free(g->graph);
	session_budgets_free(g->budgets);
	run_tests_end(g->tests);
	dns_client_free(g->dns);
	dns_client_free(g->list_dns);
	run_tests_free(g->tests);
	keep_memory(g); /* after the sockets, for it opens a file and descriptors may be few */
	limiter_free(g->limiter);
	limiter_free(g->list_limiter);
	state_close(g->state);
	history_facts_close(g->history);
	rescan_close(g->beginning.rescan);
	arena_free(&g->beginning.arena);
	tls_context_free(g->tls);
	https_client_free(g->https);
	loop_timer_free(g->progress);
	deadline_free(g->deadline);
	resolvers_watch_free(g->watch);
	loop_soon_free(g->refill);
	signals_watch_free(g->signals);
	signals_question_free(g->question);
	loop_free(g->loop);
	arena_free(&g->arena);
}

int
gather_run(const struct options *options, const struct tables *tables, struct night *night,
    const struct rows_read *rows, struct gather_report *report_out, struct error *error)
{
	struct gathering g = {
		.options = options,
		.tables = tables,
		.night = night,
		.rows = rows,
		.report = report_out,
		.error = error,
	};
	int result;

	memset(report_out, 0, sizeof *report_out);
	result = begin(&g);
	if (result == 0) {
		loop_run(g.loop);
		end(&g);
	}
	release(&g);
	return result;
}
