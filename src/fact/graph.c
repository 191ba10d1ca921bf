/* The graph: owners and tasks, over the questions and sessions of a run. See graph.h for the words.
 */
#include "fact/graph.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/list.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "fact/graph_state.h"
#include "fact/looks.h"
#include "fact/night.h"
#include "fact/questions.h"
#include "net/loop.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool
graph_is_idle(const struct graph *graph)
{
	return graph->owners.first == NULL && sessions_idle(graph->sessions) &&
	    policies_counts(graph->policies).open == 0;
}

static void
on_soon(void *user)
{
	struct graph *graph = user;

	if (!graph->cancelled && graph_is_idle(graph))
		graph->options.idle(graph->options.user);
}

/* ---- owners */

/* A domain that was taken from an earlier night keeps the time of then, though some of its facts
 * are new: else it would never be old. */
static int64_t
time_of_domain(const struct graph *graph, int64_t scanned_at)
{
	return scanned_at != 0 && scanned_at < graph->options.run->now ? scanned_at
								       : (int64_t)time(NULL);
}

static void
store_domain(struct owner *owner)
{
	struct graph *graph = owner->graph;
	const char *domain = owner->subject.domain;
	int64_t scanned_at = 0;

	strbuf_reset(&graph->blob);
	for (size_t i = 0; i < owner->asked_count; i++)
		question_store_below(owner->asked[i], domain, &graph->blob);
	if (graph->options.recorded &&
	    !questions_blend(graph->questions, domain, &graph->blob, &scanned_at))
		return;
	night_put_domain(graph->options.night, domain, graph->blob.at, graph->blob.length,
	    time_of_domain(graph, scanned_at),
	    (uint32_t)(loop_now(graph->options.loop) - owner->started));
	questions_note_domain(graph->questions, domain);
}

static void
free_owner(struct owner *owner)
{
	struct graph *graph = owner->graph;

	list_remove(&graph->owners, &owner->link);
	arena_free(&owner->arena);
	pool_give(&graph->memory, owner, sizeof *owner);
}

void
graph_owner_done(struct owner *owner)
{
	struct graph *graph = owner->graph;
	struct subject subject = owner->subject;
	bool is_domain = subject.kind == SUBJECT_DOMAIN;

	if (is_domain && !owner->subject.again)
		store_domain(owner);
	for (size_t i = 0; i < owner->asked_count; i++) {
		question_store(owner->asked[i]); /* whatever is in no domain's blob */
		question_let_go(owner->asked[i]);
	}
	free_owner(owner);
	if (subject.kind == SUBJECT_SESSION)
		sessions_forget(graph->sessions, subject.look, &subject.ip, subject.mx_name);
	if (subject.kind == SUBJECT_WITNESS)
		sessions_greet_end(graph->sessions);
	if (is_domain) {
		graph->domains_done++;
		graph->domains_open--;
		graph->options.domain_done(graph->options.user);
	}
	if (graph_is_idle(graph))
		loop_soon_ask(graph->soon);
}

static struct owner *
new_owner(struct graph *graph, const struct subject *subject)
{
	struct owner *owner = pool_take(&graph->memory, sizeof *owner);

	*owner = (struct owner){
		.graph = graph,
		.arena = { .pool = &graph->memory },
		.number = ++graph->owners_made,
		.started = loop_now(graph->options.loop),
		.subject = *subject,
	};
	if (subject->domain != NULL)
		owner->subject.domain = arena_string(&owner->arena, subject->domain);
	list_append(&graph->owners, &owner->link);
	return owner;
}

/* Starts every rule of the owner's kind. The count is held up by one until all have begun. */
static void
run_rules(struct owner *owner)
{
	const struct graph_options *options = &owner->graph->options;

	owner->open = 1;
	for (size_t i = 0; i < options->rule_count; i++) {
		struct task *task;

		if (options->rules[i].kind != owner->subject.kind)
			continue;
		task = arena_zeroed(&owner->arena, 1, sizeof *task);
		task->owner = owner;
		task->rule = &options->rules[i];
		owner->open++;
		graph_run_task(task);
	}
	if (--owner->open == 0)
		graph_owner_done(owner);
}

void
graph_add_owner(struct graph *graph, const struct subject *subject)
{
	run_rules(new_owner(graph, subject));
}

/* ---- what sessions and policies tell */

static void
on_session_done(void *user, const struct subject *session)
{
	struct graph *graph = user;

	if (look_row(session->look)->first == LOOK_FIRST)
		graph_add_owner(graph, session); /* its name lives as long as its record */
	else if (graph_is_idle(graph))
		loop_soon_ask(graph->soon);
}

