/* The client against two fake resolvers: what is believed, who is asked next, and when it ends. */
#include "unit.h"

#include "base/error.h"
#include "dns/client.h"
#include "dns/fake_resolver.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct fixture {
	struct loop *loop;
	struct loop_timer *later;
	struct fake_resolver *resolvers[2];
	struct dns_client *client;
	size_t open;
};

struct asked {
	struct fixture *f;
	enum dns_status status;
	uint8_t resolvers;
	uint32_t elapsed_ms;
	int calls;
};

static void
open_client(struct fixture *f, size_t count, unsigned timeout_ms)
{
	struct dns_client_options options = { .timeout_ms = timeout_ms, .inflight = 100 };
	struct error error = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct dns_resolver *resolver = &options.resolvers.at[options.resolvers.count++];

		ip_parse("127.0.0.1", &resolver->ip);
		resolver->port = fake_resolver_port(f->resolvers[i]);
	}
	if (dns_client_new(f->loop, &options, &f->client, &error) != 0)
		fail_msg("%s", error.text);
}

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);

	f->loop = loop_new();
	f->resolvers[0] = fake_resolver_start(0);
	f->resolvers[1] = fake_resolver_start(1);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	dns_client_free(f->client);
	loop_timer_free(f->later);
	loop_free(f->loop);
	fake_resolver_end(f->resolvers[0]);
	fake_resolver_end(f->resolvers[1]);
	test_free(f);
	return 0;
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct asked *asked = user;

	asked->calls++;
	asked->status = answer->status;
	asked->resolvers = answer->resolvers;
	asked->elapsed_ms = answer->elapsed_ms;
	if (--asked->f->open == 0)
		loop_stop(asked->f->loop);
}

struct client_case {
	const char *name;
	enum dns_status status;
	uint8_t resolvers;
};

static const struct client_case both[] = {
	{ "data.a.test", DNS_DATA, 1 },
	{ "nx.a.test", DNS_NXDOMAIN, 1 },
	{ "nodata.a.test", DNS_NODATA, 1 },
	{ "fail.a.test", DNS_SERVFAIL, 0 },
	{ "refuse.a.test", DNS_REFUSED, 0 },
	{ "silent.a.test", DNS_TIMEOUT, 0 },
	{ "wrong.a.test", DNS_TIMEOUT, 0 }, /* another's answer is no answer */
	{ "badid.a.test", DNS_TIMEOUT, 0 },
	{ "cut.a.test", DNS_DATA, 1 },
	{ "later.a.test", DNS_DATA, 1 },
	{ "empty.a.test", DNS_DATA, 1 },
	{ "big.a.test", DNS_NODATA, 1 },
	{ "huge.a.test", DNS_DATA, 1 },
	{ "a..test", DNS_MALFORMED, 0 },
};

static void
each_answer_is_what_it_is(void **state)
{
	struct fixture *f = *state;
	struct asked asked[COUNT_OF(both)] = { 0 };

	open_client(f, 2, 500);
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		asked[i].f = f;
		f->open++;
		dns_client_ask(f->client, both[i].name, DNS_A, 0, on_answer, &asked[i]);
		assert_int_equal(asked[i].calls, 0);
	}
	loop_run(f->loop);
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		if (asked[i].status != both[i].status || asked[i].resolvers != both[i].resolvers)
			fail_msg("%s: %s by %u", both[i].name, dns_status_text(asked[i].status),
			    asked[i].resolvers);
		assert_int_equal(asked[i].calls, 1);
		/* each of two resolvers has 500 ms, and the tick may be late on a busy machine */
		assert_true(asked[i].elapsed_ms < 5000);
	}
}

static void
the_second_resolver_is_asked_when_told(void **state)
{
	struct fixture *f = *state;
	struct asked first = { .f = f }, only = { .f = f };

	open_client(f, 2, 500);
	f->open = 2;
	dns_client_ask(f->client, "nx.a.test", DNS_A, 0, on_answer, &first);
	dns_client_ask_only(f->client, "nx.a.test", DNS_A, 1, on_answer, &only);
	loop_run(f->loop);
	assert_int_equal(first.status, DNS_NXDOMAIN);
	assert_int_equal(only.status, DNS_DATA); /* the contrary one */
	assert_int_equal(only.resolvers, 2);
	assert_int_equal(fake_resolver_questions(f->resolvers[0]), 1);
	assert_int_equal(fake_resolver_questions(f->resolvers[1]), 1);
}

