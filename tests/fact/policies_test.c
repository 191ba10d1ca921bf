/* Policy files of a run: fetched once, looked at again when they were not had, kept when final. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "cert/fake_certificates.h"
#include "fact/night.h"
#include "fact/policies.h"
#include "fact/policy_fact.h"
#include "net/fake_web.h"
#include "net/https.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 150, LONGER_WAIT_MS = 1000, LIMIT_MS = 3000, TICK_MS = 5 };

#define HOST "mta-sts.a.com"
#define POLICY "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nversion: STSv1\n"
#define DOWN "HTTP/1.1 503 Down\r\nConnection: close\r\n\r\n"

static struct certificate certificate;
static char *roots;

struct fixture {
	struct loop *loop;
	struct night *night;
	struct https_client *https;
	struct policies *policies;
	uint16_t port;
	struct loop_timer *tick; /* so that each turn of the loop ends soon */
	unsigned done;
};

static void
on_done(void *user)
{
	((struct fixture *)user)->done++;
}

static void
on_tick(void *user)
{
	(void)user;
}

static void
on_night_failed(void *user, const struct error *error)
{
	(void)user;
	(void)error;
	fail();
}

/* At that port; the web server is the caller's. */
static void
open_fixture(struct fixture *f, uint16_t port, uint64_t second_look_ms)
{
	struct error error;

	*f = (struct fixture){ .loop = loop_new(), .port = port };
	f->tick = loop_timer_new(f->loop, on_tick, NULL);
	loop_timer_start(f->tick, TICK_MS, TICK_MS);
	assert_int_equal(night_create(NULL, &f->night, &error), 0);
	assert_int_equal(night_rows_begin(f->night, &error), 0);
	assert_int_equal(night_rows_end(f->night, &error), 0);
	night_gather_begin(f->night, f->loop, on_night_failed, NULL);
	f->https = https_client_new(&(struct https_options){ .loop = f->loop,
	    .ca = roots,
	    .agent = "test",
	    .port = port,
	    .limit_ms = LIMIT_MS,
	    .body_max = 100 });
	f->policies = policies_new(&(struct policies_options){ .https = f->https,
	    .at_once = 2,
	    .second_look_ms = second_look_ms,
	    .loop = f->loop,
	    .night = f->night,
	    .done = on_done,
	    .user = f });
}

static void
close_fixture(struct fixture *f)
{
	policies_free(f->policies);
	https_client_free(f->https);
	loop_timer_free(f->tick);
	night_close(f->night);
	loop_free(f->loop);
}

static void
share(struct fixture *f, const char *host, const char *address)
{
	struct ip ip;

	assert_true(ip_parse(address, &ip));
	policies_share(f->policies, host, &ip, 1);
}

static void
run_until_done(struct fixture *f, unsigned count)
{
	while (f->done < count)
		loop_run_once(f->loop);
	assert_int_equal(policies_counts(f->policies).done, count);
	assert_int_equal(policies_counts(f->policies).open, 0);
}

/* Of the night file, once gathering has ended; false when it holds none. */
static bool
read_fact(struct fixture *f, const char *host, struct arena *arena, struct policy_fact *out)
{
	struct strbuf key = { 0 }, value = { 0 };
	bool found;

	fact_key_policy(&key, host);
	found = night_fact(f->night, key.at, key.length, &value);
	if (found)
		assert_true(fact_decode_policy(value.at, value.length, arena, out));
	strbuf_free(&key);
	strbuf_free(&value);
	return found;
}

static void
end_gathering(struct fixture *f)
{
	struct error error;

	assert_int_equal(night_gather_end(f->night, &error), 0);
}

/* A port of loopback at which nobody listens. */
static uint16_t
free_port(void)
{
	struct fake_web *web = fake_web_start(&(struct fake_web_plan){ .answer = NULL }, 0);
	uint16_t port = fake_web_port(web);

	fake_web_end(web);
	return port;
}

static void
a_policy_is_fetched_once(void **state)
{
	const struct fake_web_plan plan = { .certificate = &certificate, .answer = POLICY };
	struct fake_web *web = fake_web_start(&plan, 0);
	struct arena arena = { 0 };
	struct policy_fact fact;
	struct fixture f;

	(void)state;
	open_fixture(&f, fake_web_port(web), WAIT_MS);
	share(&f, HOST, "127.0.0.1");
	share(&f, HOST, "127.0.0.2"); /* whatever its addresses are by now */
	assert_int_equal(policies_counts(f.policies).open, 1);
	assert_int_equal(f.done, 0);
	run_until_done(&f, 1);
	share(&f, HOST, "127.0.0.1");
	assert_int_equal(policies_counts(f.policies).open, 0);
	end_gathering(&f);
	assert_true(read_fact(&f, HOST, &arena, &fact));
	assert_int_equal(fact.look_count, 1);
	assert_true(fact.path_open);
	assert_int_equal(fact.looks[0].status, 200);
	assert_string_equal(fact.looks[0].body, "version: STSv1\n");
	close_fixture(&f);
	fake_web_end(web);
	arena_free(&arena);
}

