/* Which sessions come first when time may not suffice for all. */
#include "unit.h"

#include "fact/session_order.h"

#include <string.h>

enum { WHOLE = SESSION_ORDER_DOMAIN };

static const struct order_case {
	const char *name;
	const char *order; /* the letters of `turns` as they are to come */
	struct session_turn turns[8];
} cases[] = {
	{ "the most domains first", "cab",
	    { { .domains = 2 * WHOLE, .first_domain = 1, .provider = 1 },
		{ .domains = WHOLE, .first_domain = 2, .provider = 2 },
		{ .domains = 9 * WHOLE, .first_domain = 3, .provider = 3 } } },
	{ "a domain that needs two sessions gets half of itself from each", "bcda",
	    { { .domains = WHOLE / 2, .first_domain = 1, .provider = 1 },
		{ .domains = 3 * WHOLE / 2, .first_domain = 2, .provider = 2 },
		{ .domains = 3 * WHOLE / 2, .first_domain = 2, .provider = 2 },
		{ .domains = WHOLE, .first_domain = 3, .provider = 3 } } },
	{ "equals are spread over providers", "adbec",
	    { { .domains = WHOLE, .first_domain = 1, .provider = 1 },
		{ .domains = WHOLE, .first_domain = 2, .provider = 1 },
		{ .domains = WHOLE, .first_domain = 3, .provider = 1 },
		{ .domains = WHOLE, .first_domain = 4, .provider = 2 },
		{ .domains = WHOLE, .first_domain = 5, .provider = 2 } } },
	{ "of one provider a domain is completed before the next is begun", "acbd",
	    { { .domains = WHOLE / 2, .first_domain = 1, .provider = 1 },
		{ .domains = WHOLE / 2, .first_domain = 2, .provider = 1 },
		{ .domains = WHOLE / 2, .first_domain = 1, .provider = 1 },
		{ .domains = WHOLE / 2, .first_domain = 2, .provider = 1 } } },
	{ "more domains go before any spreading", "bca",
	    { { .domains = WHOLE, .first_domain = 1, .provider = 1 },
		{ .domains = 2 * WHOLE, .first_domain = 2, .provider = 2 },
		{ .domains = 2 * WHOLE, .first_domain = 3, .provider = 2 } } },
};

/* What is alike but for its letter may change places. */
static void
assert_order(const struct order_case *row, const struct session_turn *sorted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct session_turn *wanted = &row->turns[row->order[i] - 'a'];

		if (sorted[i].domains != wanted->domains ||
		    sorted[i].first_domain != wanted->first_domain ||
		    sorted[i].provider != wanted->provider)
			fail_msg("%s: at place %zu is %c", row->name, i + 1,
			    *(const char *)sorted[i].session);
	}
}

static void
sessions_have_their_order(void **state)
{
	static const char letters[] = "abcdefgh";

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t count = strlen(cases[i].order);

		for (size_t first = 0; first < count; first++) { /* whatever order they come in */
			struct session_turn turns[8];

			for (size_t k = 0; k < count; k++) {
				size_t from = (first + k) % count;

				turns[k] = cases[i].turns[from];
				turns[k].session = (void *)&letters[from];
			}
			session_order_sort(turns, count);
			assert_order(&cases[i], turns, count);
		}
	}
	session_order_sort(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sessions_have_their_order) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
