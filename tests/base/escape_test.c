/* What strangers wrote, made fit for people and terminals. */
#include "unit.h"

#include "base/arena.h"
#include "base/escape.h"

#include <string.h>

struct escape_case {
	const char *name, *text;
	size_t length; /* 0: up to the NUL */
	const char *escaped;
};

static const struct escape_case cases[] = {
	{ "text stays", "v=spf1 a -all", 0, "v=spf1 a -all" },
	{ "nothing", "", 0, "" },
	{ "a colour", "\x1b[31mred", 0, "\\x1b[31mred" },
	{ "lines, tabs, bells", "a\r\nb\tc\a\x7f", 0, "a\\x0d\\x0ab\\x09c\\x07\\x7f" },
	{ "a NUL", "a\0b", 3, "a\\x00b" },
	{ "letters of UTF-8 stay", "M\xc3\xbcnchen \xe2\x82\xac \xf0\x9f\x93\xa7", 0,
	    "M\xc3\xbcnchen \xe2\x82\xac \xf0\x9f\x93\xa7" },
	{ "the CSI above ASCII, in UTF-8", "\xc2\x9b\x33\x31m", 0, "\\xc2\\x9b31m" },
	{ "and as one octet", "\x9b\x33\x31m", 0, "\\x9b31m" },
	{ "the first that is no control", "\xc2\xa0|\xa0", 0, "\xc2\xa0|\xa0" },
	{ "a letter whose last octet looks like a control", "\xc3\x9b", 0, "\xc3\x9b" },
	{ "a character that is cut", "\xe2\x82", 0, "\xe2\\x82" },
	{ "octets of Latin-1 stay", "f\xfcr", 0, "f\xfcr" },
};

static void
controls_are_made_visible(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct escape_case *c = &cases[i];
		size_t length = c->length != 0 ? c->length : strlen(c->text);
		const char *escaped = escape_controls(&arena, c->text, length);

		if (strcmp(escaped, c->escaped) != 0)
			fail_msg("%s: %s", c->name, escaped);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_are_made_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