static void
one_that_is_not_trusted_is_not_asked(void **state)
{
	struct fixture *f = *state;
	struct asked asked = { .f = f };

	open_client(f, 2, 500);
	assert_int_equal(dns_client_other(f->client, 1), 1);
	dns_client_trust(f->client, 1);
	assert_int_equal(dns_client_other(f->client, 0), 0);
	assert_int_equal(dns_client_other(f->client, 1), -1);
	f->open = 1;
	dns_client_ask(f->client, "fail.a.test", DNS_A, 1, on_answer, &asked);
	loop_run(f->loop);
	assert_int_equal(asked.status, DNS_SERVFAIL);
	assert_int_equal(fake_resolver_questions(f->resolvers[0]), 1);
	assert_int_equal(fake_resolver_questions(f->resolvers[1]), 0);
}

static void
keep_address(void *user, const struct dns_answer *answer)
{
	struct fixture *f = user;

	assert_int_equal(answer->status, DNS_DATA);
	dns_client_note_invented(f->client, &answer->records[0].ip);
	loop_stop(f->loop);
}

/* The contrary resolver has an address for a name that does not exist. */
static void
invented_addresses_are_no_answer(void **state)
{
	struct fixture *f = *state;
	struct asked asked = { .f = f };

	open_client(f, 2, 500);
	dns_client_ask_only(f->client, "nx.a.test", DNS_A, 1, keep_address, f);
	loop_run(f->loop);
	f->open = 1;
	dns_client_ask_only(f->client, "nx.b.test", DNS_A, 1, on_answer, &asked);
	loop_run(f->loop);
	assert_int_equal(asked.status, DNS_REWRITTEN);
	f->open = 1;
	dns_client_ask(f->client, "nx.b.test", DNS_A, 1, on_answer, &asked);
	loop_run(f->loop);
	assert_int_equal(asked.status, DNS_NXDOMAIN); /* the other one tells the truth */
}

static void
no_more_are_in_flight_than_allowed(void **state)
{
	enum { MANY = 1000 };
	static struct asked asked[MANY];
	struct fixture *f = *state;

	open_client(f, 1, 3000);
	for (size_t i = 0; i < MANY; i++) {
		char name[64];

		snprintf(name, sizeof name, "data%zu.a.test", i);
		asked[i] = (struct asked){ .f = f };
		f->open++;
		dns_client_ask(f->client, name, DNS_A, 0, on_answer, &asked[i]);
	}
	for (int turn = 0; turn < 3; turn++) {
		loop_run_once(f->loop);
		assert_true(dns_client_counts(f->client).in_flight <= 100);
	}
	if (f->open > 0)
		loop_run(f->loop);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(asked[i].status, DNS_DATA);
}

static void
cancelling_ends_all_at_once(void **state)
{
	struct fixture *f = *state;
	struct asked running = { .f = f }, queued[200];

	open_client(f, 1, 60000);
	f->open = 1 + COUNT_OF(queued);
	dns_client_ask(f->client, "silent.a.test", DNS_A, 0, on_answer, &running);
	for (size_t i = 0; i < COUNT_OF(queued); i++) {
		queued[i] = (struct asked){ .f = f };
		dns_client_ask(f->client, "silent.b.test", DNS_A, 0, on_answer, &queued[i]);
	}
	loop_run_once(f->loop);
	dns_client_cancel(f->client);
	assert_int_equal(f->open, 0);
	assert_int_equal(running.status, DNS_CANCELLED);
	for (size_t i = 0; i < COUNT_OF(queued); i++)
		assert_int_equal(queued[i].status, DNS_CANCELLED);
}

static void
junk_is_malformed_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct asked asked = { .f = f };

	open_client(f, 1, 400);
	f->open = 1;
	dns_client_ask(f->client, "junk.a.test", DNS_A, 0, on_answer, &asked);
	loop_run(f->loop);
	assert_true(asked.status == DNS_MALFORMED || asked.status == DNS_TIMEOUT);
}

/* Asks COUNT questions of one kind and waits for all. */
static void
ask_many(struct fixture *f, const char *kind, struct asked *asked, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char name[64];

		snprintf(name, sizeof name, "%s%zu.a.test", kind, i);
		asked[i] = (struct asked){ .f = f };
		f->open++;
		dns_client_ask(f->client, name, DNS_A, 0, on_answer, &asked[i]);
	}
	loop_run(f->loop);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(asked[i].calls, 1);
}

