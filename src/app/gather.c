/* Gathering: the resolvers are tested, then the rows of the night file pass through the window. */
#include "app/gather.h"

#include "app/areas.h"
#include "app/list_tests.h"
#include "app/own_name.h"
#include "app/policy_fetches.h"
#include "app/probes.h"
#include "app/progress.h"
#include "app/resolvers.h"
#include "app/signals.h"
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
	SMTP_PORT = 25,
	PROGRESS_MS = 500,
	FIRST_DRAW = 1000, /* random labels of the list tests; the probes have those before */
	SECOND_DRAW = 100000,
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
	struct probes *probes;
	struct list_tests *tests_start, *tests_end;
	struct list_health *lists;
	unsigned *passed;       /* by each list */
	struct arena run_arena; /* of the whole run */
	struct loop_timer *progress;
	struct resolvers_watch *watch;
	struct signals_watch *signals;
	struct loop_soon *refill;

	struct run_facts run;
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
on_refill(void *user)
{
	struct gathering *g = user;

	while (!g->rows_ended && graph_counts(g->graph).domains_open < g->options->window)
		if (!add_next_row(g))
			break;
}

static void
on_domain_done(void *user)
{
	struct gathering *g = user;

	if (!g->rows_ended)
		loop_soon_ask(g->refill);
}

/* Answers of a list count only when it passes its test after them as well. */
static void
on_lists_tested_again(void *user)
{
	struct gathering *g = user;

	for (size_t i = 0; i < g->run.list_count; i++)
		g->lists[i].passed_end = g->passed[i];
	loop_stop(g->loop);
}

static void
end_of_domains(struct gathering *g)
{
	if (g->run.list_count == 0) {
		loop_stop(g->loop);
		return;
	}
	if (g->tests_end == NULL)
		g->tests_end = list_tests_start(g->tables->lists, g->lists, g->run.list_count,
		    &g->run, SECOND_DRAW, g->dns, g->passed, on_lists_tested_again, g);
}

static void
on_idle(void *user)
{
	struct gathering *g = user;

	on_refill(g);
	if (g->rows_ended && graph_counts(g->graph).domains_open == 0)
		end_of_domains(g);
}

/* ---- beginning */

static struct smtp_session_options
session_options(const struct gathering *g)
{
	const struct option_smtp_timeouts *limits = &g->options->smtp_timeouts;

	return (struct smtp_session_options){
		.port = SMTP_PORT,
		.ehlo_name = g->run.ehlo_name,
		.tls = g->tls,
		.limits = {
			.connect = (unsigned)limits->connect,
			.greeting = (unsigned)limits->greeting,
			.ehlo = (unsigned)limits->ehlo,
			.starttls = (unsigned)limits->starttls,
			.tls = (unsigned)limits->tls,
			.quit = (unsigned)limits->quit,
			.total = (unsigned)limits->total,
		},
	};
}

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
	const struct scorecard_options areas = areas_selected(g->options);
	struct graph_options options = {
		.loop = g->loop,
		.dns = g->dns,
		.night = g->night,
		.run = &g->run,
		.cache_bytes = FACT_CACHE_BYTES,
		.sessions = { .limiter = g->limiter, .budgets = g->budgets },
		.policies = policy_fetches(g->options, g->https),
		.domain_done = on_domain_done,
		.idle = on_idle,
		.user = g,
	};

	if (store_run_facts(g, true) != 0) {
		note_night_failure(g, g->error);
		return;
	}
	choose_rules(g, &areas, &options);
	options.sessions.session = session_options(g);
	g->graph = graph_new(&options);
	on_refill(g);
	if (graph_counts(g->graph).domains_open == 0) /* no row holds a domain, or all are done */
		on_idle(g);
}

static void
warn_of_list(const struct list_health *list)
{
	if (list->passed_start != list->tested)
		log_warn("block list %s failed its test: its cells are not tested", list->zone);
}

static void
on_lists_tested(void *user)
{
	struct gathering *g = user;

	for (size_t i = 0; i < g->run.list_count; i++) {
		g->lists[i].passed_start = g->passed[i];
		warn_of_list(&g->lists[i]);
	}
	start_graph(g);
}

static void
start_list_tests(struct gathering *g)
{
	const struct scorecard_options areas = areas_selected(g->options);

	if (scorecard_area_selected(&areas, "dnsbl"))
		g->run.list_count = list_tests_choose(g->tables->lists, &g->run_arena, &g->lists);
	g->run.lists = g->lists;
	if (g->run.list_count == 0) {
		start_graph(g);
		return;
	}
	g->passed = arena_zeroed(&g->run_arena, g->run.list_count, sizeof *g->passed);
	g->tests_start = list_tests_start(g->tables->lists, g->lists, g->run.list_count, &g->run,
	    FIRST_DRAW, g->dns, g->passed, on_lists_tested, g);
}

