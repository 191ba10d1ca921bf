/* Gathering: what is tested before the rows, then the rows pass through the window, then what is
 * tested behind them. */
#include "app/gather.h"

#include "app/areas.h"
#include "app/own_name.h"
#include "app/policy_fetches.h"
#include "app/port25.h"
#include "app/progress.h"
#include "app/resolvers.h"
#include "app/resume.h"
#include "app/run_tests.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/visits.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "dns/client.h"
#include "fact/graph.h"
#include "fact/night.h"
#include "fact/run_facts.h"
#include "fact/session_budgets.h"
#include "net/https.h"
#include "net/limiter.h"
#include "net/loop.h"
#include "net/stream.h"
#include "rule/evaluation.h"
#include "score/scorecard.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum {
	PROGRESS_MS = 500,
	ROWS_A_TURN = 500,          /* of the loop, where all of their facts are on record */
	FACT_CACHE_BYTES = 8 << 20, /* answers in memory beyond those of the window */
};

struct gathering {
	const struct options *options;
	const struct tables *tables;
	struct night *night;
	const struct rows_read *rows;
	struct gather_report *report;
	struct error *error;

	struct loop *loop;
	struct dns_client *dns;
	struct limiter *limiter;
	struct session_budgets *budgets;
	struct tls_context *tls;
	struct https_client *https;
	struct graph *graph; /* NULL until the resolvers were tested */
	struct run_tests *tests;
	struct arena run_arena; /* of the whole run */
	struct loop_timer *progress;
	struct resolvers_watch *watch;
	struct signals_watch *signals;
	struct signals_question *question;
	struct loop_soon *refill;

	struct run_facts run;
	struct run_facts earlier; /* what a part of the run before this one has stored */
	bool resumed;             /* there was one */
	struct sources sources;
	char ehlo_name[OWN_NAME_SIZE];
	struct arena arena; /* of the row that is being added */
	int64_t last_row;
	bool rows_ended;
	uint64_t started;
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
	graph_add_domain(g->graph, &subject);
	return true;
}

