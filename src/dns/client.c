/*
 * The DNS client: which resolver a question goes to, and who is next when that one has no answer.
 * Lanes do the rest; coalescing is the graph's.
 *
 * With few questions open, sockets are watched and an answer is read when it comes. With many, a
 * tick of some milliseconds reads whatever has come by then: fewer system calls for each answer.
 */
#include "dns/client.h"

#include "base/alloc.h"
#include "base/pool.h"
#include "dns/lane.h"
#include "net/loop.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	TICK_MS = 25,      /* how often retries and deadlines are looked at */
	FAST_MS_MIN = 1,   /* how often sockets are read under load: */
	FAST_MS_MAX = 16,  /* so that some have come each time, and none waits for long */
	FEW = 256,         /* datagrams of one reading: the next may wait for twice the time */
	MANY = 512,        /* ... or for half */
	FAST_FROM = 256,   /* open questions; below, an answer shall not wait for a tick */
	FAST_UNTIL = 128,  /* lower than FAST_FROM, so that it does not change back and forth */
	LATER_MS = 250,    /* after a shortage of sockets */
	INVENTED_MAX = 32, /* addresses */
	RESTART_TIMES =
	    6, /* a resolver that refuses is waited for, as long as a restart may take */
};

struct dns_client {
	struct loop *loop;
	struct loop_timer *timer;
	struct loop_soon *soon;
	struct dns_lane *lanes[DNS_RESOLVERS_MAX];
	size_t lane_count;
	unsigned trusted; /* bits of resolvers */
	struct ip invented[INVENTED_MAX];
	size_t invented_count;
	struct dns_queue later; /* questions for want of a socket */
	unsigned timeout_ms;
	struct dns_client_counts counts;
	size_t open; /* questions whose callback is owed */
	uint64_t ticked_at, later_at;
	bool ticking, fast;
	unsigned fast_ms;
	struct pool pool; /* of questions */
};

/* ---- questions */

static size_t
size_of(const char *name)
{
	return sizeof(struct dns_question) + strlen(name) + 1;
}

static void
finish(struct dns_client *client, struct dns_question *question, struct dns_answer *answer)
{
	answer->seen_at = (int64_t)time(NULL);
	answer->elapsed_ms = (uint32_t)(loop_now(client->loop) - question->asked_at);
	client->open--;
	question->done(question->user, answer);
	pool_give(&client->pool, question, size_of(question->name));
}

/* SERVFAIL and REFUSED tell more than silence, so they are what is reported when all fail. */
static enum dns_status
worse_news(enum dns_status old, enum dns_status new)
{
	return old == DNS_TIMEOUT ? new : old;
}

static unsigned
next_of(const struct dns_client *client, const struct dns_question *question, unsigned after)
{
	do
		after = (after + 1) % (unsigned)client->lane_count;
	while ((question->left & 1u << after) == 0);
	return after;
}

/* Its own resolver, or the next of those left that is not away, if there is one. */
static unsigned
choose_resolver(const struct dns_client *client, const struct dns_question *question)
{
	unsigned at = question->resolver;

	do {
		if (!dns_lane_is_away(client->lanes[at]))
			return at;
		at = next_of(client, question, at);
	} while (at != question->resolver);
	return at;
}

static void
enqueue(struct dns_client *client, struct dns_question *question)
{
	question->resolver = (uint8_t)choose_resolver(client, question);
	dns_lane_add(client->lanes[question->resolver], question);
}

/* This resolver had no answer: on to the next, or give up with the worst news. */
static void
next_resolver(struct dns_client *client, struct dns_question *question, enum dns_status failure)
{
	struct dns_answer answer = { 0 };

	question->left &= (uint8_t) ~(1u << question->resolver);
	question->moved = true;
	question->failure = (uint8_t)worse_news(question->failure, failure);
	if (question->left == 0) {
		answer.status = question->failure;
		finish(client, question, &answer);
		return;
	}
	question->resolver = (uint8_t)next_of(client, question, question->resolver);
	enqueue(client, question);
}

