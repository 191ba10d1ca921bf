/* The public suffix list of the system: what is registrable below it. */
#include "unit.h"

#include "base/error.h"
#include "names/suffix.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct suffix_case {
	const char *name;
	const char *domain;
	const char *registrable; /* NULL = none */
	bool is_public;
};

static const struct suffix_case cases[] = {
	{ "at the registrable domain", "example.com", "example.com", false },
	{ "below it", "a.b.example.com", "example.com", false },
	{ "a suffix", "com", NULL, true },
	{ "a suffix of two labels", "co.uk", NULL, true },
	{ "below a suffix of two labels", "mx.example.co.uk", "example.co.uk", false },
	{ "a suffix of the private section", "github.io", NULL, true },
	{ "below it", "foo.github.io", "foo.github.io", false },
	{ "any top-level domain is a suffix", "test", NULL, true },
	{ "below a top-level domain that nobody lists", "a.example.test", "example.test", false },
	{ "a wildcard rule", "x.ck", NULL, true },
	{ "below a wildcard rule", "a.b.x.ck", "b.x.ck", false },
	{ "an exception to a wildcard rule", "www.ck", "www.ck", false },
	{ "an international suffix", "xn--p1ai", NULL, true },
	{ "below it", "mx.example.xn--p1ai", "example.xn--p1ai", false },
	{ "an international suffix of two labels", "a.b.xn--55qx5d.cn", "b.xn--55qx5d.cn", false },
	{ "an underscore is fine", "_dmarc.example.com", "example.com", false },
	{ "an address", "192.0.2.1", NULL, false },
	{ "nothing", "", NULL, false },
	{ "a leading dot", ".com", NULL, false },
	{ "a trailing dot", "example.com.", NULL, false },
	{ "an empty label", "a..com", NULL, false },
};

static void
names_find_their_registrable_domain(void **state)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct suffix_case *c = &cases[i];
		char out[SUFFIX_NAME_SIZE] = "untouched";
		bool found = suffix_list_registrable(*state, c->domain, out);

		if (found != (c->registrable != NULL) ||
		    strcmp(out, found ? c->registrable : "") != 0)
			fail_msg("%s: '%s'", c->name, out);
		if (suffix_list_is_public(*state, c->domain) != c->is_public)
			fail_msg("%s: is_public", c->name);
	}
}

struct related_case {
	const char *a, *b;
	bool with_list, without_list;
};

static const struct related_case relations[] = {
	{ "mx.example.com", "example.com", true, true },
	{ "mx.example.com", "mail.example.com", true, true },
	{ "mx.example.com", "mx.example.net", false, false },
	{ "a.co.uk", "b.co.uk", false, true }, /* what the list is there for */
	{ "co.uk", "co.uk", false, true },
	{ "com", "com", false, false },
	{ "192.0.2.1", "198.51.2.1", false, false },
	{ "notexample.com", "example.com", false, false },
};

static void
names_are_related(void **state)
{
	for (size_t i = 0; i < COUNT_OF(relations); i++) {
		const struct related_case *c = &relations[i];

		assert_int_equal(suffix_related(*state, c->a, c->b), c->with_list);
		assert_int_equal(suffix_related(*state, c->b, c->a), c->with_list);
		assert_int_equal(suffix_related(NULL, c->a, c->b), c->without_list);
	}
}

static void
without_a_list_two_labels_count(void **state)
{
	char out[SUFFIX_NAME_SIZE];

	(void)state;
	assert_true(suffix_list_registrable(NULL, "a.b.co.uk", out));
	assert_string_equal(out, "co.uk");
	assert_false(suffix_list_registrable(NULL, "com", out));
	assert_false(suffix_list_is_public(NULL, "com"));
}

static void
own_lists_are_read_and_others_refused(void **state)
{
	char path[] = "/tmp/suffix_test.XXXXXX";
	int handle = mkstemp(path);
	struct suffix_list *list;
	struct error error;
	char out[SUFFIX_NAME_SIZE];

	(void)state;
	assert_true(handle >= 0);
	assert_int_equal(suffix_list_open(path, &list, &error), -1); /* no rule in it */
	assert_null(list);
	assert_non_null(strstr(error.text, path));
	assert_true(dprintf(handle, "// ===BEGIN ICANN DOMAINS===\ncom\nexample.com\n") > 0);
	close(handle);
	assert_int_equal(suffix_list_open(path, &list, &error), 0);
	assert_true(suffix_list_registrable(list, "a.b.example.com", out));
	assert_string_equal(out, "b.example.com");
	suffix_list_close(list);
	unlink(path);
	assert_int_equal(suffix_list_open(path, &list, &error), -1); /* no such file */
	assert_int_equal(suffix_list_open("/", &list, &error), -1);  /* no file */
}

static int
open_list(void **state)
{
	struct suffix_list *list;
	struct error error;

	if (suffix_list_open(NULL, &list, &error) != 0)
		return -1;
	*state = list;
	return 0;
}

static int
close_list(void **state)
{
	suffix_list_close(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_find_their_registrable_domain),
		cmocka_unit_test(names_are_related),
		cmocka_unit_test(without_a_list_two_labels_count),
		cmocka_unit_test(own_lists_are_read_and_others_refused),
	};

	return cmocka_run_group_tests(tests, open_list, close_list);
}