static void
what_was_not_had_is_looked_at_again(void **state)
{
	struct arena arena = { 0 };
	struct policy_fact fact;
	struct fixture f;
	uint64_t began;

	(void)state;
	open_fixture(&f, free_port(), WAIT_MS);
	began = loop_clock();
	share(&f, HOST, "127.0.0.1");
	run_until_done(&f, 1);
	assert_true(loop_clock() - began >= WAIT_MS);
	end_gathering(&f);
	assert_true(read_fact(&f, HOST, &arena, &fact));
	assert_int_equal(fact.look_count, 2);
	assert_false(fact.path_open);
	for (size_t i = 0; i < fact.look_count; i++)
		assert_int_equal(fact.looks[i].end, HTTPS_REFUSED);
	close_fixture(&f);
	arena_free(&arena);
}

/* The second look finds a policy; and tells that the path is open, to who is seen after it. */
static void
the_second_look_may_be_better(void **state)
{
	const struct fake_web_plan down = { .certificate = &certificate, .answer = DOWN };
	const struct fake_web_plan up = { .certificate = &certificate, .answer = POLICY };
	struct fake_web *web = fake_web_start(&down, 0);
	uint16_t port = fake_web_port(web);
	struct arena arena = { 0 };
	struct policy_fact fact;
	struct fixture f;

	(void)state;
	open_fixture(&f, port, LONGER_WAIT_MS);
	share(&f, HOST, "127.0.0.1");
	while (!fake_web_served(web))
		loop_run_once(f.loop);
	fake_web_end(web);
	web = fake_web_start(&up, port);
	run_until_done(&f, 1);
	share(&f, "mta-sts.b.com", "127.0.0.9");
	run_until_done(&f, 2);
	end_gathering(&f);
	assert_true(read_fact(&f, HOST, &arena, &fact));
	assert_int_equal(fact.look_count, 2);
	assert_int_equal(fact.looks[0].status, 503);
	assert_int_equal(fact.looks[1].status, 200);
	assert_true(read_fact(&f, "mta-sts.b.com", &arena, &fact));
	assert_int_equal(fact.looks[1].end, HTTPS_REFUSED);
	assert_true(fact.path_open);
	close_fixture(&f);
	fake_web_end(web);
	arena_free(&arena);
}

static void
without_second_looks_there_is_one(void **state)
{
	struct arena arena = { 0 };
	struct policy_fact fact;
	struct fixture f;

	(void)state;
	open_fixture(&f, free_port(), 0);
	share(&f, HOST, "127.0.0.1");
	run_until_done(&f, 1);
	end_gathering(&f);
	assert_true(read_fact(&f, HOST, &arena, &fact));
	assert_int_equal(fact.look_count, 1);
	close_fixture(&f);
	arena_free(&arena);
}

/* What waits for its second look is not final: it is not kept. */
static void
what_is_cancelled_was_looked_at_once(void **state)
{
	struct arena arena = { 0 };
	struct policy_fact fact;
	struct fixture f;
	uint64_t began;

	(void)state;
	open_fixture(&f, free_port(), 60000);
	share(&f, HOST, "127.0.0.1");
	share(&f, "mta-sts.b.com", "127.0.0.1");
	began = loop_clock();
	share(&f, "mta-sts.c.com", "127.0.0.1");
	while (loop_clock() - began < WAIT_MS) /* so that each was looked at, most likely */
		loop_run_once(f.loop);
	share(&f, "mta-sts.d.com", "127.0.0.1");
	policies_cancel(f.policies);
	share(&f, "mta-sts.e.com", "127.0.0.1");
	assert_int_equal(policies_counts(f.policies).open, 0);
	assert_int_equal(f.done, 0);
	end_gathering(&f);
	if (read_fact(&f, HOST, &arena, &fact))
		assert_int_equal(fact.look_count, 1);
	close_fixture(&f);
	arena_free(&arena);
}

static int
make_certificate(void **state)
{
	const struct certificate *trusted[] = { &certificate };
	int64_t now = (int64_t)time(NULL);

	(void)state;
	setenv("SSL_CERT_FILE", "/dev/null", 1);
	fake_certificate_make(&(struct certificate_plan){ .subject = HOST,
				  .names = "DNS:" HOST,
				  .not_before = now - 1000,
				  .not_after = now + 1000 },
	    NULL, &certificate);
	roots = fake_certificate_file(trusted, 1);
	return 0;
}

static int
free_certificate(void **state)
{
	(void)state;
	fake_certificate_free(&certificate);
	unlink(roots);
	free(roots);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_policy_is_fetched_once),
		cmocka_unit_test(what_was_not_had_is_looked_at_again),
		cmocka_unit_test(the_second_look_may_be_better),
		cmocka_unit_test(without_second_looks_there_is_one),
		cmocka_unit_test(what_is_cancelled_was_looked_at_once),
	};

	return cmocka_run_group_tests(tests, make_certificate, free_certificate);
}
