/* The map against a plain array that does the same slowly. */
#include "unit.h"

#include "base/map.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { KEYS = 2000, STEPS = 40000 };

static void
an_empty_map_has_nothing(void **state)
{
	struct map map;
	size_t cursor = 0;

	(void)state;
	map_init(&map);
	assert_null(map_get_string(&map, "a"));
	assert_null(map_remove(&map, "a", 1));
	assert_null(map_next(&map, &cursor));
	map_free(&map);
}

static void
keys_are_octets_and_lengths(void **state)
{
	struct map map;
	int a, b, c;

	(void)state;
	map_init(&map);
	map_put(&map, "a\0b", 3, &a);
	map_put(&map, "a\0c", 3, &b);
	map_put(&map, "", 0, &c);
	assert_ptr_equal(map_get(&map, "a\0b", 3), &a);
	assert_ptr_equal(map_get(&map, "a\0c", 3), &b);
	assert_ptr_equal(map_get_string(&map, ""), &c);
	assert_null(map_get_string(&map, "a"));
	assert_int_equal(map.count, 3);
	map_free(&map);
}

static void
put_again_replaces_value_and_key(void **state)
{
	struct map map;
	char first[] = "key", second[] = "key";
	int a, b;

	(void)state;
	map_init(&map);
	map_put_string(&map, first, &a);
	map_put_string(&map, second, &b);
	memset(first, 'x', sizeof first); /* nobody looks at it any more */
	assert_ptr_equal(map_get_string(&map, "key"), &b);
	assert_int_equal(map.count, 1);
	assert_ptr_equal(map_remove(&map, "key", 3), &b);
	assert_null(map_get_string(&map, "key"));
	assert_int_equal(map.count, 0);
	map_free(&map);
}

/* A small generator, so that every run takes the same steps. */
static uint32_t
draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
it_agrees_with_an_array_after_any_steps(void **state)
{
	static char keys[KEYS][16];
	static bool present[KEYS];
	struct map map;
	uint32_t seed = 1;
	size_t count = 0;

	(void)state;
	map_init(&map);
	for (int i = 0; i < KEYS; i++)
		snprintf(keys[i], sizeof keys[i], "k%d", i);
	for (int step = 0; step < STEPS; step++) {
		size_t i = draw(&seed) % KEYS;

		if (draw(&seed) % 2 == 0) {
			map_put_string(&map, keys[i], keys[i]);
			count += !present[i];
			present[i] = true;
		} else {
			void *held = map_remove(&map, keys[i], strlen(keys[i]));

			assert_ptr_equal(held, present[i] ? keys[i] : NULL);
			count -= present[i];
			present[i] = false;
		}
		assert_int_equal(map.count, count);
	}
	for (int i = 0; i < KEYS; i++)
		assert_ptr_equal(map_get_string(&map, keys[i]), present[i] ? keys[i] : NULL);
	map_free(&map);
}

static void
next_gives_each_value_once(void **state)
{
	static int values[300];
	static char keys[300][8];
	struct map map;
	size_t cursor = 0, count = 0;
	int *value;

	(void)state;
	map_init(&map);
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		snprintf(keys[i], sizeof keys[i], "%zu", i);
		map_put_string(&map, keys[i], &values[i]);
	}
	while ((value = map_next(&map, &cursor)) != NULL) {
		assert_int_equal(*value, 0);
		*value = 1;
		count++;
	}
	assert_int_equal(count, COUNT_OF(values));
	map_free(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(keys_are_octets_and_lengths),
		cmocka_unit_test(put_again_replaces_value_and_key),
		cmocka_unit_test(it_agrees_with_an_array_after_any_steps),
		cmocka_unit_test(next_gives_each_value_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
