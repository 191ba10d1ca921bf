/* The signals that end a run: the first is noted, its echo is not the second, the second ends. */
#include "unit.h"

#include "app/signals.h"
#include "net/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAUSE_US = 150000, UNHARMED = 7 };

/* How a child ends that does this. */
static int
status_of(void (*body)(void))
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		body();
		_exit(UNHARMED);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
echo_while_finishing(void)
{
	signals_hold(false);
	raise(SIGTERM);
	raise(SIGTERM);
	if (signals_release() != SIGTERM)
		abort();
}

static void
second_while_finishing(void)
{
	signals_hold(false);
	raise(SIGTERM);
	usleep(PAUSE_US);
	raise(SIGINT);
}

static void
on_first(void *user, int number)
{
	*(int *)user = number;
	raise(SIGINT); /* the echo, before anything else is done */
}

/* Gathers until the first signal, whose echo follows. */
static void
gather(void)
{
	struct loop *loop = loop_new();
	int first = 0;
	struct signals_watch *watch = signals_watch_new(loop, on_first, &first);

	raise(SIGINT);
	while (first == 0)
		loop_run_once(loop);
	signals_watch_free(watch);
	loop_free(loop);
	if (first != SIGINT)
		abort();
}

static void
echo_while_gathering(void)
{
	gather();
	signals_hold(true);
	if (signals_release() != 0)
		abort();
}

static void
second_after_gathering(void)
{
	gather();
	usleep(PAUSE_US);
	signals_hold(true);
	raise(SIGINT);
}

static void
test_echo(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(status_of(echo_while_finishing)), UNHARMED);
	assert_int_equal(WEXITSTATUS(status_of(echo_while_gathering)), UNHARMED);
}

static void
test_second(void **state)
{
	int status = status_of(second_while_finishing);

	(void)state;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	status = status_of(second_after_gathering);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_echo),
		cmocka_unit_test(test_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
