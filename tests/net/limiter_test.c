/* The limiter on a real loop: caps that are never passed, order, and that everyone gets a turn. */
#include "unit.h"

#include "net/limiter.h"
#include "net/loop.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	TICKETS_MAX = 600,
	BUDGETS_MAX = 40,
	TOO_LONG_MS = 20000, /* a run that hangs fails instead; a busy machine takes a while */
	LATE_MS = 1500,      /* by which a busy machine may be late */
	SLACK_MS = 1,        /* the loop's clock has whole milliseconds */
};

struct run;

struct client {
	struct limiter_ticket ticket;
	struct run *run;
	struct loop_timer *timer;
	uint64_t granted_at;
	int kind;
	size_t order; /* in which it was granted, from 1 */
	unsigned hold_ms;
};

/* What the test itself knows of a budget, to check the limiter by. */
struct watched {
	struct budget *budget;
	struct limiter_caps caps;
	unsigned holding, most;
	uint64_t last_at;
	int last_kind;
	uint64_t least_gap, least_kind_gap;
	bool any;
};

struct run {
	struct loop *loop;
	struct limiter *limiter;
	struct loop_timer *guard;
	struct watched budgets[BUDGETS_MAX];
	size_t budget_count;
	struct client clients[TICKETS_MAX];
	size_t client_count, granted, left;
	bool in_enter, hung;
};

static struct watched *
watched_of(struct run *run, const struct budget *budget)
{
	for (size_t i = 0; i < run->budget_count; i++)
		if (run->budgets[i].budget == budget)
			return &run->budgets[i];
	fail();
	return NULL;
}

static void
on_held(void *user)
{
	struct client *client = user;
	struct run *run = client->run;

	for (size_t i = 0; i < client->ticket.count; i++)
		watched_of(run, client->ticket.budgets[i])->holding--;
	limiter_leave(run->limiter, &client->ticket);
	limiter_leave(run->limiter, &client->ticket); /* a second time changes nothing */
	if (++run->left == run->client_count)
		loop_stop(run->loop);
}

static void
note_grant(struct watched *budget, const struct client *client)
{
	uint64_t gap = client->granted_at - budget->last_at;

	if (++budget->holding > budget->most)
		budget->most = budget->holding;
	if (budget->any && gap < budget->least_gap)
		budget->least_gap = gap;
	if (budget->any && budget->last_kind != client->kind && gap < budget->least_kind_gap)
		budget->least_kind_gap = gap;
	budget->any = true;
	budget->last_at = client->granted_at;
	budget->last_kind = client->kind;
}

static void
on_granted(void *user)
{
	struct client *client = user;
	struct run *run = client->run;

	assert_false(run->in_enter);
	assert_int_equal(client->order, 0);
	client->granted_at = loop_now(run->loop);
	client->order = ++run->granted;
	for (size_t i = 0; i < client->ticket.count; i++)
		note_grant(watched_of(run, client->ticket.budgets[i]), client);
	loop_timer_start(client->timer, client->hold_ms, 0);
}

static void
on_hung(void *user)
{
	struct run *run = user;

	run->hung = true;
	loop_stop(run->loop);
}

static void
begin(struct run *run)
{
	memset(run, 0, sizeof *run);
	run->loop = loop_new();
	run->limiter = limiter_new(run->loop, 4711);
	run->guard = loop_timer_new(run->loop, on_hung, run);
	loop_timer_start(run->guard, TOO_LONG_MS, 0);
}

static size_t
add_budget(struct run *run, struct limiter_caps caps)
{
	struct watched *watched = &run->budgets[run->budget_count];
	char key[16];

	snprintf(key, sizeof key, "b%zu", run->budget_count);
	*watched = (struct watched){
		.budget = limiter_budget(run->limiter, key, caps),
		.caps = caps,
		.least_gap = UINT64_MAX,
		.least_kind_gap = UINT64_MAX,
	};
	return run->budget_count++;
}

static struct client *
enter(struct run *run, const size_t *budgets, size_t count, int kind, unsigned hold_ms)
{
	struct client *client = &run->clients[run->client_count++];

	client->run = run;
	client->kind = kind;
	client->hold_ms = hold_ms;
	client->timer = loop_timer_new(run->loop, on_held, client);
	client->ticket = (struct limiter_ticket){
		.granted = on_granted,
		.user = client,
		.count = count,
		.kind = kind,
	};
	for (size_t i = 0; i < count; i++)
		client->ticket.budgets[i] = run->budgets[budgets[i]].budget;
	run->in_enter = true;
	limiter_enter(run->limiter, &client->ticket);
	run->in_enter = false;
	return client;
}

