/* Items of a pool do not overlap, keep their alignment, and are had again. */
#include "unit.h"

#include "base/pool.h"

#include <stdint.h>
#include <string.h>

static void
items_do_not_overlap(void **state)
{
	enum { MANY = 5000 };
	static unsigned char *items[MANY];
	struct pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		size_t size = i % 300 + 1; /* small ones and large ones */

		items[i] = pool_take(&pool, size);
		assert_int_equal((uintptr_t)items[i] % POOL_STEP, 0);
		memset(items[i], (int)(i & 0xff), size);
	}
	for (size_t i = 0; i < MANY; i++)
		for (size_t at = 0; at < i % 300 + 1; at++)
			assert_int_equal(items[i][at], i & 0xff);
	for (size_t i = 0; i < MANY; i++)
		pool_give(&pool, items[i], i % 300 + 1);
	pool_free(&pool);
}

static void
what_was_given_back_is_had_again(void **state)
{
	struct pool pool = { 0 };
	void *first = pool_take(&pool, 40), *other = pool_take(&pool, 100);

	(void)state;
	pool_give(&pool, first, 40);
	pool_give(&pool, other, 100);
	assert_ptr_equal(pool_take(&pool, 48), first); /* of the same step */
	assert_ptr_equal(pool_take(&pool, 97), other);
	pool_free(&pool);
	pool_free(&pool); /* an empty one again */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_do_not_overlap),
		cmocka_unit_test(what_was_given_back_is_had_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
