/* The self-test of block lists. */
#include "app/list_tests.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/list.h"
#include "fact/run_facts.h"
#include "rule/lists.h"

#include <stdlib.h>
#include <string.h>

enum {
	POINTS_MAX = 10,     /* two of the zone, three for IPv4, two for IPv6, three for names */
	FIRST_DRAW = 100000, /* random labels of these tests; others of the run have those before */
};

/* What an answer must be for the test to pass. */
enum expectation {
	MUST_EXIST, /* the zone: data for one of its two questions */
	MUST_LIST,
	MUST_NOT_LIST,
};

struct point {
	struct test *test;
	unsigned kinds; /* that fail with it */
	enum expectation expectation;
};

/* One test of one list. */
struct test {
	struct list_link link; /* in the open tests */
	struct list_tests *tests;
	size_t list;
	const struct block_list *row;
	enum list_test_phase phase;
	unsigned passed;
	unsigned zone_answers; /* of NS and SOA, how many had data */
	enum list_fault fault; /* the worst that was seen */
	size_t made, open;
	struct point points[POINTS_MAX];
};

struct list_tests {
	struct list_tests_options options;
	struct list open;
	struct arena arena; /* of labels, until they are asked */
	uint64_t draw;
};

/* ---- what an answer means */

static enum list_fault
fault_of_status(const struct dns_answer *answer, enum list_fault other)
{
	switch (answer->status) {
	case DNS_NXDOMAIN:
	case DNS_NODATA:
		return other;
	case DNS_QUOTA:
		return LIST_SPENT;
	default:
		return LIST_DEAD;
	}
}

/* Of records that should not be there, or should be listings: the first that is none. */
static enum list_fault
fault_of_records(
    const struct block_list *row, const struct dns_answer *answer, enum list_fault listed)
{
	for (size_t i = 0; i < answer->count; i++)
		switch (block_list_decode(row, &answer->records[i].ip).word) {
		case BLOCK_LIST_OUTSIDE:
			return LIST_OUTSIDE;
		case BLOCK_LIST_ERROR:
			return LIST_REFUSES;
		case BLOCK_LIST_NOT_A_LISTING:
			return LIST_NOTHING;
		case BLOCK_LIST_LISTED:
		case BLOCK_LIST_UNKNOWN_CODE: /* a test point may have a code of its own */
			break;
		}
	return listed;
}

static enum list_fault
fault_of(const struct test *test, enum expectation expectation, const struct dns_answer *answer)
{
	if (expectation == MUST_LIST)
		return answer->status == DNS_DATA ? fault_of_records(test->row, answer, LIST_WELL)
						  : fault_of_status(answer, LIST_NOTHING);
	return answer->status == DNS_DATA ? fault_of_records(test->row, answer, LIST_WORLD)
					  : fault_of_status(answer, LIST_WELL);
}

static void
end(struct test *test)
{
	struct list_tests *tests = test->tests;
	size_t list = test->list;
	enum list_test_phase phase = test->phase;

	if (test->zone_answers == 0) {
		test->passed = 0;
		if (test->fault <= LIST_NOTHING)
			test->fault = LIST_DEAD;
	}
	list_remove(&tests->open, &test->link);
	list_desk_tested(tests->options.desk, list, phase, test->passed,
	    test->passed == tests->options.run->lists[list].tested ? LIST_WELL : test->fault);
	free(test);
	tests->options.tested(tests->options.user, list, phase);
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	const struct point *point = user;
	struct test *test = point->test;
	enum list_fault fault = LIST_WELL;

	if (answer->status == DNS_CANCELLED)
		return;
	if (point->expectation == MUST_EXIST)
		test->zone_answers += answer->status == DNS_DATA;
	else
		fault = fault_of(test, point->expectation, answer);
	if (fault != LIST_WELL)
		test->passed &= ~point->kinds;
	if (fault > test->fault)
		test->fault = fault;
	if (--test->open == 0)
		end(test);
}

/* ---- what is asked */

static void
add(struct test *test, unsigned kinds, enum expectation expectation, const char *label,
    enum dns_type type)
{
	struct point *point = &test->points[test->made++];

