/* The relay test: at whom, which forms, and when again. */
#include "unit.h"

#include "base/arena.h"
#include "rule/fact_session.h"
#include "rule/recipients.h"
#include "rule/relay.h"
#include "rule/relay_cases.h"
#include "rule/visits.h"

#include <string.h>

static const char *const all_checks[] = { RELAY_EXTENDED_CHECK, POSTMASTER_CHECK, ABUSE_CHECK };

static const struct run_facts run = { .seed = { 1, 2 },
	.ehlo_name = "scan.example.net",
	.visits = { .relay_from = "p@from.net",
	    .relay_to = "q@to.net",
	    .opt_in = { all_checks, COUNT_OF(all_checks) } } };

static void
hosts_are_tested_by_consent(void **state)
{
	(void)state;
	rule_cases_run(&rule_relay, relay_cases, COUNT_OF(relay_cases));
}

static struct smtp_visit
plan(enum session_look look, const char *ip, const struct run_facts *of, struct arena *arena)
{
	struct subject visit = { .look = look, .mx_name = "mx.a.com", .domain = "a.com" };
	struct smtp_visit planned = { 0 };

	assert_true(ip_parse(ip, &visit.ip));
	visits_plan(&visit, of, arena, &planned);
	assert_true(planned.form_count > 0 && planned.form_count <= SMTP_FORMS_MAX);
	return planned;
}

static void
assert_form(const struct smtp_visit *visit, size_t i, const char *from, const char *to)
{
	assert_true(i < visit->form_count);
	assert_string_equal(visit->forms[i].from, from);
	assert_string_equal(visit->forms[i].to, to);
}

static void
the_forms_of_the_test(void **state)
{
	static const char *const recipients[] = { "q%to.net@mx.a.com", "q%to.net@[192.0.2.1]",
		"q%to.net", "to.net!q", "to.net!q@mx.a.com", "to.net!q@[192.0.2.1]",
		"@mx.a.com:q@to.net", "@[192.0.2.1]:q@to.net", "\"q@to.net\"",
		"\"q@to.net\"@mx.a.com", "\"q@to.net\"@[192.0.2.1]" };
	struct arena arena = { 0 };
	struct smtp_visit visit = plan(LOOK_RELAY, "192.0.2.1", &run, &arena);

	(void)state;
	assert_int_equal(visit.form_count, RELAY_FORMS + 14);
	assert_form(&visit, 0, "p@from.net", "q@to.net");
	assert_form(&visit, 1, "", "q@to.net");
	assert_string_equal(visit.forms[2].from, "p@from.net");
	assert_int_equal(strncmp(visit.forms[2].to, "probe@", 6), 0);
	assert_int_equal(strlen(visit.forms[2].to), strlen("probe@.invalid") + 16);
	for (size_t i = 0; i < COUNT_OF(recipients); i++)
		assert_form(&visit, RELAY_FORMS + i, "p@from.net", recipients[i]);
	assert_form(&visit, 14, "postmaster@mx.a.com", "q@to.net");
	assert_form(&visit, 15, "postmaster@[192.0.2.1]", "q@to.net");
	assert_form(&visit, 16, "postmaster", "q@to.net");
	visit = plan(LOOK_RELAY, "2001:db8::1", &run, &arena);
	assert_form(&visit, 4, "p@from.net", "q%to.net@[IPv6:2001:db8::1]");
	visit = plan(LOOK_RELAY_AGAIN, "192.0.2.1", &run, &arena);
	assert_int_equal(visit.form_count, RELAY_FORMS);
	arena_free(&arena);
}

static void
paths_that_no_line_holds_are_left_out(void **state)
{
	char name[254], address[321];
	struct run_facts long_run = run;
	struct arena arena = { 0 };
	struct subject visit = { .look = LOOK_RELAY, .mx_name = name };
	struct smtp_visit planned = { 0 };

	(void)state;
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	memset(address, 'b', 64);
	address[64] = '@';
	memcpy(address + 65, name, sizeof name);
	long_run.visits.relay_to = address;
	assert_true(ip_parse("192.0.2.1", &visit.ip));
	visits_plan(&visit, &long_run, &arena, &planned);
	assert_true(planned.form_count > RELAY_FORMS && planned.form_count < RELAY_FORMS + 14);
	for (size_t i = 0; i < planned.form_count; i++)
		assert_true(strlen(planned.forms[i].to) <= SMTP_PATH_MAX);
	arena_free(&arena);
}

