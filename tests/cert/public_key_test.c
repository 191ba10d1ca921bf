/* Public keys of DKIM records: real ones, and ones built octet by octet to be wrong. */
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "cert/public_key.h"

#include <openssl/err.h>
#include <stdbool.h>
#include <string.h>

struct real_case {
	const char *name;
	const char *base64;
	enum public_key_form form;
	unsigned bits;
};

static const struct real_case reals[] = {
	{ "the SubjectPublicKeyInfo of RFC 6376 C",
	    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/"
	    "zYtIxN2SnFC"
	    "jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/"
	    "NMqJ0fzfVjH4OuKhitdY9"
	    "tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
	    PUBLIC_KEY_SPKI, 1024 },
	{ "the bare RSAPublicKey of the tests of go-msgauth",
	    "MIGJAoGBALVI635dLK4cJJAH3Lx6upo3X/"
	    "Lm1tQz3mezcWTA3BUBnyIsdnRf57aD5BtNmhPrYYDlWlzw3UgnKisI"
	    "xktkk5+iMQMlFtAS10JB8L3YadXNJY+JBcbeSi5TgJe4WFzNgW95FWDAuSTRXSWZfA/"
	    "8xjflbTLDx0euFZOM7C4T"
	    "0GwLAgMBAAE=",
	    PUBLIC_KEY_BARE, 1024 },
	{ "a key of 2048 bits, from the tests of mox",
	    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy3Z9ffZe8gUTJrdGuKj6IwEembmKYpp0jMa8uhudEr"
	    "cI"
	    "4gFVUaFiiRWxc4jP/XR9NAEv3XwHm+CVcHu+L/n6VWt6g59U7vHXQicMfKGmEp2VplsgojNy/"
	    "Y5X9HdVYM0azsI4"
	    "7NcJCDW9UVfeOHdOSgFME4F8dNtUKC4KTB2d1pqj/yixz+V8Sv8xkEyPfSRHcNXIw0LvelqJ1MRfN3hO/"
	    "3uQSVrP"
	    "YYk4SyV0b6wfnkQs28fpiIpGQvzlGI5WkrdOQT5k4YHaEvZDLNdwiMeVZOEL7dDoFs2mQsovm+"
	    "tH0StUAZTnr61N"
	    "LVFfD5V6Ip1V9zVtspPHvYSuOWwyArFZ9QIDAQAB",
	    PUBLIC_KEY_SPKI, 2048 },
};

static void
real_keys_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(reals); i++) {
		struct arena arena = { 0 };
		struct public_key key;
		size_t length = 0;
		uint8_t *der =
		    base64_decode_strict(&arena, reals[i].base64, strlen(reals[i].base64), &length);

		assert_non_null(der);
		if (!public_key_decode_rsa(der, length, &key) || key.fault != PUBLIC_KEY_SOUND ||
		    key.form != reals[i].form || key.bits != reals[i].bits)
			fail_msg("%s: %s, %u bits", reals[i].name, public_key_fault_text(key.fault),
			    key.bits);
		assert_false(key.even_modulus || key.bad_exponent);
		assert_int_equal(ERR_peek_error(), 0);
		arena_free(&arena);
	}
}

/* Tag, length in the short or the two-octet form, content. */
static void
add_der(struct strbuf *out, uint8_t tag, const void *content, size_t length)
{
	strbuf_add_u8(out, tag);
	if (length >= 0x80) {
		strbuf_add_u8(out, 0x82);
		strbuf_add_u16(out, (uint16_t)length);
	} else {
		strbuf_add_u8(out, (uint8_t)length);
	}
	strbuf_add(out, content, length);
}

static void
wrap_der(struct strbuf *inner, uint8_t tag)
{
	struct strbuf out = { 0 };

	add_der(&out, tag, inner->at, inner->length);
	strbuf_free(inner);
	*inner = out;
}

/* A modulus of that many bits, highest bit set, ending in that octet. */
static void
add_modulus(struct strbuf *out, size_t bits, uint8_t last)
{
	uint8_t octets[1200] = { 0 }; /* the first stays 0: the number is not negative */
	size_t count = (bits + 7) / 8;

	memset(octets + 1, 0x5a, count);
	octets[1] = (uint8_t)(1u << ((bits + 7) % 8));
	octets[count] = last;
	add_der(out, 0x02, octets, count + 1);
}

