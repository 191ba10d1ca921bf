/* What the loop knows of its own delays. */
#include "unit.h"

#include "net/loop.h"

#include <time.h>

enum { STALL_MS = LOOP_LAG_MS + 200, TRIES = 20 };

struct visit {
	struct loop *loop;
	uint64_t began;
	bool lagged;
};

static void
stall(void *user)
{
	struct timespec time = { .tv_nsec = STALL_MS * 1000000L };

	(void)user;
	nanosleep(&time, NULL);
}

static void
look(void *user)
{
	struct visit *visit = user;

	visit->lagged = loop_lagged_since(visit->loop, visit->began);
	loop_stop(visit->loop);
}

/* Waits in the loop for some turns; did it come late meanwhile? */
static bool
is_late_in(struct loop *loop, loop_fn meanwhile)
{
	struct visit visit = { .loop = loop };
	struct loop_timer *end = loop_timer_new(loop, look, &visit);
	struct loop_timer *middle = loop_timer_new(loop, meanwhile, NULL);

	loop_timer_start(end, 1, 0); /* whatever came before is over */
	loop_run(loop);
	visit.began = loop_now(loop);
	loop_timer_start(middle, 5, 0);
	loop_timer_start(end, 20, 0);
	loop_run(loop);
	loop_timer_free(middle);
	loop_timer_free(end);
	return visit.lagged;
}

static void
nothing(void *user)
{
	(void)user;
}

static void
a_long_turn_is_noticed(void **state)
{
	struct loop *loop = loop_new();

	(void)state;
	assert_true(is_late_in(loop, stall));
	loop_free(loop);
}

/* A machine that stalls by itself is told the truth as well, hence the tries. */
static void
a_lag_is_over_when_it_is(void **state)
{
	struct loop *loop = loop_new();
	int late = 0;

	(void)state;
	assert_true(is_late_in(loop, stall));
	while (late < TRIES && is_late_in(loop, nothing))
		late++;
	assert_in_range(late, 0, TRIES - 1);
	loop_free(loop);
}

/* The event that was late may be looked at before the beat that is late as well. */
static void
a_lag_is_noticed_before_the_next_beat(void **state)
{
	struct visit visit = { .loop = loop_new() };
	struct loop_soon *soon = loop_soon_new(visit.loop, look, &visit);

	(void)state;
	visit.began = loop_now(visit.loop);
	stall(NULL);
	loop_soon_ask(soon);
	loop_run(visit.loop);
	assert_true(visit.lagged);
	loop_soon_free(soon);
	loop_free(visit.loop);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_turn_is_noticed),
		cmocka_unit_test(a_lag_is_over_when_it_is),
		cmocka_unit_test(a_lag_is_noticed_before_the_next_beat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
