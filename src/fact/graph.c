/* The graph: questions, sessions, owners and tasks. See graph.h for the words. */
#include "fact/graph.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/session_budgets.h"
#include "net/limiter.h"
#include "net/loop.h"
#include "wire/dns_name.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SHORTAGE_RETRY_MS = 1000, /* descriptors or ports ran out: they come back as sessions end */
	SHORTAGE_TRIES = 120,
};

struct waiter {
	struct waiter *next;
	struct task *task;
	bool confirmed;
};

struct question {
	struct graph *graph;
	struct waiter *waiters;
	uint8_t *value; /* the encoded answer; NULL until it is there */
	uint32_t length;
	enum dns_type type;
	uint8_t resolvers; /* who gave the answer */
	bool negative;
	bool want_confirmed;
	bool confirming; /* the second resolver has been asked */
	bool confirmed;  /* as strong as it will be */
	bool stored;
	uint64_t noted_by; /* the last owner that has it in its list */
	struct strbuf key; /* its own allocation; the name begins behind the prefix */
};

struct session {
	struct graph *graph;
	struct limiter_ticket ticket;
	struct smtp_session *running;
	struct ip ip;
	struct session *next_retry;
	unsigned tries;
	uint8_t *value; /* the encoded observation; NULL until it is there */
	size_t length;
	bool stored;
	struct strbuf key;
	char mx_name[];
};

struct owner {
	struct owner *previous, *next;
	struct graph *graph;
	struct arena arena; /* its subject's strings, its tasks */
	struct subject subject;
	uint64_t number;
	uint64_t started; /* loop milliseconds */
	unsigned open;    /* tasks that are not done */
	struct question **asked;
	size_t asked_count, asked_capacity;
};

struct task {
	struct owner *owner;
	const struct gather_rule *rule;
	unsigned open; /* asks that wait for an answer */
};

/* The facts that a task sees. */
struct view {
	struct facts facts; /* first member */
	struct task *task;
};

struct graph {
	struct graph_options options;
	struct map questions, sessions, addresses;
	struct owner *owners;
	struct arena scratch;
	struct strbuf key, value;
	struct loop_soon *soon; /* to say that nothing is open */
	struct loop_timer *retry;
	struct session *retrying;
	struct graph_counts counts;
	uint64_t owners_made;
	bool cancelled;
};

static const struct dns_answer unconfirmed = { .status = DNS_UNCONFIRMED };

static void run_task(struct task *task);
static void start_session(void *user);

static void
ask_if_idle(struct graph *graph)
{
	if (graph->owners == NULL && graph->counts.sessions_open == 0 &&
	    graph->counts.sessions_waiting == 0)
		loop_soon_ask(graph->soon);
}

static void
on_soon(void *user)
{
	struct graph *graph = user;

	if (!graph->cancelled && graph->owners == NULL && graph->counts.sessions_open == 0 &&
	    graph->counts.sessions_waiting == 0)
		graph->options.idle(graph->options.user);
}

/* ---- owners and tasks */

static void
note_asked(struct owner *owner, struct question *question)
{
	if (question->noted_by == owner->number)
		return;
	question->noted_by = owner->number;
	if (owner->asked_count == owner->asked_capacity) {
		owner->asked_capacity = owner->asked_capacity == 0 ? 16 : owner->asked_capacity * 2;
		owner->asked =
		    alloc_resize(owner->asked, owner->asked_capacity * sizeof(struct question *));
	}
	owner->asked[owner->asked_count++] = question;
}

static void
store_question(struct graph *graph, struct question *question)
{
	if (question->stored || question->value == NULL)
		return;
	question->stored = true;
	night_put_fact(graph->options.night, question->key.at, question->key.length,
	    question->value, question->length);
}

static const char *
question_name(const struct question *question)
{
	const char *name;
	size_t length;
	enum dns_type type;

	fact_key_read_dns(question->key.at, question->key.length, &name, &length, &type);
	return name; /* strbuf keeps a NUL behind it */
}

static void
store_domain(struct owner *owner)
{
	struct graph *graph = owner->graph;
	const char *domain = owner->subject.domain;

	strbuf_reset(&graph->value);
	for (size_t i = 0; i < owner->asked_count; i++) {
		struct question *question = owner->asked[i];

		if (question->stored || question->value == NULL)
			continue;
		if (!dns_name_at_or_below(question_name(question), domain))
			continue;
		question->stored = true;
		night_blob_add(&graph->value, question->key.at, question->key.length,
		    question->value, question->length);
	}
	night_put_domain(graph->options.night, domain, graph->value.at, graph->value.length,
	    (int64_t)time(NULL), (uint32_t)(loop_now(graph->options.loop) - owner->started));
}