static void
on_greet(void *user, const char *witness)
{
	struct subject subject = { .kind = SUBJECT_WITNESS, .domain = witness };

	graph_add_owner(user, &subject);
}

static void
on_blocked(void *user)
{
	struct graph *graph = user;

	graph->options.blocked(graph->options.user);
	loop_soon_ask(graph->soon); /* what is held is not waited for */
}

static void
on_policy_done(void *user)
{
	struct graph *graph = user;

	if (graph_is_idle(graph))
		loop_soon_ask(graph->soon);
}

/* ---- the graph */

static struct policies *
new_policies(struct graph *graph)
{
	struct policies_options options = graph->options.policies;

	options.loop = graph->options.loop;
	options.night = graph->options.night;
	options.recorded = graph->options.recorded;
	options.began = graph->options.run->now;
	options.done = on_policy_done;
	options.user = graph;
	return policies_new(&options);
}

struct graph *
graph_new(const struct graph_options *options)
{
	struct graph *graph = alloc_zeroed(1, sizeof *graph);
	struct sessions_options sessions = options->sessions;

	sessions.loop = options->loop;
	sessions.night = options->night;
	sessions.run = options->run;
	sessions.done = on_session_done;
	sessions.greet = on_greet;
	sessions.blocked = on_blocked;
	sessions.user = graph;
	sessions.recorded = options->recorded;
	graph->options = *options;
	graph->questions = questions_new(options->dns, options->night, options->cache_bytes);
	questions_use_desk(graph->questions, options->desk);
	if (options->recorded)
		questions_recall(graph->questions);
	graph->sessions = sessions_new(&sessions);
	graph->policies = new_policies(graph);
	graph->soon = loop_soon_new(options->loop, on_soon, graph);
	digest_map_init(&graph->shared);
	return graph;
}

void
graph_add_domain(struct graph *graph, const struct subject *subject)
{
	struct owner *owner = new_owner(graph, subject);

	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (subject->known[i] != NULL)
			owner->subject.known[i] = arena_string(&owner->arena, subject->known[i]);
	graph->domains_open++;
	if (graph->options.recorded)
		questions_recall_domain(graph->questions, owner->subject.domain);
	run_rules(owner);
}

void
graph_rows_known(struct graph *graph)
{
	sessions_rows_known(graph->sessions);
}

bool
graph_greet_witnesses(struct graph *graph)
{
	sessions_greet_witnesses(graph->sessions);
	return !graph_is_idle(graph);
}

struct sessions *
graph_sessions(struct graph *graph)
{
	return graph->sessions;
}

/* What waited may have been all that was open. */
void
graph_close(struct graph *graph)
{
	sessions_close(graph->sessions);
	policies_close(graph->policies);
	if (graph_is_idle(graph))
		loop_soon_ask(graph->soon);
}

void
graph_cancel(struct graph *graph)
{
	graph->cancelled = true;
	dns_client_cancel(graph->options.dns);
	sessions_cancel(graph->sessions);
	policies_cancel(graph->policies);
}

void
graph_store_rest(struct graph *graph)
{
	questions_store_all(graph->questions);
}

struct graph_counts
graph_counts(const struct graph *graph)
{
	struct questions_counts questions = questions_counts(graph->questions);
	struct sessions_counts sessions = sessions_counts(graph->sessions);
	struct policies_counts policies = policies_counts(graph->policies);

	return (struct graph_counts){
		.domains_done = graph->domains_done,
		.domains_open = graph->domains_open,
		.questions = questions.asked,
		.confirmations = questions.confirmations,
		.read_back = questions.read_back,
		.sessions_done = sessions.done,
		.sessions_running = sessions.running,
		.sessions_waiting = sessions.waiting,
		.policies_done = policies.done,
		.policies_open = policies.open,
		.sessions_held = sessions.held,
		.sessions_kept = sessions.kept,
		.second_looks = sessions.second_looks,
		.second_look_left = sessions.second_look_left,
		.public_addresses = { graph->public_addresses[0], graph->public_addresses[1] },
		.names = graph->names,
	};
}

void
graph_tell(const struct graph *graph, struct arena *arena, struct run_facts *run)
{
	sessions_tell(graph->sessions, arena, run);
}

void
graph_free(struct graph *graph)
{
	if (graph == NULL)
		return;
	while (graph->owners.first != NULL)
		free_owner(LIST_OWNER(graph->owners.first, struct owner, link));
	sessions_free(graph->sessions);
	policies_free(graph->policies);
	questions_free(graph->questions);
	digest_map_free(&graph->shared);
	loop_soon_free(graph->soon);
	arena_free(&graph->scratch);
	arena_free(&graph->spare);
	pool_free(&graph->memory);
	strbuf_free(&graph->blob);
	free(graph);
}