	*point = (struct point){ test, kinds, expectation };
	test->open++;
	list_desk_ask_test(test->tests->options.desk, test->list, label, type, on_answer, point);
}

static const char *
random_label(struct list_tests *tests)
{
	char *label = arena_bytes(&tests->arena, RANDOM_LABEL_SIZE);

	run_random_label(tests->options.run, tests->draw++, label);
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

/* Nothing before the zone: no point of that kind is known. */
static bool
has_positive(const struct block_list *row)
{
	return row->positive[0] != '\0' || row->negative[0] == '\0';
}

static void
test_ip4(struct test *test)
{
	const struct block_list *row = test->row;
	struct list_tests *tests = test->tests;

	if (row->positive[0] != '\0')
		add(test, BLOCK_LIST_IP4, MUST_LIST, point(row->positive, false, "2.0.0.127"),
		    DNS_A);
	add(test, BLOCK_LIST_IP4, MUST_NOT_LIST, point(row->negative, false, "1.0.0.127"), DNS_A);
	add(test, BLOCK_LIST_IP4, MUST_NOT_LIST, random_address(tests), DNS_A);
}

static void
test_ip6(struct test *test)
{
	if (test->row->positive[0] != '\0')
		add(test, BLOCK_LIST_IP6, MUST_LIST, ip6_label(test->tests, 2), DNS_A);
	add(test, BLOCK_LIST_IP6, MUST_NOT_LIST, ip6_label(test->tests, 1), DNS_A);
}

/* Test names of a list may be whole names to ask about, such as test.surbl.org. */
static void
test_names(struct test *test)
{
	const struct block_list *row = test->row;

	if (has_positive(row))
		add(test, BLOCK_LIST_DOMAIN, MUST_LIST, point(row->positive, true, "test"), DNS_A);
	add(test, BLOCK_LIST_DOMAIN, MUST_NOT_LIST, point(row->negative, true, "invalid"), DNS_A);
	add(test, BLOCK_LIST_DOMAIN, MUST_NOT_LIST, random_label(test->tests), DNS_A);
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

/* The day has no question left for a test: answers of earlier nights are all that can be had. */
static bool
is_spent(struct list_tests *tests, size_t list, enum list_test_phase phase)
{
	const struct list_health *health = &tests->options.run->lists[list];

	if (list_desk_asked(tests->options.desk, list) > 0 ||
	    list_desk_left(tests->options.desk, list) >= POINTS_MAX)
		return false;
	list_desk_tested(tests->options.desk, list, phase, health->tested, LIST_SPENT);
	tests->options.tested(tests->options.user, list, phase);
	return true;
}

void
list_tests_begin(struct list_tests *tests, size_t list, enum list_test_phase phase)
{
	const struct list_health *health = &tests->options.run->lists[list];
	struct test *test;

	if (is_spent(tests, list, phase))
		return;
	test = alloc_zeroed(1, sizeof *test);
	test->tests = tests;
	test->list = list;
	test->row = block_lists_find(tests->options.table, health->zone);
	test->phase = phase;
	test->passed = health->tested;
	list_append(&tests->open, &test->link);
	arena_reset(&tests->arena);
	add(test, health->tested, MUST_EXIST, NULL, DNS_NS);
	add(test, health->tested, MUST_EXIST, NULL, DNS_SOA);
	if ((health->tested & BLOCK_LIST_IP4) != 0)
		test_ip4(test);
	if ((health->tested & BLOCK_LIST_IP6) != 0)
		test_ip6(test);
	if ((health->tested & BLOCK_LIST_DOMAIN) != 0)
		test_names(test);
}

struct list_tests *
list_tests_new(const struct list_tests_options *options)
{
	struct list_tests *tests = alloc_zeroed(1, sizeof *tests);

	tests->options = *options;
	tests->draw = FIRST_DRAW;
	return tests;
}

void
list_tests_free(struct list_tests *tests)
{
	if (tests == NULL)
		return;
	while (tests->open.first != NULL) {
		struct test *test = LIST_OWNER(tests->open.first, struct test, link);

		list_remove(&tests->open, &test->link);
		free(test);
	}
	arena_free(&tests->arena);
	free(tests);
}