static void
free_owner(struct owner *owner)
{
	struct graph *graph = owner->graph;

	if (owner->previous != NULL)
		owner->previous->next = owner->next;
	else
		graph->owners = owner->next;
	if (owner->next != NULL)
		owner->next->previous = owner->previous;
	arena_free(&owner->arena);
	free(owner->asked);
	free(owner);
}

static void
owner_done(struct owner *owner)
{
	struct graph *graph = owner->graph;
	bool is_domain = owner->subject.kind == SUBJECT_DOMAIN;

	if (is_domain && !owner->subject.again)
		store_domain(owner);
	for (size_t i = 0; i < owner->asked_count; i++)
		store_question(graph, owner->asked[i]); /* whatever is in no domain's blob */
	graph->counts.domains_done += is_domain;
	graph->counts.domains_open -= is_domain;
	graph->counts.addresses_open -= owner->subject.kind == SUBJECT_ADDRESS;
	free_owner(owner);
	if (is_domain)
		graph->options.domain_done(graph->options.user);
	ask_if_idle(graph);
}

static struct owner *
new_owner(struct graph *graph, const struct subject *subject)
{
	struct owner *owner = alloc_zeroed(1, sizeof *owner);

	owner->graph = graph;
	owner->number = ++graph->owners_made;
	owner->started = loop_now(graph->options.loop);
	owner->subject = *subject;
	owner->next = graph->owners;
	if (graph->owners != NULL)
		graph->owners->previous = owner;
	graph->owners = owner;
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
		run_task(task);
	}
	if (--owner->open == 0)
		owner_done(owner);
}

static void
wake(struct task *task)
{
	assert(task->open > 0);
	if (--task->open == 0)
		run_task(task);
}

/* ---- questions */

static bool
is_ready(const struct question *question, bool confirmed)
{
	return question->value != NULL &&
	    (!confirmed || !question->negative || question->confirmed);
}

static void
wake_waiters(struct question *question)
{
	struct waiter *waiter = question->waiters, *kept = NULL;

	question->waiters = NULL;
	while (waiter != NULL) {
		struct waiter *next = waiter->next;

		if (is_ready(question, waiter->confirmed)) {
			struct task *task = waiter->task;

			free(waiter);
			wake(task);
		} else {
			waiter->next = kept;
			kept = waiter;
		}
		waiter = next;
	}
	/* tasks that ran may have come to wait for the confirmation meanwhile */
	while (kept != NULL) {
		struct waiter *next = kept->next;

		kept->next = question->waiters;
		question->waiters = kept;
		kept = next;
	}
}

static void
on_confirmation(void *user, const struct dns_answer *answer)
{
	struct question *question = user;
	enum dns_confirmation confirmation = DNS_CONFIRMATION_GIVEN_UP;

	if (answer->status == DNS_CANCELLED)
		return;
	if (answer->status == DNS_DATA)
		confirmation = DNS_CONTRADICTED;
	else if (dns_is_negative(answer))
		confirmation = DNS_CONFIRMED;
	fact_confirm_dns(question->value, confirmation, answer->resolvers);
	question->confirmed = true;
	question->stored = false; /* it is more than what was stored */
	wake_waiters(question);
}

static unsigned
other_resolver(const struct question *question)
{
	unsigned resolver = 0;

	while ((question->resolvers & 1u << resolver) != 0)
		resolver++;
	return resolver;
}

static void
confirm(struct question *question)
{
	struct graph *graph = question->graph;

	if (question->confirming || question->confirmed)
		return;
	if (dns_client_resolvers(graph->options.dns) == 1) {
		fact_confirm_dns(question->value, DNS_CONFIRMED_ALONE, 0);
		question->confirmed = true;
		question->stored = false;
		return;
	}
	question->confirming = true;
	graph->counts.confirmations++;
	dns_client_ask_only(graph->options.dns, question_name(question), question->type,
	    other_resolver(question), on_confirmation, question);
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct question *question = user;
	struct graph *graph = question->graph;

	if (answer->status == DNS_CANCELLED)
		return;
	strbuf_reset(&graph->value);
	fact_encode_dns(&graph->value, answer, question->type);
	question->length = (uint32_t)graph->value.length;
	question->value = alloc_bytes(question->length);
	memcpy(question->value, graph->value.at, question->length);
	question->negative = dns_is_negative(answer);
	question->resolvers = answer->resolvers;
	if (question->negative && question->want_confirmed)
		confirm(question);
	wake_waiters(question);
}

static struct question *
find_question(struct graph *graph, const char *name, enum dns_type type)
{
	struct question *question;

	strbuf_reset(&graph->key);
	fact_key_dns(&graph->key, name, type);
	question = map_get(&graph->questions, graph->key.at, graph->key.length);
	if (question != NULL)
		return question;
	question = alloc_zeroed(1, sizeof *question);
	question->graph = graph;
	question->type = type;
	strbuf_add(&question->key, graph->key.at, graph->key.length);
	map_put(&graph->questions, question->key.at, question->key.length, question);
	graph->counts.questions++;
	dns_client_ask(graph->options.dns, name, type, 0, on_answer, question);
	return question;
}