static void
fill_window(struct gathering *g)
{
	unsigned added = 0;

	while (!g->rows_ended && graph_counts(g->graph).domains_open < g->options->window) {
		if (g->resumed && added++ == ROWS_A_TURN) {
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
	if (g->rows_ended && graph_is_idle(g->graph))
		run_tests_again(g->tests);
}

static void
on_domain_done(void *user)
{
	struct gathering *g = user;

	if (!g->rows_ended)
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

/* The rules, without those that ask for what no check of the run looks at. */
static void
choose_rules(struct gathering *g, const struct scorecard_options *areas, struct graph_options *out)
{
	struct gather_rule *rules = arena_zeroed(&g->run_arena, gather_rule_count, sizeof *rules);

	for (size_t i = 0; i < gather_rule_count; i++) {
		const char *area = gather_rules[i].deep_area;

		if (area == NULL || scorecard_deep_selected(areas, check_area_find(area)))
			rules[out->rule_count++] = gather_rules[i];
	}
	out->rules = rules;
}

static void
start_graph(struct gathering *g)
{
	const struct scorecard_options areas = tables_judging(g->tables, g->options);
	struct graph_options options = {
		.loop = g->loop,
		.dns = g->dns,
		.night = g->night,
		.run = &g->run,
		.cache_bytes = FACT_CACHE_BYTES,
		.sessions = { .limiter = g->limiter, .budgets = g->budgets },
		.policies = policy_fetches(g->options, g->https),
		.domain_done = on_domain_done,
		.blocked = on_blocked,
		.idle = on_refill,
		.recorded = g->resumed,
		.user = g,
	};

	if (store_run_facts(g, true) != 0) {
		note_night_failure(g, g->error);
		return;
	}
	choose_rules(g, &areas, &options);
	port25_set(g->options, g->tables, &g->run, &g->run_arena, &options.sessions);
	options.sessions.session.ehlo_name = g->run.ehlo_name;
	options.sessions.session.tls = g->tls;
	g->graph = graph_new(&options);
	if (g->options->command == COMMAND_DOCTOR)
		graph_greet_witnesses(g->graph);
	on_refill(g);
}

static void
on_tested(void *user, bool resolver_answers)
{
	struct gathering *g = user;

	g->report->resolver_dead = !resolver_answers;
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

static struct progress_figures
figures_now(const struct gathering *g)
{
	struct progress_figures figures = { .total = g->rows->domains + g->rows->differing };

	figures.questions = dns_client_counts(g->dns).in_flight;
	figures.waited_for = limiter_most_waited(g->limiter, &figures.waited_by);
	if (g->graph != NULL) {
		struct graph_counts counts = graph_counts(g->graph);

		figures.gathered = counts.domains_done;
		figures.policies_open = counts.policies_open;
		figures.sessions_done = counts.sessions_done;
		figures.sessions_running = counts.sessions_running;
		figures.sessions_waiting = counts.sessions_waiting;
		figures.second_looks = counts.second_looks;
		figures.second_look_left = counts.second_look_left;
	}
	figures.elapsed_ms = loop_now(g->loop) - g->started;
	return figures;
}

static void
on_progress(void *user)
{
	const struct progress_figures figures = figures_now(user);

	progress_draw(&figures);
}

/* Whoever asks sees it below the progress line, if there is one. */
static void
on_question(void *user)
{
	const struct gathering *g = user;
	const struct progress_figures figures = figures_now(g);

	if (g->progress != NULL)
		progress_clear();
	progress_say(&figures);
}

/* The clock and the seed of the run: of its first part, when this is another. */
static int
set_clock_and_seed(struct gathering *g)
{
	const struct options *options = g->options;
	uint64_t *seed = g->run.seed;

	g->resumed = resume_load(g->night, &g->run_arena, &g->earlier);
	if (g->resumed) {
		g->run.now = g->earlier.now;
		memcpy(seed, g->earlier.seed, sizeof g->run.seed);
		return resume_check(&g->earlier, &g->run, g->error);
	}
	g->run.now = (int64_t)time(NULL);
	if (options_given(options, "seed"))
		seed[0] = options->seed;
	else if (getrandom(seed, sizeof g->run.seed, 0) != (ssize_t)sizeof g->run.seed)
		return error_set(g->error, EX_OSERR, "no random numbers are to be had");
	seed[0] >>= 1; /* SQLite and people read it as a signed number */
	seed[1] >>= 1;
	return 0;
}

static int
set_run_facts(struct gathering *g)
{
	const struct options *options = g->options;
	const struct scorecard_options areas = areas_selected(options);

	g->run.resolvers = (uint8_t)dns_client_resolvers(g->dns);
	if (set_clock_and_seed(g) != 0)
		return -1;
	g->run.sessions = areas_need_sessions(options);
	g->run.policies = scorecard_area_selected(&areas, "mta_sts");
	if (g->run.sessions)
		g->run.without_route = port25_without_route();
	tables_lend(g->tables, &g->run);
	g->run.allowed = options->allowed.at;
	g->run.allowed_count = options->allowed.count;
	if (options->ehlo == NULL)
		own_name_find(g->ehlo_name);
	g->run.ehlo_name = options->ehlo != NULL ? options->ehlo : g->ehlo_name;
	g->run.ehlo_unchecked = options->ehlo_unchecked;
	if (visits_set(options, g->night, &g->run_arena, &g->run, g->error) != 0)
		return -1;
	return g->run.sessions ? sources_choose(options, &g->sources, g->error) : 0;
}

static int
start_tests(struct gathering *g)
{
	const struct run_tests_options options = {
		.options = g->options,
		.tables = g->tables,
		.loop = g->loop,
		.dns = g->dns,
		.earlier = g->resumed ? &g->earlier : NULL,
		.run = &g->run,
		.sources = g->sources.at,
		.source_count = g->sources.count,
		.tested = on_tested,
		.tested_again = on_tested_again,
		.user = g,
	};

	g->tests = run_tests_start(&options, g->error);
	return g->tests != NULL ? 0 : -1;
}

static int
begin(struct gathering *g)
{
	g->loop = loop_new();
	if (resolvers_open(g->options, g->loop, &g->dns, g->error) != 0 || set_run_facts(g) != 0)
		return -1;
	g->tls = tls_context_new();
	g->https = policy_client_new(g->options, g->loop);
	g->limiter = limiter_new(g->loop, g->run.seed[0]);
	g->budgets = session_budgets_new(g->limiter, g->tables->providers, g->tables->suffixes,
	    (unsigned)g->options->smtp_sessions);
	session_budgets_speak_from(
	    g->budgets, g->sources.at, g->sources.given ? g->sources.count : 0, g->run.seed);
	g->refill = loop_soon_new(g->loop, on_refill, g);
	g->signals = signals_watch_new(g->loop, on_signal, g);
	g->question = signals_question_new(g->loop, on_question, g);
	g->started = loop_now(g->loop);
	if (!g->options->quiet && progress_wanted((int)g->options->progress)) {
		g->progress = loop_timer_new(g->loop, on_progress, g);
		loop_timer_start(g->progress, PROGRESS_MS, PROGRESS_MS);
	}
	g->watch = resolvers_watch_new(g->loop, g->dns);
	if (start_tests(g) != 0)
		return -1;
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
		graph_tell(g->graph, &g->run);
		g->report->blocked =
		    g->run.egress == EGRESS_BLOCKED || sources_forbidden(&g->sources, &g->run);
		graph_cancel(g->graph);
		graph_store_rest(g->graph);
	}
	if (night_gather_end(g->night, &error) != 0)
		note_night_failure(g, &error);
	if (g->report->night_failed) /* that it was interrupted is in it since its beginning */
		return;
	if (g->graph == NULL && g->resumed) /* what its earlier part has stored holds */
		return;
	if (store_run_facts(g, g->report->signal != 0 || g->report->resolvers_lost) != 0)
		note_night_failure(g, g->error);
}

static void
release(struct gathering *g)
{
	graph_free(g->graph);
	session_budgets_free(g->budgets);
	if (g->limiter != NULL)
		limiter_free(g->limiter);
	run_tests_end(g->tests);
	dns_client_free(g->dns);
	run_tests_free(g->tests);
	arena_free(&g->run_arena);
	tls_context_free(g->tls);
	https_client_free(g->https);
	loop_timer_free(g->progress);
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

int
gather_answered(const struct gather_report *report, struct error *error)
{
	if (!report->resolver_dead)
		return 0;
	return error_set(
	    error, EX_TEMPFAIL, "no resolver answers; name a working one with --resolver ADDR");
}
