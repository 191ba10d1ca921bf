/* What is taken of an earlier night, and what is not. */
#include "unit.h"

#include "base/arena.h"
#include "base/digest_map.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "cert/fake_certificates.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/taking.h"

#include <string.h>

enum {
	DAY = 86400,
	NOW = 1800000000,
	THEN = NOW - DAY, /* when the earlier night began */
};

static const struct list_test list_tests[] = { { THEN + 60, 1 } };
static const struct list_health well = { .zone = "bl.test",
	.tested = 1,
	.passed_start = 1,
	.passed_end = 1,
	.tests = list_tests,
	.test_count = 1 };
static const struct list_health ill = { .zone = "ill.test", .tested = 1, .passed_start = 1 };

struct fixture {
	struct night *from, *to;
	struct run_facts then;
	struct digest_map anew;
	struct taking_options options;
	struct taking *taking;
	struct strbuf key, value;
	struct arena arena;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	struct fixture *f = &fixture;
	struct error error;

	memset(f, 0, sizeof *f);
	if (night_create(NULL, &f->from, &error) != 0 || night_create(NULL, &f->to, &error) != 0)
		return -1;
	digest_map_init(&f->anew);
	f->then = (struct run_facts){ .now = THEN, .honest_resolvers = 1, .egress = EGRESS_OPEN };
	f->options = (struct taking_options){
		.from = f->from, .from_run = &f->then, .to = f->to, .now = NOW, .anew = &f->anew
	};
	*state = f;
	return night_taken_begin(f->to, &error);
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	struct error error;
	int result = night_taken_end(f->to, true, &error);

	taking_free(f->taking);
	night_close(f->from);
	night_close(f->to);
	digest_map_free(&f->anew);
	strbuf_free(&f->key);
	strbuf_free(&f->value);
	arena_free(&f->arena);
	return result;
}

/* ---- the earlier night */

static void
put(struct fixture *f)
{
	struct error error;

	assert_int_equal(night_taken_fact(f->from, f->key.at, f->key.length, f->value.at,
			     f->value.length, &error),
	    0);
}

static void
make_answer(
    struct fixture *f, const char *name, enum dns_status status, int64_t seen_at, uint8_t resolvers)
{
	struct dns_record record = { .name = "x.test" };
	struct dns_answer answer = { .status = status,
		.seen_at = seen_at,
		.resolvers = resolvers,
		.records = &record,
		.count = status == DNS_DATA };

	strbuf_reset(&f->key);
	strbuf_reset(&f->value);
	fact_key_dns(&f->key, name, DNS_PTR);
	fact_encode_dns(&f->value, &answer, DNS_PTR);
}

/* Of what is seen, some things count; the texts are empty. */
static void
make_session(struct fixture *f, enum session_look look, const struct smtp_observation *counts)
{
	struct smtp_observation told = *counts, *seen = &told;
	struct ip ip;

	told.greeting.text = told.ehlo.text = told.starttls.text = told.ehlo_again.text = "";
	told.tls_error = told.tls_version = told.tls_cipher = told.tls_group = "";

	ip_parse("192.0.2.1", &ip);
	strbuf_reset(&f->key);
	strbuf_reset(&f->value);
	fact_key_session(&f->key, look, &ip, "mx.a.test");
	fact_encode_session(&f->value, seen);
}

static void
make_policy(struct fixture *f, enum https_end end)
{
	const struct https_observation seen = { .end = end,
		.seen_at = THEN + 5,
		.media_type = "",
		.location = "",
		.problem = "",
		.body = "" };

	strbuf_reset(&f->key);
	strbuf_reset(&f->value);
	fact_key_policy(&f->key, "mta-sts.a.test");
	fact_encode_policy(&f->value);
	fact_encode_policy_look(&f->value, &seen);
}

/* ---- taking */

