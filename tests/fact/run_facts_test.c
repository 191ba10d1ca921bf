/* What is true of a run comes back from its night file, and what nobody wrote does no harm. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/run_facts.h"

#include <string.h>

static struct night *
create(const struct run_facts *run)
{
	struct night *night = NULL;
	struct error error;

	if (night_create(NULL, &night, &error) != 0 || run_facts_store(night, run, &error) != 0)
		fail_msg("%s", error.text);
	return night;
}

static void
what_is_stored_comes_back(void **state)
{
	struct ip_network network;
	static const char *const own_mx[] = { "mx.a.com", "b.com" };
	const struct list_health lists[] = { { "bl.test", 7, 3, 1 }, { "wl.test", 1, 0, 0 } };
	const struct own_address own[] = {
		{ .ip = { 4, { 10, 0, 0, 9 } },
		    .seen_as = { 4, { 192, 0, 2, 9 } },
		    .name = OWN_NAME_BEHIND_NAT,
		    .ptr = "scanner.test",
		    .listed_on = "bl.test wl.test" },
		{ .ip = { 4, { 192, 0, 2, 8 } }, .name = OWN_NAME_NO_PTR, .listed_on = "" },
		{ .ip = { 6, { 0x20, 1 } } },
	};
	struct run_facts run = { .now = 1796000000,
		.seed = { 1, UINT64_MAX },
		.resolvers = 2,
		.honest_resolvers = 3,
		.lying_resolvers = 1,
		.validating_resolvers = 2,
		.ehlo_unchecked = true,
		.history = true,
		.own = own,
		.own_count = COUNT_OF(own),
		.sessions = true,
		.ehlo_name = "scanner.test",
		.egress = EGRESS_BLOCKED,
		.without_route = 1u << 6,
		.keywords_masked = true,
		.shared_greeting = "gw.b.com at :",
		.allowed = &network,
		.allowed_count = 1,
		.lists = lists,
		.list_count = 2,
		.visits = { .relay = RELAY_ALL,
		    .relay_from = "p@a.com",
		    .relay_to = "q@a.com",
		    .own = { own_mx, 2 },
		    .opt_in = { own_mx, 1 } } };
	struct arena arena = { 0 };
	struct run_facts read;
	struct night *night;
	struct error error;

	(void)state;
	assert_true(ip_network_parse("10.0.0.0/8", &network));
	night = create(&run);
	assert_int_equal(run_facts_load(night, &arena, &read, &error), 0);
	assert_int_equal(read.now, run.now);
	assert_true(read.seed[0] == 1 && read.seed[1] == UINT64_MAX);
	assert_int_equal(read.honest_resolvers, 3);
	assert_int_equal(read.validating_resolvers, 2);
	assert_true(read.sessions && !read.interrupted);
	assert_string_equal(read.ehlo_name, "scanner.test");
	assert_int_equal(read.egress, EGRESS_BLOCKED);
	assert_int_equal(read.without_route, 1u << 6);
	assert_true(read.keywords_masked);
	assert_string_equal(read.shared_greeting, "gw.b.com at :");
	assert_int_equal(read.allowed_count, 1);
	assert_int_equal(read.list_count, 2);
	assert_string_equal(read.lists[0].zone, "bl.test");
	assert_int_equal(read.lists[0].tested, 7);
	assert_int_equal(read.lists[0].passed_start, 3);
	assert_int_equal(read.lists[0].passed_end, 1);
	assert_string_equal(read.lists[1].zone, "wl.test");
	assert_int_equal(read.visits.relay, RELAY_ALL);
	assert_string_equal(read.visits.relay_from, "p@a.com");
	assert_string_equal(read.visits.relay_to, "q@a.com");
	assert_int_equal(read.visits.own.count, 2);
	assert_string_equal(read.visits.own.at[1], "b.com");
	assert_true(run_opted_in(&read, "mx.a.com") && !run_opted_in(&read, "b.com"));
	assert_int_equal(read.lying_resolvers, 1);
	assert_true(read.ehlo_unchecked);
	assert_true(read.history);
	assert_int_equal(read.own_count, 3);
	for (size_t i = 0; i < COUNT_OF(own); i++) {
		assert_true(ip_equal(&read.own[i].ip, &own[i].ip));
		assert_memory_equal(&read.own[i].seen_as, &own[i].seen_as, sizeof own[i].seen_as);
		assert_int_equal(read.own[i].name, own[i].name);
	}
	assert_string_equal(read.own[0].ptr, "scanner.test");
	assert_string_equal(read.own[0].listed_on, "bl.test wl.test");
	assert_null(read.own[1].ptr);
	assert_string_equal(read.own[1].listed_on, "");
	assert_null(read.own[2].listed_on);
	night_close(night);
	arena_free(&arena);
}

/* Those of versions that did not know who validates: then nobody does. */
static void
older_nights_are_read(void **state)
{
	static const char *const numbers[] = { "started_at", "seed_0", "seed_1", "resolvers",
		"honest_resolvers", "interrupted", "sessions" };
	struct arena arena = { 0 };
	struct run_facts read;
	struct night *night;
	struct error error;

	(void)state;
	assert_int_equal(night_create(NULL, &night, &error), 0);
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		assert_int_equal(run_facts_load(night, &arena, &read, &error), -1);
		assert_int_equal(night_set_meta(night, numbers[i], "1", 1, &error), 0);
	}
	assert_int_equal(run_facts_load(night, &arena, &read, &error), 0);
	assert_int_equal(read.honest_resolvers, 1);
	assert_int_equal(read.validating_resolvers, 0);
	assert_int_equal(read.visits.relay, RELAY_OFF);
	assert_null(read.visits.relay_to);
	assert_int_equal(read.visits.own.count, 0);
	assert_int_equal(read.own_count, 0);
	night_close(night);
	arena_free(&arena);
}

