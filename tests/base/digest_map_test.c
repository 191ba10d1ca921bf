/* A digest map remembers, through its growth, and has numbers only where some were given. */
#include "unit.h"

#include "base/digest_map.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 20000 };

static size_t
name_of(int number, char name[32])
{
	return (size_t)snprintf(name, 32, "d%d.test", number);
}

static void
fill(struct digest_map *map, uint64_t times)
{
	char name[32];

	for (int i = 0; i < MANY; i += 2)
		digest_map_put(map, name, name_of(i, name), (uint64_t)i * times);
}

static void
check(const struct digest_map *map, uint64_t times)
{
	char name[32];

	for (int i = 0; i < MANY; i++) {
		uint64_t value = 1;
		bool found = digest_map_get(map, name, name_of(i, name), &value);

		assert_int_equal(found, i % 2 == 0);
		if (found)
			assert_int_equal(value, (uint64_t)i * times);
	}
	assert_int_equal(map->count, MANY / 2);
}

static void
what_was_put_is_there(void **state)
{
	struct digest_map map;

	(void)state;
	digest_map_init(&map);
	assert_false(digest_map_get(&map, "a", 1, NULL));
	fill(&map, 3);
	check(&map, 3);
	fill(&map, 5); /* replaces */
	check(&map, 5);
	digest_map_free(&map);
}

static void
numbers_may_come_later(void **state)
{
	struct digest_map map;

	(void)state;
	digest_map_init(&map);
	fill(&map, 0);
	check(&map, 0);
	assert_null(map.values);
	fill(&map, 7);
	check(&map, 7);
	digest_map_free(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_is_there),
		cmocka_unit_test(numbers_may_come_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