/* The shortage is ours, so the question waits; but not for ever. */
static void
ask_later(struct dns_client *client, struct dns_question *question)
{
	uint32_t now = (uint32_t)(loop_now(client->loop) - question->asked_at) + 1;

	if (question->short_for == 0)
		question->short_for = now;
	if (now - question->short_for >= client->timeout_ms)
		next_resolver(client, question, DNS_SHORTAGE);
	else
		dns_queue_add(&client->later, question);
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
on_ended(void *user, struct dns_question *question, struct dns_answer *answer)
{
	struct dns_client *client = user;

	if (is_rewritten(client, question->type, answer))
		answer->status = DNS_REWRITTEN;
	if (answer->status == DNS_SHORTAGE) {
		ask_later(client, question);
	} else if (!dns_is_answer(answer)) {
		next_resolver(client, question, answer->status);
	} else {
		answer->resolvers = (uint8_t)(1u << question->resolver);
		finish(client, question, answer);
	}
}

/* ---- time */

static void
set_timer(struct dns_client *client)
{
	unsigned every = client->fast ? client->fast_ms : TICK_MS;

	client->ticking = true;
	loop_timer_start(client->timer, every, every);
}

static void
set_fast(struct dns_client *client, bool fast)
{
	client->fast = fast;
	client->fast_ms = FAST_MS_MIN;
	for (size_t i = 0; i < client->lane_count; i++)
		dns_lane_watch(client->lanes[i], !fast);
	set_timer(client);
}

static void
choose_pace(struct dns_client *client)
{
	if (!client->fast && client->open >= FAST_FROM)
		set_fast(client, true);
	else if (client->fast && client->open < FAST_UNTIL)
		set_fast(client, false);
	else if (client->open > 0 && !client->ticking)
		set_timer(client);
}

/* In the fast pace the next tick is near enough. */
static void
on_room(void *user)
{
	struct dns_client *client = user;

	if (!client->fast)
		loop_soon_ask(client->soon);
}

static void
pump(struct dns_client *client)
{
	bool more = false;

	for (size_t i = 0; i < client->lane_count; i++)
		more |= dns_lane_pump(client->lanes[i]);
	if (more)
		loop_soon_ask(client->soon);
}

static void
on_soon(void *user)
{
	struct dns_client *client = user;

	pump(client);
	choose_pace(client);
}

/*
 * Who waits for a resolver that is away goes to another one that is left to it. When there is none,
 * and the resolver has refused for as long as a restart may take, it is as if it were silent; want
 * of a socket has a limit of its own.
 */
static void
spare_from_waiting(struct dns_client *client, struct dns_lane *lane)
{
	uint64_t since = dns_lane_refused_since(lane);
	bool give_up = since != 0 &&
	    loop_now(client->loop) - since >= RESTART_TIMES * (uint64_t)client->timeout_ms;
	struct dns_queue waiting;
	struct dns_question *question;

	dns_queue_init(&waiting);
	while ((question = dns_lane_take_waiting(lane)) != NULL)
		dns_queue_add(&waiting, question);
	while ((question = dns_queue_take(&waiting)) != NULL) {
		bool stays = client->lanes[choose_resolver(client, question)] == lane;

		if (stays && dns_lane_is_short(lane))
			ask_later(client, question);
		else if (stays && give_up)
			next_resolver(client, question, DNS_TIMEOUT);
		else
			enqueue(client, question);
	}
}

static void
ask_again(struct dns_client *client)
{
	struct dns_queue due = client->later;
	struct dns_question *question;

	if (due.first == NULL || loop_now(client->loop) < client->later_at)
		return;
	client->later_at = loop_now(client->loop) + LATER_MS;
	dns_queue_init(&client->later);
	while ((question = dns_queue_take(&due)) != NULL)
		enqueue(client, question);
}

static void
slow_work(struct dns_client *client)
{
	client->ticked_at = loop_now(client->loop);
	for (size_t i = 0; i < client->lane_count; i++) {
		dns_lane_tick(client->lanes[i]);
		if (dns_lane_is_away(client->lanes[i]))
			spare_from_waiting(client, client->lanes[i]);
	}
	ask_again(client);
}

static void
read_all(struct dns_client *client)
{
	unsigned count = 0, before = client->fast_ms;

	for (size_t i = 0; i < client->lane_count; i++)
		count += dns_lane_read(client->lanes[i]);
	if (count < FEW && client->fast_ms < FAST_MS_MAX)
		client->fast_ms *= 2;
	else if (count > MANY && client->fast_ms > FAST_MS_MIN)
		client->fast_ms /= 2;
	if (client->fast_ms != before)
		set_timer(client);
}

static void
on_timer(void *user)
{
	struct dns_client *client = user;

	if (client->fast)
		read_all(client);
	if (loop_now(client->loop) - client->ticked_at >= TICK_MS)
		slow_work(client);
	pump(client);
	choose_pace(client);
	if (client->open == 0) {
		client->ticking = false;
		loop_timer_stop(client->timer);
	}
}

/* ---- the client */

static int
add_lane(struct dns_client *client, const struct dns_client_options *options,
    const struct dns_resolver *resolver, struct error *error)
{
	bool here = dns_resolver_is_here(&resolver->ip);
	const struct dns_lane_options lane = {
		.loop = client->loop,
		.resolver = *resolver,
		.inflight = options->inflight != 0 ? options->inflight
		    : here                         ? 10000
						   : 500,
		.per_second = options->per_second != 0 ? options->per_second
		    : here                             ? 0
						       : 1000,
		.timeout_ms = options->timeout_ms,
		.counts = &client->counts,
		.ended = on_ended,
		.room = on_room,
		.user = client,
	};

	if (dns_lane_new(&lane, &client->lanes[client->lane_count], error) != 0)
		return -1;
	client->trusted |= 1u << client->lane_count++;
	return 0;
}

int
dns_client_new(struct loop *loop, const struct dns_client_options *options,
    struct dns_client **client_out, struct error *error)
{
	struct dns_client *client = alloc_zeroed(1, sizeof *client);

	client->loop = loop;
	client->timeout_ms = options->timeout_ms;
	client->timer = loop_timer_new(loop, on_timer, client);
	client->soon = loop_soon_new(loop, on_soon, client);
	dns_queue_init(&client->later);
	for (size_t i = 0; i < options->resolvers.count; i++)
		if (add_lane(client, options, &options->resolvers.at[i], error) != 0) {
			dns_client_free(client);
			return -1;
		}
	*client_out = client;
	return 0;
}

static struct dns_question *
take_any(struct dns_client *client)
{
	for (size_t i = 0; i < client->lane_count; i++) {
		struct dns_question *question = dns_lane_take(client->lanes[i]);

		if (question != NULL)
			return question;
	}
	return dns_queue_take(&client->later);
}

void
dns_client_cancel(struct dns_client *client)
{
	struct dns_question *question;

	while ((question = take_any(client)) != NULL) {
		struct dns_answer answer = { .status = DNS_CANCELLED };

		finish(client, question, &answer);
	}
}

void
dns_client_free(struct dns_client *client)
{
	struct dns_question *question;

	if (client == NULL)
		return;
	while ((question = take_any(client)) != NULL)
		pool_give(&client->pool, question, size_of(question->name));
	for (size_t i = 0; i < client->lane_count; i++)
		dns_lane_free(client->lanes[i]);
	loop_timer_free(client->timer);
	loop_soon_free(client->soon);
	pool_free(&client->pool);
	free(client);
}

/* `resolver` when it is of the set, else the next that is. */
static void
ask(struct dns_client *client, const char *name, enum dns_type type, unsigned resolver,
    unsigned resolvers, dns_done_fn done, void *user)
{
	struct dns_question *question = pool_take(&client->pool, size_of(name));

	*question = (struct dns_question){
		.type = (uint16_t)type,
		.asked_at = loop_now(client->loop),
		.failure = DNS_TIMEOUT,
		.resolver = (uint8_t)(resolver % client->lane_count),
		.left = (uint8_t)resolvers,
		.done = done,
		.user = user,
	};
	strcpy(question->name, name);
	if ((question->left & 1u << question->resolver) == 0)
		question->resolver = (uint8_t)next_of(client, question, question->resolver);
	client->counts.questions++;
	client->open++;
	enqueue(client, question);
}

void
dns_client_ask(struct dns_client *client, const char *name, enum dns_type type, unsigned first,
    dns_done_fn done, void *user)
{
	ask(client, name, type, first, client->trusted, done, user);
}

void
dns_client_trust(struct dns_client *client, unsigned resolvers)
{
	client->trusted = resolvers & ((1u << client->lane_count) - 1);
	assert(client->trusted != 0);
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
	for (unsigned i = 0; i < client->lane_count; i++)
		if ((client->trusted & ~asked & 1u << i) != 0)
			return (int)i;
	return -1;
}

void
dns_client_ask_only(struct dns_client *client, const char *name, enum dns_type type,
    unsigned resolver, dns_done_fn done, void *user)
{
	ask(client, name, type, resolver, 1u << resolver % client->lane_count, done, user);
}

size_t
dns_client_resolvers(const struct dns_client *client)
{
	return client->lane_count;
}

struct dns_client_counts
dns_client_counts(const struct dns_client *client)
{
	struct dns_client_counts counts = client->counts;

	for (size_t i = 0; i < client->lane_count; i++)
		counts.in_flight += dns_lane_in_flight(client->lanes[i]);
	return counts;
}