static size_t
count_status(const struct asked *asked, size_t count, enum dns_status status)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += asked[i].status == status;
	return found;
}

static void
after(struct fixture *f, unsigned milliseconds, loop_fn fn)
{
	f->later = loop_timer_new(f->loop, fn, f);
	loop_timer_start(f->later, milliseconds, 0);
}

static void
serve_again(void *user)
{
	struct fixture *f = user;

	fake_resolver_refuse(f->resolvers[0], 0);
}

/* They wait for their second try, and those that were not sent yet for the end of the pause. */
static void
a_refusal_uses_up_no_try(void **state)
{
	enum { MANY = 150 };
	static struct asked asked[MANY];
	struct fixture *f = *state;

	open_client(f, 1, 2500);
	fake_resolver_refuse(f->resolvers[0], 1);
	after(f, 600, serve_again);
	ask_many(f, "data", asked, MANY);
	assert_int_equal(count_status(asked, MANY, DNS_DATA), MANY);
}

static void
restart(void *user)
{
	struct fixture *f = user;

	fake_resolver_refuse(f->resolvers[0], 1);
	loop_timer_free(f->later);
	after(f, 400, serve_again);
}

static void
a_resolver_may_restart(void **state)
{
	enum { MANY = 2000 };
	static struct asked asked[MANY];
	struct fixture *f = *state;

	open_client(f, 1, 2500);
	after(f, 5, restart);
	ask_many(f, "data", asked, MANY);
	assert_int_equal(count_status(asked, MANY, DNS_DATA), MANY);
}

/* With another resolver, nobody waits for the one that refuses, but who has been sent to it. */
static void
others_go_to_the_next_resolver(void **state)
{
	enum { MANY = 1000 };
	static struct asked asked[MANY];
	struct fixture *f = *state;
	size_t slow = 0;

	open_client(f, 2, 2000);
	fake_resolver_refuse(f->resolvers[0], 1);
	ask_many(f, "data", asked, MANY);
	assert_int_equal(count_status(asked, MANY, DNS_DATA), MANY);
	for (size_t i = 0; i < MANY; i++)
		slow += asked[i].elapsed_ms > 1500;
	assert_true(slow <= 100); /* what may be in flight at one resolver */
	fake_resolver_refuse(f->resolvers[0], 0);
}

/* A dead resolver must not keep a run for ever. */
static void
a_resolver_that_refuses_for_good_is_silent(void **state)
{
	struct fixture *f = *state;
	struct asked asked[120];

	open_client(f, 1, 300);
	fake_resolver_refuse(f->resolvers[0], 1);
	ask_many(f, "data", asked, COUNT_OF(asked));
	assert_int_equal(count_status(asked, COUNT_OF(asked), DNS_TIMEOUT), COUNT_OF(asked));
	fake_resolver_refuse(f->resolvers[0], 0);
}

/* One FORMERR, and c-ares would cut all answers to come to 512 octets. */
static void
a_format_error_concerns_its_question_alone(void **state)
{
	struct fixture *f = *state;
	struct asked form, big;

	open_client(f, 1, 1000);
	for (int i = 0; i < 8; i++) { /* each of several ports */
		ask_many(f, "form", &form, 1);
		assert_int_equal(form.status, DNS_MALFORMED);
		ask_many(f, "big", &big, 1);
		assert_int_equal(big.status, DNS_NODATA);
	}
}

/* The fake closes its connection after each answer; what was asked behind it goes again. */
static void
answers_that_were_cut_come_by_tcp(void **state)
{
	struct fixture *f = *state;
	struct asked asked[20];

	open_client(f, 1, 3000);
	ask_many(f, "cut", asked, COUNT_OF(asked));
	assert_int_equal(count_status(asked, COUNT_OF(asked), DNS_DATA), COUNT_OF(asked));
}

/* ---- shortages */

static rlim_t descriptors;