static void
addresses_that_nobody_wrote_do_no_harm(void **state)
{
	static const char text[] = "\n \n10.0.0.1\n10.0.0.1 - good\nhere - good - -\n"
				   "10.0.0.1 there good - -\n10.0.0.1 - splendid - -\n";
	struct run_facts run = { .ehlo_name = "scanner.test" };
	struct night *night = create(&run);
	struct arena arena = { 0 };
	struct error error;

	(void)state;
	assert_int_equal(night_set_meta(night, "own_addresses", text, sizeof text - 1, &error), 0);
	assert_int_equal(run_facts_load(night, &arena, &run, &error), 0);
	assert_int_equal(run.own_count, 1);
	assert_int_equal(run.own[0].name, OWN_NAME_UNKNOWN);
	night_close(night);
	arena_free(&arena);
}

struct lists_case {
	const char *name, *text;
	size_t count;
};

#define TEN_LINES(line) line line line line line line line line line line

static const struct lists_case lists_cases[] = {
	{ "one list", "bl.test 7 7 7\n", 1 },
	{ "nothing", "", 0 },
	{ "a number is missing", "bl.test 7 7\nwl.test 1 1 1\n", 1 },
	{ "a number too many", "bl.test 7 7 7 7\n", 0 },
	{ "numbers beyond any int", "bl.test 99999999999999999999 7 7\n", 0 },
	{ "the last one beyond any int", "bl.test 7 7 99999999999999999999\n", 0 },
	{ "a negative one", "bl.test -1 7 7\n", 0 },
	{ "words", "bl.test seven 7 7\n", 0 },
	{ "no zone", TEN_LINES(TEN_LINES(" 7 7 7\n")), 0 },
	{ "many short lines", TEN_LINES(TEN_LINES("a 777\n")), 100 },
};

static void
lists_that_nobody_wrote_do_no_harm(void **state)
{
	struct run_facts run = { .ehlo_name = "scanner.test" };
	struct night *night = create(&run);
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lists_cases); i++) {
		const struct lists_case *c = &lists_cases[i];
		struct run_facts read;
		struct error error;

		arena_reset(&arena);
		if (night_set_meta(night, "lists", c->text, strlen(c->text), &error) != 0)
			fail_msg("%s", error.text);
		assert_int_equal(run_facts_load(night, &arena, &read, &error), 0);
		if (read.list_count != c->count)
			fail_msg("%s: %zu lists", c->name, read.list_count);
	}
	night_close(night);
	arena_free(&arena);
}

static void
a_night_that_never_began_is_refused(void **state)
{
	struct arena arena = { 0 };
	struct run_facts read;
	struct night *night;
	struct error error;

	(void)state;
	assert_int_equal(night_create(NULL, &night, &error), 0);
	assert_int_equal(run_facts_load(night, &arena, &read, &error), -1);
	assert_non_null(strstr(error.text, "not complete"));
	night_close(night);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_stored_comes_back),
		cmocka_unit_test(older_nights_are_read),
		cmocka_unit_test(addresses_that_nobody_wrote_do_no_harm),
		cmocka_unit_test(lists_that_nobody_wrote_do_no_harm),
		cmocka_unit_test(a_night_that_never_began_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
