/* The table of words by which servers refuse. */
#include "unit.h"

#include "base/error.h"
#include "names/refusals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define HEAD "kind\twords\tnote\n"

struct file {
	char path[32];
};

static const char *
write_file(struct file *file, const char *text)
{
	FILE *out;
	int fd;

	strcpy(file->path, "/tmp/refusals-XXXXXX");
	fd = mkstemp(file->path);
	assert_true(fd >= 0);
	out = fdopen(fd, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	return file->path;
}

static void
words_are_found(void **state)
{
	static const struct {
		const char *text;
		bool found;
	} cases[] = {
		{ "You are BLOCKED.", true },
		{ "unblocked", false },
		{ "blockedx", false },
		{ "on black lists", true },
		{ "blacklist", false },
		{ "my.dnsbls.org", true },
		{ "code 5.7.1 here", true },
		{ "1.5.7.1", false },
		{ "5.7.1.", true },
		{ "5.7.10", false },
		{ "", false },
	};
	struct refusals *refusals;
	struct error error;
	struct file file;

	(void)state;
	assert_int_equal(refusals_load(write_file(&file,
					   HEAD "client\tblocked\t-\nclient\tblack list*\t-\n"
						"client\t*dnsbl*\t-\nclient\t5.7.1\t-\n"
						"policy\tpolicy\t-\n"),
			     &refusals, &error),
	    0);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (refusals_speak_of(refusals, REFUSAL_OF_CLIENT, cases[i].text) != cases[i].found)
			fail_msg("%s", cases[i].text);
	assert_true(refusals_speak_of(refusals, REFUSAL_OF_POLICY, "by policy"));
	assert_false(refusals_speak_of(refusals, REFUSAL_OF_CLIENT, "by policy"));
	assert_false(refusals_speak_of(NULL, REFUSAL_OF_CLIENT, "blocked"));
	refusals_free(refusals);
	unlink(file.path);
}

static void
a_second_table_adds_and_replaces(void **state)
{
	struct refusals *refusals;
	struct error error;
	struct file first, second, third;

	(void)state;
	assert_int_equal(
	    refusals_load(write_file(&first, HEAD "client\ta\t-\n"), &refusals, &error), 0);
	assert_int_equal(refusals_add(refusals,
			     write_file(&second, HEAD "policy\ta\t-\nclient\tb\t-\n"), &error),
	    0);
	assert_false(refusals_speak_of(refusals, REFUSAL_OF_CLIENT, "a"));
	assert_true(refusals_speak_of(refusals, REFUSAL_OF_POLICY, "a"));
	assert_true(refusals_speak_of(refusals, REFUSAL_OF_CLIENT, "b"));
	assert_int_equal(
	    refusals_add(refusals, write_file(&third, HEAD "client\tc\t-\nx\td\t-\n"), &error), -1);
	assert_false(refusals_speak_of(refusals, REFUSAL_OF_CLIENT, "c"));
	refusals_free(refusals);
	unlink(first.path);
	unlink(second.path);
	unlink(third.path);
}

static void
faults_are_told(void **state)
{
	static const struct {
		const char *rows, *told;
	} cases[] = {
		{ "server\tx\t-\n", "must be client, policy or recipient" },
		{ "client\t\t-\n", "1 to 64" },
		{ "client\t**\t-\n", "1 to 64" },
		{ "client\t*\t-\n", "1 to 64" },
		{ "client\tX\t-\n", "lower case" },
		{ "client\ta*b\t-\n", "at its ends" },
		{ "client\t a\t-\n", "blank" },
		{ "client\tä\t-\n", "printable" },
		{ "client\ta\t-\npolicy\ta\t-\n", "already" },
	};
	struct refusals *refusals;
	struct error error;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char text[128];
		struct file file;

		snprintf(text, sizeof text, HEAD "%s", cases[i].rows);
		assert_int_equal(refusals_load(write_file(&file, text), &refusals, &error), -1);
		assert_null(refusals);
		assert_int_equal(error.code, EX_CONFIG);
		if (strstr(error.text, cases[i].told) == NULL)
			fail_msg("%s: %s", cases[i].rows, error.text);
		unlink(file.path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(a_second_table_adds_and_replaces),
		cmocka_unit_test(faults_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
