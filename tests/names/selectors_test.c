/* The table of DKIM selectors: the shipped one, small ones, and the faults that a table can have.
 */
#include "unit.h"

#include "base/error.h"
#include "names/provider.h"
#include "names/selectors.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define HEADER "hint\tselectors\tnote\n"
#define TWENTY "a b c d e f g h i j k l m n o p q r s t"

typedef int (*read_fn)(void *user, const char *path, struct error *error);

/* The text as a file, for as long as it is read. */
static int
read_text(const char *text, read_fn read, void *user, struct error *error)
{
	char path[] = "/tmp/selectors_test.XXXXXX";
	int handle = mkstemp(path), status;
	FILE *file;

	assert_true(handle >= 0);
	file = fdopen(handle, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	status = read(user, path, error);
	unlink(path);
	return status;
}

static int
load(void *user, const char *path, struct error *error)
{
	return selectors_load(path, user, error);
}

static int
add(void *user, const char *path, struct error *error)
{
	return selectors_add(user, path, error);
}

static void
assert_list(struct selector_list list, const char *expected)
{
	char text[1000] = "";

	for (size_t i = 0; i < list.count; i++) {
		strcat(text, i > 0 ? " " : "");
		strcat(text, list.at[i]);
	}
	assert_string_equal(text, expected);
}

static void
hints_have_their_selectors(void **state)
{
	struct selectors *selectors;
	struct error error;

	(void)state;
	assert_int_equal(read_text("\ufeff# a comment\r\n\r\n" HEADER "*\ta b\tx\n"
				   "mx:one\tc\t\nspf:_spf.b.test\td\t-\nspf:x._spf.b.test\te f\t-\n"
				   "spf:none.test\t-\t-\n",
			     load, &selectors, &error),
	    0);
	assert_list(selectors_common(selectors), "a b");
	assert_list(selectors_of_provider(selectors, "one"), "c");
	assert_list(selectors_of_provider(selectors, "two"), "");
	assert_list(selectors_of_provider(selectors, ""), "");
	assert_list(selectors_of_spf(selectors, "_spf.b.test"), "d");
	assert_list(selectors_of_spf(selectors, "y._spf.b.test"), "d");
	assert_list(selectors_of_spf(selectors, "x._spf.b.test"), "e f");
	assert_list(selectors_of_spf(selectors, "z.x._spf.b.test"), "e f");
	assert_list(selectors_of_spf(selectors, "b.test"), "");
	assert_list(selectors_of_spf(selectors, "no_spf.b.test"), "");
	assert_list(selectors_of_spf(selectors, "none.test"), "");
	selectors_free(selectors);
	assert_list(selectors_common(NULL), "");
	assert_list(selectors_of_provider(NULL, "one"), "");
	assert_list(selectors_of_spf(NULL, "b.test"), "");
	selectors_free(NULL);
}

static void
names_of_any_length_are_survived(void **state)
{
	struct selectors *selectors;
	struct error error;
	char name[1000];

	(void)state;
	assert_int_equal(read_text(HEADER "spf:a.test\tx\t-\n", load, &selectors, &error), 0);
	memset(name, 'a', sizeof name);
	strcpy(name + 900, ".a.test");
	assert_list(selectors_of_spf(selectors, name), "x");
	memset(name, '.', 900);
	assert_list(selectors_of_spf(selectors, name), "x");
	assert_list(selectors_of_provider(selectors, name), "");
	selectors_free(selectors);
}

static void
a_second_table_adds_and_replaces(void **state)
{
	struct selectors *selectors;
	struct error error;

	(void)state;
	assert_int_equal(read_text(HEADER "*\ta\t-\nmx:one\tb\t-\n", load, &selectors, &error), 0);
	assert_int_equal(read_text(HEADER "*\t-\t-\nmx:two\tc\t-\n", add, selectors, &error), 0);
	assert_list(selectors_common(selectors), "");
	assert_list(selectors_of_provider(selectors, "one"), "b");
	assert_list(selectors_of_provider(selectors, "two"), "c");
	assert_int_equal(read_text(HEADER "mx:one\td\t-\nmx:two\n", add, selectors, &error), -1);
	assert_list(selectors_of_provider(selectors, "one"), "b");
	selectors_free(selectors);
}

struct fault_case {
	const char *name;
	const char *text;
	const char *word; /* of the message */
};

static const struct fault_case faults[] = {
	{ "nothing", "", "no header; a line 'hint<tab>selectors<tab>...'" },
	{ "no header", "*\ta\t-\n", ":1: header: column 1 must be named hint" },
	{ "a header cut short", "hint\tselectors\n", "column 3 must be named note" },
	{ "a field too few", HEADER "*\ta\n", ":2: columns: 2 found, 3 are right" },
	{ "a field too many", HEADER "*\ta\t-\t-\n", ":2: columns: 4 found" },
	{ "no UTF-8", HEADER "*\ta\t\xff\n", ":2: not UTF-8" },
	{ "no hint", HEADER "google\ta\t-\n", ":2: hint: 'google' must be *, mx:" },
	{ "a hint without a provider", HEADER "mx:\ta\t-\n", "hint: 'mx:' must be" },
	{ "a hint without a name", HEADER "spf:\ta\t-\n", "must have a full host name" },
	{ "a name in upper case", HEADER "spf:B.test\ta\t-\n", "lower case" },
	{ "a name with a dot too many", HEADER "spf:b.test.\ta\t-\n", "full host name" },
	{ "the same hint twice", HEADER "*\ta\t-\n*\tb\t-\n", ":3: hint: '*' stands in this file" },
	{ "no selectors", HEADER "*\t\t-\n", "selectors: '' must have one blank" },
	{ "two blanks", HEADER "*\ta  b\t-\n", "selectors: 'a  b' must have one blank" },
	{ "a selector in upper case", HEADER "*\ta B\t-\n", "lower-case letters" },
	{ "a selector with an empty label", HEADER "*\ta..b\t-\n", "lower-case letters" },
	{ "a selector that begins with a dot", HEADER "*\t.b\t-\n", "lower-case letters" },
	{ "a selector that ends with a dot", HEADER "*\tb.\t-\n", "lower-case letters" },
	{ "a selector with a comma", HEADER "*\ta,b\t-\n", "lower-case letters" },
	{ "the same selector twice", HEADER "*\ta b a\t-\n", "once" },
	{ "more than twenty", HEADER "*\t" TWENTY " u\t-\n", "20 selectors at most" },
	{ "more than eight of a provider", HEADER "mx:a\ta b c d e f g h i\t-\n",
	    "8 selectors at most" },
};

static void
faults_are_told_with_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct selectors *selectors;
		struct error error;

		assert_int_equal(read_text(faults[i].text, load, &selectors, &error), -1);
		assert_null(selectors);
		assert_int_equal(error.code, EX_CONFIG);
		if (strstr(error.text, faults[i].word) == NULL)
			fail_msg("%s: %s", faults[i].name, error.text);
	}
}

