/*
 * Each waiting ticket stands in the queue of one budget, the first that had no room when it was
 * last looked at. When that budget gets room, the ticket is looked at again: granted, or moved to
 * the queue of the next budget in its way. So no step walks over all that waits.
 */
#include "net/limiter.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/heap.h"
#include "base/map.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>

enum {
	EASED_MAX = 6,      /* a sixty-fourth: less is no pressure at all */
	REFUSALS_ENOUGH = 6 /* in a row, each after the budget was halved for the one before */
};

struct budget {
	struct heap_node due; /* when its gap ends, while tickets wait; first member */
	char *key;
	struct limiter_caps caps;
	unsigned holding, peak;
	uint64_t free_at;       /* no grant before; loop milliseconds */
	uint64_t other_kind_at; /* no grant of another kind than last_kind before */
	int last_kind;
	unsigned eased;    /* how often its caps are halved */
	uint64_t eased_at; /* when they were last halved or doubled */
	unsigned refusals; /* in a row */
	bool closed;
	const struct limiter_ticket *delegate; /* of those in turns, whose turn it is */
	struct limiter_ticket *first, **last;
	size_t queued;
	struct budget *next_ready;
	bool ready;
};

struct limiter {
	struct loop *loop; /* NULL: time is simulated */
	struct map budgets;
	struct heap due;
	struct loop_timer *timer;
	struct loop_soon *soon;
	struct budget *ready, **last_ready; /* budgets that may have room for who waits, in turn */
	size_t waiting;
	uint64_t seed, drawn;
	uint64_t simulated_now; /* the time, where there is no loop */
	limiter_recall_fn recall;
	void *recall_user;
};

static uint64_t
now_of(const struct limiter *limiter)
{
	return limiter->loop == NULL ? limiter->simulated_now : loop_now(limiter->loop);
}

static unsigned
at_once(const struct budget *budget)
{
	unsigned most = budget->caps.at_once >> budget->eased;

	return most > 0 ? most : 1;
}

/* One that is closed lets everybody through, to be turned away. */
static bool
has_slot(const struct budget *budget)
{
	return budget->closed || budget->caps.at_once == 0 || budget->holding < at_once(budget);
}

static bool
has_room_for(const struct budget *budget, const struct limiter_ticket *ticket)
{
	return has_slot(budget) && (budget->delegate == NULL || budget->delegate == ticket);
}

/* Quiet time gives back what was taken, a step at a time. */
static void
regain(struct budget *budget, uint64_t now)
{
	while (budget->eased > 0 && now >= budget->eased_at + LIMITER_QUIET_MS) {
		budget->eased--;
		budget->eased_at += LIMITER_QUIET_MS;
	}
}

/* When the gaps of the budget are over for this ticket. */
static uint64_t
ready_at(const struct budget *budget, const struct limiter_ticket *ticket)
{
	if (budget->closed)
		return 0;
	if (ticket->kind != budget->last_kind && budget->other_kind_at > budget->free_at)
		return budget->other_kind_at;
	return budget->free_at;
}

/* A budget without a free slot is looked at again by limiter_leave, one in its gap by the timer. */
static void
mark_ready(struct limiter *limiter, struct budget *budget)
{
	if (budget->ready || budget->first == NULL)
		return;
	budget->ready = true;
	budget->next_ready = NULL;
	*limiter->last_ready = budget;
	limiter->last_ready = &budget->next_ready;
	if (limiter->loop != NULL)
		loop_soon_ask(limiter->soon);
}

static void
set_timer(struct limiter *limiter)
{
	struct heap_node *first = heap_first(&limiter->due);
	uint64_t now = now_of(limiter);

	if (limiter->loop == NULL)
		return;
	if (first == NULL)
		loop_timer_stop(limiter->timer);
	else
		loop_timer_start(limiter->timer, first->time > now ? first->time - now : 0, 0);
}

/* The spacing to the next grant: the gap with its jitter, never less than the rate allows. */
static uint64_t
spacing(struct limiter *limiter, const struct budget *budget)
{
	uint64_t draw = hash_keyed(limiter->seed, limiter->drawn++, "gap", 3) % 401;
	uint64_t gap = budget->caps.gap_ms * (800 + draw) / 1000;
	uint64_t even = budget->caps.per_minute == 0
	    ? 0
	    : (60000 + budget->caps.per_minute - 1) / budget->caps.per_minute;

	return (gap > even ? gap : even) << budget->eased;
}

static void
take(struct limiter *limiter, struct limiter_ticket *ticket)
{
	ticket->holds = true;
	ticket->granted_at = now_of(limiter);
	for (size_t i = 0; i < ticket->count; i++) {
		struct budget *budget = ticket->budgets[i];

		if (++budget->holding > budget->peak)
			budget->peak = budget->holding;
		budget->free_at = now_of(limiter) + spacing(limiter, budget);
		budget->other_kind_at = now_of(limiter) + budget->caps.kind_gap_ms;
		budget->last_kind = ticket->kind;
	}
}

