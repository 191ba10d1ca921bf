/* Which sessions are had once more, and when. */
#include "unit.h"

#include "base/arena.h"
#include "rule/fact_session.h"
#include "rule/lent_tables.h"
#include "rule/second_look.h"

#include <string.h>

static const struct {
	const char *name, *session;
	enum session_again again;
} cases[] = {
	{ "all is well", "", AGAIN_NEVER },
	{ "refused", "|end=refused|at=connect", AGAIN_LATER_WITH_OTHERS },
	{ "unreachable", "|end=unreachable|at=connect", AGAIN_LATER_WITH_OTHERS },
	{ "silent", "|end=timeout|at=connect", AGAIN_LATER_WITH_OTHERS },
	{ "no route from here", "|end=no_route|at=connect", AGAIN_NEVER },
	{ "not allowed here", "|end=forbidden|at=connect", AGAIN_NEVER },
	{ "no greeting in time", "|end=timeout|at=greeting|greeting=0", AGAIN_LATER_PATIENTLY },
	{ "a greeting that drips", "|end=total|at=greeting|greeting=0", AGAIN_LATER_PATIENTLY },
	{ "5xx", "|end=reply|at=greeting|greeting=554 no service", AGAIN_LATER },
	{ "5xx about us", "|end=reply|at=greeting|greeting=554 you are blacklisted", AGAIN_NEVER },
	{ "421", "|end=reply|at=greeting|greeting=421 busy", AGAIN_NEVER },
	{ "no SMTP", "|end=garbage|at=greeting|greeting=0", AGAIN_LATER },
	{ "closed at once", "|end=closed|at=greeting|greeting=0", AGAIN_LATER },
	{ "EHLO and HELO refused", "|end=reply|at=helo|ehlo=502 no", AGAIN_LATER },
	{ "EHLO deferred", "|end=reply|at=ehlo|ehlo=451 later", AGAIN_NEVER },
	{ "silent after EHLO", "|end=timeout|at=ehlo|ehlo=0", AGAIN_NEVER },
	{ "no STARTTLS", "|notls", AGAIN_SOON },
	{ "STARTTLS masked", "|notls|ehlo=250 mx.a.com~XXXXXXXA", AGAIN_NEVER },
	{ "STARTTLS refused", "|end=reply|at=starttls|tls=502 no", AGAIN_SOON },
	{ "STARTTLS deferred", "|end=reply|at=starttls|tls=454 later", AGAIN_NEVER },
	{ "no handshake", "|end=tls|at=tls|error=no shared cipher", AGAIN_SOON },
	{ "no handshake for want of versions here", "|end=tls|at=tls|error=unsupported protocol",
	    AGAIN_NEVER },
	{ "silent in the handshake", "|end=timeout|at=tls", AGAIN_NEVER },
	{ "closed behind the handshake", "|end=closed|at=ehlo_tls|again=0", AGAIN_NEVER },
};

static void
read_session(const char *text, struct arena *arena, struct smtp_observation *seen_out)
{
	fact_session_read(arena_string(arena, text), "mx.a.com", arena, seen_out);
}

static void
what_may_be_our_fault_is_looked_at_again(void **state)
{
	struct run_facts run = { .ehlo_name = "scan.test" };

	(void)state;
	lent_tables(&run);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct smtp_observation seen;
		struct arena arena = { 0 };

		read_session(cases[i].session, &arena, &seen);
		if (second_look_again(&seen, &run) != cases[i].again)
			fail_msg("%s: %d", cases[i].name, second_look_again(&seen, &run));
		arena_free(&arena);
	}
}

static void
the_better_of_two_came_further(void **state)
{
	const struct run_facts run = { .ehlo_name = "scan.test" };
	struct smtp_observation refused, plain, good, other;
	struct arena arena = { 0 };

	(void)state;
	read_session("|end=refused|at=connect", &arena, &refused);
	read_session("|notls", &arena, &plain);
	read_session("", &arena, &good);
	read_session("", &arena, &other);
	assert_ptr_equal(second_look_better(&refused, NULL, &run), &refused);
	assert_ptr_equal(second_look_better(&refused, &plain, &run), &plain);
	assert_ptr_equal(second_look_better(&plain, &refused, &run), &plain);
	assert_ptr_equal(second_look_better(&plain, &good, &run), &good);
	assert_ptr_equal(second_look_better(&good, &other, &run), &good);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_our_fault_is_looked_at_again),
		cmocka_unit_test(the_better_of_two_came_further),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