/* That of the last key that was made. */
static bool
is_taken(struct fixture *f, const struct list_question *listed)
{
	const struct noted_fact fact = { f->key.at, f->key.length, listed };
	struct strbuf found = { 0 };
	struct error error;
	bool taken;

	if (f->taking == NULL)
		f->taking = taking_new(&f->options);
	taking_fact(f->taking, &fact);
	assert_int_equal(taking_check(f->taking, &error), 0);
	taken = night_fact(f->to, f->key.at, f->key.length, &found);
	if (taken) {
		assert_int_equal(found.length, f->value.length);
		assert_memory_equal(found.at, f->value.at, found.length);
	}
	strbuf_free(&found);
	return taken;
}

static const struct answer_case {
	const char *name;
	enum dns_status status;
	int64_t seen_at;
	uint8_t resolvers;
	const struct list_health *list; /* NULL: no list is asked */
	bool taken;
} answer_cases[] = {
	{ "data", DNS_DATA, THEN + 5, 2, NULL, true },
	{ "a negative of who is honest", DNS_NXDOMAIN, THEN + 5, 1, NULL, true },
	{ "a negative of who is not known to be", DNS_NODATA, THEN + 5, 2, NULL, false },
	{ "a failure", DNS_SERVFAIL, THEN + 5, 2, NULL, true },
	{ "silence", DNS_TIMEOUT, THEN + 5, 0, NULL, true },
	{ "a shortage here", DNS_SHORTAGE, THEN + 5, 0, NULL, false },
	{ "a word of a list", DNS_DATA, THEN + 5, 1, &well, true },
	{ "of one that passed no test behind it", DNS_DATA, THEN + 5, 1, &ill, false },
	{ "of one that counted on a night before", DNS_NXDOMAIN, THEN - DAY, 2, &ill, true },
	{ "of more than a week ago", DNS_DATA, NOW - 8 * DAY, 1, &well, false },
	{ "what no day was left for", DNS_QUOTA, THEN + 5, 0, &well, false },
	{ "what its list was not asked", DNS_HELD, THEN + 5, 0, &well, false },
};

static void
answers_that_say_something_are_taken(void **state)
{
	struct fixture *f = *state;
	char name[32];

	for (size_t i = 0; i < COUNT_OF(answer_cases); i++) {
		const struct answer_case *row = &answer_cases[i];
		const struct list_question question = { row->list, 1, "2.0.0.127" };

		snprintf(name, sizeof name, "n%zu.test", i);
		make_answer(f, name, row->status, row->seen_at, row->resolvers);
		put(f);
		if (is_taken(f, row->list == NULL ? NULL : &question) != row->taken)
			fail_msg("%s: is%s taken", row->name, row->taken ? " not" : "");
	}
}

static void
what_is_asked_anew_is_not(void **state)
{
	struct fixture *f = *state;

	make_answer(f, "shared.test", DNS_DATA, THEN + 5, 1);
	put(f);
	digest_map_put(&f->anew, f->key.at, f->key.length, 0);
	assert_false(is_taken(f, NULL));
}

static void
nor_what_is_too_old(void **state)
{
	struct fixture *f = *state;

	f->options.since = THEN;
	make_answer(f, "old.test", DNS_DATA, THEN - 1, 1);
	put(f);
	assert_false(is_taken(f, NULL));
	make_answer(f, "young.test", DNS_DATA, THEN, 1);
	put(f);
	assert_true(is_taken(f, NULL));
}

static void
nor_the_dns_where_it_is_asked_anew(void **state)
{
	struct fixture *f = *state;

	f->options.without_dns = true;
	make_answer(f, "a.test", DNS_DATA, THEN + 5, 1);
	put(f);
	assert_false(is_taken(f, NULL));
	make_session(f, LOOK_FIRST, &(struct smtp_observation){ .seen_at = THEN + 5 });
	put(f);
	assert_true(is_taken(f, NULL));
}