/* `served`: the budget whose queue it stood in; elsewhere nobody overtakes who waits for the last.
 */
static struct budget *
first_without_room(
    struct limiter *limiter, const struct limiter_ticket *ticket, const struct budget *served)
{
	for (size_t i = 0; i < ticket->count; i++) {
		struct budget *budget = ticket->budgets[i];
		bool others = i + 1 == ticket->count && budget != served && budget->first != NULL;

		regain(budget, now_of(limiter));
		if (others || !has_room_for(budget, ticket) ||
		    ready_at(budget, ticket) > now_of(limiter))
			return budget;
	}
	return NULL;
}

static void
join_queue(struct limiter *limiter, struct budget *budget, struct limiter_ticket *ticket)
{
	ticket->next = NULL;
	*budget->last = ticket;
	budget->last = &ticket->next;
	budget->queued++;
	if (ticket->turns != NULL && budget != ticket->turns &&
	    budget == ticket->budgets[ticket->count - 1])
		ticket->turns->delegate = ticket;
	if (has_slot(budget) && budget->due.index == 0) {
		heap_set(&limiter->due, &budget->due, ready_at(budget, ticket));
		set_timer(limiter);
	}
}

static void
leave_queue(struct limiter *limiter, struct budget *budget)
{
	const struct limiter_ticket *ticket = budget->first;

	budget->first = budget->first->next;
	budget->queued--;
	if (budget->first == NULL)
		budget->last = &budget->first;
	if (ticket->turns == NULL || ticket->turns->delegate != ticket)
		return;
	ticket->turns->delegate = NULL;
	mark_ready(limiter, ticket->turns);
}

static bool
draws_on_closed(const struct limiter_ticket *ticket)
{
	for (size_t i = 0; i < ticket->count; i++)
		if (ticket->budgets[i]->closed)
			return true;
	return false;
}

static void
answer(struct limiter *limiter, struct limiter_ticket *ticket)
{
	limiter->waiting--;
	if (draws_on_closed(ticket)) {
		ticket->closed(ticket->user);
		return;
	}
	take(limiter, ticket);
	ticket->granted(ticket->user);
}

/* Serves the queue of one budget until it is empty or has no more room. */
static void
serve(struct limiter *limiter, struct budget *budget)
{
	regain(budget, now_of(limiter));
	while (budget->first != NULL && has_slot(budget) &&
	    (budget->delegate == NULL || budget->closed)) {
		struct limiter_ticket *ticket = budget->first;
		struct budget *obstacle;

		if (ready_at(budget, ticket) > now_of(limiter)) {
			heap_set(&limiter->due, &budget->due, ready_at(budget, ticket));
			break;
		}
		leave_queue(limiter, budget);
		obstacle =
		    draws_on_closed(ticket) ? NULL : first_without_room(limiter, ticket, budget);
		if (obstacle != NULL)
			join_queue(limiter, obstacle, ticket);
		else
			answer(limiter, ticket);
	}
}

static void
on_soon(void *user)
{
	struct limiter *limiter = user;
	struct budget *budget = limiter->ready;

	limiter->ready = NULL;
	limiter->last_ready = &limiter->ready;
	while (budget != NULL) {
		struct budget *next = budget->next_ready;

		budget->ready = false;
		serve(limiter, budget);
		budget = next;
	}
	set_timer(limiter);
}

static void
on_timer(void *user)
{
	struct limiter *limiter = user;
	struct heap_node *node;

	while ((node = heap_first(&limiter->due)) != NULL && node->time <= now_of(limiter)) {
		heap_remove(&limiter->due, node);
		mark_ready(limiter, (struct budget *)node);
	}
	set_timer(limiter);
}

struct limiter *
limiter_new(struct loop *loop, uint64_t seed)
{
	struct limiter *limiter = alloc_zeroed(1, sizeof *limiter);

	limiter->loop = loop;
	limiter->seed = seed;
	limiter->last_ready = &limiter->ready;
	map_init(&limiter->budgets);
	if (loop == NULL)
		return limiter;
	limiter->timer = loop_timer_new(loop, on_timer, limiter);
	limiter->soon = loop_soon_new(loop, on_soon, limiter);
	return limiter;
}

uint64_t
limiter_turn(struct limiter *limiter, uint64_t now)
{
	struct heap_node *first;

	limiter->simulated_now = now;
	on_timer(limiter);
	while (limiter->ready != NULL)
		on_soon(limiter);
	first = heap_first(&limiter->due);
	return first == NULL ? UINT64_MAX : first->time;
}

void
limiter_recall(struct limiter *limiter, limiter_recall_fn recall, void *user)
{
	limiter->recall = recall;
	limiter->recall_user = user;
}

