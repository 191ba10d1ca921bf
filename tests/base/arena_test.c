/* Memory that is given back all at once. */
#include "unit.h"

#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

static void
pieces_do_not_overlap_and_are_aligned(void **state)
{
	struct arena arena = { 0 };
	unsigned char *pieces[200];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		pieces[i] = arena_bytes(&arena, i);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		memset(pieces[i], (int)i, i);
	}
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		for (size_t k = 0; k < i; k++)
			assert_int_equal(pieces[i][k], i);
	arena_free(&arena);
	assert_null(arena.blocks);
}

static void
nothing_is_something_too(void **state)
{
	struct arena arena = { 0 };
	char *first = arena_bytes(&arena, 0);

	(void)state;
	assert_non_null(first);
	assert_ptr_not_equal(first, arena_bytes(&arena, 0));
	assert_string_equal(arena_string_n(&arena, NULL, 0), "");
	assert_non_null(arena_copy(&arena, NULL, 0));
	arena_free(&arena);
}

static void
a_piece_may_be_larger_than_any_block(void **state)
{
	struct arena arena = { 0 };
	char *small = arena_string(&arena, "small");
	unsigned char *large = arena_zeroed(&arena, 1000, 1000);

	(void)state;
	assert_int_equal(large[0], 0);
	assert_int_equal(large[999999], 0);
	large[999999] = 1;
	assert_string_equal(arena_string(&arena, "after"), "after");
	assert_string_equal(small, "small");
	assert_true(arena_reserved(&arena) >= 1000000);
	arena_free(&arena);
	assert_int_equal(arena_reserved(&arena), 0);
}

static void
strings_are_copies(void **state)
{
	struct arena arena = { 0 };
	char text[] = "example.com";
	char *whole = arena_string(&arena, text);
	char *part = arena_string_n(&arena, text, 7);
	char *printed = arena_printf(&arena, "%s:%d", text, 25);

	(void)state;
	memset(text, 'x', strlen(text));
	assert_string_equal(whole, "example.com");
	assert_string_equal(part, "example");
	assert_string_equal(printed, "example.com:25");
	arena_free(&arena);
}

static void
a_long_text_is_printed_whole(void **state)
{
	struct arena arena = { 0 };
	char *text = arena_printf(&arena, "%05000d", 7);

	(void)state;
	assert_int_equal(strlen(text), 5000);
	assert_int_equal(text[4999], '7');
	arena_free(&arena);
}

static void
reset_keeps_one_block(void **state)
{
	struct arena arena = { 0 };
	size_t kept;

	(void)state;
	arena_reset(&arena); /* of an empty one */
	for (int i = 0; i < 1000; i++)
		arena_bytes(&arena, 100);
	arena_reset(&arena);
	kept = arena_reserved(&arena);
	assert_true(kept > 0);
	arena_bytes(&arena, 100);
	assert_int_equal(arena_reserved(&arena), kept);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_do_not_overlap_and_are_aligned),
		cmocka_unit_test(nothing_is_something_too),
		cmocka_unit_test(a_piece_may_be_larger_than_any_block),
		cmocka_unit_test(strings_are_copies),
		cmocka_unit_test(a_long_text_is_printed_whole),
		cmocka_unit_test(reset_keeps_one_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