static void
nor_what_its_records_speak_of(void **state)
{
	static const uint8_t octets[] = { 3, 1, 1, 0 };
	const struct dns_record record = { .octets = octets, .length = sizeof octets };
	const struct dns_answer tlsa = { .seen_at = THEN + 5, .records = &record, .count = 1 };
	struct fixture *f = *state;

	f->options.without_dns = true;
	make_policy(f, HTTPS_ANSWERED);
	put(f);
	assert_false(is_taken(f, NULL));
	strbuf_reset(&f->key);
	strbuf_reset(&f->value);
	fact_key_dns(&f->key, "_25._tcp.mx.a.test", DNS_TLSA);
	fact_encode_dns(&f->value, &tlsa, DNS_TLSA);
	put(f);
	make_session(f, LOOK_FIRST, &(struct smtp_observation){ .seen_at = THEN + 5 });
	put(f);
	assert_false(is_taken(f, NULL));
}

static const struct session_case {
	const char *name;
	enum smtp_end end;
	enum smtp_stage stage;
	enum egress_state egress;
	bool taken;
} session_cases[] = {
	{ "one to its end", SMTP_END_COMPLETE, SMTP_QUIT, EGRESS_OPEN, true },
	{ "one that was refused", SMTP_END_REFUSED, SMTP_CONNECT, EGRESS_OPEN, true },
	{ "no way there", SMTP_END_NO_ROUTE, SMTP_CONNECT, EGRESS_OPEN, false },
	{ "one whose turn did not come", SMTP_END_RATE_LIMITED, SMTP_CONNECT, EGRESS_OPEN, false },
	{ "silence where port 25 was closed", SMTP_END_TIMEOUT, SMTP_CONNECT, EGRESS_BLOCKED,
	    false },
	{ "a greeting where it was", SMTP_END_TIMEOUT, SMTP_GREETING, EGRESS_BLOCKED, true },
};

static void
sessions_that_tell_of_their_host_are_taken(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(session_cases); i++) {
		const struct session_case *row = &session_cases[i];

		taking_free(f->taking);
		f->taking = NULL;
		assert_int_equal(night_taken_end(f->to, false, &(struct error){ 0 }), 0);
		assert_int_equal(night_taken_begin(f->to, &(struct error){ 0 }), 0);
		f->then.egress = row->egress;
		make_session(f, LOOK_FIRST,
		    &(struct smtp_observation){
			.end = row->end, .stage = row->stage, .seen_at = THEN + 5 });
		put(f);
		if (is_taken(f, NULL) != row->taken)
			fail_msg("%s: is%s taken", row->name, row->taken ? " not" : "");
	}
}

static void
a_second_look_comes_with_its_first(void **state)
{
	struct fixture *f = *state;

	f->options.since = THEN + 10;
	make_session(f, LOOK_FIRST, &(struct smtp_observation){ .seen_at = THEN + 5 });
	put(f);
	assert_false(is_taken(f, NULL));
	make_session(f, LOOK_SECOND, &(struct smtp_observation){ .seen_at = THEN + 20 });
	put(f);
	assert_false(is_taken(f, NULL));
	make_session(f, LOOK_FIRST, &(struct smtp_observation){ .seen_at = THEN + 10 });
	put(f);
	assert_true(is_taken(f, NULL));
	make_session(f, LOOK_SECOND, &(struct smtp_observation){ .seen_at = THEN + 20 });
	assert_true(is_taken(f, NULL));
}

/* Days that the certificate of a session has left tonight. */
static bool
is_taken_with(struct fixture *f, int days_left)
{
	const struct certificate_plan plan = { .subject = "mx.a.test",
		.not_after = NOW + (int64_t)days_left * DAY };
	struct smtp_observation seen = { .seen_at = THEN + 5, .chain_length = 1 };
	struct strbuf der = { 0 };
	struct certificate made;
	struct error error;
	bool taken;

	taking_free(f->taking);
	f->taking = NULL;
	fake_certificate_make(&plan, NULL, &made);
	seen.chain = &made.served;
	strbuf_reset(&f->key);
	fact_key_certificate(&f->key, made.served.digest);
	assert_int_equal(night_taken_fact(f->from, f->key.at, f->key.length, made.served.der,
			     made.served.size, &error),
	    0);
	make_session(f, LOOK_FIRST, &seen);
	put(f);
	assert_int_equal(night_taken_end(f->to, false, &error), 0);
	assert_int_equal(night_taken_begin(f->to, &error), 0);
	taken = is_taken(f, NULL);
	strbuf_reset(&f->key);
	fact_key_certificate(&f->key, made.served.digest);
	assert_int_equal(night_fact(f->to, f->key.at, f->key.length, &der), taken);
	strbuf_free(&der);
	fake_certificate_free(&made);
	return taken;
}

