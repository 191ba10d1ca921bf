/* Budgets towards a resolver, with a clock of our own. */
#include "unit.h"

#include "dns/budget.h"

enum { SECOND = 1000 };

/* A second of answers and of questions that were given up. */
static void
pass_second(struct dns_budget *budget, uint64_t *now, unsigned heard, unsigned given_up)
{
	for (unsigned i = 0; i < heard; i++)
		dns_budget_heard(budget, dns_budget_sent(budget), false);
	for (unsigned i = 0; i < given_up; i++) {
		dns_budget_given_up(budget, dns_budget_sent(budget), *now);
		if (heard > 0)
			dns_budget_heard(budget, dns_budget_sent(budget), false);
	}
	*now += SECOND;
	dns_budget_pass_time(budget, *now);
}

static unsigned
sent_at_once(struct dns_budget *budget)
{
	unsigned sent = 0;

	while (dns_budget_may_send(budget)) {
		dns_budget_sent(budget);
		sent++;
	}
	return sent;
}

static void
no_more_in_flight_than_told(void **state)
{
	struct dns_budget budget;

	(void)state;
	dns_budget_init(&budget, 100, 0);
	assert_int_equal(sent_at_once(&budget), 100);
	dns_budget_heard(&budget, budget.slot, false);
	assert_int_equal(sent_at_once(&budget), 1);
}

/* A twentieth lost and a fiftieth dead is what networks and lists of names are like. */
static void
ordinary_losses_change_nothing(void **state)
{
	struct dns_budget budget;
	uint64_t now = SECOND;

	(void)state;
	dns_budget_init(&budget, 1000, 0);
	for (int i = 0; i < 20; i++)
		pass_second(&budget, &now, 860, 70);
	assert_int_equal(budget.allowed, 1000);
}

static void
many_losses_halve_it_and_quiet_gives_it_back(void **state)
{
	struct dns_budget budget;
	uint64_t now = SECOND;

	(void)state;
	dns_budget_init(&budget, 1000, 0);
	dns_budget_pass_time(&budget, now);
	pass_second(&budget, &now, 100, 100);
	assert_int_equal(budget.allowed, 500);
	pass_second(&budget, &now, 100, 100);
	assert_int_equal(budget.allowed, 250);
	for (int i = 0; i < 10; i++)
		pass_second(&budget, &now, 100, 100);
	assert_int_equal(budget.allowed, 31); /* a thirty-second, never none */
	for (int i = 0; i < 20; i++)
		pass_second(&budget, &now, 100, 0);
	assert_int_equal(budget.allowed, 1000);
}

/* At the end of a run only dead names are left: that is no loss of the network. */
static void
silence_alone_does_not_halve(void **state)
{
	struct dns_budget budget;
	uint64_t now = SECOND;

	(void)state;
	dns_budget_init(&budget, 1000, 0);
	pass_second(&budget, &now, 0, 500);
	pass_second(&budget, &now, 0, 500);
	assert_int_equal(budget.allowed, 1000);
}

static void
tokens_come_with_time(void **state)
{
	struct dns_budget budget;
	uint64_t now = 5 * SECOND;
	unsigned sent = 0;

	(void)state;
	dns_budget_init(&budget, 100000, 1000);
	dns_budget_pass_time(&budget, now);
	sent_at_once(&budget);
	for (int i = 0; i < 100; i++) {
		now += 10;
		dns_budget_pass_time(&budget, now);
		sent += sent_at_once(&budget);
	}
	assert_in_range(sent, 990, 1010);
	now += 60 * SECOND; /* nothing is saved up beyond a tenth of a second's worth */
	dns_budget_pass_time(&budget, now);
	assert_in_range(sent_at_once(&budget), 100, 101);
}

/* What may come back at once must fit into the receive buffers. */
static void
no_more_at_once_than_there_is_room(void **state)
{
	struct dns_budget budget;
	uint64_t now = SECOND;
	uint32_t first;

	(void)state;
	dns_budget_init(&budget, 10000, 0);
	budget.room = 500;
	dns_budget_pass_time(&budget, now);
	first = budget.slot;
	assert_int_equal(sent_at_once(&budget), 500);
	dns_budget_pass_time(&budget, now + 7);
	assert_int_equal(sent_at_once(&budget), 0);
	dns_budget_heard(&budget, first, false);
	assert_int_equal(sent_at_once(&budget), 1); /* an answer read is room again */
	dns_budget_pass_time(&budget, now + 32);
	assert_int_equal(sent_at_once(&budget), 500); /* the others are slow ones */
	assert_int_equal(budget.in_flight, 1000);
}

static void
a_silent_resolver_is_away_for_a_while(void **state)
{
	struct dns_budget budget;

	(void)state;
	dns_budget_init(&budget, 1000, 0);
	for (int i = 0; i < 63; i++)
		dns_budget_given_up(&budget, dns_budget_sent(&budget), SECOND);
	dns_budget_heard(&budget, dns_budget_sent(&budget), false);
	for (int i = 0; i < 63; i++)
		dns_budget_given_up(&budget, dns_budget_sent(&budget), SECOND);
	assert_false(dns_budget_is_away(&budget, SECOND));
	dns_budget_given_up(&budget, dns_budget_sent(&budget), SECOND);
	assert_true(dns_budget_is_away(&budget, SECOND));
	assert_false(dns_budget_is_away(&budget, 10 * SECOND));
	dns_budget_refused(&budget, 20 * SECOND);
	assert_true(dns_budget_is_away(&budget, 20 * SECOND));
	dns_budget_heard(&budget, dns_budget_sent(&budget), false);
	assert_false(dns_budget_is_away(&budget, 20 * SECOND));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_more_in_flight_than_told),
		cmocka_unit_test(ordinary_losses_change_nothing),
		cmocka_unit_test(many_losses_halve_it_and_quiet_gives_it_back),
		cmocka_unit_test(silence_alone_does_not_halve),
		cmocka_unit_test(tokens_come_with_time),
		cmocka_unit_test(no_more_at_once_than_there_is_room),
		cmocka_unit_test(a_silent_resolver_is_away_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
