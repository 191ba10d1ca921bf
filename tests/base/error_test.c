/* An error is one line that does no harm where it is shown. */
#include "unit.h"

#include "base/error.h"

#include <string.h>

static void
it_holds_code_and_text(void **state)
{
	struct error error;

	(void)state;
	assert_int_equal(error_set(&error, 78, "%s:%d: no domain", "list.csv", 4), -1);
	assert_int_equal(error.code, 78);
	assert_string_equal(error.text, "list.csv:4: no domain");
}

static void
what_it_quotes_cannot_reach_the_terminal(void **state)
{
	struct error error;

	(void)state;
	error_set(&error, 66, "%s: no such file", "\x1b]0;title\a\xc2\x9b\x33\x31m\n.csv");
	assert_string_equal(error.text, "\\x1b]0;title\\x07\\xc2\\x9b31m\\x0a.csv: no such file");
}

static void
it_may_quote_itself(void **state)
{
	struct error error;

	(void)state;
	error_set(&error, 66, "no table");
	error_set(&error, 78, "a.ini:1: %s", error.text);
	assert_string_equal(error.text, "a.ini:1: no table");
}

static void
a_long_text_is_cut(void **state)
{
	struct error error;
	char text[2 * sizeof error.text];

	(void)state;
	memset(text, '\x1b', sizeof text);
	text[sizeof text - 1] = '\0';
	error_set(&error, 64, "%s", text);
	assert_int_equal(strlen(error.text), sizeof error.text - 1);
	assert_int_equal(strspn(error.text, "\\x1b"), sizeof error.text - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_holds_code_and_text),
		cmocka_unit_test(what_it_quotes_cannot_reach_the_terminal),
		cmocka_unit_test(it_may_quote_itself),
		cmocka_unit_test(a_long_text_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
