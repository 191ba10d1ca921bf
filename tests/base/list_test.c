/* Lists with links of their own: order, and leaving from any place. */
#include "unit.h"

#include "base/list.h"

struct item {
	int number;
	struct list_link link;
};

static void
assert_numbers(const struct list *list, const int *numbers, size_t count)
{
	const struct list_link *previous = NULL, *link = list->first;

	for (size_t i = 0; i < count; i++, previous = link, link = link->next) {
		assert_int_equal(LIST_OWNER(link, struct item, link)->number, numbers[i]);
		assert_ptr_equal(link->previous, previous);
	}
	assert_null(link);
	assert_ptr_equal(list->last, previous);
}

static void
anything_leaves_from_any_place(void **state)
{
	static const int all[] = { 0, 1, 2, 3 }, inner[] = { 0, 2, 3 }, first[] = { 2, 3 };
	static const int last[] = { 2 }, again[] = { 2, 0 };
	struct item items[COUNT_OF(all)] = { 0 };
	struct list list = { 0 };

	(void)state;
	for (int i = 0; i < (int)COUNT_OF(items); i++) {
		items[i].number = i;
		assert_false(list_has(&list, &items[i].link));
		list_append(&list, &items[i].link);
	}
	assert_numbers(&list, all, COUNT_OF(all));
	list_remove(&list, &items[1].link);
	assert_numbers(&list, inner, COUNT_OF(inner));
	list_remove(&list, &items[0].link);
	assert_numbers(&list, first, COUNT_OF(first));
	list_remove(&list, &items[3].link);
	assert_numbers(&list, last, COUNT_OF(last));
	assert_true(list_has(&list, &items[2].link));
	assert_false(list_has(&list, &items[3].link));
	list_append(&list, &items[0].link);
	assert_numbers(&list, again, COUNT_OF(again));
	list_remove(&list, &items[2].link);
	list_remove(&list, &items[0].link);
	assert_numbers(&list, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(anything_leaves_from_any_place) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