void
limiter_free(struct limiter *limiter)
{
	struct budget *budget;
	size_t cursor = 0;

	if (limiter == NULL)
		return;
	while ((budget = map_next(&limiter->budgets, &cursor)) != NULL) {
		free(budget->key);
		free(budget);
	}
	map_free(&limiter->budgets);
	heap_free(&limiter->due);
	if (limiter->loop != NULL) {
		loop_timer_free(limiter->timer);
		loop_soon_free(limiter->soon);
	}
	free(limiter);
}

struct budget *
limiter_budget(struct limiter *limiter, const char *key, struct limiter_caps caps)
{
	struct budget *budget = map_get_string(&limiter->budgets, key);

	if (budget != NULL)
		return budget;
	budget = alloc_zeroed(1, sizeof *budget);
	budget->key = alloc_string(key);
	budget->caps = caps;
	budget->last = &budget->first;
	if (limiter->recall != NULL) {
		budget->eased = limiter->recall(limiter->recall_user, key);
		budget->eased = budget->eased < EASED_MAX ? budget->eased : EASED_MAX;
		budget->eased_at = now_of(limiter);
	}
	map_put_string(&limiter->budgets, budget->key, budget);
	return budget;
}

void
limiter_enter(struct limiter *limiter, struct limiter_ticket *ticket)
{
	struct budget *obstacle = first_without_room(limiter, ticket, NULL);

	limiter->waiting++;
	if (obstacle ==
	    NULL) /* there is room: still granted from the loop, after who came before */
		obstacle = ticket->budgets[0];
	join_queue(limiter, obstacle, ticket);
	mark_ready(limiter, obstacle);
}

void
limiter_leave(struct limiter *limiter, struct limiter_ticket *ticket)
{
	if (!ticket->holds)
		return;
	ticket->holds = false;
	for (size_t i = 0; i < ticket->count; i++) {
		ticket->budgets[i]->holding--;
		mark_ready(limiter, ticket->budgets[i]);
	}
}

/* ---- what the servers say of our pressure */

/* One that began before the caps were halved tells nothing of the halved ones. */
static bool
is_old_news(const struct budget *budget, const struct limiter_ticket *ticket)
{
	return budget->eased > 0 && ticket->granted_at <= budget->eased_at;
}

bool
limiter_ease(struct limiter *limiter, const struct limiter_ticket *ticket, struct budget *budget,
    uint64_t cool_ms)
{
	uint64_t now = now_of(limiter);

	regain(budget, now);
	if (budget->closed || is_old_news(budget, ticket))
		return false;
	if (budget->eased < EASED_MAX)
		budget->eased++;
	budget->eased_at = now;
	if (budget->free_at < now + cool_ms)
		budget->free_at = now + cool_ms;
	if (++budget->refusals >= REFUSALS_ENOUGH)
		limiter_close(limiter, budget);
	return true;
}

void
limiter_close(struct limiter *limiter, struct budget *budget)
{
	budget->closed = true;
	mark_ready(limiter, budget);
}

void
limiter_praise(const struct limiter_ticket *ticket)
{
	for (size_t i = 0; i < ticket->count; i++)
		if (!is_old_news(ticket->budgets[i], ticket))
			ticket->budgets[i]->refusals = 0;
}

bool
limiter_is_closed(const struct budget *budget)
{
	return budget->closed;
}

unsigned
limiter_cap(const struct budget *budget)
{
	return budget->caps.at_once;
}

const char *
limiter_key(const struct budget *budget)
{
	return budget->key;
}

void
limiter_each_eased(struct limiter *limiter, limiter_eased_fn fn, void *user)
{
	struct budget *budget;
	size_t cursor = 0;

	while ((budget = map_next(&limiter->budgets, &cursor)) != NULL) {
		regain(budget, now_of(limiter));
		if (budget->eased > 0)
			fn(user, budget->key, budget->eased);
	}
}

void
limiter_drop_waiting(struct limiter *limiter)
{
	struct budget *budget;
	size_t cursor = 0;

	while ((budget = map_next(&limiter->budgets, &cursor)) != NULL) {
		budget->first = NULL;
		budget->delegate = NULL;
		budget->queued = 0;
		budget->last = &budget->first;
		heap_remove(&limiter->due, &budget->due);
	}
	limiter->waiting = 0;
}

size_t
limiter_waiting(const struct limiter *limiter)
{
	return limiter->waiting;
}

const char *
limiter_most_waited(const struct limiter *limiter, size_t *waiting_out)
{
	const struct budget *budget, *most = NULL;
	size_t cursor = 0;

	while ((budget = map_next(&limiter->budgets, &cursor)) != NULL)
		if (budget->queued > (most == NULL ? 0 : most->queued))
			most = budget;
	*waiting_out = most == NULL ? 0 : most->queued;
	return most == NULL ? NULL : most->key;
}

unsigned
limiter_peak(const struct budget *budget)
{
	return budget->peak;
}
