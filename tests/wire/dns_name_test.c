/* Domain names between wire and text: escapes, limits, compression that leads astray. */
#include "unit.h"

#include "base/buf.h"
#include "base/strbuf.h"
#include "wire/dns_name.h"

#include <stdbool.h>
#include <string.h>

#define L10 "aaaaaaaaaa"
#define L61 L10 L10 L10 L10 L10 L10 "a"
#define L63 L61 "aa"

struct text_case {
	const char *name;
	const char *text;
	const char *expected; /* as read back; NULL = no legal name */
};

static const struct text_case texts[] = {
	{ "a name", "mx.example.com", "mx.example.com" },
	{ "a dot at the end", "mx.example.com.", "mx.example.com" },
	{ "upper case", "MX.Example.COM", "mx.example.com" },
	{ "the root", ".", "." },
	{ "nothing is the root", "", "." },
	{ "a single label", "com", "com" },
	{ "an underscore", "_dmarc.a.com", "_dmarc.a.com" },
	{ "other octets stand as numbers", "a+b.com", "a\\043b.com" },
	{ "numbers", "a\\043b.com", "a\\043b.com" },
	{ "a letter as number", "\\065\\066.com", "ab.com" },
	{ "a dot inside a label", "a\\.b.com", "a\\046b.com" },
	{ "a dot inside a label, as number", "a\\046b.com", "a\\046b.com" },
	{ "a backslash", "a\\\\b.com", "a\\092b.com" },
	{ "zero and 255", "\\000\\255.com", "\\000\\255.com" },
	{ "an umlaut", "f\xc3\xbcr.de", "f\\195\\188r.de" },
	{ "an asterisk", "*.a.com", "\\042.a.com" },
	{ "63 octets", L63 ".com", L63 ".com" },
	{ "64 octets", L63 "a.com", NULL },
	{ "255 octets", L63 "." L63 "." L63 "." L61, L63 "." L63 "." L63 "." L61 },
	{ "256 octets", L63 "." L63 "." L63 "." L61 "a", NULL },
	{ "an empty label", "a..com", NULL },
	{ "an empty label first", ".com", NULL },
	{ "two dots at the end", "a.com..", NULL },
	{ "two dots", "..", NULL },
	{ "a number above 255", "a\\256.com", NULL },
	{ "a number cut short", "a\\04", NULL },
	{ "a backslash at the end", "a\\", NULL },
	{ "a backslash before a letter", "a\\b.com", "ab.com" },
};

static void
names_are_written_and_read_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct strbuf wire = { 0 };
		char text[DNS_NAME_TEXT_MAX] = "refused";
		bool written = dns_name_write(&wire, texts[i].text);

		if (written) {
			struct buf buf = buf_over(wire.at, wire.length);

			assert_true(dns_name_read(&buf, text));
			assert_int_equal(buf_left(&buf), 0);
		}
		if (written != (texts[i].expected != NULL) ||
		    (written && strcmp(text, texts[i].expected) != 0))
			fail_msg("%s: %s", texts[i].name, text);
		strbuf_free(&wire);
	}
}

struct wire_case {
	const char *name;
	const char *wire;
	size_t length;
	size_t start;         /* where the name begins */
	const char *expected; /* NULL = refused */
	size_t end;           /* where the reader stands afterwards */
};

#define WIRE(bytes) bytes, sizeof(bytes) - 1

static const struct wire_case wires[] = {
	{ "plain", WIRE("\2mx\3com\0"), 0, "mx.com", 8 },
	{ "a pointer", WIRE("\3com\0\2mx\xc0\0x"), 5, "mx.com", 10 },
	{ "nothing but a pointer", WIRE("\3com\0\xc0\0x"), 5, "com", 7 },
	{ "a pointer to a pointer", WIRE("\3com\0\1b\xc0\0\1a\xc0\5"), 9, "a.b.com", 13 },
	{ "a pointer forward", WIRE("\xc0\2\3com\0"), 0, "com", 2 },
	{ "a pointer to the root", WIRE("\0\2mx\xc0\0"), 1, "mx", 6 },
	{ "a pointer to itself", WIRE("\xc0\0"), 0, NULL, 0 },
	{ "two pointers in a circle", WIRE("\xc0\2\xc0\0"), 0, NULL, 0 },
	{ "a circle with a label", WIRE("\1a\xc0\0"), 0, NULL, 0 },
	{ "a pointer beyond the end", WIRE("\1a\xc0\x7f"), 0, NULL, 0 },
	{ "a pointer to the end", WIRE("\1a\xc0\4"), 0, NULL, 0 },
	{ "half a pointer", WIRE("\1a\xc0"), 0, NULL, 0 },
	{ "a label that is cut", WIRE("\5abc"), 0, NULL, 0 },
	{ "no end", WIRE("\3com"), 0, NULL, 0 },
	{ "nothing", WIRE(""), 0, NULL, 0 },
	{ "a label type of old (0x40)", WIRE("\x41\1a\0"), 0, NULL, 0 },
	{ "a label type that is not defined (0x80)", WIRE("\x80\0"), 0, NULL, 0 },
};

