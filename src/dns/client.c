/*
 * The DNS client: queues and budgets of each resolver, deadlines, and the way from one resolver to
 * the next. The engine only carries packets; coalescing is the graph's.
 */
#include "dns/client.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "dns/engine.h"
#include "net/loop.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <time.h>

enum {
	TICK_MS = 25, /* how often retries and deadlines are looked at */
	BURST = 256,  /* questions sent in one turn, so that reading is never starved */
	RANDOM_IDS = 512,
	INVENTED_MAX = 32,      /* addresses */
	FIRST_TRY_PERCENT = 40, /* of the patience with a resolver; the second try has the rest */
};

struct attempt;

/* One question from its asking to its callback. */
struct question {
	struct question *next; /* in the queue of a resolver */
	struct attempt *attempt;
	uint64_t asked_at;
	enum dns_status failure; /* worst news so far, when no resolver had an answer */
	enum dns_type type;
	unsigned resolver;
	unsigned left; /* resolvers not asked yet, this one included */
	dns_done_fn done;
	void *user;
	char name[];
};

/* One question at one resolver, as the engine knows it; `question` is NULL once nobody waits any
 * more.
 */
struct attempt {
	struct attempt *previous, *next; /* oldest first: they all have the same patience */
	struct resolver *resolver;
	struct question *question;
	uint64_t deadline;
};

struct resolver {
	struct dns_client *client;
	unsigned index;
	struct dns_engine *engine;
	unsigned inflight_max, per_second, in_flight;
	double tokens; /* of per_second, refilled by the tick */
	struct question *first, **last;
	struct attempt *oldest, *newest;
};

struct dns_client {
	struct loop *loop;
	struct loop_timer *tick;
	struct loop_soon *soon;
	struct resolver resolvers[DNS_RESOLVERS_MAX];
	size_t resolver_count;
	unsigned trusted; /* bits of resolvers */
	struct ip invented[INVENTED_MAX];
	size_t invented_count;
	unsigned timeout_ms;
	struct arena scratch;
	struct strbuf packet;
	uint16_t ids[RANDOM_IDS];
	size_t ids_left;
	struct dns_client_counts counts;
	size_t open; /* questions whose callback is owed */
	bool ticking;
};

/* Ids are unguessable: an answer forged off the path must not be believed (RFC 5452 9.1). */
static uint16_t
random_id(struct dns_client *client)
{
	if (client->ids_left == 0) {
		if (getrandom(client->ids, sizeof client->ids, 0) != (ssize_t)sizeof client->ids)
			abort();
		client->ids_left = RANDOM_IDS;
	}
	return client->ids[--client->ids_left];
}

static void
enqueue(struct dns_client *client, struct question *question)
{
	struct resolver *resolver = &client->resolvers[question->resolver];

	question->next = NULL;
	*resolver->last = question;
	resolver->last = &question->next;
	loop_soon_ask(client->soon);
}

static void
finish(struct dns_client *client, struct question *question, struct dns_answer *answer)
{
	answer->seen_at = (int64_t)time(NULL);
	answer->elapsed_ms = (uint32_t)(loop_now(client->loop) - question->asked_at);
	client->open--;
	question->done(question->user, answer);
	free(question);
}

/* SERVFAIL and REFUSED tell more than silence, so they are what is reported when all fail. */
static enum dns_status
worse_news(enum dns_status old, enum dns_status new)
{
	return old == DNS_TIMEOUT ? new : old;
}

/* This resolver had no answer: on to the next, or give up with the worst news. */
static void
next_resolver(struct dns_client *client, struct question *question, enum dns_status failure)
{
	struct dns_answer answer = { 0 };

	question->left &= ~(1u << question->resolver);
	question->failure = worse_news(question->failure, failure);
	if (question->left == 0) {
		answer.status = question->failure;
		finish(client, question, &answer);
		return;
	}
	do
		question->resolver = (question->resolver + 1) % (unsigned)client->resolver_count;
	while ((question->left & 1u << question->resolver) == 0);
	enqueue(client, question);
}

static void
link_attempt(struct resolver *resolver, struct attempt *attempt)
{
	attempt->previous = resolver->newest;
	attempt->next = NULL;
	if (resolver->newest != NULL)
		resolver->newest->next = attempt;
	else
		resolver->oldest = attempt;
	resolver->newest = attempt;
	resolver->in_flight++;
}

/* Nobody waits for the attempt any more; the engine still owns it until its callback. */
static struct question *
unlink_attempt(struct attempt *attempt)
{
	struct resolver *resolver = attempt->resolver;
	struct question *question = attempt->question;

	if (attempt->previous != NULL)
		attempt->previous->next = attempt->next;
	else
		resolver->oldest = attempt->next;
	if (attempt->next != NULL)
		attempt->next->previous = attempt->previous;
	else
		resolver->newest = attempt->previous;
	resolver->in_flight--;
	assert(question != NULL); /* an attempt in the list has its question */
	attempt->question = NULL;
	question->attempt = NULL;
	if (resolver->first != NULL)
		loop_soon_ask(resolver->client->soon);
	return question;
}