struct built_case {
	const char *name;
	size_t bits;
	uint8_t last;
	uint32_t exponent;
	const char *behind; /* octets appended to the whole, to the inner key */
	const char *inside;
	const uint8_t *algorithm; /* NULL = a bare key */
	size_t cut;               /* octets missing at the end */
	enum public_key_fault fault;
	bool even_modulus, bad_exponent;
};

static const uint8_t rsa[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
	0x01, 0x01, 0x05, 0x00 };
static const uint8_t rsa_pss[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
	0x01, 0x0a, 0x05, 0x00 };

static const struct built_case builts[] = {
	{ "a bare key", 1024, 0x01, 65537, .fault = PUBLIC_KEY_SOUND },
	{ "a SubjectPublicKeyInfo", 1024, 0x01, 65537, .algorithm = rsa },
	{ "bits of the modulus, not of its octets", 1023, 0x01, 65537, .algorithm = rsa },
	{ "a small key is read", 512, 0x01, 65537, .algorithm = rsa },
	{ "a large key is read", 8192, 0x01, 65537, .algorithm = rsa },
	{ "an even modulus", 1024, 0x02, 65537, .algorithm = rsa, .even_modulus = true },
	{ "exponent 3", 1024, 0x01, 3, .algorithm = rsa },
	{ "exponent 1", 1024, 0x01, 1, .algorithm = rsa, .bad_exponent = true },
	{ "exponent 0", 1024, 0x01, 0, .algorithm = rsa, .bad_exponent = true },
	{ "an even exponent", 1024, 0x01, 65536, .algorithm = rsa, .bad_exponent = true },
	{ "an octet behind it", 1024, 0x01, 65537, "x", .algorithm = rsa,
	    .fault = PUBLIC_KEY_TRAILING },
	{ "an octet behind a bare key", 1024, 0x01, 65537, "x", .fault = PUBLIC_KEY_TRAILING },
	{ "an octet behind the inner key", 1024, 0x01, 65537, .inside = "x", .algorithm = rsa,
	    .fault = PUBLIC_KEY_TRAILING },
	{ "another algorithm", 1024, 0x01, 65537, .algorithm = rsa_pss,
	    .fault = PUBLIC_KEY_OTHER_ALGORITHM },
	{ "cut short", 1024, 0x01, 65537, .algorithm = rsa, .cut = 1,
	    .fault = PUBLIC_KEY_CUT_SHORT },
	{ "cut shorter", 2048, 0x01, 65537, .algorithm = rsa, .cut = 104,
	    .fault = PUBLIC_KEY_CUT_SHORT },
	{ "a bare key cut short", 1024, 0x01, 65537, .cut = 20, .fault = PUBLIC_KEY_CUT_SHORT },
};

static void
build(const struct built_case *c, struct strbuf *out)
{
	struct strbuf exponent = { 0 };

	strbuf_add_u8(&exponent, 0);
	strbuf_add_u32(&exponent, c->exponent);
	add_modulus(out, c->bits, c->last);
	add_der(out, 0x02, exponent.at, exponent.length);
	strbuf_free(&exponent);
	wrap_der(out, 0x30);
	if (c->algorithm != NULL) {
		struct strbuf whole = { 0 }, bits = { 0 };

		strbuf_add_u8(&bits, 0); /* no unused bits */
		strbuf_add(&bits, out->at, out->length);
		strbuf_add_string(&bits, c->inside == NULL ? "" : c->inside);
		strbuf_add(&whole, c->algorithm, sizeof rsa);
		add_der(&whole, 0x03, bits.at, bits.length);
		wrap_der(&whole, 0x30);
		strbuf_free(&bits);
		strbuf_free(out);
		*out = whole;
	}
	strbuf_add_string(out, c->behind == NULL ? "" : c->behind);
	out->length -= c->cut;
}

