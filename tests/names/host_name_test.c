/* The syntax of host names, and the form in which they are compared. */
#include "unit.h"

#include "names/host_name.h"

#include <string.h>

#define LABEL_63 "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0"
#define LABEL_61 "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxy"
#define DOTTED_192 LABEL_63 "." LABEL_63 "." LABEL_63 "."

struct name_case {
	const char *name;
	const char *text;
	enum host_name_fault expected;
};

static const struct name_case cases[] = {
	{ "two labels", "example.com", HOST_NAME_OK },
	{ "upper case", "MX1.Example.COM", HOST_NAME_OK },
	{ "digits first", "3com.com", HOST_NAME_OK },
	{ "digits alone, not in the last label", "1.163.com", HOST_NAME_OK },
	{ "two hyphens", "r3---sn.example.com", HOST_NAME_OK },
	{ "an A-label", "xn--mnchen-3ya.de", HOST_NAME_OK },
	{ "a last label of digits and a letter", "example.4a", HOST_NAME_OK },
	{ "the longest label", LABEL_63 ".com", HOST_NAME_OK },
	{ "the longest name", DOTTED_192 LABEL_61, HOST_NAME_OK },
	{ "an underscore", "mx_1.example.com", HOST_NAME_UNDERSCORE },
	{ "an underscore first", "_dmarc.example.com", HOST_NAME_UNDERSCORE },
	{ "one label", "localhost", HOST_NAME_SINGLE_LABEL },
	{ "one label with an underscore", "mx_1", HOST_NAME_SINGLE_LABEL },
	{ "nothing", "", HOST_NAME_EMPTY_LABEL },
	{ "a dot", ".", HOST_NAME_EMPTY_LABEL },
	{ "a trailing dot", "example.com.", HOST_NAME_EMPTY_LABEL },
	{ "a leading dot", ".example.com", HOST_NAME_EMPTY_LABEL },
	{ "two dots", "mx..example.com", HOST_NAME_EMPTY_LABEL },
	{ "an empty label is worse than a bad octet", "m x..com", HOST_NAME_EMPTY_LABEL },
	{ "a blank", "mx example.com", HOST_NAME_ILLEGAL },
	{ "a bad octet is worse than an underscore", "m_x!.example.com", HOST_NAME_ILLEGAL },
	{ "a U-label", "m\xc3\xbcnchen.de", HOST_NAME_ILLEGAL },
	{ "an escape of the DNS", "a\\.b.example.com", HOST_NAME_ILLEGAL },
	{ "a hyphen first", "-mx.example.com", HOST_NAME_ILLEGAL },
	{ "a hyphen last", "mx-.example.com", HOST_NAME_ILLEGAL },
	{ "a hyphen in the last label", "example.com-", HOST_NAME_ILLEGAL },
	{ "a port", "mx.example.com:25", HOST_NAME_ILLEGAL },
	{ "a wildcard", "*.example.com", HOST_NAME_ILLEGAL },
	{ "a label of 64 octets", LABEL_63 "x.com", HOST_NAME_ILLEGAL },
	{ "a name of 254 octets", DOTTED_192 LABEL_61 "x", HOST_NAME_ILLEGAL },
	{ "IPv4", "192.0.2.1", HOST_NAME_ADDRESS },
	{ "IPv4 out of range is still no name", "192.0.2.256", HOST_NAME_ADDRESS },
	{ "IPv6", "2001:db8::1", HOST_NAME_ADDRESS },
	{ "an address literal", "[192.0.2.1]", HOST_NAME_ADDRESS },
	{ "an IPv6 literal", "[IPv6:2001:db8::1]", HOST_NAME_ADDRESS },
	{ "a last label of digits", "mx.example.25", HOST_NAME_ADDRESS },
	{ "a number", "4711", HOST_NAME_ADDRESS },
};

static void
names_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char problem[HOST_NAME_PROBLEM_SIZE];
		enum host_name_fault fault;
		bool valid = host_name_valid(cases[i].text, &fault);

		host_name_problem(cases[i].text, problem);
		if (fault != cases[i].expected || valid != (fault == HOST_NAME_OK) ||
		    valid != (problem[0] == '\0'))
			fail_msg("%s: %d, '%s'", cases[i].name, (int)fault, problem);
	}
	assert_true(host_name_valid("example.com", NULL));
}

struct problem_case {
	const char *text;
	const char *expected;
};

static const struct problem_case problems[] = {
	{ "", "it is empty" },
	{ "a,b.com", "it has ',', which no name may have" },
	{ "a b.com", "it has a blank inside" },
	{ "a\x01.com", "it has the octet 0x01, which is illegal" },
	{ "a\xc3.com", "it has the octet 0xc3, which is illegal" },
	{ "192.0.2.1", "it is an IP address, not a name" },
};

static void
problems_name_the_culprit(void **state)
{
	char problem[HOST_NAME_PROBLEM_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		host_name_problem(problems[i].text, problem);
		assert_string_equal(problem, problems[i].expected);
	}
}

struct normal_case {
	const char *name;
	const char *text;
	const char *expected; /* NULL = refused */
};

static const struct normal_case normals[] = {
	{ "lower case", "MX1.Example.COM", "mx1.example.com" },
	{ "one trailing dot goes", "mx1.example.com.", "mx1.example.com" },
	{ "but only one", "mx1.example.com..", "mx1.example.com." },
	{ "a U-label", "mx.M\xc3\x9cnchen.de", "mx.xn--mnchen-3ya.de" },
	{ "an address literal goes through", "[IPv6:2001:DB8::1]", "[ipv6:2001:db8::1]" },
	{ "an underscore goes through", "mx_1.example.com", "mx_1.example.com" },
	{ "nothing", "", "" },
	{ "no UTF-8", "mx\xff.example.com", NULL },
	{ "the longest name and a dot", DOTTED_192 LABEL_61 ".", DOTTED_192 LABEL_61 },
	{ "too long", DOTTED_192 LABEL_61 "x", NULL },
};

static void
names_are_normalised(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(normals); i++) {
		const char *expected = normals[i].expected;
		char name[HOST_NAME_SIZE];
		bool done = host_name_normalise(normals[i].text, name);

		if (done != (expected != NULL) || strcmp(name, done ? expected : "") != 0)
			fail_msg("%s: '%s'", normals[i].name, name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_judged),
		cmocka_unit_test(problems_name_the_culprit),
		cmocka_unit_test(names_are_normalised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
