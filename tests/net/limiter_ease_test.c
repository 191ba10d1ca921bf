/* Servers that say that we come too often, on a clock of the test's own. */
#include "unit.h"

#include "net/limiter.h"

#include <stdbool.h>
#include <string.h>

enum { TICKETS = 64, SECOND = 1000 };

struct client {
	struct limiter_ticket ticket;
	bool granted, turned_away;
};

static void
on_granted(void *user)
{
	((struct client *)user)->granted = true;
}

static void
on_closed(void *user)
{
	((struct client *)user)->turned_away = true;
}

static void
enter(struct limiter *limiter, struct client *client, struct budget *one, struct budget *other)
{
	memset(client, 0, sizeof *client);
	client->ticket = (struct limiter_ticket){ .granted = on_granted,
		.closed = on_closed,
		.user = client,
		.budgets = { one, other },
		.count = other == NULL ? 1 : 2,
		.turns = other == NULL ? NULL : one };
	limiter_enter(limiter, &client->ticket);
}

static size_t
count_granted(const struct client *clients, size_t count)
{
	size_t granted = 0;

	for (size_t i = 0; i < count; i++)
		granted += clients[i].granted && clients[i].ticket.holds;
	return granted;
}

/* Lets all that hold go, then all that may come. */
static size_t
next_wave(struct limiter *limiter, struct client *clients, size_t count, uint64_t now)
{
	for (size_t i = 0; i < count; i++)
		limiter_leave(limiter, &clients[i].ticket);
	limiter_turn(limiter, now);
	return count_granted(clients, count);
}

static void
caps_are_halved_and_given_back(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *budget =
	    limiter_budget(limiter, "provider x", (struct limiter_caps){ .at_once = 8 });
	static struct client clients[TICKETS];
	uint64_t now = SECOND;

	(void)state;
	for (size_t i = 0; i < TICKETS; i++)
		enter(limiter, &clients[i], budget, NULL);
	limiter_turn(limiter, now);
	assert_int_equal(count_granted(clients, TICKETS), 8);
	assert_true(limiter_ease(limiter, &clients[0].ticket, budget, 30 * SECOND));
	/* the others began before that: they tell nothing of the halved cap */
	assert_false(limiter_ease(limiter, &clients[1].ticket, budget, 30 * SECOND));
	now += SECOND;
	assert_int_equal(next_wave(limiter, clients, TICKETS, now), 0); /* it is left in peace */
	now += 29 * SECOND;
	assert_int_equal(next_wave(limiter, clients, TICKETS, now), 4);
	now += LIMITER_QUIET_MS;
	assert_int_equal(next_wave(limiter, clients, TICKETS, now), 8);
	now += 10 * LIMITER_QUIET_MS;
	assert_int_equal(next_wave(limiter, clients, TICKETS, now), 8); /* never above the cap */
	limiter_free(limiter);
}

static void
rates_are_halved_too(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *budget =
	    limiter_budget(limiter, "provider x", (struct limiter_caps){ .per_minute = 60 });
	struct client clients[3];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(clients); i++)
		enter(limiter, &clients[i], budget, NULL);
	limiter_turn(limiter, SECOND);
	assert_int_equal(count_granted(clients, COUNT_OF(clients)), 1);
	assert_true(limiter_ease(limiter, &clients[0].ticket, budget, 0));
	assert_int_equal(limiter_turn(limiter, 2 * SECOND), 4 * SECOND);
	assert_int_equal(count_granted(clients, COUNT_OF(clients)), 2);
	limiter_free(limiter);
}

static void
who_refuses_always_is_left_alone(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *budget =
	    limiter_budget(limiter, "provider x", (struct limiter_caps){ .at_once = 4 });
	struct budget *other = limiter_budget(limiter, "other", (struct limiter_caps){ 0 });
	static struct client clients[TICKETS];
	struct client free_one;
	size_t refusals = 0, turned_away = 0;

	(void)state;
	for (size_t i = 0; i < TICKETS; i++)
		enter(limiter, &clients[i], other, budget);
	for (uint64_t now = SECOND; !limiter_is_closed(budget); now += SECOND) {
		limiter_turn(limiter, now);
		for (size_t i = 0; i < TICKETS; i++) {
			if (!clients[i].ticket.holds)
				continue;
			refusals += limiter_ease(limiter, &clients[i].ticket, budget, SECOND);
			limiter_leave(limiter, &clients[i].ticket);
		}
	}
	assert_int_equal(refusals, 6);
	enter(limiter, &free_one, other, NULL);
	limiter_turn(limiter, 100 * SECOND);
	for (size_t i = 0; i < TICKETS; i++) {
		assert_true(clients[i].granted != clients[i].turned_away);
		turned_away += clients[i].turned_away;
	}
	assert_in_range(turned_away, TICKETS - 6 * 4, TICKETS - 6);
	assert_true(free_one.granted);
	assert_int_equal(limiter_waiting(limiter), 0);
	limiter_free(limiter);
}

