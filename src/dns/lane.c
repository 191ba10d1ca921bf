/* The way to one resolver. */
#include "dns/lane.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "dns/budget.h"
#include "dns/engine.h"
#include "net/loop.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>

enum {
	BURST = 1024, /* questions sent in one turn, so that reading is never starved */
	RANDOM_IDS = 512,
	FIRST_TRY_PERCENT = 40, /* of the patience with a resolver; the second try has the rest */
	PROBE_MS = 250,         /* between two questions to a resolver that refuses */
};

/* One question at one resolver, as the engine knows it; `question` is NULL once nobody waits any
 * more.
 */
struct dns_attempt {
	struct dns_call call; /* first member */
	struct list_link in_flight;
	struct dns_question *question;
	uint64_t deadline;
	uint32_t sent; /* what the budget told */
	bool tcp;
};

struct dns_lane {
	struct dns_lane_options options;
	struct dns_engine *engine;
	struct dns_budget budget;
	struct dns_queue queue;
	struct list in_flight; /* attempts, oldest first: they all have the same patience */
	uint64_t refused_since, probed_at;
	struct pool attempts;
	struct arena scratch;
	struct strbuf packet;
	uint16_t ids[RANDOM_IDS];
	size_t ids_left;
};

/* ---- queues */

void
dns_queue_init(struct dns_queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

void
dns_queue_add(struct dns_queue *queue, struct dns_question *question)
{
	question->next = NULL;
	*queue->last = question;
	queue->last = &question->next;
}

struct dns_question *
dns_queue_take(struct dns_queue *queue)
{
	struct dns_question *question = queue->first;

	if (question == NULL)
		return NULL;
	queue->first = question->next;
	if (queue->first == NULL)
		queue->last = &queue->first;
	return question;
}

/* ---- questions in flight */

/* Ids are unguessable: an answer forged off the path must not be believed (RFC 5452 9.1). */
static uint16_t
random_id(struct dns_lane *lane)
{
	if (lane->ids_left == 0) {
		if (getrandom(lane->ids, sizeof lane->ids, 0) != (ssize_t)sizeof lane->ids)
			abort();
		lane->ids_left = RANDOM_IDS;
	}
	return lane->ids[--lane->ids_left];
}

static struct dns_attempt *
new_attempt(struct dns_lane *lane, struct dns_question *question)
{
	struct dns_attempt *attempt = pool_take(&lane->attempts, sizeof *attempt);

	*attempt = (struct dns_attempt){
		.question = question,
		.deadline = loop_now(lane->options.loop) + lane->options.timeout_ms,
		.sent = dns_budget_sent(&lane->budget),
	};
	list_append(&lane->in_flight, &attempt->in_flight);
	question->attempt = attempt;
	return attempt;
}

/* NULL when there is none. */
static struct dns_attempt *
oldest(const struct dns_lane *lane)
{
	struct list_link *first = lane->in_flight.first;

	return first == NULL ? NULL : LIST_OWNER(first, struct dns_attempt, in_flight);
}

/* Nobody waits for the attempt any more; the engine still owns it until its callback. */
static struct dns_question *
leave(struct dns_lane *lane, struct dns_attempt *attempt)
{
	struct dns_question *question = attempt->question;

	list_remove(&lane->in_flight, &attempt->in_flight);
	assert(question != NULL); /* an attempt in the list has its question */
	attempt->question = NULL;
	question->attempt = NULL;
	if (lane->queue.first != NULL)
		lane->options.room(lane->options.user);
	return question;
}

static void
end(struct dns_lane *lane, struct dns_question *question, enum dns_status failure)
{
	struct dns_answer none = { .status = failure };

	lane->options.ended(lane->options.user, question, &none);
}

static bool
write_packet(struct dns_lane *lane, const struct dns_question *question)
{
	strbuf_reset(&lane->packet);
	return dns_query_write(
	    &lane->packet, random_id(lane), question->name, (enum dns_type)question->type);
}

/* An answer that was cut is asked for by TCP, within the same patience (RFC 7766 5). */
static void
ask_by_tcp(struct dns_lane *lane, struct dns_attempt *attempt)
{
	attempt->tcp = true;
	write_packet(lane, attempt->question);
	dns_engine_send_tcp(lane->engine, lane->packet.at, lane->packet.length, &attempt->call);
}

static void
on_no_reply(struct dns_lane *lane, struct dns_attempt *attempt, bool shortage)
{
	uint64_t now = loop_now(lane->options.loop);

	if (shortage || attempt->question->moved)
		dns_budget_dropped(&lane->budget, attempt->sent);
	else
		dns_budget_given_up(&lane->budget, attempt->sent, now);
	end(lane, leave(lane, attempt), shortage ? DNS_SHORTAGE : DNS_TIMEOUT);
}

static void
on_reply(void *user, struct dns_call *call, const struct dns_reply *reply)
{
	struct dns_lane *lane = user;
	struct dns_attempt *attempt = (struct dns_attempt *)call;
	struct dns_question *question;
	struct dns_answer answer;

	if (attempt->question == NULL) {
		pool_give(&lane->attempts, attempt, sizeof *attempt);
		return;
	}
	if (reply->bytes != NULL && dns_message_is_cut(reply->bytes, reply->length) &&
	    !attempt->tcp) {
		ask_by_tcp(lane, attempt);
		return;
	}
	if (reply->bytes == NULL) {
		on_no_reply(lane, attempt, reply->shortage);
		pool_give(&lane->attempts, attempt, sizeof *attempt);
		return;
	}
	dns_budget_heard(&lane->budget, attempt->sent, reply->lost > 0);
	question = leave(lane, attempt);
	pool_give(&lane->attempts, attempt, sizeof *attempt);
	lane->options.counts->received++;
	arena_reset(&lane->scratch);
	dns_message_parse(reply->bytes, reply->length, question->name,
	    (enum dns_type)question->type, &lane->scratch, &answer);
	lane->options.ended(lane->options.user, question, &answer);
}

static void
send_question(struct dns_lane *lane, struct dns_question *question)
{
	struct dns_attempt *attempt;

	if (!write_packet(lane, question)) {
		end(lane, question, DNS_MALFORMED); /* a name that nobody can be asked */
		return;
	}
	attempt = new_attempt(lane, question);
	if (!dns_engine_send(lane->engine, lane->packet.at, lane->packet.length, &attempt->call)) {
		on_no_reply(lane, attempt, true);
		pool_give(&lane->attempts, attempt, sizeof *attempt);
		return;
	}
	lane->options.counts->sent++;
}

/* ---- the lane */

int
dns_lane_new(
    const struct dns_lane_options *options, struct dns_lane **lane_out, struct error *error)
{
	struct dns_lane *lane = alloc_zeroed(1, sizeof *lane);
	const struct dns_engine_options engine = {
		.loop = options->loop,
		.resolver = options->resolver,
		.first_try_ms = options->timeout_ms * FIRST_TRY_PERCENT / 100,
		.done = on_reply,
		.user = lane,
	};

	lane->options = *options;
	dns_queue_init(&lane->queue);
	dns_budget_init(&lane->budget, options->inflight, options->per_second);
	lane->engine = dns_engine_new(&engine, error);
	if (lane->engine == NULL) {
		dns_lane_free(lane);
		return -1;
	}
	*lane_out = lane;
	return 0;
}

void
dns_lane_free(struct dns_lane *lane)
{
	if (lane == NULL)
		return;
	dns_engine_free(lane->engine); /* calls back for each attempt that it owns */
	pool_free(&lane->attempts);
	arena_free(&lane->scratch);
	strbuf_free(&lane->packet);
	free(lane);
}

void
dns_lane_add(struct dns_lane *lane, struct dns_question *question)
{
	dns_queue_add(&lane->queue, question);
	lane->options.room(lane->options.user);
}

struct dns_question *
dns_lane_take_waiting(struct dns_lane *lane)
{
	return dns_queue_take(&lane->queue);
}

struct dns_question *
dns_lane_take(struct dns_lane *lane)
{
	struct dns_attempt *attempt = oldest(lane);

	if (attempt == NULL)
		return dns_queue_take(&lane->queue);
	dns_budget_dropped(&lane->budget, attempt->sent);
	return leave(lane, attempt);
}

/* A resolver that refuses gets one question at a time until it answers, for the others to wait. */
static bool
may_probe(struct dns_lane *lane, uint64_t now)
{
	if (now - lane->probed_at < PROBE_MS)
		return false;
	lane->probed_at = now;
	return true;
}

static bool
may_send(struct dns_lane *lane)
{
	uint64_t now = loop_now(lane->options.loop);

	if (lane->queue.first == NULL || !dns_budget_may_send(&lane->budget) ||
	    dns_engine_is_held(lane->engine))
		return false;
	return lane->refused_since == 0 || may_probe(lane, now);
}

/* Refusals are noticed by the engine, whenever it reads or sends. */
static void
note_refusals(struct dns_lane *lane)
{
	uint64_t now = loop_now(lane->options.loop);

	if (!dns_engine_is_refused(lane->engine)) {
		lane->refused_since = 0;
		return;
	}
	if (lane->refused_since == 0)
		lane->refused_since = lane->probed_at = now;
	dns_budget_refused(&lane->budget, now);
}

bool
dns_lane_pump(struct dns_lane *lane)
{
	unsigned sent = 0, room = dns_engine_room(lane->engine);

	note_refusals(lane);
	dns_budget_pass_time(&lane->budget, loop_now(lane->options.loop));
	if (room > 0)
		lane->budget.room = room;
	while (sent < BURST && may_send(lane)) {
		send_question(lane, dns_queue_take(&lane->queue));
		sent++;
	}
	dns_engine_flush(lane->engine);
	return sent == BURST;
}

static void
expire(struct dns_lane *lane)
{
	uint64_t now = loop_now(lane->options.loop);
	struct dns_attempt *attempt;

	while ((attempt = oldest(lane)) != NULL && attempt->deadline <= now)
		on_no_reply(lane, attempt, false);
}

void
dns_lane_tick(struct dns_lane *lane)
{
	dns_engine_tick(lane->engine);
	expire(lane);
}

unsigned
dns_lane_read(struct dns_lane *lane)
{
	return dns_engine_read(lane->engine);
}

void
dns_lane_watch(struct dns_lane *lane, bool watched)
{
	dns_engine_watch(lane->engine, watched);
}

bool
dns_lane_is_away(const struct dns_lane *lane)
{
	return dns_lane_is_short(lane) ||
	    dns_budget_is_away(&lane->budget, loop_now(lane->options.loop));
}

bool
dns_lane_is_short(const struct dns_lane *lane)
{
	return dns_engine_is_short(lane->engine);
}

unsigned
dns_lane_in_flight(const struct dns_lane *lane)
{
	return lane->budget.in_flight;
}

uint64_t
dns_lane_refused_since(const struct dns_lane *lane)
{
	return lane->refused_since;
}
