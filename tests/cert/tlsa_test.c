/* TLSA records: what can be used of them, and how they are written. */
#include "unit.h"

#include "base/arena.h"
#include "cert/tlsa.h"

#include <stdlib.h>
#include <string.h>

struct tlsa_case {
	const char *name;
	uint8_t usage, selector, type;
	size_t size; /* of the data */
	bool usable;
};

static const struct tlsa_case cases[] = {
	{ "3 1 1", 3, 1, 1, 32, true },
	{ "2 0 1", 2, 0, 1, 32, true },
	{ "3 0 2", 3, 0, 2, 64, true },
	{ "2 1 0", 2, 1, 0, 91, true },
	{ "3 1 0 of one octet", 3, 1, 0, 1, true },
	{ "usage 0", 0, 1, 1, 32, false },
	{ "usage 1", 1, 1, 1, 32, false },
	{ "usage 4", 4, 1, 1, 32, false },
	{ "usage 255", 255, 1, 1, 32, false },
	{ "selector 2", 3, 2, 1, 32, false },
	{ "type 3", 3, 1, 3, 48, false },
	{ "SHA-256 of 31 octets", 3, 1, 1, 31, false },
	{ "SHA-256 of 33 octets", 3, 1, 1, 33, false },
	{ "SHA-256 of 64 octets", 3, 1, 1, 64, false },
	{ "SHA-512 of 32 octets", 3, 1, 2, 32, false },
	{ "SHA-512 of 65 octets", 3, 1, 2, 65, false },
	{ "no data", 3, 1, 0, 0, false },
};

static void
usable_records_are_told_from_others(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct tlsa_case *c = &cases[i];
		uint8_t *octets = calloc(3 + c->size, 1); /* of just this size */
		struct tlsa tlsa;

		octets[0] = c->usage;
		octets[1] = c->selector;
		octets[2] = c->type;
		tlsa = tlsa_read(octets, 3 + c->size);
		if (tlsa.usable != c->usable)
			fail_msg("%s: %s", c->name, tlsa.usable ? "usable" : "not usable");
		assert_int_equal(tlsa.size, c->size);
		assert_int_equal(tlsa.data == NULL, c->size == 0);
		free(octets);
	}
}

static void
short_data_are_no_record(void **state)
{
	(void)state;
	for (size_t length = 0; length <= 3; length++) {
		uint8_t *octets = malloc(length + 1);
		struct tlsa tlsa;

		memset(octets, 3, length);
		tlsa = tlsa_read(octets, length);
		assert_false(tlsa.usable);
		assert_null(tlsa.data);
		assert_int_equal(tlsa.size, 0);
		free(octets);
	}
}

static void
records_are_written_as_in_a_zone_file(void **state)
{
	static const uint8_t octets[3 + 65] = { 3, 1, 2, 0xab, 0, 0xff };
	struct arena arena = { 0 };
	struct tlsa tlsa = tlsa_read(octets, 6);
	const char *text;

	(void)state;
	assert_string_equal(tlsa_text(&tlsa, &arena), "3 1 2 ab00ff");
	tlsa = tlsa_read(octets, 3);
	assert_string_equal(tlsa_text(&tlsa, &arena), "\\# 3 030102");
	tlsa = tlsa_read(octets, 0);
	assert_string_equal(tlsa_text(&tlsa, &arena), "\\# 0 ");
	tlsa = tlsa_read(octets, 3 + 64);
	text = tlsa_text(&tlsa, &arena);
	assert_int_equal(strlen(text), strlen("3 1 2 ") + 128);
	tlsa = tlsa_read(octets, sizeof octets);
	text = tlsa_text(&tlsa, &arena);
	assert_int_equal(strlen(text), strlen("3 1 2 ") + 128 + 3);
	assert_string_equal(text + strlen(text) - 3, "...");
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usable_records_are_told_from_others),
		cmocka_unit_test(short_data_are_no_record),
		cmocka_unit_test(records_are_written_as_in_a_zone_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