static void
warn_of_resolvers(const struct gathering *g, const struct probes_result *result)
{
	for (unsigned i = 0; i < g->run.resolvers; i++) {
		unsigned bit = 1u << i;

		if ((result->lied & bit) != 0)
			log_warn("resolver %u invents answers for names that do not exist: what it "
				 "denies counts as not tested; use an own recursive resolver",
			    i + 1);
		else if ((result->unasked & bit) != 0)
			log_warn("resolver %u could not be tested: this machine has no socket or "
				 "local port left",
			    i + 1);
		else if ((result->passed & bit) == 0)
			log_warn("resolver %u could not be tested with the probe names: what it "
				 "denies counts as not tested",
			    i + 1);
	}
}

static void
on_probed(void *user, const struct probes_result *result)
{
	struct gathering *g = user;

	g->run.honest_resolvers = (uint8_t)result->passed;
	g->run.validating_resolvers = (uint8_t)result->validating;
	g->report->resolver_dead = result->answered == 0;
	if (g->report->resolver_dead) {
		loop_stop(g->loop);
		return;
	}
	warn_of_resolvers(g, result);
	dns_client_trust(g->dns, result->passed != 0 ? result->passed : result->answered);
	start_list_tests(g);
}

/* A second one ends the process at once. */
static void
on_signal(void *user, int number)
{
	struct gathering *g = user;

	g->report->signal = number;
	loop_stop(g->loop);
}

static void
on_progress(void *user)
{
	struct gathering *g = user;
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
	}
	figures.elapsed_ms = loop_now(g->loop) - g->started;
	progress_draw(&figures);
}

static int
set_run_facts(struct gathering *g)
{
	const struct options *options = g->options;
	const struct scorecard_options areas = areas_selected(options);

	g->run.now = (int64_t)time(NULL);
	if (options_given(options, "seed"))
		g->run.seed[0] = options->seed;
	else if (getrandom(g->run.seed, sizeof g->run.seed, 0) != (ssize_t)sizeof g->run.seed)
		return error_set(g->error, EX_OSERR, "no random numbers are to be had");
	g->run.seed[0] >>= 1; /* SQLite and people read it as a signed number */
	g->run.seed[1] >>= 1;
	g->run.resolvers = (uint8_t)dns_client_resolvers(g->dns);
	g->run.sessions = areas_need_sessions(options);
	g->run.policies = scorecard_area_selected(&areas, "mta_sts");
	tables_lend(g->tables, &g->run);
	g->run.allowed = options->allowed.at;
	g->run.allowed_count = options->allowed.count;
	if (options->ehlo == NULL)
		own_name_find(g->ehlo_name);
	g->run.ehlo_name = options->ehlo != NULL ? options->ehlo : g->ehlo_name;
	return 0;
}

static int
start_probes(struct gathering *g)
{
	const char *path = g->options->probes;
	struct probe_zones zones;

	if (path == NULL)
		path = tables_shipped_path("probes.tsv", &g->arena);
	if (probes_load(path, &zones, g->error) != 0)
		return -1;
	g->probes =
	    probes_start(&zones, &g->run, resolvers_trusted(g->options), g->dns, on_probed, g);
	return 0;
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
	g->refill = loop_soon_new(g->loop, on_refill, g);
	g->signals = signals_watch_new(g->loop, on_signal, g);
	g->started = loop_now(g->loop);
	if (!g->options->quiet && progress_wanted((int)g->options->progress)) {
		g->progress = loop_timer_new(g->loop, on_progress, g);
		loop_timer_start(g->progress, PROGRESS_MS, PROGRESS_MS);
	}
	g->watch = resolvers_watch_new(g->loop, g->dns);
	if (start_probes(g) != 0)
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
	if (g->graph != NULL) {
		graph_cancel(g->graph);
		graph_store_rest(g->graph);
	}
	if (night_gather_end(g->night, &error) != 0)
		note_night_failure(g, &error);
	if (g->report->night_failed) /* that it was interrupted is in it since its beginning */
		return;
	if (store_run_facts(g, g->report->signal != 0) != 0)
		note_night_failure(g, g->error);
}

static void
release(struct gathering *g)
{
	graph_free(g->graph);
	session_budgets_free(g->budgets);
	if (g->limiter != NULL)
		limiter_free(g->limiter);
	dns_client_free(g->dns);
	probes_free(g->probes);
	list_tests_free(g->tests_start);
	list_tests_free(g->tests_end);
	arena_free(&g->run_arena);
	tls_context_free(g->tls);
	https_client_free(g->https);
	loop_timer_free(g->progress);
	resolvers_watch_free(g->watch);
	loop_soon_free(g->refill);
	signals_watch_free(g->signals);
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
