/* The client against two fake resolvers: what is believed, who is asked next, and when it ends. */
#include "unit.h"

#include "base/error.h"
#include "dns/client.h"
#include "dns/fake_resolver.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct loop *loop;
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
		cmocka_unit_test(the_system_names_its_resolvers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
