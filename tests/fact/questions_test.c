/* Answers leave memory and come back from the night file, and no question is asked twice. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "dns/fake_resolver.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/questions.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUESTIONS = 200 };

struct fixture {
	struct loop *loop;
	struct fake_resolver *resolver, *contrary;
	struct dns_client *dns;
	struct night *night;
	struct questions *questions;
	struct arena arena;
	char path[32];
	size_t open;
};

static void
on_failed(void *user, const struct error *error)
{
	(void)user;
	fail_msg("%s", error->text);
}

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	struct dns_client_options options = { .timeout_ms = 2000, .inflight = 1000 };
	struct error error = { 0 };

	f->loop = loop_new();
	f->resolver = fake_resolver_start(0);
	f->contrary = fake_resolver_start(1);
	options.resolvers.count = 2;
	for (size_t i = 0; i < 2; i++) {
		ip_parse("127.0.0.1", &options.resolvers.at[i].ip);
		options.resolvers.at[i].port =
		    fake_resolver_port(i == 0 ? f->resolver : f->contrary);
	}
	strcpy(f->path, "/tmp/questions.XXXXXX");
	close(mkstemp(f->path));
	remove(f->path);
	if (dns_client_new(f->loop, &options, &f->dns, &error) != 0 ||
	    night_create(f->path, &f->night, &error) != 0)
		fail_msg("%s", error.text);
	night_gather_begin(f->night, f->loop, on_failed, f);
	f->questions = questions_new(f->dns, f->night, 1000);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	struct error error;

	dns_client_cancel(f->dns);
	questions_free(f->questions);
	dns_client_free(f->dns);
	assert_int_equal(night_gather_end(f->night, &error), 0);
	night_close(f->night);
	loop_free(f->loop);
	fake_resolver_end(f->resolver);
	fake_resolver_end(f->contrary);
	arena_free(&f->arena);
	remove(f->path);
	test_free(f);
	return 0;
}

static void
on_ready(void *user)
{
	struct fixture *f = user;

	if (--f->open == 0)
		loop_stop(f->loop);
}

/* Waits, in the loop, until what was put so far is on disk. */
static void
wait_for_disk(struct fixture *f)
{
	uint64_t batch = night_batch(f->night);

	while (night_batch_written(f->night) < batch)
		loop_run_once(f->loop);
}

/* Asks for all names as one asker, waits, stores them as `store` says, and lets them go. */
static void
ask_all(struct fixture *f, uint64_t asker, const char *suffix, const char *domain)
{
	static struct question *held[QUESTIONS];
	struct strbuf blob = { 0 };

	for (size_t i = 0; i < QUESTIONS; i++) {
		char name[64];

		snprintf(name, sizeof name, "data%zu.%s", i, suffix);
		held[i] = questions_find(f->questions, name, DNS_A, true);
		assert_true(question_note_asker(held[i], asker));
		assert_false(question_note_asker(held[i], asker));
		if (question_answer(held[i], true, &f->arena) == NULL) {
			f->open++;
			question_wait(held[i], true, on_ready, f);
		}
	}
	if (f->open > 0)
		loop_run(f->loop);
	for (size_t i = 0; i < QUESTIONS; i++) {
		const struct dns_answer *answer = question_answer(held[i], true, &f->arena);

		assert_non_null(answer);
		assert_int_equal(answer->status, DNS_DATA);
		assert_int_equal(answer->count, 1);
		if (domain != NULL)
			question_store_below(held[i], domain, &blob);
		question_store(held[i]);
	}
	if (domain != NULL) {
		night_put_domain(f->night, domain, blob.at, blob.length, 1, 2);
		questions_note_domain(f->questions, domain);
	}
	for (size_t i = 0; i < QUESTIONS; i++)
		question_let_go(held[i]);
	strbuf_free(&blob);
}