static void
wait_for(struct task *task, struct question *question, bool confirmed)
{
	struct waiter *waiter = alloc_bytes(sizeof *waiter);

	*waiter = (struct waiter){ question->waiters, task, confirmed };
	question->waiters = waiter;
	task->open++;
}

static const struct dns_answer *
read_answer(struct graph *graph, const struct question *question, bool confirmed)
{
	struct dns_answer *answer = arena_bytes(&graph->scratch, sizeof *answer);

	if (!fact_decode_dns(
		question->value, question->length, question->type, &graph->scratch, answer))
		abort(); /* we have encoded it ourselves */
	return confirmed && answer->confirmation == DNS_CONTRADICTED ? &unconfirmed : answer;
}

/* ---- the view of a task */

static const struct dns_answer *
view_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct task *task = ((struct view *)facts)->task;
	struct graph *graph = task->owner->graph;
	struct question *question;

	question = find_question(graph, name, type);
	note_asked(task->owner, question);
	if (confirmed && !question->want_confirmed) {
		question->want_confirmed = true;
		if (question->value != NULL && question->negative)
			confirm(question);
	}
	if (is_ready(question, confirmed))
		return read_answer(graph, question, confirmed);
	wait_for(task, question, confirmed);
	return NULL;
}

static struct session *
find_session(struct graph *graph, const struct ip *ip, const char *mx_name)
{
	strbuf_reset(&graph->key);
	fact_key_session(&graph->key, ip, mx_name);
	return map_get(&graph->sessions, graph->key.at, graph->key.length);
}

static const struct smtp_observation *
view_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;
	struct session *session = find_session(graph, ip, mx_name);
	struct smtp_observation *seen;

	if (session == NULL || session->value == NULL)
		return NULL;
	seen = arena_bytes(&graph->scratch, sizeof *seen);
	if (!fact_decode_session(session->value, session->length, &graph->scratch, seen))
		abort(); /* we have encoded it ourselves */
	return seen;
}

static void
view_share_address(struct facts *facts, const struct ip *ip)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;
	struct subject subject = { .kind = SUBJECT_ADDRESS, .ip = *ip };
	struct arena kept = graph->scratch;
	struct ip *key;

	if (map_get(&graph->addresses, ip, sizeof *ip) != NULL)
		return;
	key = alloc_bytes(sizeof *key);
	*key = *ip;
	map_put(&graph->addresses, key, sizeof *key, key);
	graph->counts.addresses_open++;
	graph->scratch = (struct arena){ 0 }; /* the pass that shares is not over */
	run_rules(new_owner(graph, &subject));
	arena_free(&graph->scratch);
	graph->scratch = kept;
}

static void
view_share_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	struct graph *graph = ((struct view *)facts)->task->owner->graph;
	size_t length = strlen(mx_name) + 1;
	struct session *session;

	if (graph->cancelled || find_session(graph, ip, mx_name) != NULL)
		return;
	session = alloc_zeroed(1, sizeof *session + length);
	session->graph = graph;
	session->ip = *ip;
	memcpy(session->mx_name, mx_name, length);
	strbuf_add(&session->key, graph->key.at, graph->key.length);
	session->ticket.granted = start_session;
	session->ticket.user = session;
	map_put(&graph->sessions, session->key.at, session->key.length, session);
	session_budgets_fill(graph->options.budgets, ip, session->mx_name, &session->ticket);
	graph->counts.sessions_waiting++;
	limiter_enter(graph->options.limiter, &session->ticket);
}

static const struct facts_source view_source = {
	.dns = view_dns,
	.session = view_session,
	.share_address = view_share_address,
	.share_session = view_share_session,
};

/* One pass of a rule. The pass counts when it has left nothing open. */
static void
run_task(struct task *task)
{
	struct owner *owner = task->owner;
	struct graph *graph = owner->graph;
	struct view view = { { &view_source, graph->options.run, 0 }, task };

	if (graph->cancelled)
		return;
	arena_reset(&graph->scratch);
	task->rule->gather(&view.facts, &owner->subject, &graph->scratch);
	if (task->open == 0 && --owner->open == 0)
		owner_done(owner);
}

/* ---- sessions */

static void
retry_sessions(void *user)
{
	struct graph *graph = user;
	struct session *session = graph->retrying;

	graph->retrying = NULL;
	while (session != NULL) {
		struct session *next = session->next_retry;

		limiter_enter(graph->options.limiter, &session->ticket);
		session = next;
	}
}

