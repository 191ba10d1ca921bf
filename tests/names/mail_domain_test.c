/* What stands in a column called "domain", from tidy to hopeless. */
#include "unit.h"

#include "names/mail_domain.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_63 "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0"
#define LABEL_61 "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxy"
#define DOTTED_192 LABEL_63 "." LABEL_63 "." LABEL_63 "."

struct valid_case {
	const char *name;
	const char *text;
	const char *ascii;
	const char *unicode; /* NULL = the same */
	bool changed;
};

static const struct valid_case valid[] = {
	{ "as it should be", "example.com", "example.com", .changed = false },
	{ "blanks around are no change", " \texample.com \r\n", "example.com", .changed = false },
	{ "upper case", "Example.COM", "example.com", .changed = true },
	{ "a trailing dot", "example.com.", "example.com", .changed = true },
	{ "an ideographic trailing dot", "example.com\u3002", "example.com", .changed = true },
	{ "a mail address", "info@example.com", "example.com", .changed = true },
	{ "a mail address with a quoted at sign", "\"a@b\"@example.com", "example.com",
	    .changed = true },
	{ "an at sign alone before it", "@example.com", "example.com", .changed = true },
	{ "mailto", "mailto:info@example.com?subject=x", "example.com", .changed = true },
	{ "a URL", "https://www.example.com/path?q=1#f", "www.example.com", .changed = true },
	{ "a URL in upper case", "HTTP://EXAMPLE.COM", "example.com", .changed = true },
	{ "a URL with user and port", "ftp://u:p@example.com:8080/x@y.net", "example.com",
	    .changed = true },
	{ "a URL with a query at once", "https://example.com?x", "example.com", .changed = true },
	{ "a URL with a dot", "https://example.com./", "example.com", .changed = true },
	{ "blanks inside the cut", " https://example.com/ ", "example.com", .changed = true },
	{ "a no-break space", "example.com\u00a0", "example.com", .changed = true },
	{ "a byte-order mark", "\ufeffexample.com", "example.com", .changed = true },
	{ "a zero-width space", "\u200bexample.com\u200b ", "example.com", .changed = true },
	{ "a U-label", "m\u00fcnchen.de", "xn--mnchen-3ya.de", "m\u00fcnchen.de", .changed = true },
	{ "a U-label in upper case", "M\u00dcNCHEN.DE", "xn--mnchen-3ya.de", "m\u00fcnchen.de",
	    .changed = true },
	{ "a U-label in two code points", "mu\u0308nchen.de", "xn--mnchen-3ya.de",
	    "m\u00fcnchen.de", .changed = true },
	{ "sharp s stays what it is", "stra\u00dfe.de", "xn--strae-oqa.de", "stra\u00dfe.de",
	    .changed = true },
	{ "an A-label is no change", "xn--mnchen-3ya.de", "xn--mnchen-3ya.de", "m\u00fcnchen.de",
	    .changed = false },
	{ "an A-label in upper case", "XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de", "m\u00fcnchen.de",
	    .changed = true },
	{ "an A-label that IDNA2008 does not allow is a name all the same", "xn--i-7iq.ws",
	    "xn--i-7iq.ws", .changed = false },
	{ "a false A-label as well", "xn--a.example.com", "xn--a.example.com", .changed = false },
	{ "ideographic dots", "m\u00fcnchen\u3002de", "xn--mnchen-3ya.de", "m\u00fcnchen.de",
	    .changed = true },
	{ "full-width letters", "\uff45\uff58ample.com", "example.com", .changed = true },
	{ "right to left", "\u05d0\u05d1.co.il", "xn--4dbc.co.il", "\u05d0\u05d1.co.il",
	    .changed = true },
	{ "two hyphens beside a U-label", "ab--cd.m\u00fcnchen.de", "ab--cd.xn--mnchen-3ya.de",
	    "ab--cd.m\u00fcnchen.de", .changed = true },
	{ "the longest name", DOTTED_192 LABEL_61, DOTTED_192 LABEL_61, .changed = false },
	{ "the longest name with a dot", DOTTED_192 LABEL_61 ".", DOTTED_192 LABEL_61,
	    .changed = true },
	{ "digits in all labels but the last", "163.com", "163.com", .changed = false },
};

static void
valid_names_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(valid); i++) {
		const struct valid_case *c = &valid[i];
		struct mail_domain domain;
		bool read = mail_domain_parse(c->text, strlen(c->text), &domain);

		if (!read || domain.problem[0] != '\0' || strcmp(domain.ascii, c->ascii) != 0 ||
		    strcmp(domain.unicode, c->unicode != NULL ? c->unicode : c->ascii) != 0)
			fail_msg("%s: '%s' '%s' %s", c->name, domain.ascii, domain.unicode,
			    domain.problem);
		if (domain.changed != c->changed)
			fail_msg("%s: changed", c->name);
	}
}

