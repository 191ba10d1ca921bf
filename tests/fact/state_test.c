/* What outlives a run: values come back as long as they are of use; one sweep holds the lock. */
#include "unit.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "fact/state.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { NOW = 1000000, LATER = NOW + 3600 };

static char folder[64];

static int
set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/state_test.XXXXXX");
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "state.sqlite", "state.sqlite-journal", "lock" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

static struct state *
opened(void)
{
	struct state *state;
	struct error error;

	assert_int_equal(state_open(folder, &state, &error), 0);
	return state;
}

static void
put(struct state *state, enum state_kind kind, const char *key, const char *value, int64_t until)
{
	state_put(state, kind, key, value, strlen(value), NOW, until);
}

static void
save(struct state *state, int64_t now)
{
	struct error error;

	assert_int_equal(state_save(state, now, &error), 0);
}

/* value NULL: nothing is found. */
static void
assert_found(
    struct state *state, enum state_kind kind, const char *key, int64_t now, const char *value)
{
	struct strbuf found = { 0 };
	int64_t seen = 0;
	bool any = state_get(state, kind, key, now, &found, &seen);

	assert_int_equal(any, value != NULL);
	if (any) {
		assert_string_equal(found.at, value);
		assert_int_equal(seen, NOW);
	}
	strbuf_free(&found);
}

static void
test_saved(void **test)
{
	struct state *state = opened();

	(void)test;
	put(state, STATE_PROVIDER, "example.net", "half", LATER);
	assert_found(state, STATE_PROVIDER, "example.net", NOW, "half");
	save(state, NOW);
	put(state, STATE_PROVIDER, "example.org", "lost", LATER);
	state_close(state);
	state = opened();
	assert_found(state, STATE_PROVIDER, "example.net", NOW, "half");
	assert_found(state, STATE_PROVIDER, "example.org", NOW, NULL);
	assert_found(state, STATE_LIST_BUDGET, "example.net", NOW, NULL);
	state_close(state);
}

static void
test_of_use_until(void **test)
{
	struct state *state = opened();

	(void)test;
	put(state, STATE_LIST_ANSWER, "a", "old", LATER);
	assert_found(state, STATE_LIST_ANSWER, "a", LATER, NULL);
	save(state, NOW);
	assert_found(state, STATE_LIST_ANSWER, "a", LATER - 1, "old");
	assert_found(state, STATE_LIST_ANSWER, "a", LATER, NULL);
	save(state, LATER);
	assert_found(state, STATE_LIST_ANSWER, "a", NOW, NULL);
	state_close(state);
}

static void
test_last_wins(void **test)
{
	struct state *state = opened();

	(void)test;
	put(state, STATE_HEALTH, "x", "one", LATER);
	put(state, STATE_HEALTH, "x", "two", LATER);
	assert_found(state, STATE_HEALTH, "x", NOW, "two");
	save(state, NOW);
	put(state, STATE_HEALTH, "x", "three", LATER);
	assert_found(state, STATE_HEALTH, "x", NOW, "three");
	save(state, NOW);
	assert_found(state, STATE_HEALTH, "x", NOW, "three");
	state_close(state);
}

static void
join(void *user, const char *key, const void *value, size_t length, int64_t seen)
{
	(void)seen;
	strbuf_printf(user, "%s=%.*s;", key, (int)length, (const char *)value);
}

static void
test_each_of_a_kind(void **test)
{
	struct state *state = opened();
	struct strbuf all = { 0 };

	(void)test;
	put(state, STATE_LIST_BUDGET, "b", "2", LATER);
	put(state, STATE_LIST_BUDGET, "a", "1", LATER);
	put(state, STATE_LIST_BUDGET, "c", "3", NOW + 1);
	put(state, STATE_PROVIDER, "d", "4", LATER);
	save(state, NOW);
	state_each(state, STATE_LIST_BUDGET, NOW + 1, join, &all);
	assert_string_equal(all.at, "a=1;b=2;");
	strbuf_free(&all);
	state_close(state);
}

static void
test_no_state(void **test)
{
	char path[128];
	struct state *state;
	struct error error;
	FILE *file;

	(void)test;
	snprintf(path, sizeof path, "%s/state.sqlite", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("this is a letter to somebody, and longer than the head of a database would be: "
	      "nothing of it may be lost",
	    file);
	fclose(file);
	assert_int_equal(state_open(folder, &state, &error), -1);
	assert_null(state);
	assert_int_equal(error.code, EX_CANTCREAT);
	assert_non_null(strstr(error.text, path));
	assert_int_equal(state_open("/nonexistent", &state, &error), -1);
	assert_int_equal(error.code, EX_CANTCREAT);
}

/* Another process, which holds the lock for as long as its end of the pipe is open. */
static pid_t
start_holder(int *end_out)
{
	int ready[2], end[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	pid = fork();
	if (pid == 0) {
		struct state_lock *lock;
		struct error error;

		close(end[1]);
		if (state_lock(folder, &lock, &error) != 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(end[0], &byte, 1) == 0 ? 0 : 1);
	}
	close(ready[1]);
	close(end[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	*end_out = end[1];
	return pid;
}

static void
test_lock(void **test)
{
	struct state_lock *lock;
	struct error error;
	char process[32];
	int end, status;
	pid_t pid = start_holder(&end);

	(void)test;
	assert_int_equal(state_lock(folder, &lock, &error), -1);
	assert_int_equal(error.code, EX_TEMPFAIL);
	snprintf(process, sizeof process, "process %ld", (long)pid);
	assert_non_null(strstr(error.text, process));
	close(end);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(state_lock(folder, &lock, &error), 0);
	state_unlock(lock);
	assert_int_equal(state_lock(folder, &lock, &error), 0);
	state_unlock(lock);
	state_unlock(NULL);
}

int
main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(test_saved),
		WITH_FOLDER(test_of_use_until),
		WITH_FOLDER(test_last_wins),
		WITH_FOLDER(test_each_of_a_kind),
		WITH_FOLDER(test_no_state),
		WITH_FOLDER(test_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
