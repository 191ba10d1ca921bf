/* What was learned of providers comes back the next night, for a week. */
#include "unit.h"

#include "base/error.h"
#include "fact/provider_memory.h"
#include "fact/state.h"
#include "net/limiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOW = 1800000000, DAY = 24 * 60 * 60, COOL_MS = 1000 };

static void
on_granted(void *user)
{
	(void)user;
}

static void
note(void *user, const char *key, unsigned eased)
{
	char *text = user;

	sprintf(text + strlen(text), "%s=%u ", key, eased);
}

/* A night in which provider x refuses as often as that, in as many minutes. */
static void
spend_night(
    const char *folder, int64_t now, unsigned refusals, unsigned minutes, const char *learned)
{
	const struct limiter_caps caps = { .at_once = 8 };
	struct limiter *limiter = limiter_new(NULL, 1);
	struct provider_memory *memory;
	struct budget *budget;
	struct state *state;
	struct error error;
	char text[200] = "";

	assert_int_equal(state_open(folder, &state, &error), 0);
	memory = provider_memory_new(state, limiter, now);
	limiter_budget(limiter, "provider y", caps);
	budget = limiter_budget(limiter, "provider x", caps);
	for (unsigned i = 1; i <= refusals; i++) {
		struct limiter_ticket ticket = {
			.granted = on_granted, .budgets = { budget }, .count = 1
		};

		limiter_enter(limiter, &ticket);
		limiter_turn(limiter, (uint64_t)i * 2 * COOL_MS);
		assert_true(ticket.holds);
		assert_true(limiter_ease(limiter, &ticket, budget, COOL_MS));
		limiter_leave(limiter, &ticket);
	}
	limiter_turn(limiter, (uint64_t)minutes * 60000);
	limiter_each_eased(limiter, note, text);
	assert_string_equal(text, learned);
	provider_memory_put(memory, state, limiter, now);
	assert_int_equal(state_save(state, now, &error), 0);
	provider_memory_free(memory);
	state_close(state);
	limiter_free(limiter);
}

static void
nights_learn_from_each_other(void **state)
{
	char folder[] = "/tmp/provider_memory_test.XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	spend_night(folder, NOW, 2, 1, "provider x=2 ");
	spend_night(folder, NOW + DAY, 0, 1, "provider x=2 ");
	spend_night(folder, NOW + 2 * DAY, 1, 1, "provider x=3 ");
	spend_night(folder, NOW + 3 * DAY, 0, 11, "provider x=2 "); /* quiet gives it back */
	spend_night(folder, NOW + 4 * DAY, 0, 60, "");
	spend_night(folder, NOW + 5 * DAY, 0, 1, "");
	spend_night(folder, NOW + 6 * DAY, 1, 1, "provider x=1 ");
	spend_night(folder, NOW + 14 * DAY, 0, 1, ""); /* a week is over */
	snprintf(path, sizeof path, "%s/state.sqlite", folder);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nights_learn_from_each_other) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