static bool
is_invented(const struct dns_client *client, const struct ip *address)
{
	for (size_t i = 0; i < client->invented_count; i++)
		if (ip_equal(&client->invented[i], address))
			return true;
	return false;
}

/* Does it hold addresses, and none that was not invented? */
static bool
is_rewritten(const struct dns_client *client, enum dns_type type, const struct dns_answer *answer)
{
	if (client->invented_count == 0 || answer->status != DNS_DATA ||
	    (type != DNS_A && type != DNS_AAAA))
		return false;
	for (size_t i = 0; i < answer->count; i++)
		if (!is_invented(client, &answer->records[i].ip))
			return false;
	return true;
}

static void
on_answer(void *user, const uint8_t *bytes, size_t length)
{
	struct attempt *attempt = user;
	struct resolver *resolver = attempt->resolver;
	struct dns_client *client = resolver->client;
	struct question *question;
	struct dns_answer answer;

	if (attempt->question == NULL) {
		free(attempt);
		return;
	}
	question = unlink_attempt(attempt);
	free(attempt);
	if (bytes == NULL) {
		next_resolver(client, question, DNS_TIMEOUT);
		return;
	}
	client->counts.received++;
	arena_reset(&client->scratch);
	dns_message_parse(bytes, length, question->name, question->type, &client->scratch, &answer);
	if (is_rewritten(client, question->type, &answer))
		answer.status = DNS_REWRITTEN;
	if (!dns_is_answer(&answer)) {
		next_resolver(client, question, answer.status);
		return;
	}
	answer.resolvers = (uint8_t)(1u << resolver->index);
	finish(client, question, &answer);
}

static void
send_question(struct resolver *resolver, struct question *question)
{
	struct dns_client *client = resolver->client;
	struct attempt *attempt;

	strbuf_reset(&client->packet);
	if (!dns_query_write(&client->packet, random_id(client), question->name, question->type)) {
		next_resolver(
		    client, question, DNS_MALFORMED); /* a name that nobody can be asked */
		return;
	}
	attempt = alloc_zeroed(1, sizeof *attempt);
	attempt->resolver = resolver;
	attempt->question = question;
	attempt->deadline = loop_now(client->loop) + client->timeout_ms;
	question->attempt = attempt;
	link_attempt(resolver, attempt);
	client->counts.sent++;
	resolver->tokens -= 1;
	dns_engine_send(
	    resolver->engine, client->packet.at, client->packet.length, on_answer, attempt);
}

static bool
may_send(const struct resolver *resolver)
{
	return resolver->first != NULL && resolver->in_flight < resolver->inflight_max &&
	    (resolver->per_second == 0 || resolver->tokens >= 1);
}

static void
start_tick(struct dns_client *client)
{
	if (client->ticking)
		return;
	client->ticking = true;
	loop_timer_start(client->tick, TICK_MS, TICK_MS);
}

static void
pump(struct resolver *resolver)
{
	unsigned sent = 0;

	while (may_send(resolver) && sent++ < BURST) {
		struct question *question = resolver->first;

		resolver->first = question->next;
		if (resolver->first == NULL)
			resolver->last = &resolver->first;
		send_question(resolver, question);
	}
	if (may_send(resolver))
		loop_soon_ask(resolver->client->soon);
}

static void
on_soon(void *user)
{
	struct dns_client *client = user;

	for (size_t i = 0; i < client->resolver_count; i++)
		pump(&client->resolvers[i]);
	if (client->open > 0)
		start_tick(client);
}

static void
expire(struct resolver *resolver)
{
	struct dns_client *client = resolver->client;
	uint64_t now = loop_now(client->loop);

	while (resolver->oldest != NULL && resolver->oldest->deadline <= now)
		next_resolver(client, unlink_attempt(resolver->oldest), DNS_TIMEOUT);
}

static void
refill(struct resolver *resolver)
{
	double most =
	    resolver->per_second / 10.0 + 1; /* a tenth of a second's worth may come at once */

	resolver->tokens += resolver->per_second * (TICK_MS / 1000.0);
	if (resolver->tokens > most)
		resolver->tokens = most;
}

static void
on_tick(void *user)
{
	struct dns_client *client = user;

	for (size_t i = 0; i < client->resolver_count; i++) {
		struct resolver *resolver = &client->resolvers[i];

		dns_engine_tick(resolver->engine);
		expire(resolver);
		refill(resolver);
		pump(resolver);
	}
	if (client->open == 0) {
		client->ticking = false;
		loop_timer_stop(client->tick);
	}
}

static void
set_budget(struct resolver *resolver, const struct dns_client_options *options, bool here)
{
	resolver->inflight_max = options->inflight != 0 ? options->inflight : here ? 10000 : 500;
	resolver->per_second = options->per_second != 0 ? options->per_second : here ? 0 : 1000;
	resolver->tokens = 1;
}

