/* MTA-STS: the policy file, and which hosts it covers. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/mta_sts_policy.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "version: STSv1\nmode: enforce\n"
#define MX "mx: a.com\n"
#define AGE "max_age: 86400\n"
#define LETTERS "abcdefghijklmnopqrstuvwxyz012345" /* 32 */

struct policy_case {
	const char *text;
	const char *expected; /* FAULT [LINE PROBLEM], MODE, MAX_AGE, PATTERNS */
};

static const struct policy_case policies[] = {
	/* RFC 8461 3.2, and its line ends */
	{ "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\n"
	  "mx: backupmx.example.com\nmax_age: 604800\n",
	    "sound, enforce, 604800, mail.example.com *.example.net backupmx.example.com" },
	{ "version: STSv1\r\nmode: testing\r\nmx: a.com\r\nmax_age: 1\r\n",
	    "sound, testing, 1, a.com" },
	{ "version:STSv1\r\nmode:none\nmax_age:0", "sound, none, 0" },
	{ "max_age: 86400\nmx: a.com\nmode: enforce\nversion: STSv1",
	    "sound, enforce, 86400, a.com" },
	{ "version:\t STSv1 \t\nmode: none  \nmax_age: 5 ", "sound, none, 5" },
	{ HEAD MX "max_age: 31557600", "sound, enforce, 31557600, a.com" },
	{ HEAD MX "max_age: 0000086400", "sound, enforce, 86400, a.com" },
	{ HEAD "mx: *.MAIL.Example.COM\nmx: mail\n" AGE,
	    "sound, enforce, 86400, *.mail.example.com mail" },
	{ HEAD MX AGE "x: y\n" LETTERS ": \xc3\xbc  z\nM.x-_: :::\n",
	    "sound, enforce, 86400, a.com" },

	/* the first of a field that is there twice counts */
	{ HEAD MX AGE "mode: testing\n", "untidy 5 mode is given twice, enforce, 86400, a.com" },
	{ HEAD MX AGE "mode: never\n", "untidy 5 mode is given twice, enforce, 86400, a.com" },
	{ HEAD MX AGE "version: STSv2\n",
	    "untidy 5 version is given twice, enforce, 86400, a.com" },
	{ HEAD MX AGE "max_age: 1\nmax_age: 2\n",
	    "untidy 5 max_age is given twice, enforce, 86400, a.com" },
	{ HEAD HEAD MX "x\n", "unusable 6 a line without a colon, enforce, a.com" },

	/* what is missing */
	{ "", "unusable 0 there is no version" },
	{ "version: STSv1", "unusable 0 there is no mode" },
	{ "mode: none\nmax_age: 1", "unusable 0 there is no version, none, 1" },
	{ "version: STSv1\nmode: none\n", "unusable 0 there is no max_age, none" },
	{ HEAD AGE, "unusable 0 there is no mx, enforce, 86400" },
	{ "version: STSv1\nmode: testing\n" AGE, "unusable 0 there is no mx, testing, 86400" },

	/* what is bad */
	{ "version: STSv2\n", "unusable 1 the version is not STSv1" },
	{ "version: stsv1\n", "unusable 1 the version is not STSv1" },
	{ "version:\n", "unusable 1 the version is not STSv1" },
	{ "version: STSv1\nmode: Enforce\n",
	    "unusable 2 the mode is neither enforce nor testing nor none" },
	{ HEAD "max_age: -1\n", "unusable 3 max_age is not 1 to 10 digits, enforce" },
	{ HEAD "max_age: 1.5\n", "unusable 3 max_age is not 1 to 10 digits, enforce" },
	{ HEAD "max_age:\n", "unusable 3 max_age is not 1 to 10 digits, enforce" },
	{ HEAD "max_age: 00000086400\n", "unusable 3 max_age is not 1 to 10 digits, enforce" },
	{ HEAD "max_age: 31557601\n", "unusable 3 max_age is above 31557600, a year, enforce" },
	{ HEAD "max_age: 9999999999\n", "unusable 3 max_age is above 31557600, a year, enforce" },
	{ HEAD "mx:\n", "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: *.\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: *\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: *a.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: *.*.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: a.*.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: a.com.\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: .a.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: m_x.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: m\xc3\xb8x.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "mx: a.com, b.com\n",
	    "unusable 3 mx is no host name, with `*.` before it or without, enforce" },
	{ HEAD "\n" MX AGE, "unusable 3 an empty line, enforce" },
	{ HEAD MX AGE "\n", "unusable 5 an empty line, enforce, 86400, a.com" },
	{ "version: STSv1\r\n\r\n", "unusable 2 an empty line" },
	{ HEAD "mx\n", "unusable 3 a line without a colon, enforce" },
	{ "version : STSv1\n", "unusable 1 a key that is none" },
	{ " version: STSv1\n", "unusable 1 a key that is none" },
	{ "Version: STSv1\n" AGE "mode: none\n", "unusable 0 there is no version, none, 86400" },
	{ "\xef\xbb\xbfversion: STSv1\n", "unusable 1 a key that is none" },
	{ ":\n", "unusable 1 a key that is none" },
	{ HEAD LETTERS "6: 1\n", "unusable 3 a key that is none, enforce" },
	{ HEAD "x:\n", "unusable 3 a value that is empty or not printable, enforce" },
	{ HEAD "x: a\x07\n", "unusable 3 a value that is empty or not printable, enforce" },
	{ HEAD "x: \xff\n", "unusable 3 a value that is empty or not printable, enforce" },
	{ HEAD "x: a\rmx: b\n", "unusable 3 a value that is empty or not printable, enforce" },
	{ "version: STSv1\rmode: none\r", "unusable 1 the version is not STSv1" },
	{ "<!DOCTYPE html>\n<html></html>\n", "unusable 1 a line without a colon" },
};