static void
wires_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wires); i++) {
		const struct wire_case *c = &wires[i];
		struct buf buf = buf_over(c->wire, c->length);
		char text[DNS_NAME_TEXT_MAX];
		bool read;

		buf_seek(&buf, c->start);
		read = dns_name_read(&buf, text);
		if (read != (c->expected != NULL) || (read && strcmp(text, c->expected) != 0) ||
		    (read && buf.position != c->end) || buf.failed == read)
			fail_msg("%s: %s, at %zu", c->name, read ? text : "refused", buf.position);
		if (!read)
			assert_string_equal(text, "");
	}
}

/* 255 octets, each of which needs four characters: the longest text that there is. */
static void
the_longest_text_fits(void **state)
{
	struct strbuf wire = { 0 };
	char text[DNS_NAME_TEXT_MAX];
	struct buf buf;

	(void)state;
	for (int label = 0; label < 4; label++) {
		int length = label < 3 ? 63 : 61;

		strbuf_add_u8(&wire, (uint8_t)length);
		while (length-- > 0)
			strbuf_add_u8(&wire, 0xff);
	}
	strbuf_add_u8(&wire, 0);
	buf = buf_over(wire.at, wire.length);
	assert_true(dns_name_read(&buf, text));
	assert_int_equal(strlen(text), 4 * 250 + 3);
	strbuf_free(&wire);
}

/* A name that grows over 255 octets by way of pointers. */
static void
compression_makes_no_name_longer(void **state)
{
	struct strbuf wire = { 0 };
	char text[DNS_NAME_TEXT_MAX];
	struct buf buf;

	(void)state;
	for (int i = 0; i < 5; i++) {
		strbuf_add_u8(&wire, 63);
		for (int octet = 0; octet < 63; octet++)
			strbuf_add_byte(&wire, 'a');
		strbuf_add_u16(&wire, (uint16_t)(0xc000 | (i + 1) * 66));
	}
	strbuf_add_u8(&wire, 0);
	buf = buf_over(wire.at, wire.length);
	assert_false(dns_name_read(&buf, text));
	buf = buf_over(wire.at, wire.length);
	buf_seek(&buf, 66 * 2);
	assert_true(dns_name_read(&buf, text));
	assert_int_equal(strlen(text), 3 * 63 + 2);
	strbuf_free(&wire);
}

static void
families_of_names(void **state)
{
	(void)state;
	assert_true(dns_name_at_or_below("a.com", "a.com"));
	assert_true(dns_name_at_or_below("x.a.com", "a.com"));
	assert_true(dns_name_at_or_below("y.x.a.com", "com"));
	assert_false(dns_name_at_or_below("xa.com", "a.com"));
	assert_false(dns_name_at_or_below("com", "a.com"));
	assert_false(dns_name_at_or_below("a.com", "b.com"));
	assert_string_equal(dns_name_parent("x.a.com"), "a.com");
	assert_null(dns_name_parent("com"));
	assert_null(dns_name_parent("."));
	assert_int_equal(dns_name_labels("x.a.com"), 3);
	assert_int_equal(dns_name_labels("com"), 1);
	assert_int_equal(dns_name_labels("."), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_written_and_read_back),
		cmocka_unit_test(wires_are_read),
		cmocka_unit_test(the_longest_text_fits),
		cmocka_unit_test(compression_makes_no_name_longer),
		cmocka_unit_test(families_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
