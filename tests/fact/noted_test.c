/* Facts that tell what is asked of them. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/noted.h"

#include <string.h>

struct fixture {
	struct run_facts run;
	struct facts inner;
	struct noted noted;
	struct strbuf
	    told; /* a letter for each key: its kind, in lower case where a list is meant */
	struct strbuf shared;
	struct ip ip;
};

static void
on_used(void *user, const struct noted_fact *fact)
{
	struct fixture *f = user;
	char kind = *(const char *)fact->key;

	strbuf_add_byte(&f->told, fact->listed != NULL ? 'd' : kind);
}

static void
on_shared(void *user, const struct subject *subject)
{
	static const char letters[] = {
		[SUBJECT_ADDRESS] = 'a',
		[SUBJECT_NAME] = 'n',
		[SUBJECT_SESSION] = 's',
	};
	struct fixture *f = user;

	strbuf_add_byte(&f->shared, letters[subject->kind]);
}

static int
set_up(void **state)
{
	static struct fixture fixture;
	struct fixture *f = &fixture;

	memset(f, 0, sizeof *f);
	f->run.sessions = f->run.policies = true;
	f->run.list_count = 1;
	f->inner = (struct facts){ &facts_nothing, &f->run, 0 };
	f->noted = (struct noted){ .used = on_used, .shared = on_shared, .user = f };
	noted_facts(&f->noted, &f->inner);
	ip_parse("192.0.2.1", &f->ip);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	noted_free(&f->noted);
	strbuf_free(&f->told);
	strbuf_free(&f->shared);
	return 0;
}

static void
what_is_asked_for_is_told(void **state)
{
	static const struct list_health list = { .zone = "bl.test" };
	const struct list_question question = { &list, 1, "2.0.0.127" };
	struct fixture *f = *state;
	struct facts *facts = &f->noted.facts;

	assert_int_equal(facts_dns(facts, "a.test", DNS_A)->status, DNS_NOT_RECORDED);
	assert_int_equal(facts_listed(facts, &question, DNS_A)->status, DNS_NOT_RECORDED);
	assert_null(facts_session(facts, LOOK_SECOND, &f->ip, "mx.a.test"));
	assert_null(facts_policy(facts, "mta-sts.a.test"));
	assert_string_equal(f->told.at, "DdRP");
}

static void
what_is_shared_as_well_with_what_repeats_it(void **state)
{
	struct fixture *f = *state;
	struct facts *facts = &f->noted.facts;

	facts_share_address(facts, &f->ip);
	facts_share_name(facts, "a.test");
	facts_share_session(facts, &f->ip, "mx.a.test");
	facts_share_visit(facts, &(struct facts_visit){ LOOK_RELAY, &f->ip, "mx.a.test", NULL });
	facts_share_visit(
	    facts, &(struct facts_visit){ LOOK_RECIPIENTS, &f->ip, "mx.a.test", "a.test" });
	facts_share_policy(facts, "mta-sts.a.test", &f->ip, 1);
	facts_share_tenant(facts, &f->ip, "mx.a.test");
	assert_string_equal(f->told.at, "SRLlMP");
	assert_string_equal(f->shared.at, "anss");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_asked_for_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_shared_as_well_with_what_repeats_it, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