static void
finish(struct run *run)
{
	loop_run(run->loop);
	if (run->hung)
		print_error("%zu of %zu granted, %zu wait\n", run->granted, run->client_count,
		    limiter_waiting(run->limiter));
	for (size_t i = 0; i < run->client_count; i++)
		loop_timer_free(run->clients[i].timer);
	loop_timer_free(run->guard);
	limiter_free(run->limiter);
	loop_free(run->loop);
	assert_false(run->hung);
	assert_int_equal(run->granted, run->client_count);
}

/* What was measured keeps to the caps. */
static void
check_caps(const struct run *run)
{
	for (size_t i = 0; i < run->budget_count; i++) {
		const struct watched *budget = &run->budgets[i];
		const struct limiter_caps *caps = &budget->caps;

		if (caps->at_once > 0)
			assert_true(budget->most <= caps->at_once);
		assert_true(budget->least_gap + SLACK_MS >= caps->gap_ms * 8 / 10);
		if (caps->per_minute > 0)
			assert_true(budget->least_gap + SLACK_MS >= 60000 / caps->per_minute);
		assert_true(budget->least_kind_gap + SLACK_MS >= caps->kind_gap_ms);
	}
}

static void
no_more_at_once_than_allowed(void **state)
{
	static struct run run;
	size_t all;

	(void)state;
	begin(&run);
	all = add_budget(&run, (struct limiter_caps){ .at_once = 7 });
	for (int i = 0; i < 200; i++)
		enter(&run, &all, 1, 0, 1 + (unsigned)i % 5);
	assert_int_equal(limiter_waiting(run.limiter), 200);
	loop_run_once(run.loop);
	assert_int_equal(limiter_peak(run.budgets[all].budget), 7);
	finish(&run);
	assert_int_equal(run.budgets[all].most, 7);
	check_caps(&run);
	for (size_t i = 0; i < run.client_count; i++)
		assert_int_equal(run.clients[i].order, i + 1); /* first come, first served */
}

static void
without_caps_all_go_at_once(void **state)
{
	static struct run run;
	size_t all;

	(void)state;
	begin(&run);
	all = add_budget(&run, (struct limiter_caps){ 0 });
	for (int i = 0; i < 100; i++)
		enter(&run, &all, 1, 0, 20);
	loop_run_once(run.loop);
	assert_int_equal(limiter_peak(run.budgets[all].budget), 100);
	assert_int_equal(limiter_waiting(run.limiter), 0);
	finish(&run);
}

struct gap_case {
	const char *name;
	struct limiter_caps caps;
	uint64_t least_ms, most_ms; /* of ten tickets from the first grant to the last */
};

static const struct gap_case gaps[] = {
	{ "a gap", { .gap_ms = 20 }, 9 * 16 - 9, 9 * 24 + LATE_MS },
	{ "so many a minute", { .per_minute = 3000 }, 9 * 20 - 9, 9 * 20 + LATE_MS },
	{ "the rate is stricter than the gap", { .per_minute = 2400, .gap_ms = 5 }, 9 * 25 - 9,
	    9 * 25 + LATE_MS },
	{ "the gap is stricter than the rate", { .per_minute = 60000, .gap_ms = 20 }, 9 * 16 - 9,
	    9 * 24 + LATE_MS },
	{ "with a cap as well", { .at_once = 1, .gap_ms = 20 }, 9 * 16 - 9, 9 * 24 + LATE_MS },
};

static void
gaps_are_kept(void **state)
{
	static struct run run;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(gaps); i++) {
		uint64_t took;
		size_t all;

		begin(&run);
		all = add_budget(&run, gaps[i].caps);
		for (int k = 0; k < 10; k++)
			enter(&run, &all, 1, 0, 3);
		finish(&run);
		check_caps(&run);
		took = run.clients[9].granted_at - run.clients[0].granted_at;
		if (took < gaps[i].least_ms || took > gaps[i].most_ms)
			fail_msg("%s: %zu ms", gaps[i].name, (size_t)took);
	}
}

static void
kinds_keep_their_distance(void **state)
{
	static struct run run;
	size_t all, quick = 0;

	(void)state;
	begin(&run);
	all = add_budget(&run, (struct limiter_caps){ .kind_gap_ms = 40 });
	for (int i = 0; i < 12; i++)
		enter(&run, &all, 1, i / 2 % 2, 1); /* 0 0 1 1 0 0 1 1 ... */
	finish(&run);
	check_caps(&run);
	for (size_t i = 0; i + 1 < run.client_count; i += 2) /* the same kind need not wait */
		quick += run.clients[i + 1].granted_at - run.clients[i].granted_at < 40;
	assert_true(quick > 0); /* all of them, on a machine that is not busy */
}

