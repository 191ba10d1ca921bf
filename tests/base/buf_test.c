/* The bounds-checked reader: what is beyond the end, and that a failure stays. */
#include "unit.h"

#include "base/buf.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <string.h>

static void
numbers_are_in_network_order(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3, 0xff, 0xfe, 0xfd, 0xfc };
	struct buf buf = buf_over(bytes, sizeof bytes);

	(void)state;
	assert_int_equal(buf_u8(&buf), 1);
	assert_int_equal(buf_u16(&buf), 0x0203);
	assert_int_equal(buf_u32(&buf), 0xfffefdfc);
	assert_int_equal(buf_left(&buf), 0);
	assert_false(buf.failed);
}

static void
a_read_beyond_the_end_fails_for_good(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3 };
	struct buf buf = buf_over(bytes, sizeof bytes);

	(void)state;
	assert_int_equal(buf_u32(&buf), 0);
	assert_true(buf.failed);
	assert_int_equal(buf_left(&buf), 0);
	assert_int_equal(buf_u8(&buf), 0); /* though three octets are there */
	assert_null(buf_bytes(&buf, 1));
}

static void
huge_lengths_do_not_wrap(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3 };
	struct buf buf = buf_over(bytes, sizeof bytes);

	(void)state;
	buf_u8(&buf);
	assert_null(buf_bytes(&buf, SIZE_MAX));
	assert_true(buf.failed);
}

static void
nothing_can_be_read_from_nothing(void **state)
{
	struct buf buf = buf_over("", 0);

	(void)state;
	assert_non_null(buf_bytes(&buf, 0));
	assert_false(buf.failed);
	buf_u8(&buf);
	assert_true(buf.failed);
}

static void
seek_stays_inside(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3 };
	struct buf buf = buf_over(bytes, sizeof bytes);

	(void)state;
	buf_seek(&buf, 2);
	assert_int_equal(buf_u8(&buf), 3);
	buf_seek(&buf, 3); /* the end itself is a place */
	assert_false(buf.failed);
	buf_seek(&buf, 4);
	assert_true(buf.failed);
}

static const uint64_t varints[] = {
	0,
	1,
	127,
	128,
	16383,
	16384,
	UINT32_MAX,
	(uint64_t)1 << 63,
	UINT64_MAX,
};

static void
varints_come_back(void **state)
{
	struct strbuf out = { 0 };
	struct buf buf;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(varints); i++)
		strbuf_add_varint(&out, varints[i]);
	buf = buf_over(out.at, out.length);
	for (size_t i = 0; i < COUNT_OF(varints); i++)
		assert_true(buf_varint(&buf) == varints[i]);
	assert_int_equal(buf_left(&buf), 0);
	assert_false(buf.failed);
	strbuf_free(&out);
}

static void
a_varint_without_end_fails(void **state)
{
	uint8_t bytes[20] = { 0 };
	struct buf buf = buf_over(bytes, sizeof bytes);

	(void)state;
	memset(bytes, 0x80, sizeof bytes);
	buf_varint(&buf);
	assert_true(buf.failed);
	buf = buf_over(bytes, 3);
	assert_int_equal(buf_varint(&buf), 0);
	assert_true(buf.failed);
}

static void
what_is_written_is_read(void **state)
{
	struct strbuf out = { 0 };
	struct buf buf;

	(void)state;
	strbuf_add_u8(&out, 0xab);
	strbuf_add_u16(&out, 0xfffe);
	strbuf_add_u32(&out, 0x80000001);
	buf = buf_over(out.at, out.length);
	assert_int_equal(out.length, 7);
	assert_int_equal(buf_u8(&buf), 0xab);
	assert_int_equal(buf_u16(&buf), 0xfffe);
	assert_int_equal(buf_u32(&buf), 0x80000001);
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_in_network_order),
		cmocka_unit_test(a_read_beyond_the_end_fails_for_good),
		cmocka_unit_test(huge_lengths_do_not_wrap),
		cmocka_unit_test(nothing_can_be_read_from_nothing),
		cmocka_unit_test(seek_stays_inside),
		cmocka_unit_test(varints_come_back),
		cmocka_unit_test(a_varint_without_end_fails),
		cmocka_unit_test(what_is_written_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
