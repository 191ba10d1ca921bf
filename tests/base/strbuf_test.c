/* Bytes that grow at their end. */
#include "unit.h"

#include "base/strbuf.h"

#include <string.h>

static void
an_empty_one_holds_no_memory(void **state)
{
	struct strbuf buf = { 0 };

	(void)state;
	strbuf_reset(&buf);
	assert_null(buf.at);
	strbuf_add(&buf, NULL, 0);
	assert_string_equal(buf.at, "");
	strbuf_free(&buf);
	assert_null(buf.at);
	strbuf_free(&buf); /* once more does no harm */
}

static void
it_ends_in_a_nul_after_every_step(void **state)
{
	struct strbuf buf = { 0 };

	(void)state;
	for (size_t i = 1; i <= 5000; i++) {
		strbuf_add_byte(&buf, 'x');
		assert_int_equal(buf.length, i);
		assert_int_equal(buf.at[i], '\0');
	}
	assert_int_equal(strlen(buf.at), 5000);
	strbuf_free(&buf);
}

static void
all_ways_to_add_agree(void **state)
{
	struct strbuf buf = { 0 };

	(void)state;
	strbuf_add_string(&buf, "250");
	strbuf_add_byte(&buf, '-');
	strbuf_add(&buf, "SIZEless", 4);
	strbuf_printf(&buf, " %d", 10240000);
	assert_string_equal(buf.at, "250-SIZE 10240000");
	strbuf_printf(&buf, "%0300d", 0); /* more than there is room for */
	assert_int_equal(buf.length, 317);
	assert_int_equal(strlen(buf.at), 317);
	strbuf_free(&buf);
}

static void
octets_may_be_nul(void **state)
{
	struct strbuf buf = { 0 };

	(void)state;
	strbuf_add(&buf, "a\0b", 3);
	assert_int_equal(buf.length, 3);
	assert_memory_equal(buf.at, "a\0b", 4);
	strbuf_free(&buf);
}

static void
reset_keeps_the_memory(void **state)
{
	struct strbuf buf = { 0 };
	const char *at;

	(void)state;
	strbuf_add_string(&buf, "some text");
	at = buf.at;
	strbuf_reset(&buf);
	assert_int_equal(buf.length, 0);
	assert_string_equal(buf.at, "");
	strbuf_add_string(&buf, "other");
	assert_ptr_equal(buf.at, at);
	strbuf_free(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_one_holds_no_memory),
		cmocka_unit_test(it_ends_in_a_nul_after_every_step),
		cmocka_unit_test(all_ways_to_add_agree),
		cmocka_unit_test(octets_may_be_nul),
		cmocka_unit_test(reset_keeps_the_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