/* Leaves MORE descriptors to be opened, or all again. */
static void
limit_descriptors(int more)
{
	struct rlimit limit;
	int next = dup(0);

	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	if (more >= 0)
		descriptors = limit.rlim_cur;
	limit.rlim_cur = more >= 0 ? (rlim_t)(next + more) : descriptors;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void
end_shortage(void *user)
{
	(void)user;
	limit_descriptors(-1);
}

static void
a_shortage_of_sockets_is_waited_for(void **state)
{
	struct fixture *f = *state;
	struct asked asked[10];

	limit_descriptors(0);
	open_client(f, 1, 2000);
	after(f, 300, end_shortage);
	ask_many(f, "data", asked, COUNT_OF(asked));
	assert_int_equal(count_status(asked, COUNT_OF(asked), DNS_DATA), COUNT_OF(asked));
	assert_true(asked[0].elapsed_ms >= 250);
}

static void
a_shortage_for_good_is_no_timeout(void **state)
{
	enum { MANY = 1000 };
	static struct asked asked[MANY];
	struct fixture *f = *state;

	limit_descriptors(0);
	open_client(f, 2, 500);
	ask_many(f, "data", asked, MANY);
	limit_descriptors(-1);
	assert_int_equal(count_status(asked, MANY, DNS_SHORTAGE), MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_true(asked[i].elapsed_ms < 5000); /* they do not wait for one another */
}

static void
few_sockets_do(void **state)
{
	enum { MANY = 1000 };
	static struct asked asked[MANY];
	struct fixture *f = *state;
	size_t slow = 0;

	limit_descriptors(3); /* one for each resolver, and one more */
	open_client(f, 2, 2000);
	ask_many(f, "data", asked, MANY);
	limit_descriptors(-1);
	assert_int_equal(count_status(asked, MANY, DNS_DATA), MANY);
	for (size_t i = 0; i < MANY; i++)
		slow += asked[i].elapsed_ms > 1500;
	assert_int_equal(slow, 0);
}

/* The first resolver has the only socket: all go there but who wants the other one. */
static void
a_resolver_without_a_socket_is_passed_over(void **state)
{
	struct fixture *f = *state;
	struct asked of_two = { .f = f }, only = { .f = f };

	limit_descriptors(1);
	open_client(f, 2, 600);
	f->open = 2;
	dns_client_ask(f->client, "data.a.test", DNS_A, 1, on_answer, &of_two);
	dns_client_ask_only(f->client, "data.b.test", DNS_A, 1, on_answer, &only);
	loop_run(f->loop);
	limit_descriptors(-1);
	assert_int_equal(of_two.status, DNS_DATA);
	assert_int_equal(of_two.resolvers, 1);
	assert_true(of_two.elapsed_ms < 500);
	assert_int_equal(only.status, DNS_SHORTAGE);
}

static void
a_shortage_for_tcp_is_no_timeout(void **state)
{
	struct fixture *f = *state;
	struct asked cut, data;

	open_client(f, 1, 700);
	limit_descriptors(0);
	ask_many(f, "cut", &cut, 1);
	ask_many(f, "data", &data, 1);
	limit_descriptors(-1);
	assert_int_equal(cut.status, DNS_SHORTAGE);
	assert_int_equal(data.status, DNS_DATA);
}

static void
the_system_names_its_resolvers(void **state)
{
	struct dns_resolvers found = { .count = 0 };
	struct error error = { 0 };
	char path[] = "/tmp/resolv.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	(void)state;
	fputs("# comment\nnameserver 192.0.2.53\n nameserver ::1\nnameserver bad\n", file);
	fclose(file);
	assert_int_equal(dns_resolvers_of_system(path, &found, &error), 0);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.at[1].ip.family, 6);
	assert_int_equal(found.at[0].port, 53);
	remove(path);
	assert_int_equal(dns_resolvers_of_system(path, &found, &error), -1);
	assert_non_null(strstr(error.text, "--resolver"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_answer_is_what_it_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_second_resolver_is_asked_when_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    one_that_is_not_trusted_is_not_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    invented_addresses_are_no_answer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    no_more_are_in_flight_than_allowed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cancelling_ends_all_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(junk_is_malformed_or_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_refusal_uses_up_no_try, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_resolver_may_restart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(others_go_to_the_next_resolver, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_resolver_that_refuses_for_good_is_silent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_format_error_concerns_its_question_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    answers_that_were_cut_come_by_tcp, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_shortage_of_sockets_is_waited_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_shortage_for_good_is_no_timeout, set_up, tear_down),
		cmocka_unit_test_setup_teardown(few_sockets_do, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_resolver_without_a_socket_is_passed_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_shortage_for_tcp_is_no_timeout, set_up, tear_down),
		cmocka_unit_test(the_system_names_its_resolvers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