static void
write_policy(const struct mta_sts_policy *policy, struct strbuf *out)
{
	static const char *const faults[] = { "sound", "untidy", "unusable" };

	strbuf_reset(out);
	strbuf_add_string(out, faults[policy->fault]);
	if (policy->problem != NULL)
		strbuf_printf(out, " %zu %s", policy->problem_line, policy->problem);
	if (policy->mode != MTA_STS_NO_MODE)
		strbuf_printf(out, ", %s", mta_sts_mode_text(policy->mode));
	if (policy->has_max_age && (policy->fault != MTA_STS_UNUSABLE || policy->max_age > 0))
		strbuf_printf(out, ", %u", policy->max_age);
	for (size_t i = 0; i < policy->pattern_count; i++)
		strbuf_printf(out, "%s%s", i == 0 ? ", " : " ", policy->patterns[i]);
}

static void
policies_are_read(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(policies); i++) {
		struct arena arena = { 0 };
		struct mta_sts_policy policy;

		mta_sts_policy_parse(&arena, policies[i].text, strlen(policies[i].text), &policy);
		write_policy(&policy, &out);
		if (strcmp(out.at, policies[i].expected) != 0)
			fail_msg("%s: %s", policies[i].text, out.at);
		arena_free(&arena);
	}
	strbuf_free(&out);
}

static void
a_nul_is_no_end(void **state)
{
	static const char name[] = "version: STSv1\nmode: enforce\nmx: a.com\0.b.com\nmax_age: 1";
	static const char mode[] = "version: STSv1\nmode: none\0\nmax_age: 1";
	struct arena arena = { 0 };
	struct mta_sts_policy policy;

	(void)state;
	mta_sts_policy_parse(&arena, name, sizeof name - 1, &policy);
	assert_int_equal(policy.fault, MTA_STS_UNUSABLE);
	assert_int_equal(policy.problem_line, 3);
	mta_sts_policy_parse(&arena, mode, sizeof mode - 1, &policy);
	assert_int_equal(policy.fault, MTA_STS_UNUSABLE);
	assert_int_equal(policy.problem_line, 2);
	arena_free(&arena);
}

/* As many lines as go into the largest file, and one octet more than that. */
static void
large_files_are_bounded(void **state)
{
	struct arena arena = { 0 };
	struct strbuf text = { 0 };
	struct mta_sts_policy policy;
	size_t lines = 0;

	(void)state;
	strbuf_add_string(&text, HEAD AGE);
	for (; text.length + 5 <= MTA_STS_POLICY_MAX; lines++)
		strbuf_add_string(&text, "mx:a\n");
	mta_sts_policy_parse(&arena, text.at, text.length, &policy);
	assert_int_equal(policy.fault, MTA_STS_SOUND);
	assert_int_equal(policy.pattern_count, lines);
	while (text.length <= MTA_STS_POLICY_MAX)
		strbuf_add_byte(&text, '\n');
	mta_sts_policy_parse(&arena, text.at, text.length, &policy);
	assert_int_equal(policy.fault, MTA_STS_UNUSABLE);
	assert_int_equal(policy.pattern_count, 0);
	strbuf_free(&text);
	arena_free(&arena);
}

/* RFC 8461 4.1. */
static void
patterns_cover_hosts(void **state)
{
	static const struct {
		const char *pattern, *host;
		bool covers;
	} cases[] = {
		{ "mx.example.com", "mx.example.com", true },
		{ "mx.example.com", "MX.Example.COM", true },
		{ "mx.example.com", "a.mx.example.com", false },
		{ "mx.example.com", "example.com", false },
		{ "*.example.com", "mx.example.com", true },
		{ "*.example.com", "Mx.EXAMPLE.com", true },
		{ "*.example.com", "a.mx.example.com", false },
		{ "*.example.com", "example.com", false },
		{ "*.example.com", "mx.example.org", false },
		{ "*.example.com", "xexample.com", false },
		{ "*.mx.example.com", "a.mx.example.com", true },
		{ "*.mx.example.com", "mx.example.com", false },
		{ "*.com", "example.com", true },
		{ "*.com", "com", false },
		{ "mail", "mail", true },
		{ "*.example.com", "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (mta_sts_pattern_covers(cases[i].pattern, cases[i].host) != cases[i].covers)
			fail_msg("%s and %s", cases[i].pattern, cases[i].host);
}

static void
some_pattern_is_enough(void **state)
{
	static const char text[] =
	    "version: STSv1\nmode: enforce\nmx: a.com\nmx: *.b.com\nmax_age: 1";
	struct arena arena = { 0 };
	struct mta_sts_policy policy;

	(void)state;
	mta_sts_policy_parse(&arena, text, sizeof text - 1, &policy);
	assert_true(mta_sts_policy_covers(&policy, "a.com"));
	assert_true(mta_sts_policy_covers(&policy, "x.b.com"));
	assert_false(mta_sts_policy_covers(&policy, "b.com"));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policies_are_read),
		cmocka_unit_test(a_nul_is_no_end),
		cmocka_unit_test(large_files_are_bounded),
		cmocka_unit_test(patterns_cover_hosts),
		cmocka_unit_test(some_pattern_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