static void
a_missing_file_is_told(void **state)
{
	struct selectors *selectors;
	struct error error;

	(void)state;
	assert_int_equal(selectors_load("/nowhere/selectors.tsv", &selectors, &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "/nowhere/selectors.tsv"));
}

static void
as_many_as_may_be(void **state)
{
	struct selectors *selectors;
	struct error error;

	(void)state;
	assert_int_equal(read_text(HEADER "*\t" TWENTY "\t-\nmx:a\ta b c d e f g h\t-\n", load,
			     &selectors, &error),
	    0);
	assert_int_equal(selectors_common(selectors).count, SELECTORS_COMMON_MAX);
	assert_int_equal(selectors_of_provider(selectors, "a").count, SELECTORS_HINT_MAX);
	selectors_free(selectors);
}

static bool
is_provider(const struct providers *providers, const char *name)
{
	const struct provider *row;
	size_t cursor = 0;

	while ((row = providers_next(providers, &cursor)) != NULL)
		if (strcmp(row->name, name) == 0)
			return true;
	return false;
}

/* A hint that names no provider of the other table would never count. */
static void
the_shipped_tables_fit(void **state)
{
	struct selectors *selectors;
	struct providers *providers;
	struct selector_list list;
	struct error error;
	const char *hint;
	size_t cursor = 0, of_providers = 0;

	(void)state;
	if (selectors_load(SOURCE_DIR "/data/selectors.tsv", &selectors, &error) != 0 ||
	    providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error) != 0)
		fail_msg("%s", error.text);
	while ((hint = selectors_next(selectors, &cursor, &list)) != NULL) {
		assert_true(list.count > 0);
		if (strncmp(hint, "mx:", 3) != 0)
			continue;
		of_providers++;
		if (!is_provider(providers, hint + 3))
			fail_msg("%s", hint);
	}
	assert_true(of_providers > 10);
	assert_list(selectors_of_provider(selectors, "microsoft365"), "selector1 selector2");
	assert_list(selectors_of_spf(selectors, "_spf.google.com"), "google");
	assert_true(selectors_common(selectors).count > 10);
	providers_free(providers);
	selectors_free(selectors);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_have_their_selectors),
		cmocka_unit_test(names_of_any_length_are_survived),
		cmocka_unit_test(a_second_table_adds_and_replaces),
		cmocka_unit_test(faults_are_told_with_their_place),
		cmocka_unit_test(a_missing_file_is_told),
		cmocka_unit_test(as_many_as_may_be),
		cmocka_unit_test(the_shipped_tables_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