static void
one_good_session_is_patience_anew(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *budget =
	    limiter_budget(limiter, "provider x", (struct limiter_caps){ .at_once = 1 });
	struct client client;

	(void)state;
	for (uint64_t turn = 1; turn < 40; turn++) {
		enter(limiter, &client, budget, NULL);
		limiter_turn(limiter, turn * 10 * SECOND);
		assert_true(client.ticket.holds);
		if (turn % 5 == 0)
			limiter_praise(&client.ticket);
		else
			limiter_ease(limiter, &client.ticket, budget, SECOND);
		limiter_leave(limiter, &client.ticket);
	}
	assert_false(limiter_is_closed(budget));
	limiter_free(limiter);
}

/* A provider whose every session takes an hour, asked for first and a thousand times. */
static void
a_slow_provider_holds_nobody_back(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *all = limiter_budget(limiter, "all", (struct limiter_caps){ .at_once = 10 });
	struct budget *slow =
	    limiter_budget(limiter, "provider slow", (struct limiter_caps){ .at_once = 3 });
	struct budget *quick =
	    limiter_budget(limiter, "provider quick", (struct limiter_caps){ .at_once = 2 });
	static struct client slow_ones[1000], quick_ones[TICKETS];
	uint64_t now = SECOND;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(slow_ones); i++)
		enter(limiter, &slow_ones[i], slow, all);
	for (size_t i = 0; i < TICKETS; i++)
		enter(limiter, &quick_ones[i], quick, all);
	limiter_turn(limiter, now);
	for (size_t wave = 0; wave < TICKETS / 2; wave++) {
		assert_int_equal(count_granted(slow_ones, COUNT_OF(slow_ones)), 3);
		assert_int_equal(count_granted(quick_ones, TICKETS), 2);
		next_wave(limiter, quick_ones, TICKETS, ++now);
	}
	for (size_t i = 0; i < TICKETS; i++)
		assert_true(quick_ones[i].granted);
	limiter_free(limiter);
}

/* With few slots for all, a provider that came first with many does not have them all. */
static void
slots_are_spread_over_providers(void **state)
{
	enum { PROVIDERS = 8, EACH = 100 };
	struct limiter *limiter = limiter_new(NULL, 1);
	struct budget *all = limiter_budget(limiter, "all", (struct limiter_caps){ .at_once = 4 });
	static struct client clients[PROVIDERS][EACH];
	char name[] = "provider 0";
	uint64_t now = SECOND;

	(void)state;
	for (size_t i = 0; i < PROVIDERS; i++) {
		struct budget *budget;

		name[strlen(name) - 1] = (char)('0' + i);
		budget = limiter_budget(limiter, name, (struct limiter_caps){ .at_once = 2 });
		for (size_t k = 0; k < EACH; k++)
			enter(limiter, &clients[i][k], budget, all);
	}
	limiter_turn(limiter, now);
	for (size_t wave = 0; wave < 2 * PROVIDERS; wave++)
		next_wave(limiter, &clients[0][0], (size_t)PROVIDERS * EACH, ++now);
	for (size_t i = 0; i < PROVIDERS; i++)
		assert_true(clients[i][0].granted);
	limiter_free(limiter);
}

static unsigned
recall(void *user, const char *key)
{
	(void)user;
	return strcmp(key, "provider x") == 0 ? 2 : 0;
}

static void
note_eased(void *user, const char *key, unsigned eased)
{
	assert_string_equal(key, "provider x");
	*(unsigned *)user = eased;
}

static void
what_was_learned_comes_back(void **state)
{
	struct limiter *limiter = limiter_new(NULL, 1);
	static struct client clients[TICKETS];
	struct budget *budget;
	unsigned eased = 0;

	(void)state;
	limiter_recall(limiter, recall, NULL);
	limiter_budget(limiter, "provider y", (struct limiter_caps){ .at_once = 8 });
	budget = limiter_budget(limiter, "provider x", (struct limiter_caps){ .at_once = 8 });
	limiter_each_eased(limiter, note_eased, &eased);
	assert_int_equal(eased, 2);
	for (size_t i = 0; i < TICKETS; i++)
		enter(limiter, &clients[i], budget, NULL);
	limiter_turn(limiter, SECOND);
	assert_int_equal(count_granted(clients, TICKETS), 2);
	limiter_free(limiter);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(caps_are_halved_and_given_back),
		cmocka_unit_test(rates_are_halved_too),
		cmocka_unit_test(who_refuses_always_is_left_alone),
		cmocka_unit_test(one_good_session_is_patience_anew),
		cmocka_unit_test(a_slow_provider_holds_nobody_back),
		cmocka_unit_test(slots_are_spread_over_providers),
		cmocka_unit_test(what_was_learned_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
