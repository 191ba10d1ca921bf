#ifndef MXSWEEP_NET_LIMITER_H
#define MXSWEEP_NET_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct limiter;
struct budget;

/*
 * Budgets as opaque keys with numbers. A ticket names the budgets that it draws on and is granted
 * when all of them have room; it holds them until limiter_leave. Nothing is ever granted above a
 * cap, and a ticket that must wait for one budget holds none of the others. Waiting tickets of one
 * budget go in the order in which they came to wait for it, and none overtakes those that wait for
 * the last of its budgets.
 */
enum {
	LIMITER_BUDGETS_MAX = 4, /* of one ticket, which has at least one: all sessions, provider or
				    site, host, address */
	LIMITER_QUIET_MS = 10 * 60 * 1000, /* without a refusal: then a step is given back */
};

struct limiter_caps {
	unsigned at_once;     /* 0 = no limit */
	unsigned per_minute;  /* new ones; kept as an even spacing, so no minute ever sees more; 0 =
				 any */
	unsigned gap_ms;      /* least time between two, drawn +-20 % */
	unsigned kind_gap_ms; /* least time between two of different kind */
};

typedef void (*limiter_granted_fn)(void *user);

struct limiter_ticket {
	limiter_granted_fn granted; /* never from inside limiter_enter */
	limiter_granted_fn closed;  /* in its place, where a budget is closed: it holds nothing */
	void *user;
	struct budget *budgets[LIMITER_BUDGETS_MAX];
	size_t count;
	struct budget *turns; /* one of them, whose tickets take turns with those of others where
				 the last is short: one of them waits there at a time; NULL: none */
	int kind;             /* matters to budgets with a kind_gap_ms */
	struct limiter_ticket *next; /* in the queue of the budget it waits for */
	uint64_t granted_at;
	bool holds;
};

struct limiter *limiter_new(struct loop *loop, uint64_t seed); /* NULL: see limiter_turn */
void limiter_free(struct limiter *limiter);                    /* NULL is none */

/* The budget of a key; caps count at its first mention. */
struct budget *limiter_budget(struct limiter *limiter, const char *key, struct limiter_caps caps);
void limiter_enter(struct limiter *limiter, struct limiter_ticket *ticket);
void limiter_leave(struct limiter *limiter, struct limiter_ticket *ticket);
void limiter_drop_waiting(struct limiter *limiter); /* forgets all tickets that were not granted */

/* Where there is no loop, time is what the caller says, and things happen here alone. It gives the
 * time at which the next may be granted; UINT64_MAX: none waits for time. */
uint64_t limiter_turn(struct limiter *limiter, uint64_t now);

size_t limiter_waiting(const struct limiter *limiter);

/* The key of the budget that most tickets wait for; NULL when none waits. Walks over all budgets.
 */
const char *limiter_most_waited(const struct limiter *limiter, size_t *waiting_out);
unsigned limiter_peak(const struct budget *budget); /* most that ever held it at once */

/*
 * A server that says that we come too often is pressed less. The caps of a budget are halved, how
 * many at once and how often, and nothing is granted for a while; quiet time gives that back step
 * by step, never above the caps. Whoever began before the caps were last halved changes nothing:
 * false. One that was refused six times in a row, each time pressed half as much, is closed.
 */
bool limiter_ease(struct limiter *limiter, const struct limiter_ticket *ticket,
    struct budget *budget, uint64_t cool_ms);
void limiter_close(struct limiter *limiter, struct budget *budget); /* for the rest of the run */
void limiter_praise(const struct limiter_ticket *ticket);           /* it was not refused */
bool limiter_is_closed(const struct budget *budget);
const char *limiter_key(const struct budget *budget);
unsigned limiter_cap(const struct budget *budget); /* how many at once, never halved; 0 = any */

/* How often the caps of a budget begin halved, asked at its first mention. */
typedef unsigned (*limiter_recall_fn)(void *user, const char *key);
void limiter_recall(struct limiter *limiter, limiter_recall_fn recall, void *user);
typedef void (*limiter_eased_fn)(void *user, const char *key, unsigned eased);
void limiter_each_eased(struct limiter *limiter, limiter_eased_fn fn, void *user);

/* Where there is no loop, time is what the caller says, and things happen here alone. It gives the
 * time at which the next may be granted; UINT64_MAX: none waits for time. */
uint64_t limiter_turn(struct limiter *limiter, uint64_t now);

#endif
