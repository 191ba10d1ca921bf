/* The self-test of block lists. */
#include "app/list_tests.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "dns/client.h"
#include "fact/run_facts.h"
#include "rule/lists.h"

#include <stdlib.h>
#include <string.h>

enum { TESTS_A_LIST = 10 }; /* two of the zone, three for IPv4, two for IPv6, three for names */

/* What an answer must be for the test to pass. */
enum expectation {
	MUST_EXIST, /* the zone: any answer but NXDOMAIN, with data for one of its two questions */
	MUST_LIST,
	MUST_NOT_LIST,
};

struct test {
	struct list_tests *tests;
	size_t list;
	unsigned kinds; /* that fail with this test */
	enum expectation expectation;
};

struct list_tests {
	const struct block_lists *table;
	const struct list_health *health;
	size_t count;
	unsigned *passed;
	unsigned *zone_answers; /* of NS and SOA, how many had data */
	struct test *all;
	size_t made, open;
	struct arena arena;
	struct dns_client *dns;
	const struct run_facts *run;
	uint64_t draw;
	list_tests_done_fn done;
	void *user;
};

size_t
list_tests_choose(
    const struct block_lists *lists, struct arena *arena, struct list_health **health_out)
{
	struct list_health *health = arena_zeroed(arena, block_lists_count(lists), sizeof *health);
	size_t count = 0;

	for (size_t i = 0; i < block_lists_count(lists); i++) {
		const struct block_list *list = block_lists_at(lists, i);

		if (list->use != BLOCK_LIST_ON || list->role == BLOCK_LIST_DEAD ||
		    strchr(list->zone, '{') != NULL)
			continue;
		health[count].zone = list->zone;
		health[count++].tested = list->kinds;
	}
	*health_out = health;
	return count;
}

static bool
lists_it(const struct block_list *list, const struct dns_answer *answer)
{
	for (size_t i = 0; i < answer->count; i++)
		if (block_list_decode(list, &answer->records[i].ip).word != BLOCK_LIST_LISTED)
			return false;
	return answer->status == DNS_DATA;
}

static bool
is_passed(const struct test *test, const struct dns_answer *answer)
{
	struct list_tests *tests = test->tests;
	const struct block_list *list =
	    block_lists_find(tests->table, tests->health[test->list].zone);

	switch (test->expectation) {
	case MUST_EXIST:
		tests->zone_answers[test->list] += answer->status == DNS_DATA;
		return true; /* judged when both are there */
	case MUST_LIST:
		return lists_it(list, answer);
	case MUST_NOT_LIST:
		break;
	}
	return answer->status == DNS_NXDOMAIN;
}

static void
finish(struct list_tests *tests)
{
	for (size_t i = 0; i < tests->count; i++)
		if (tests->zone_answers[i] == 0)
			tests->passed[i] = 0;
	tests->done(tests->user);
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	const struct test *test = user;
	struct list_tests *tests = test->tests;

	if (answer->status == DNS_CANCELLED)
		return;
	if (!is_passed(test, answer))
		tests->passed[test->list] &= ~test->kinds;
	if (--tests->open == 0)
		finish(tests);
}

static void
add(struct list_tests *tests, size_t list, unsigned kinds, enum expectation expectation,
    const char *name, enum dns_type type)
{
	struct test *test = &tests->all[tests->made++];

	*test = (struct test){ tests, list, kinds, expectation };
	tests->open++;
	dns_client_ask(tests->dns, name, type, 0, on_answer, test);
}

static const char *
before_zone(struct list_tests *tests, size_t list, const char *label)
{
	return arena_printf(&tests->arena, "%s.%s", label, tests->health[list].zone);
}

static const char *
random_label(struct list_tests *tests)
{
	char *label = arena_bytes(&tests->arena, RANDOM_LABEL_SIZE);

	run_random_label(tests->run, tests->draw++, label);
	return label;
}

/* A random address of 192.0.2.0/24 (RFC 5737), which no list names. */
static const char *
random_address(struct list_tests *tests)
{
	const char *label = random_label(tests);

	return arena_printf(
	    &tests->arena, "%u.2.0.192", 1 + ((unsigned)label[1] * 31 + (unsigned)label[2]) % 254);
}

static const char *
ip6_label(struct list_tests *tests, unsigned last)
{
	uint8_t octets[16] = { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = (uint8_t)last };
	struct ip ip = { .family = 6 };

	memcpy(ip.octets, octets, sizeof octets); /* mapped on purpose: RFC 5782 5 */
	return lists_ip_label(&ip, &tests->arena);
}

