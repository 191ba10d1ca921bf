/* Of which of our addresses a session is had, and on whose budgets it draws. */
#include "unit.h"

#include "base/error.h"
#include "fact/session_budgets.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

enum { HOSTS = 200 };

static const uint64_t seed[2] = { 7, 11 };
static const struct ip sources[] = { { 4, { 192, 0, 2, 1 } }, { 6, { 0x20, 1 } },
	{ 4, { 192, 0, 2, 2 } } };

struct fixture {
	struct loop *loop;
	struct limiter *limiter;
	struct providers *providers;
	struct suffix_list *suffixes;
	struct session_budgets *budgets;
};

static void
set_up(struct fixture *f)
{
	struct error error;

	f->loop = loop_new();
	f->limiter = limiter_new(f->loop, 1);
	if (providers_load(SOURCE_DIR "/tests/lab/providers.tsv", &f->providers, &error) != 0 ||
	    suffix_list_open(NULL, &f->suffixes, &error) != 0)
		fail_msg("%s", error.text);
	f->budgets = session_budgets_new(f->limiter, f->providers, f->suffixes, 100);
}

static void
tear_down(struct fixture *f)
{
	session_budgets_free(f->budgets);
	limiter_free(f->limiter);
	providers_free(f->providers);
	suffix_list_close(f->suffixes);
	loop_free(f->loop);
}

static struct ip
host_address(unsigned number)
{
	return (struct ip){ 4, { 198, 18, 0, (uint8_t)number } };
}

static const char *
host_name(unsigned number)
{
	static char name[32];

	snprintf(name, sizeof name, "mx%u.mail01-mxlab.net", number);
	return name;
}

static void
addresses_of_ours_take_turns(void **state)
{
	struct fixture f;
	unsigned first = 0;
	struct ip six;

	(void)state;
	set_up(&f);
	assert_int_equal(
	    session_budgets_source(f.budgets, &(struct ip){ 4, { 1 } }, "a.com").family, 0);
	session_budgets_speak_from(f.budgets, sources, COUNT_OF(sources), seed);
	for (unsigned i = 0; i < HOSTS; i++) {
		struct ip ip = host_address(i);
		struct ip source = session_budgets_source(f.budgets, &ip, host_name(i));
		struct ip again = session_budgets_source(f.budgets, &ip, host_name(i));

		assert_true(ip_equal(&source, &again));
		assert_true(ip_equal(&source, &sources[0]) || ip_equal(&source, &sources[2]));
		first += ip_equal(&source, &sources[0]);
	}
	assert_in_range(first, HOSTS / 3, HOSTS * 2 / 3);
	six = session_budgets_source(f.budgets, &(struct ip){ 6, { 1 } }, "a.com");
	assert_true(ip_equal(&six, &sources[1]));
	tear_down(&f);
}

/* A ticket names the budgets of host, provider, address and all sessions, in this order. */
static bool
share_provider(const struct limiter_ticket *a, const struct limiter_ticket *b)
{
	return a->budgets[1] == b->budgets[1];
}

static void
each_has_budgets_of_its_own(void **state)
{
	struct limiter_ticket tickets[2][HOSTS] = { 0 };
	struct ip from[HOSTS];
	struct fixture f;

	(void)state;
	set_up(&f);
	for (int several = 0; several < 2; several++) {
		session_budgets_speak_from(
		    f.budgets, sources, several ? COUNT_OF(sources) : 1, seed);
		for (unsigned i = 0; i < HOSTS; i++) {
			struct ip ip = host_address(i);

			from[i] = session_budgets_source(f.budgets, &ip, host_name(i));
			session_budgets_fill(f.budgets, &ip, host_name(i), &tickets[several][i]);
			assert_int_equal(tickets[several][i].count, 4);
			assert_ptr_equal(tickets[several][i].budgets[3], tickets[0][0].budgets[3]);
		}
	}
	for (unsigned i = 1; i < HOSTS; i++) {
		assert_true(share_provider(&tickets[0][0], &tickets[0][i]));
		assert_int_equal(
		    share_provider(&tickets[1][0], &tickets[1][i]), ip_equal(&from[0], &from[i]));
		assert_ptr_equal(tickets[0][i].budgets[0], tickets[1][i].budgets[0]);
		assert_ptr_not_equal(tickets[0][i].budgets[2], tickets[1][i].budgets[2]);
	}
	tear_down(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_ours_take_turns),
		cmocka_unit_test(each_has_budgets_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