int
dns_client_new(struct loop *loop, const struct dns_client_options *options,
    struct dns_client **client_out, struct error *error)
{
	struct dns_client *client = alloc_zeroed(1, sizeof *client);

	client->loop = loop;
	client->timeout_ms = options->timeout_ms;
	client->tick = loop_timer_new(loop, on_tick, client);
	client->soon = loop_soon_new(loop, on_soon, client);
	for (size_t i = 0; i < options->resolvers.count; i++) {
		struct resolver *resolver = &client->resolvers[i];

		resolver->client = client;
		resolver->index = (unsigned)i;
		resolver->last = &resolver->first;
		set_budget(resolver, options, dns_resolver_is_here(&options->resolvers.at[i].ip));
		resolver->engine = dns_engine_new(loop, &options->resolvers.at[i],
		    options->timeout_ms * FIRST_TRY_PERCENT / 100, error);
		if (resolver->engine == NULL) {
			dns_client_free(client);
			return -1;
		}
		client->trusted |= 1u << i;
		client->resolver_count++;
	}
	*client_out = client;
	return 0;
}

static void
cancel_resolver(struct resolver *resolver)
{
	struct dns_client *client = resolver->client;
	struct dns_answer answer = { .status = DNS_CANCELLED };

	while (resolver->first != NULL) {
		struct question *question = resolver->first;

		resolver->first = question->next;
		finish(client, question, &answer);
	}
	resolver->last = &resolver->first;
	while (resolver->oldest != NULL)
		finish(client, unlink_attempt(resolver->oldest), &answer);
}

void
dns_client_cancel(struct dns_client *client)
{
	for (size_t i = 0; i < client->resolver_count; i++)
		cancel_resolver(&client->resolvers[i]);
}

static void
drop_questions(struct resolver *resolver)
{
	while (resolver->first != NULL) {
		struct question *question = resolver->first;

		resolver->first = question->next;
		free(question);
	}
	while (resolver->oldest != NULL)
		free(unlink_attempt(resolver->oldest));
}

void
dns_client_free(struct dns_client *client)
{
	if (client == NULL)
		return;
	for (size_t i = 0; i < DNS_RESOLVERS_MAX; i++) {
		struct resolver *resolver = &client->resolvers[i];

		if (resolver->engine == NULL)
			continue;
		drop_questions(resolver);
		dns_engine_free(resolver->engine); /* calls back for each attempt that it owns */
	}
	loop_timer_free(client->tick);
	loop_soon_free(client->soon);
	arena_free(&client->scratch);
	strbuf_free(&client->packet);
	free(client);
}

static void
ask(struct dns_client *client, const char *name, enum dns_type type, unsigned resolver,
    unsigned resolvers, dns_done_fn done, void *user)
{
	size_t length = strlen(name) + 1;
	struct question *question = alloc_zeroed(1, sizeof *question + length);

	memcpy(question->name, name, length);
	question->type = type;
	question->asked_at = loop_now(client->loop);
	question->failure = DNS_TIMEOUT;
	question->resolver = resolver % (unsigned)client->resolver_count;
	question->left = resolvers;
	question->done = done;
	question->user = user;
	client->counts.questions++;
	client->open++;
	enqueue(client, question);
}

void
dns_client_ask(struct dns_client *client, const char *name, enum dns_type type, unsigned first,
    dns_done_fn done, void *user)
{
	unsigned start = first % (unsigned)client->resolver_count;

	while ((client->trusted & 1u << start) == 0)
		start = (start + 1) % (unsigned)client->resolver_count;
	ask(client, name, type, start, client->trusted, done, user);
}

void
dns_client_trust(struct dns_client *client, unsigned resolvers)
{
	assert((resolvers & ((1u << client->resolver_count) - 1)) != 0);
	client->trusted = resolvers & ((1u << client->resolver_count) - 1);
}

void
dns_client_note_invented(struct dns_client *client, const struct ip *address)
{
	if (client->invented_count < INVENTED_MAX && !is_invented(client, address))
		client->invented[client->invented_count++] = *address;
}

int
dns_client_other(const struct dns_client *client, unsigned asked)
{
	for (unsigned i = 0; i < client->resolver_count; i++)
		if ((client->trusted & ~asked & 1u << i) != 0)
			return (int)i;
	return -1;
}

void
dns_client_ask_only(struct dns_client *client, const char *name, enum dns_type type,
    unsigned resolver, dns_done_fn done, void *user)
{
	ask(client, name, type, resolver, 1u << resolver % client->resolver_count, done, user);
}

size_t
dns_client_resolvers(const struct dns_client *client)
{
	return client->resolver_count;
}

struct dns_client_counts
dns_client_counts(const struct dns_client *client)
{
	struct dns_client_counts counts = client->counts;

	for (size_t i = 0; i < client->resolver_count; i++)
		counts.in_flight += client->resolvers[i].in_flight;
	return counts;
}
