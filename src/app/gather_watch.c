/* Who looks on while all is gathered: the deadline, the resolvers, the progress line, a question by
 * signal. */
#include "app/deadline.h"
#include "app/gather_state.h"
#include "app/progress.h"
#include "app/resolvers_watch.h"
#include "app/run_tests.h"
#include "base/log.h"
#include "dns/client.h"
#include "fact/graph.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <inttypes.h>
#include <time.h>

enum { RESOLVERS_PATIENCE = 36 }; /* times that with one: three minutes, and a router is back */

/* ---- the deadline */

static void
on_half(void *user)
{
	struct gathering *g = user;

	if (g->graph != NULL)
		gathering_begin_sessions(g);
}

/* What is under way may end. Where all is had, there is nothing to be late with. */
static void
on_struck(void *user)
{
	struct gathering *g = user;

	if (g->ending)
		return;
	g->run.late = true;
	g->rows_ended = true;
	if (g->graph == NULL)
		loop_stop(g->loop);
	else
		graph_close(g->graph);
}

static void
on_landed(void *user)
{
	struct gathering *g = user;

	if (g->run.late && !g->ending)
		run_tests_again(g->tests);
	g->ending = true;
}

void
gathering_watch_deadline(struct gathering *g)
{
	const struct deadline_events events = { on_half, on_struck, on_landed, g };

	if (g->options->deadline.given && !g->options->dry_run)
		g->deadline = deadline_new(
		    g->loop, deadline_from(&g->options->deadline, time(NULL)), &events);
}

/* ---- the resolvers */

/* Hours of questions that nobody answers help nobody. */
static void
on_resolvers_lost(void *user)
{
	struct gathering *g = user;

	log_warn("no resolver has answered for %" PRIu64 " s: the run ends, to be gone on with",
	    RESOLVERS_PATIENCE * g->options->dns_timeout / 1000);
	loop_stop(g->loop);
}

void
gathering_watch_resolvers(struct gathering *g)
{
	const struct resolvers_watch_options options = {
		.options = g->options,
		.loop = g->loop,
		.dns = g->dns,
		.run = &g->run,
		.zone = run_tests_uncached_zone(g->tests),
		.patience_ms = RESOLVERS_PATIENCE * g->options->dns_timeout,
		.lost = on_resolvers_lost,
		.user = g,
	};

	g->watch = resolvers_watch_new(&options);
}

/* ---- what is told meanwhile */

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
	figures.has_deadline = g->deadline != NULL;
	if (g->deadline != NULL)
		figures.deadline_left = deadline_left(g->deadline);
	return figures;
}

void
gathering_on_progress(void *user)
{
	const struct progress_figures figures = figures_now(user);

	progress_draw(&figures);
}

/* Whoever asks sees it below the progress line, if there is one. */
void
gathering_on_question(void *user)
{
	const struct gathering *g = user;
	const struct progress_figures figures = figures_now(g);

	if (g->progress != NULL)
		progress_clear();
	progress_say(&figures);
}