struct invalid_case {
	const char *name;
	const char *text;
	const char *problem; /* a part of it */
};

static const struct invalid_case invalid[] = {
	{ "nothing", "", "empty" },
	{ "blanks", "   ", "empty" },
	{ "a dot", ".", "empty" },
	{ "a user without domain", "info@", "empty" },
	{ "a URL without host", "https:///path", "empty" },
	{ "one label", "localhost", "one label" },
	{ "one label and a dot", "com.", "one label" },
	{ "two dots at the end", "example.com..", "empty label" },
	{ "two dots", "example..com", "empty label" },
	{ "a leading dot", ".example.com", "empty label" },
	{ "an underscore", "foo_bar.example.com", "underscore" },
	{ "a blank inside", "exa mple.com", "blank" },
	{ "two domains", "example.com, example.net", "','" },
	{ "a path without scheme", "example.com/path", "'/'" },
	{ "a port without scheme", "example.com:25", "':'" },
	{ "angle brackets", "<info@example.com>", "'>'" },
	{ "a hyphen at an end", "-example.com", "hyphen" },
	{ "IPv4", "192.0.2.1", "IP address" },
	{ "IPv4 behind a user", "info@192.0.2.1", "IP address" },
	{ "IPv4 in full-width digits", "\uff11\uff19\uff12.0.2.1", "IP address" },
	{ "IPv4 out of range", "300.300.300.300", "number" },
	{ "IPv6", "2001:db8::1", "IP address" },
	{ "an address literal", "info@[192.0.2.1]", "IP address" },
	{ "an IPv6 URL", "http://[2001:db8::1]:25/", "IP address" },
	{ "a last label of digits", "example.123", "number" },
	{ "a label of 64 octets", LABEL_63 "x.com", "63" },
	{ "a name of 254 octets", DOTTED_192 LABEL_61 "x", "253" },
	{ "no UTF-8: Latin-1", "m\xfcnchen.de", "UTF-8: see the octet 0xfc" },
	{ "no UTF-8: cut short", "example.com\xc3", "UTF-8" },
	{ "no UTF-8: an overlong slash", "example\xc0\xaf.com", "UTF-8" },
	{ "no UTF-8: a surrogate", "\xed\xa0\x80.com", "UTF-8" },
	{ "a character that IDNA2008 does not allow", "i\u2764.ws", "ASCII form" },
	{ "a joiner where none may be", "a\u200db.de", "ASCII form" },
	{ "directions mixed", "0\u05d0\u05d1.co.il", "ASCII form" },
	{ "a hyphen at the end of a U-label", "\u00fc-.de", "ASCII form" },
	{ "a character that maps to a slash", "\u2100.de", "'/'" },
	{ "a label that maps to nothing", "\u00ad.de", "empty label" },
};

static void
invalid_names_say_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(invalid); i++) {
		const struct invalid_case *c = &invalid[i];
		struct mail_domain domain;
		bool read = mail_domain_parse(c->text, strlen(c->text), &domain);

		if (read || strstr(domain.problem, c->problem) == NULL)
			fail_msg("%s: '%s' %s", c->name, domain.ascii, domain.problem);
		assert_string_equal(domain.ascii, "");
		assert_string_equal(domain.unicode, "");
		assert_false(domain.changed);
	}
}

static void
octets_are_counted_not_ended_by_nul(void **state)
{
	struct mail_domain domain;

	(void)state;
	assert_false(mail_domain_parse("example.com\0.net", 16, &domain));
	assert_non_null(strstr(domain.problem, "NUL"));
	assert_false(mail_domain_parse("https://example.com\0/", 21, &domain));
	assert_true(mail_domain_parse("example.com-and-more", 11, &domain));
	assert_string_equal(domain.ascii, "example.com");
	assert_false(mail_domain_parse(NULL, 0, &domain));
	assert_string_equal(domain.problem, "it is empty");
}

/* A block of exactly that size, so that a sanitizer sees each octet read beyond it. */
static void
any_length_is_survived(void **state)
{
	static const char *const units[] = { "a", ".", "a.", "\u00fc", "\u3002", "@", "://", " ",
		"\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		for (size_t count = 1; count < 5000; count = count * 3 + 1) {
			size_t unit = strlen(units[i]);
			char *text = malloc(unit * count);
			struct mail_domain domain;

			assert_non_null(text);
			for (size_t k = 0; k < count; k++)
				memcpy(text + k * unit, units[i], unit);
			mail_domain_parse(text, unit * count, &domain);
			assert_true(strlen(domain.problem) < sizeof domain.problem);
			free(text);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_names_are_read),
		cmocka_unit_test(invalid_names_say_what_is_wrong),
		cmocka_unit_test(octets_are_counted_not_ended_by_nul),
		cmocka_unit_test(any_length_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
