/* Where the scanner's own name leads, and whose reverse name leads back to it. */
#include "unit.h"

#include "base/arena.h"
#include "rule/own_name.h"
#include "rule/rule_case.h"

#include <string.h>

#define NAME "scan.a.com"
#define GOOD NAME " A 192.0.2.1\n192.0.2.1 PTR " NAME "\n"

static const char *const words[OWN_NAME_STATE_COUNT] = { "unknown", "good", "nat", "not-full",
	"nowhere", "elsewhere", "no-ptr", "other-ptr" };

/* Subject: ADDRESS NAME. Gives the word, as what the address is seen, and the reverse name. */
static void
run_own_name(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct ip_network allowed[2];
	const struct run_facts *before = facts->run;
	struct run_facts run = *before;
	char *name = strchr(arena_string(arena, subject), ' '), text[IP_TEXT_MAX];
	struct own_address own = { 0 };

	assert_true(ip_network_parse("192.0.2.0/24", &allowed[0]));
	assert_true(ip_network_parse("2001:db8::/32", &allowed[1]));
	run.allowed = allowed;
	run.allowed_count = COUNT_OF(allowed);
	run.honest_resolvers = 1;
	facts->run = &run;
	*name = '\0';
	assert_true(ip_parse(name - strcspn(subject, " "), &own.ip));
	own_name_evaluate(facts, name + 1, arena, &own);
	facts->run = before;
	strbuf_printf(out, "%s %s %s", words[own.name],
	    own.seen_as.family == 0 ? "-" : ip_format(&own.seen_as, text),
	    own.ptr == NULL ? "-" : own.ptr);
}

static const struct rule_row rule_own_name = { "own-name", run_own_name };

static const struct rule_case cases[] = {
	{ "there and back", "192.0.2.1 scan.a.com", GOOD, "good 192.0.2.1 scan.a.com" },
	{ "letter case and a dot at the end", "192.0.2.1 Scan.A.com.", GOOD,
	    "good 192.0.2.1 scan.a.com" },
	{ "IPv6", "2001:db8::1 scan.a.com", NAME " AAAA 2001:db8::1\n2001:db8::1 PTR " NAME "\n",
	    "good 2001:db8::1 scan.a.com" },
	{ "of several reverse names one", "192.0.2.1 scan.a.com", GOOD "192.0.2.1 PTR a.b.com\n",
	    "good 192.0.2.1 scan.a.com" },
	{ "a single label", "192.0.2.1 scan", "192.0.2.1 PTR b.com\n", "not-full 192.0.2.1 b.com" },
	{ "an address literal", "192.0.2.1 [192.0.2.1]", GOOD, "not-full 192.0.2.1 scan.a.com" },
	{ "no such name", "192.0.2.1 scan.a.com", "192.0.2.1 PTR b.com\n",
	    "nowhere 192.0.2.1 b.com" },
	{ "the other family alone", "2001:db8::1 scan.a.com", GOOD, "nowhere 2001:db8::1 -" },
	{ "another address", "192.0.2.1 scan.a.com", NAME " A 192.0.2.2\n192.0.2.1 PTR " NAME "\n",
	    "elsewhere 192.0.2.1 scan.a.com" },
	{ "no reverse name", "192.0.2.1 scan.a.com", NAME " A 192.0.2.1\n", "no-ptr 192.0.2.1 -" },
	{ "another reverse name", "192.0.2.1 scan.a.com",
	    NAME " A 192.0.2.1\n192.0.2.1 PTR b.com\n", "other-ptr 192.0.2.1 b.com" },
	{ "silence of the reverse zone", "192.0.2.1 scan.a.com",
	    NAME " A 192.0.2.1\n192.0.2.1 PTR TIMEOUT\n", "unknown 192.0.2.1 -" },
	{ "no answer for the name", "192.0.2.1 scan.a.com",
	    NAME " A SERVFAIL\n192.0.2.1 PTR " NAME "\n", "unknown 192.0.2.1 scan.a.com" },
	{ "a resolver denies it that is not known to be honest", "192.0.2.1 scan.a.com",
	    "scan.a.com BY 2\n192.0.2.1 PTR b.com\n", "unknown 192.0.2.1 b.com" },
	{ "behind NAT", "10.0.0.1 scan.a.com", GOOD, "nat 192.0.2.1 scan.a.com" },
	{ "behind NAT, one address of two", "10.0.0.1 scan.a.com",
	    NAME " A 192.0.2.3\n192.0.2.3 PTR b.com\n" GOOD, "nat 192.0.2.1 scan.a.com" },
	{ "behind NAT, a name that leads inside", "10.0.0.1 scan.a.com",
	    NAME " A 10.0.0.1\n10.0.0.1 PTR " NAME "\n", "nat - scan.a.com" },
	{ "behind NAT, a name that leads to another inside", "10.0.0.1 scan.a.com",
	    NAME " A 10.0.0.2\n10.0.0.2 PTR " NAME "\n", "elsewhere - -" },
	{ "behind NAT, no way back", "10.0.0.1 scan.a.com", NAME " A 192.0.2.1\n", "no-ptr - -" },
	{ "behind NAT, another way back", "10.0.0.1 scan.a.com",
	    NAME " A 192.0.2.1\n192.0.2.1 PTR b.com\n", "other-ptr - b.com" },
	{ "behind NAT, no name", "10.0.0.1 scan.a.com", "", "nowhere - -" },
	{ "behind NAT, a single label", "10.0.0.1 scan", "", "not-full - -" },
	{ "behind NAT, silence", "10.0.0.1 scan.a.com", NAME " A TIMEOUT\n", "unknown - -" },
};

static void
cases_have_their_results(void **state)
{
	(void)state;
	rule_cases_run(&rule_own_name, cases, COUNT_OF(cases));
}

static void
the_order_of_answers_is_nothing(void **state)
{
	(void)state;
	rule_cases_shuffle(&rule_own_name, cases, COUNT_OF(cases), 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_have_their_results),
		cmocka_unit_test(the_order_of_answers_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