static void
recipients_by_what_was_asked_for(void **state)
{
	static const char *const hosted[] = { HOSTED_CHECK };
	struct run_facts other = { .visits = { .opt_in = { hosted, 1 } } };
	struct arena arena = { 0 };
	struct smtp_visit visit = plan(LOOK_RECIPIENTS, "192.0.2.1", &run, &arena);

	(void)state;
	assert_int_equal(visit.form_count, 2);
	assert_form(&visit, 0, "p@from.net", "postmaster@a.com");
	assert_form(&visit, 1, "p@from.net", "abuse@a.com");
	visit = plan(LOOK_RECIPIENTS, "192.0.2.1", &other, &arena);
	assert_int_equal(visit.form_count, 1);
	assert_form(&visit, 0, "", "postmaster@a.com");
	visit = plan(LOOK_NULL_SENDER, "192.0.2.1", &run, &arena);
	assert_int_equal(visit.form_count, 1);
	assert_string_equal(visit.forms[0].from, "");
	assert_null(visit.forms[0].to);
	arena_free(&arena);
}

struct again_case {
	const char *name;
	enum session_look look;
	const char *session;
	enum session_again again;
};

#define TAKES "|form=stranger 250 250 ok|form=null-sender 250 250 ok"
static const struct again_case agains[] = {
	{ "refused", LOOK_RELAY, "|form=stranger 250 550 no|form=control 250 550 no", AGAIN_NEVER },
	{ "accepted", LOOK_RELAY, TAKES "|form=control 250 550 no", AGAIN_LATER },
	{ "accepted, the control put off", LOOK_RELAY, TAKES "|form=control 250 450 no",
	    AGAIN_LATER },
	{ "everything accepted", LOOK_RELAY, TAKES "|form=control 250 250 ok", AGAIN_NEVER },
	{ "put off", LOOK_RELAY, "|form=stranger 250 450 no|form=control 250 550 no", AGAIN_NEVER },
	{ "MAIL was taken, RCPT not answered", LOOK_RELAY,
	    "|form=stranger 250 0|form=control 250 550 no", AGAIN_NEVER },
	{ "accepted once more", LOOK_RELAY_AGAIN, TAKES "|form=control 250 550 no", AGAIN_NEVER },
	{ "the null sender is refused", LOOK_NULL_SENDER, "|form=null-sender 550 0 no",
	    AGAIN_LATER },
	{ "for our sake", LOOK_NULL_SENDER,
	    "|form=null-sender 550 0 scan.example.net is on our blocklist", AGAIN_NEVER },
	{ "taken", LOOK_NULL_SENDER, "|form=null-sender 250 0 ok", AGAIN_NEVER },
	{ "put off", LOOK_NULL_SENDER, "|form=null-sender 450 0 no", AGAIN_NEVER },
	{ "recipients are asked once", LOOK_RECIPIENTS, "|form=postmaster 250 550 no",
	    AGAIN_NEVER },
	{ "ordinary sessions as ever", LOOK_FIRST, "|notls", AGAIN_SOON },
};

static void
visits_are_made_again_where_it_tells_more(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(agains); i++) {
		struct arena arena = { 0 };
		struct smtp_observation seen;

		fact_session_read(
		    arena_string(&arena, agains[i].session), "mx.a.com", &arena, &seen);
		if (agains[i].look == LOOK_RELAY || agains[i].look == LOOK_RELAY_AGAIN)
			for (size_t k = 0; k < seen.form_count; k++) /* each had a recipient */
				((struct smtp_form_seen *)seen.forms)[k].form.to = "to";
		if (visits_again(agains[i].look, &seen, &run) != agains[i].again)
			fail_msg("%s", agains[i].name);
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_are_tested_by_consent),
		cmocka_unit_test(the_forms_of_the_test),
		cmocka_unit_test(paths_that_no_line_holds_are_left_out),
		cmocka_unit_test(recipients_by_what_was_asked_for),
		cmocka_unit_test(visits_are_made_again_where_it_tells_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
