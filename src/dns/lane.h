#ifndef MXSWEEP_DNS_LANE_H
#define MXSWEEP_DNS_LANE_H

#include "dns/client.h"

#include <stdbool.h>
#include <stdint.h>

struct dns_lane;

/*
 * The way to one resolver: a queue of questions, those in flight with their deadlines, the budget
 * that it is spared by, and the engine that carries them.
 */

/* One question from its asking to its callback. It belongs to the client, and to one lane at most.
 */
struct dns_question {
	struct dns_question *next;   /* in a queue */
	struct dns_attempt *attempt; /* while it is in flight */
	uint64_t asked_at;
	uint32_t short_for; /* ms from asking to the first want of a socket, plus 1; or 0 */
	uint16_t type;
	uint8_t resolver, left; /* where it is; bits of those not asked yet, this one included */
	uint8_t failure;        /* dns_status: worst news so far, when nobody had an answer */
	bool moved; /* another resolver had no answer: silence says nothing of this one */
	dns_done_fn done;
	void *user;
	char name[];
};

struct dns_queue {
	struct dns_question *first, **last;
};

void dns_queue_init(struct dns_queue *queue);
void dns_queue_add(struct dns_queue *queue, struct dns_question *question);
struct dns_question *dns_queue_take(struct dns_queue *queue); /* NULL when it is empty */

/*
 * The question has left the lane, with an answer or a failure in `answer->status`; DNS_SHORTAGE
 * when no socket could be had to ask it. The answer is borrowed.
 */
typedef void (*dns_lane_ended_fn)(
    void *user, struct dns_question *question, struct dns_answer *answer);

struct dns_lane_options {
	struct loop *loop;
	struct dns_resolver resolver;
	unsigned inflight, per_second, timeout_ms;
	struct dns_client_counts *counts; /* `sent` and `received` are counted up */
	dns_lane_ended_fn ended;
	void (*room)(void *user); /* something may be sent again: pump, but not from inside this */
	void *user;
};

int dns_lane_new(
    const struct dns_lane_options *options, struct dns_lane **lane_out, struct error *error);
void dns_lane_free(struct dns_lane *lane); /* after dns_lane_take has emptied it */

void dns_lane_add(struct dns_lane *lane, struct dns_question *question);
/* Any question that it still has, which leaves it without `ended`; NULL at the end. */
struct dns_question *dns_lane_take(struct dns_lane *lane);
/* A question that waits there while its resolver is away; NULL when there is none. */
struct dns_question *dns_lane_take_waiting(struct dns_lane *lane);

/* Sends what the budget lets, some hundreds at most; true when more may be sent at once. */
bool dns_lane_pump(struct dns_lane *lane);
void dns_lane_tick(struct dns_lane *lane);     /* second tries and deadlines: every 25 ms or so */
unsigned dns_lane_read(struct dns_lane *lane); /* how many datagrams had come */
void dns_lane_watch(struct dns_lane *lane, bool watched); /* false: dns_lane_read is called often */

/*
 * Better to ask another one, if there is one: it refuses, has been silent for many questions, or
 * there is no socket to ask it with.
 */
bool dns_lane_is_away(const struct dns_lane *lane);
bool dns_lane_is_short(const struct dns_lane *lane); /* there is no socket */
unsigned dns_lane_in_flight(const struct dns_lane *lane);
/* Milliseconds, as the loop has them, since when it refuses without an answer; 0 when it does not.
 */
uint64_t dns_lane_refused_since(const struct dns_lane *lane);

#endif