static void
shared_facts_come_back(void **state)
{
	struct fixture *f = *state;

	ask_all(f, 1, "a.test", NULL);
	wait_for_disk(f);
	ask_all(f, 2, "b.test", NULL); /* pushes the others out */
	ask_all(f, 3, "a.test", NULL);
	assert_int_equal(questions_counts(f->questions).asked, 2 * QUESTIONS);
	assert_in_range(questions_counts(f->questions).read_back, QUESTIONS / 2, QUESTIONS);
	assert_int_equal(fake_resolver_questions(f->resolver), 2 * QUESTIONS);
}

static void
facts_of_a_domain_come_back_from_its_blob(void **state)
{
	struct fixture *f = *state;

	ask_all(f, 1, "mx.a.test", "a.test");
	wait_for_disk(f);
	ask_all(f, 2, "b.test", NULL);
	ask_all(f, 3, "mx.a.test", NULL);
	assert_int_equal(fake_resolver_questions(f->resolver), 2 * QUESTIONS);
	assert_in_range(questions_counts(f->questions).read_back, QUESTIONS / 2, QUESTIONS);
}

static void
a_negative_is_confirmed_and_contradicted(void **state)
{
	struct fixture *f = *state;
	struct question *question = questions_find(f->questions, "nx.a.test", DNS_A, false);

	assert_true(question_note_asker(question, 1));
	f->open = 1;
	question_wait(question, false, on_ready, f);
	loop_run(f->loop);
	assert_int_equal(question_answer(question, false, &f->arena)->status, DNS_NXDOMAIN);
	assert_ptr_equal(questions_find(f->questions, "nx.a.test", DNS_A, true), question);
	assert_null(question_answer(question, true, &f->arena));
	f->open = 1;
	question_wait(question, true, on_ready, f);
	loop_run(f->loop);
	assert_int_equal(question_answer(question, true, &f->arena)->status, DNS_UNCONFIRMED);
	assert_int_equal(question_answer(question, false, &f->arena)->status, DNS_NXDOMAIN);
	assert_int_equal(fake_resolver_questions(f->contrary), 1);
	question_store(question);
	question_let_go(question);
}

static enum dns_status
status_on_disk(struct fixture *f, const char *name)
{
	struct strbuf key = { 0 }, value = { 0 };
	struct dns_answer answer = { 0 };

	fact_key_dns(&key, name, DNS_A);
	assert_true(night_fact(f->night, key.at, key.length, &value));
	assert_true(fact_decode_dns(value.at, value.length, DNS_A, &f->arena, &answer));
	strbuf_free(&key);
	strbuf_free(&value);
	return answer.status;
}

static void
put_timeout(struct fixture *f, const char *name)
{
	const struct dns_answer answer = { .status = DNS_TIMEOUT };
	struct strbuf key = { 0 }, value = { 0 };

	fact_key_dns(&key, name, DNS_A);
	fact_encode_dns(&value, &answer, DNS_A);
	night_put_fact(f->night, key.at, key.length, value.at, value.length);
	wait_for_disk(f);
	strbuf_free(&key);
	strbuf_free(&value);
}

/* A row of its own is read before the blob of a domain above it. */
static void
what_did_not_count_is_written_over(void **state)
{
	static const char name[] = "data.mx.a.test";
	struct fixture *f = *state;
	struct strbuf blob = { 0 };
	struct question *question;

	put_timeout(f, name);
	questions_recall(f->questions);
	question = questions_find(f->questions, name, DNS_A, false);
	assert_true(question_note_asker(question, 1));
	f->open = 1;
	question_wait(question, false, on_ready, f);
	loop_run(f->loop);
	question_store_below(question, "a.test", &blob);
	assert_int_equal(blob.length, 0);
	question_store(question);
	wait_for_disk(f);
	assert_int_equal(status_on_disk(f, name), DNS_DATA);
	question_let_go(question);
	strbuf_free(&blob);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shared_facts_come_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    facts_of_a_domain_come_back_from_its_blob, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_negative_is_confirmed_and_contradicted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_did_not_count_is_written_over, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
