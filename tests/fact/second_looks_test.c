/* When second looks are due, and how they wait for witnesses; a simulated clock. */
#include "unit.h"

#include "fact/second_looks.h"

enum { MINUTE = 60000, LOOKS = 1000 };

static void
each_kind_has_its_wait(void **state)
{
	struct second_looks looks = { .wait_ms = 15 * MINUTE };
	struct second_look at[5] = { 0 };

	(void)state;
	assert_int_equal(second_looks_next(&looks), UINT64_MAX);
	assert_null(second_looks_take(&looks, UINT64_MAX));
	assert_false(second_looks_add(&looks, &at[0], AGAIN_NEVER, 0));
	assert_true(second_looks_add(&looks, &at[0], AGAIN_LATER, 1000));
	assert_true(second_looks_add(&looks, &at[1], AGAIN_SOON, 2000));
	assert_true(second_looks_add(&looks, &at[2], AGAIN_LATER_PATIENTLY, 0));
	assert_true(second_looks_add(&looks, &at[3], AGAIN_LATER_WITH_OTHERS, 500));
	assert_int_equal(second_looks_count(&looks), 4);
	assert_int_equal(second_looks_next(&looks), 2000 + MINUTE);
	assert_null(second_looks_take(&looks, 1999 + MINUTE));
	assert_ptr_equal(second_looks_take(&looks, 2000 + MINUTE), &at[1]);
	assert_null(second_looks_take(&looks, 15 * MINUTE - 1));
	assert_ptr_equal(second_looks_take(&looks, 16 * MINUTE), &at[2]);
	assert_ptr_equal(second_looks_take(&looks, 16 * MINUTE), &at[3]);
	assert_ptr_equal(second_looks_take(&looks, 16 * MINUTE), &at[0]);
	assert_int_equal(second_looks_count(&looks), 0);
	second_looks_free(&looks);
}

static void
the_shorter_wait_is_never_the_longer_one(void **state)
{
	struct second_looks looks = { .wait_ms = 2000 }, off = { .wait_ms = 0 };
	struct second_look look = { 0 };

	(void)state;
	assert_true(second_looks_add(&looks, &look, AGAIN_SOON, 100));
	assert_int_equal(second_looks_next(&looks), 2100);
	assert_ptr_equal(second_looks_take(&looks, 2100), &look);
	assert_false(second_looks_add(&off, &look, AGAIN_SOON, 100));
	assert_int_equal(second_looks_count(&off), 0);
	second_looks_free(&looks);
	second_looks_free(&off);
}

static void
many_come_in_the_order_of_their_time(void **state)
{
	static struct second_look at[LOOKS];
	struct second_looks looks = { .wait_ms = 10 };
	uint64_t last = 0;

	(void)state;
	for (unsigned i = 0; i < LOOKS; i++)
		second_looks_add(&looks, &at[i], AGAIN_LATER, i * 7919 % LOOKS);
	for (unsigned i = 0; i < LOOKS; i++) {
		uint64_t next = second_looks_next(&looks);

		assert_true(next >= last);
		assert_non_null(second_looks_take(&looks, next));
		last = next;
	}
	assert_int_equal(second_looks_count(&looks), 0);
	second_looks_free(&looks);
}

static void
witnesses_are_greeted_once_in_a_quarter_of_an_hour(void **state)
{
	struct second_looks looks = { .wait_ms = 15 * MINUTE };
	struct second_look at[3] = { 0 };

	(void)state;
	assert_int_equal(second_looks_unwitnessed(&looks, &at[0], 0), SECOND_LOOK_GREET);
	assert_int_equal(second_looks_unwitnessed(&looks, &at[1], 10), SECOND_LOOK_WAITING);
	assert_int_equal(second_looks_count(&looks), 2);
	assert_ptr_equal(second_looks_greeted(&looks, 20), &at[1]);
	assert_ptr_equal(at[1].next, &at[0]);
	assert_null(at[0].next);
	assert_int_equal(second_looks_count(&looks), 0);
	/* the next comes too soon: it is put off until they may be greeted again */
	assert_int_equal(second_looks_unwitnessed(&looks, &at[2], 70000), SECOND_LOOK_WAITING);
	assert_int_equal(second_looks_next(&looks), 20 + WITNESS_REST_MS);
	assert_ptr_equal(second_looks_take(&looks, 20 + WITNESS_REST_MS), &at[2]);
	assert_int_equal(
	    second_looks_unwitnessed(&looks, &at[2], 20 + WITNESS_REST_MS), SECOND_LOOK_GREET);
	assert_ptr_equal(second_looks_greeted(&looks, 21 + WITNESS_REST_MS), &at[2]);
	assert_false(second_looks_greet(&looks, 22 + WITNESS_REST_MS));
	second_looks_free(&looks);
}

static void
a_rest_is_given_whatever_the_wait(void **state)
{
	static const uint64_t waits[] = { 0, 1000, 15 * MINUTE };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		struct second_looks looks = { .wait_ms = waits[i] };
		struct second_look look = { 0 };

		assert_true(second_looks_add(&looks, &look, AGAIN_RESTED, 70));
		assert_int_equal(second_looks_next(&looks), 70 + SECOND_LOOK_RESTED_MS);
		second_looks_free(&looks);
	}
}

static void
nobody_waits_longer_for_witnesses_than_for_the_look(void **state)
{
	struct second_looks looks = { .wait_ms = 2000 };
	struct second_look look = { 0 };

	(void)state;
	assert_true(second_looks_greet(&looks, 0));
	assert_null(second_looks_greeted(&looks, 100));
	assert_int_equal(second_looks_unwitnessed(&looks, &look, 200), SECOND_LOOK_GO);
	assert_int_equal(
	    second_looks_unwitnessed(&looks, &look, WITNESS_REST_MS - 1900), SECOND_LOOK_WAITING);
	second_looks_free(&looks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_wait),
		cmocka_unit_test(the_shorter_wait_is_never_the_longer_one),
		cmocka_unit_test(many_come_in_the_order_of_their_time),
		cmocka_unit_test(witnesses_are_greeted_once_in_a_quarter_of_an_hour),
		cmocka_unit_test(a_rest_is_given_whatever_the_wait),
		cmocka_unit_test(nobody_waits_longer_for_witnesses_than_for_the_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