/* Our own shortage is never the host's fault: the session goes back to its queue. */
static void
retry_later(struct session *session)
{
	struct graph *graph = session->graph;

	session->next_retry = graph->retrying;
	graph->retrying = session;
	graph->counts.sessions_waiting++;
	loop_timer_start(graph->retry, SHORTAGE_RETRY_MS, 0);
}

static void
start_owner_of(struct session *session)
{
	struct subject subject = {
		.kind = SUBJECT_SESSION,
		.ip = session->ip,
		.mx_name = session->mx_name,
	};

	run_rules(new_owner(session->graph, &subject));
}

static void
on_session_done(void *user, const struct smtp_observation *seen)
{
	struct session *session = user;
	struct graph *graph = session->graph;

	session->running = NULL;
	graph->counts.sessions_open--;
	limiter_leave(graph->options.limiter, &session->ticket);
	if (seen->end == SMTP_END_SHORTAGE && session->tries++ < SHORTAGE_TRIES) {
		retry_later(session);
		return;
	}
	strbuf_reset(&graph->value);
	fact_encode_session(&graph->value, seen);
	session->length = graph->value.length;
	session->value = alloc_bytes(session->length);
	memcpy(session->value, graph->value.at, session->length);
	session->stored = true;
	night_put_fact(graph->options.night, session->key.at, session->key.length, session->value,
	    session->length);
	graph->counts.sessions_done++;
	start_owner_of(session);
	ask_if_idle(graph);
}

static void
start_session(void *user)
{
	struct session *session = user;
	struct graph *graph = session->graph;
	struct smtp_session_options options = graph->options.session;

	graph->counts.sessions_waiting--;
	graph->counts.sessions_open++;
	options.ip = session->ip;
	options.mx_name = session->mx_name;
	session->running =
	    smtp_session_start(graph->options.loop, &options, on_session_done, session);
}

/* ---- the graph */

struct graph *
graph_new(const struct graph_options *options)
{
	struct graph *graph = alloc_zeroed(1, sizeof *graph);

	graph->options = *options;
	map_init(&graph->questions);
	map_init(&graph->sessions);
	map_init(&graph->addresses);
	graph->soon = loop_soon_new(options->loop, on_soon, graph);
	graph->retry = loop_timer_new(options->loop, retry_sessions, graph);
	return graph;
}

void
graph_add_domain(struct graph *graph, const struct subject *subject)
{
	struct owner *owner = new_owner(graph, subject);

	owner->subject.domain = arena_string(&owner->arena, subject->domain);
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (subject->known[i] != NULL)
			owner->subject.known[i] = arena_string(&owner->arena, subject->known[i]);
	graph->counts.domains_open++;
	run_rules(owner);
}

void
graph_cancel(struct graph *graph)
{
	struct session *session;
	size_t cursor = 0;

	graph->cancelled = true;
	limiter_drop_waiting(graph->options.limiter);
	dns_client_cancel(graph->options.dns);
	while ((session = map_next(&graph->sessions, &cursor)) != NULL)
		smtp_session_cancel(&session->running);
	graph->counts.sessions_open = graph->counts.sessions_waiting = 0;
}

void
graph_store_rest(struct graph *graph)
{
	struct question *question;
	size_t cursor = 0;

	while ((question = map_next(&graph->questions, &cursor)) != NULL)
		store_question(graph, question);
}

struct graph_counts
graph_counts(const struct graph *graph)
{
	return graph->counts;
}

static void
free_questions(struct graph *graph)
{
	struct question *question;
	size_t cursor = 0;

	while ((question = map_next(&graph->questions, &cursor)) != NULL) {
		while (question->waiters != NULL) {
			struct waiter *next = question->waiters->next;

			free(question->waiters);
			question->waiters = next;
		}
		strbuf_free(&question->key);
		free(question->value);
		free(question);
	}
	map_free(&graph->questions);
}

static void
free_sessions(struct graph *graph)
{
	struct session *session;
	size_t cursor = 0;

	while ((session = map_next(&graph->sessions, &cursor)) != NULL) {
		smtp_session_cancel(&session->running);
		strbuf_free(&session->key);
		free(session->value);
		free(session);
	}
	map_free(&graph->sessions);
}

void
graph_free(struct graph *graph)
{
	struct ip *address;
	size_t cursor = 0;

	if (graph == NULL)
		return;
	while (graph->owners != NULL)
		free_owner(graph->owners);
	free_questions(graph);
	free_sessions(graph);
	while ((address = map_next(&graph->addresses, &cursor)) != NULL)
		free(address);
	map_free(&graph->addresses);
	loop_soon_free(graph->soon);
	loop_timer_free(graph->retry);
	arena_free(&graph->scratch);
	strbuf_free(&graph->key);
	strbuf_free(&graph->value);
	free(graph);
}
