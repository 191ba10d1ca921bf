/* SipHash-1-3 against vectors of another implementation (libcrypto's SIPHASH, 1 and 3 rounds). */
#include "unit.h"

#include "base/hash.h"

struct hash_case {
	const char *name;
	size_t length; /* of the message 00 01 02 ..., under the key 00 01 ... 0f */
	uint64_t expected;
};

static const struct hash_case cases[] = {
	{ "the empty message", 0, 0xabac0158050fc4dcu },
	{ "one octet", 1, 0xc9f49bf37d57ca93u },
	{ "one short of a word", 7, 0xd3927d989bb11140u },
	{ "a word", 8, 0x369095118d299a8eu },
	{ "a word and one", 9, 0x25a48eb36c063de4u },
	{ "one short of two words", 15, 0xd320d86d2a519956u },
	{ "two words", 16, 0xcc4fdd1a7d908b66u },
	{ "many words and a rest", 63, 0x9d199062b7bbb3a8u },
};

static void
vectors_agree(void **state)
{
	uint8_t message[64];

	(void)state;
	for (size_t i = 0; i < sizeof message; i++)
		message[i] = (uint8_t)i;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint64_t hash =
		    hash_keyed(0x0706050403020100u, 0x0f0e0d0c0b0a0908u, message, cases[i].length);

		if (hash != cases[i].expected)
			fail_msg("%s: %016jx", cases[i].name, (uintmax_t)hash);
	}
}

static void
key_and_place_matter_as_they_should(void **state)
{
	char text[] = "xexample.com";

	(void)state;
	assert_true(hash_keyed(1, 2, "example.com", 11) == hash_keyed(1, 2, text + 1, 11));
	assert_false(hash_keyed(1, 2, "example.com", 11) == hash_keyed(1, 3, "example.com", 11));
	assert_false(hash_keyed(1, 2, "example.com", 11) == hash_keyed(2, 2, "example.com", 11));
	assert_false(hash_keyed(1, 2, "a\0", 2) == hash_keyed(1, 2, "a", 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_agree),
		cmocka_unit_test(key_and_place_matter_as_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
