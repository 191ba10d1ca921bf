/* Base64 without forgiveness. */
#include "unit.h"

#include "base/arena.h"
#include "cert/base64.h"

#include <stdbool.h>
#include <string.h>

struct base64_case {
	const char *name;
	const char *text;
	const char *expected; /* NULL = refused */
};

static const struct base64_case cases[] = {
	/* RFC 4648 10 */
	{ "nothing", "", "" },
	{ "f", "Zg==", "f" },
	{ "fo", "Zm8=", "fo" },
	{ "foo", "Zm9v", "foo" },
	{ "foob", "Zm9vYg==", "foob" },
	{ "foobar", "Zm9vYmFy", "foobar" },
	{ "the last signs of the alphabet", "+/8=", "\xfb\xff" },
	{ "unused bits that are not zero", "Zh==", "f" },
	{ "no padding", "Zg", NULL },
	{ "half the padding", "Zg=", NULL },
	{ "too much padding", "Zg===", NULL },
	{ "padding alone", "====", NULL },
	{ "three signs of padding", "Z===", NULL },
	{ "padding inside", "Zg==Zm9v", NULL },
	{ "padding before the end", "Z=m9", NULL },
	{ "padding and a sign", "Zg=v", NULL },
	{ "a blank", "Zm 9vYmFy", NULL },
	{ "a line end at the end", "Zm9v\n", NULL },
	{ "a line end in place of a sign", "Zm9\n", NULL },
	{ "the alphabet of URLs", "-_8=", NULL },
	{ "a backslash", "Zm9v\\w==", NULL },
	{ "an octet above 127", "Zm9\xff", NULL },
	{ "a PEM header", "-----BEGIN", NULL },
};

static void
only_base64_is_decoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *expected = cases[i].expected;
		struct arena arena = { 0 };
		size_t length = 0;
		uint8_t *octets =
		    base64_decode_strict(&arena, cases[i].text, strlen(cases[i].text), &length);

		if ((octets != NULL) != (expected != NULL) ||
		    (octets != NULL &&
			(length != strlen(expected) || memcmp(octets, expected, length) != 0)))
			fail_msg("%s", cases[i].name);
		arena_free(&arena);
	}
}

static void
a_nul_octet_is_no_sign(void **state)
{
	struct arena arena = { 0 };
	size_t length;

	(void)state;
	assert_null(base64_decode_strict(&arena, "Zm9\0", 4, &length));
	arena_free(&arena);
}

static void
octets_come_back(void **state)
{
	uint8_t octets[256];

	(void)state;
	for (size_t i = 0; i < sizeof octets; i++)
		octets[i] = (uint8_t)(i * 7);
	for (size_t size = 0; size <= sizeof octets; size++) {
		struct arena arena = { 0 };
		char *text = base64_encode(&arena, octets, size);
		size_t length = 0;
		uint8_t *again = base64_decode_strict(&arena, text, strlen(text), &length);

		assert_non_null(again);
		assert_int_equal(length, size);
		assert_memory_equal(again, octets, size);
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_base64_is_decoded),
		cmocka_unit_test(a_nul_octet_is_no_sign),
		cmocka_unit_test(octets_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