/* The list's own test point where the table has one of that form, else that of RFC 5782. */
static const char *
point(const char *own, bool is_name, const char *standard)
{
	bool own_is_name = own[0] != '\0' && (own[0] < '0' || own[0] > '9');

	return own[0] != '\0' && own[0] != '(' && own_is_name == is_name ? own : standard;
}

static void
test_ip4(struct list_tests *tests, size_t i, const struct block_list *list)
{
	if (list->positive[0] != '\0' || list->negative[0] != '\0')
		add(tests, i, BLOCK_LIST_IP4, MUST_LIST,
		    before_zone(tests, i, point(list->positive, false, "2.0.0.127")), DNS_A);
	add(tests, i, BLOCK_LIST_IP4, MUST_NOT_LIST,
	    before_zone(tests, i, point(list->negative, false, "1.0.0.127")), DNS_A);
	add(tests, i, BLOCK_LIST_IP4, MUST_NOT_LIST, before_zone(tests, i, random_address(tests)),
	    DNS_A);
}

static void
test_ip6(struct list_tests *tests, size_t i)
{
	add(tests, i, BLOCK_LIST_IP6, MUST_LIST, before_zone(tests, i, ip6_label(tests, 2)), DNS_A);
	add(tests, i, BLOCK_LIST_IP6, MUST_NOT_LIST, before_zone(tests, i, ip6_label(tests, 1)),
	    DNS_A);
}

/* Test names of a list may be whole names to ask about, such as test.surbl.org. */
static void
test_names(struct list_tests *tests, size_t i, const struct block_list *list)
{
	add(tests, i, BLOCK_LIST_DOMAIN, MUST_LIST,
	    before_zone(tests, i, point(list->positive, true, "test")), DNS_A);
	add(tests, i, BLOCK_LIST_DOMAIN, MUST_NOT_LIST,
	    before_zone(tests, i, point(list->negative, true, "invalid")), DNS_A);
	add(tests, i, BLOCK_LIST_DOMAIN, MUST_NOT_LIST, before_zone(tests, i, random_label(tests)),
	    DNS_A);
}

/* That the standard test point is listed is asked only where the table has points of its own. */
unsigned
list_tests_questions(const struct block_list *list)
{
	unsigned of_ip4 = list->positive[0] != '\0' || list->negative[0] != '\0' ? 3 : 2;

	return 2 + ((list->kinds & BLOCK_LIST_IP4) != 0 ? of_ip4 : 0) +
	    ((list->kinds & BLOCK_LIST_IP6) != 0 ? 2 : 0) +
	    ((list->kinds & BLOCK_LIST_DOMAIN) != 0 ? 3 : 0);
}

static void
test_list(struct list_tests *tests, size_t i)
{
	const struct block_list *list = block_lists_find(tests->table, tests->health[i].zone);
	unsigned kinds = tests->health[i].tested;

	tests->passed[i] = kinds;
	add(tests, i, kinds, MUST_EXIST, list->zone, DNS_NS);
	add(tests, i, kinds, MUST_EXIST, list->zone, DNS_SOA);
	if ((kinds & BLOCK_LIST_IP4) != 0)
		test_ip4(tests, i, list);
	if ((kinds & BLOCK_LIST_IP6) != 0)
		test_ip6(tests, i);
	if ((kinds & BLOCK_LIST_DOMAIN) != 0)
		test_names(tests, i, list);
}

struct list_tests *
list_tests_start(const struct block_lists *lists, const struct list_health *health, size_t count,
    const struct run_facts *run, uint64_t draw, struct dns_client *dns, unsigned *passed,
    list_tests_done_fn done, void *user)
{
	struct list_tests *tests = alloc_zeroed(1, sizeof *tests);

	tests->table = lists;
	tests->health = health;
	tests->count = count;
	tests->passed = passed;
	tests->zone_answers = alloc_zeroed(count, sizeof *tests->zone_answers);
	tests->all = alloc_zeroed(count * TESTS_A_LIST, sizeof *tests->all);
	tests->dns = dns;
	tests->run = run;
	tests->draw = draw;
	tests->done = done;
	tests->user = user;
	for (size_t i = 0; i < count; i++)
		test_list(tests, i);
	return tests;
}

void
list_tests_free(struct list_tests *tests)
{
	if (tests == NULL)
		return;
	arena_free(&tests->arena);
	free(tests->zone_answers);
	free(tests->all);
	free(tests);
}