/* One that must wait for one budget holds none of the others. */
static void
who_waits_holds_nothing(void **state)
{
	static struct run run;
	size_t narrow, wide;
	struct client *blocked, *free_one;

	(void)state;
	begin(&run);
	narrow = add_budget(&run, (struct limiter_caps){ .at_once = 1 });
	wide = add_budget(&run, (struct limiter_caps){ .at_once = 1 });
	enter(&run, &narrow, 1, 0, 200);
	loop_run_once(run.loop);
	blocked = enter(&run, (size_t[]){ wide, narrow }, 2, 0, 1);
	free_one = enter(&run, &wide, 1, 0, 1);
	finish(&run);
	assert_true(free_one->order < blocked->order);
	check_caps(&run);
}

/* Sessions as a sweep has them: a cap on all, a provider, a host, an address. */
static void
many_tickets_over_many_budgets_all_get_a_turn(void **state)
{
	static struct run run;
	size_t all, providers[4], hosts[12], addresses[20];
	uint32_t random = 1;

	(void)state;
	begin(&run);
	all = add_budget(&run, (struct limiter_caps){ .at_once = 20 });
	for (size_t i = 0; i < COUNT_OF(providers); i++)
		providers[i] = add_budget(
		    &run, (struct limiter_caps){ .at_once = 3 + (unsigned)i, .per_minute = 20000 });
	for (size_t i = 0; i < COUNT_OF(hosts); i++)
		hosts[i] = add_budget(
		    &run, (struct limiter_caps){ .at_once = 2, .gap_ms = 2, .kind_gap_ms = 6 });
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		addresses[i] = add_budget(&run, (struct limiter_caps){ .at_once = 1 });
	for (int i = 0; i < 400; i++) {
		size_t host;

		random = random * 1103515245 + 12345;
		host = (random >> 8) % COUNT_OF(hosts);
		enter(&run,
		    (size_t[]){ all, providers[host % COUNT_OF(providers)], hosts[host],
			addresses[(random >> 16) % COUNT_OF(addresses)] },
		    1 + (random >> 20) % 4, (int)((random >> 24) % 2), (random >> 12) % 8);
	}
	finish(&run);
	check_caps(&run);
	for (size_t i = 0; i < run.budget_count; i++)
		assert_int_equal(run.budgets[i].holding, 0);
}

/* The smallest chains: each ticket draws on its neighbour's budget as well. */
static void
rings_do_not_lock(void **state)
{
	static struct run run;
	size_t ring[6];

	(void)state;
	begin(&run);
	for (size_t i = 0; i < COUNT_OF(ring); i++)
		ring[i] = add_budget(&run, (struct limiter_caps){ .at_once = 1, .gap_ms = 1 });
	for (size_t i = 0; i < 120; i++)
		enter(&run, (size_t[]){ ring[i % COUNT_OF(ring)], ring[(i + 1) % COUNT_OF(ring)] },
		    2, 0, 1);
	finish(&run);
	check_caps(&run);
}

static void
a_budget_is_known_by_its_key(void **state)
{
	static struct run run;
	struct budget *one;

	(void)state;
	begin(&run);
	one = limiter_budget(run.limiter, "x", (struct limiter_caps){ .at_once = 1 });
	assert_ptr_equal(limiter_budget(run.limiter, "x", (struct limiter_caps){ 0 }), one);
	assert_ptr_not_equal(limiter_budget(run.limiter, "y", (struct limiter_caps){ 0 }), one);
	loop_timer_stop(run.guard);
	loop_timer_free(run.guard);
	limiter_free(run.limiter);
	loop_free(run.loop);
}

static void
what_waits_can_be_forgotten(void **state)
{
	static struct run run;
	size_t all;

	(void)state;
	begin(&run);
	all = add_budget(&run, (struct limiter_caps){ .at_once = 1 });
	for (int i = 0; i < 5; i++)
		enter(&run, &all, 1, 0, 300);
	loop_run_once(run.loop);
	assert_int_equal(limiter_waiting(run.limiter), 4);
	limiter_drop_waiting(run.limiter);
	assert_int_equal(limiter_waiting(run.limiter), 0);
	for (size_t i = 1; i < 5; i++)
		loop_timer_free(run.clients[i].timer);
	run.client_count = 1;
	finish(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_more_at_once_than_allowed),
		cmocka_unit_test(without_caps_all_go_at_once),
		cmocka_unit_test(gaps_are_kept),
		cmocka_unit_test(kinds_keep_their_distance),
		cmocka_unit_test(who_waits_holds_nothing),
		cmocka_unit_test(many_tickets_over_many_budgets_all_get_a_turn),
		cmocka_unit_test(rings_do_not_lock),
		cmocka_unit_test(a_budget_is_known_by_its_key),
		cmocka_unit_test(what_waits_can_be_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