static void
built_keys_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(builts); i++) {
		const struct built_case *c = &builts[i];
		struct strbuf der = { 0 };
		struct public_key key;
		bool sound;

		build(c, &der);
		sound = public_key_decode_rsa((const uint8_t *)der.at, der.length, &key);
		if (key.fault != c->fault || sound != (c->fault == PUBLIC_KEY_SOUND))
			fail_msg("%s: %s", c->name, public_key_fault_text(key.fault));
		if (sound &&
		    (key.bits != c->bits || key.even_modulus != c->even_modulus ||
			key.bad_exponent != c->bad_exponent))
			fail_msg("%s: %u bits", c->name, key.bits);
		if (sound && key.form != (c->algorithm != NULL ? PUBLIC_KEY_SPKI : PUBLIC_KEY_BARE))
			fail_msg("%s: form", c->name);
		assert_int_equal(ERR_peek_error(), 0);
		strbuf_free(&der);
	}
}

struct garbage_case {
	const char *name;
	const char *octets;
	size_t length;
};

static const struct garbage_case garbage[] = {
	{ "nothing", "", 0 },
	{ "text", "hello", 5 },
	{ "a sequence of nothing", "\x30\x00", 2 },
	{ "a tag alone", "\x30", 1 },
	{ "a length of 127 octets", "\x30\xff", 2 },
	{ "a length without end", "\x30\x80\x00\x00", 4 },
	{ "one integer", "\x30\x03\x02\x01\x05", 5 },
};

static void
garbage_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(garbage); i++) {
		const uint8_t *octets = (const uint8_t *)garbage[i].octets;
		struct public_key key;

		if (public_key_decode_rsa(octets, garbage[i].length, &key) ||
		    key.fault != PUBLIC_KEY_UNDECODABLE)
			fail_msg("%s: %s", garbage[i].name, public_key_fault_text(key.fault));
		assert_int_equal(ERR_peek_error(), 0);
	}
}

static void
any_cut_of_a_key_is_survived(void **state)
{
	struct strbuf der = { 0 };
	struct public_key key;

	(void)state;
	build(&builts[1], &der);
	for (size_t length = 0; length < der.length; length++)
		assert_false(public_key_decode_rsa((const uint8_t *)der.at, length, &key));
	assert_int_equal(ERR_peek_error(), 0);
	strbuf_free(&der);
}

static void
earlier_errors_of_others_stay(void **state)
{
	struct public_key key;

	(void)state;
	ERR_clear_error();
	ERR_raise(ERR_LIB_USER, 42);
	public_key_decode_rsa((const uint8_t *)"hello", 5, &key);
	assert_int_equal(ERR_GET_REASON(ERR_get_error()), 42);
	assert_int_equal(ERR_get_error(), 0);
}

static void
ed25519_is_32_octets(void **state)
{
	static const uint8_t spki[12] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70,
		0x03, 0x21, 0x00 };
	uint8_t octets[45] = { 0 };
	struct public_key key;

	(void)state;
	for (size_t length = 0; length <= sizeof octets; length++)
		assert_int_equal(public_key_decode_ed25519(octets, length, &key), length == 32);
	assert_true(public_key_decode_ed25519(octets, 32, &key));
	assert_int_equal(key.bits, 256);
	assert_ptr_equal(key.raw, octets);
	assert_false(public_key_decode_ed25519(octets, 44, &key));
	assert_int_equal(key.fault, PUBLIC_KEY_WRONG_SIZE);
	assert_null(key.raw);
	memcpy(octets, spki, sizeof spki);
	assert_false(public_key_decode_ed25519(octets, 44, &key));
	assert_int_equal(key.fault, PUBLIC_KEY_ED25519_SPKI);
	assert_ptr_equal(key.raw, octets + 12);
	assert_false(public_key_decode_ed25519(octets, 45, &key));
	assert_int_equal(key.fault, PUBLIC_KEY_WRONG_SIZE);
	assert_false(public_key_decode_rsa(octets, 44, &key)); /* k=ed25519 was forgotten */
	assert_int_equal(key.fault, PUBLIC_KEY_OTHER_ALGORITHM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_keys_are_read),
		cmocka_unit_test(built_keys_are_judged),
		cmocka_unit_test(garbage_is_refused),
		cmocka_unit_test(any_cut_of_a_key_is_survived),
		cmocka_unit_test(earlier_errors_of_others_stay),
		cmocka_unit_test(ed25519_is_32_octets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
