/* Tasks, and the facts that they see. */
#include "fact/graph_state.h"

#include <assert.h>
#include <string.h>

enum { FIRST_ASKED = 8 };

/* The facts that a task sees. */
struct view {
	struct facts facts; /* first member */
	struct task *task;
};

/* The old array stays in the arena: all of them together are as large as the last. */
static void
grow_asked(struct owner *owner)
{
	size_t size = owner->asked_capacity * sizeof(struct question *);
	struct question **old = owner->asked;

	owner->asked_capacity = size == 0 ? FIRST_ASKED : owner->asked_capacity * 2;
	owner->asked =
	    arena_bytes(&owner->arena, owner->asked_capacity * sizeof(struct question *));
	if (size > 0)
		memcpy(owner->asked, old, size);
}

static void
note_asked(struct owner *owner, struct question *question)
{
	if (!question_note_asker(question, owner->number))
		return;
	if (owner->asked_count == owner->asked_capacity)
		grow_asked(owner);
	owner->asked[owner->asked_count++] = question;
}

/* ---- tasks and what they see */

static void
on_answer(void *user)
{
	struct task *task = user;

	assert(task->open > 0);
	if (--task->open == 0)
		graph_run_task(task);
}

static const struct dns_answer *
answer_to(struct task *task, struct question *question, bool confirmed)
{
	struct graph *graph = task->owner->graph;
	const struct dns_answer *answer = question_answer(question, confirmed, &graph->scratch);

	note_asked(task->owner, question);
	if (answer == NULL) {
		question_wait(question, confirmed, on_answer, task);
		task->open++;
	}
	return answer;
}

static const struct dns_answer *
view_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct task *task = ((struct view *)facts)->task;
	struct questions *questions = task->owner->graph->questions;

	return answer_to(task, questions_find(questions, name, type, confirmed), confirmed);
}

static const struct dns_answer *
view_listed(struct facts *facts, const struct list_question *question, enum dns_type type)
{
	struct task *task = ((struct view *)facts)->task;
	struct questions *questions = task->owner->graph->questions;

	return answer_to(task, questions_find_listed(questions, question, type), false);
}

static const struct smtp_observation *
view_session(struct facts *facts, enum session_look look, const struct ip *ip, const char *mx_name)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;

	return sessions_seen(graph->sessions, look, ip, mx_name, &graph->scratch);
}

/* The pass that shares is not over: the rules of the new owner get a scratch arena of their own.
 * True the first time. */
static bool
share_subject(struct graph *graph, const struct subject *subject, const void *key, size_t length)
{
	struct arena kept = graph->scratch;

	if (digest_map_get(&graph->shared, key, length, NULL))
		return false;
	digest_map_put(&graph->shared, key, length, 0);
	graph->scratch = graph->spare;
	graph->spare = (struct arena){ 0 };
	graph_add_owner(graph, subject);
	arena_free(&graph->spare); /* of a pass inside that one */
	graph->spare = graph->scratch;
	graph->scratch = kept;
	return true;
}

static void
view_share_address(struct facts *facts, const struct ip *ip)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;
	struct subject subject = { .kind = SUBJECT_ADDRESS, .ip = *ip };

	if (share_subject(graph, &subject, ip, sizeof *ip) && facts_not_public(facts, ip) == NULL)
		graph->public_addresses[ip->family == 6]++;
}

static void
view_share_name(struct facts *facts, const char *name)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;
	struct subject subject = { .kind = SUBJECT_NAME, .domain = name };

	graph->names += share_subject(graph, &subject, name, strlen(name));
}

static void
view_share_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	const struct owner *owner = ((struct view *)facts)->task->owner;

	if (owner->subject.kind == SUBJECT_WITNESS)
		sessions_greet(owner->graph->sessions, ip, mx_name);
	else
		sessions_share(owner->graph->sessions, ip, mx_name);
}

static void
view_share_visit(struct facts *facts, const struct facts_visit *visit)
{
	sessions_share_visit(((struct view *)facts)->task->owner->graph->sessions, visit);
}

static void
view_share_tenant(struct facts *facts, const struct ip *ip, const char *host)
{
	sessions_share_tenant(((struct view *)facts)->task->owner->graph->sessions, ip, host);
}

static void
view_share_policy(struct facts *facts, const char *host, const struct ip *ips, size_t count)
{
	policies_share(((struct view *)facts)->task->owner->graph->policies, host, ips, count);
}

static const struct facts_source view_source = {
	.dns = view_dns,
	.listed = view_listed,
	.session = view_session,
	.share_address = view_share_address,
	.share_session = view_share_session,
	.share_visit = view_share_visit,
	.share_name = view_share_name,
	.share_tenant = view_share_tenant,
	.share_policy = view_share_policy,
};

/* One pass of a rule. The pass counts when it has left nothing open. */
void
graph_run_task(struct task *task)
{
	struct owner *owner = task->owner;
	struct graph *graph = owner->graph;
	struct view view = { { &view_source, graph->options.run, 0 }, task };

	if (graph->cancelled)
		return;
	arena_reset(&graph->scratch);
	task->rule->gather(&view.facts, &owner->subject, &graph->scratch);
	if (owner->subject.kind == SUBJECT_DOMAIN) /* others are run inside the pass of a domain */
		sessions_note_domain(graph->sessions, task->open == 0 ? owner->number : 0);
	if (task->open == 0 && --owner->open == 0)
		graph_owner_done(owner);
}