static void
a_certificate_comes_with_its_session(void **state)
{
	struct fixture *f = *state;

	assert_true(is_taken_with(f, 90));
	assert_true(is_taken_with(f, 20));
	assert_true(is_taken_with(f, -40));
}

static void
what_may_be_renewed_is_visited(void **state)
{
	struct fixture *f = *state;

	assert_false(is_taken_with(f, 30));
	assert_false(is_taken_with(f, 14));
	assert_false(is_taken_with(f, 0));
}

static void
policies_that_tell_of_their_host_are_taken(void **state)
{
	struct fixture *f = *state;

	make_policy(f, HTTPS_NO_ROUTE);
	put(f);
	assert_false(is_taken(f, NULL));
	make_policy(f, HTTPS_REFUSED);
	put(f);
	assert_true(is_taken(f, NULL));
}

/* ---- domains */

static void
add_to_blob(struct fixture *f, struct strbuf *blob)
{
	night_blob_add(blob, f->key.at, f->key.length, f->value.at, f->value.length);
}

static void
count_entries(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	size_t *count = user;

	(void)key, (void)key_length, (void)value, (void)length;
	(*count)++;
}

static void
a_domain_keeps_its_time(void **state)
{
	struct fixture *f = *state;
	const struct night_domain times = { .scanned_at = THEN + 7, .elapsed_ms = 12 };
	struct night_domain taken_times;
	struct strbuf blob = { 0 }, taken = { 0 };
	struct error error;
	size_t count = 0;

	make_answer(f, "a.test", DNS_DATA, THEN + 5, 1);
	add_to_blob(f, &blob);
	make_answer(f, "shared.a.test", DNS_DATA, THEN + 5, 1);
	add_to_blob(f, &blob);
	digest_map_put(&f->anew, f->key.at, f->key.length, 0);
	make_answer(f, "short.a.test", DNS_SHORTAGE, THEN + 5, 0);
	add_to_blob(f, &blob);
	assert_int_equal(
	    night_taken_domain(f->from, "a.test", blob.at, blob.length, &times, &error), 0);

	f->taking = taking_new(&f->options);
	assert_true(taking_domain(f->taking, "a.test"));
	assert_false(taking_domain(f->taking, "b.test"));
	assert_true(night_domain(f->to, "a.test", &taken, &taken_times));
	assert_false(night_domain(f->to, "b.test", &taken, &taken_times));
	assert_int_equal(taken_times.scanned_at, THEN + 7);
	assert_int_equal(taken_times.elapsed_ms, 12);
	assert_true(night_blob_each(taken.at, taken.length, count_entries, &count));
	assert_int_equal(count, 1);
	make_answer(f, "a.test", DNS_DATA, THEN + 5, 1);
	assert_false(is_taken(f, NULL)); /* it is in the blob, and in no row besides */
	strbuf_free(&blob);
	strbuf_free(&taken);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    answers_that_say_something_are_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_asked_anew_is_not, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nor_what_is_too_old, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    nor_the_dns_where_it_is_asked_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nor_what_its_records_speak_of, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    sessions_that_tell_of_their_host_are_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_second_look_comes_with_its_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_certificate_comes_with_its_session, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_may_be_renewed_is_visited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    policies_that_tell_of_their_host_are_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_domain_keeps_its_time, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
