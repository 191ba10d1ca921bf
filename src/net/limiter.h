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
 * budget go in the order in which they came to wait for it.
 */
enum {
	LIMITER_BUDGETS_MAX = 4
}; /* of one ticket, which has at least one: all sessions, provider or site, host, address */

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
	void *user;
	struct budget *budgets[LIMITER_BUDGETS_MAX];
	size_t count;
	int kind;                    /* matters to budgets with a kind_gap_ms */
	struct limiter_ticket *next; /* in the queue of the budget it waits for */
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

#endif
