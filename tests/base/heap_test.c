/* The heap of things to do: the least time first, whatever is moved or taken back. */
#include "unit.h"

#include "base/heap.h"

enum { NODES = 200, STEPS = 20000 };

static uint32_t
draw(uint32_t *random)
{
	*random = *random * 1103515245 + 12345;
	return *random >> 8;
}

/* No node is due before the one above it, and each knows its place. */
static void
check_order(const struct heap *heap)
{
	for (size_t i = 1; i <= heap->count; i++) {
		assert_int_equal(heap->nodes[i - 1]->index, i);
		if (i > 1)
			assert_true(heap->nodes[i / 2 - 1]->time <= heap->nodes[i - 1]->time);
	}
}

static void
the_least_time_is_always_first(void **state)
{
	struct heap_node nodes[NODES] = { { 0 } };
	struct heap heap = { 0 };
	uint32_t random = 1;
	size_t count = 0;

	(void)state;
	for (int step = 0; step < STEPS; step++) {
		struct heap_node *node = &nodes[draw(&random) % NODES];

		if (draw(&random) % 3 == 0) {
			count -= node->index != 0;
			heap_remove(&heap, node);
			assert_int_equal(node->index, 0);
		} else {
			count += node->index == 0;
			heap_set(&heap, node, draw(&random) % 1000); /* some are equal */
			assert_int_not_equal(node->index, 0);
		}
		assert_int_equal(heap.count, count);
		assert_ptr_equal(heap_first(&heap), count == 0 ? NULL : heap.nodes[0]);
		check_order(&heap);
	}
	heap_free(&heap);
}

static void
it_empties_in_order(void **state)
{
	struct heap_node nodes[NODES] = { { 0 } };
	struct heap heap = { 0 };
	uint64_t last = 0;

	(void)state;
	assert_null(heap_first(&heap));
	heap_remove(&heap, &nodes[0]); /* in none */
	for (uint64_t i = 0; i < NODES; i++)
		heap_set(&heap, &nodes[i], i * 7919 % NODES);
	heap_set(&heap, &nodes[5], UINT64_MAX);
	for (int i = 0; i < NODES; i++) {
		struct heap_node *first = heap_first(&heap);

		assert_true(first->time >= last);
		last = first->time;
		heap_remove(&heap, first);
	}
	assert_int_equal(last, UINT64_MAX);
	assert_null(heap_first(&heap));
	heap_free(&heap);
	assert_null(heap_first(&heap));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_time_is_always_first),
		cmocka_unit_test(it_empties_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
