/* Silence of resolvers, told from that of the servers behind them. */
#include "unit.h"

#include "app/resolvers_watch.h"
#include "base/error.h"
#include "dns/client.h"
#include "dns/fake_resolver.h"
#include "fact/facts.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

enum {
	QUESTIONS = 30,
	PATIENCE_MS = 10000, /* longer than it takes to be told silent */
	LOST_MS = 3500,
	TIME_MS = 5000,
};

/* One resolver, asked for names whose servers are dead. */
struct asked {
	struct fake_resolver *resolver;
	struct options options;
	struct resolver_address given;
	struct dns_client *client;
	struct resolvers_watch *watch;
	int lost;
};

static void
on_answer(void *user, const struct dns_answer *answer)
{
	(void)user;
	(void)answer;
}

static void
on_lost(void *user)
{
	struct asked *asked = user;

	asked->lost++;
}

static void
begin(struct asked *asked, struct loop *loop, const struct run_facts *run)
{
	struct resolvers_watch_options watched = { .options = &asked->options,
		.loop = loop,
		.run = run,
		.zone = "zone.test",
		.patience_ms = LOST_MS,
		.lost = on_lost,
		.user = asked };
	struct dns_client_options dns = { .timeout_ms = PATIENCE_MS };
	struct error error;

	asked->resolver = fake_resolver_start(0);
	ip_parse("127.0.0.1", &asked->given.ip);
	asked->given.port = fake_resolver_port(asked->resolver);
	asked->options.resolvers.at = &asked->given;
	asked->options.resolvers.count = 1;
	dns.resolvers.at[0] = (struct dns_resolver){ asked->given.ip, asked->given.port };
	dns.resolvers.count = 1;
	if (dns_client_new(loop, &dns, &asked->client, &error) != 0)
		fail_msg("%s", error.text);
	watched.dns = asked->client;
	asked->watch = resolvers_watch_new(&watched);
	for (int i = 0; i < QUESTIONS; i++) {
		char name[32];

		snprintf(name, sizeof name, "silent.d%d.test", i);
		dns_client_ask(asked->client, name, DNS_A, 0, on_answer, NULL);
	}
}

static void
end(struct asked *asked)
{
	resolvers_watch_free(asked->watch);
	dns_client_free(asked->client);
	fake_resolver_end(asked->resolver);
}

static void
stop(void *user)
{
	loop_stop(user);
}

static void
a_resolver_that_answers_others_is_not_silent(void **state)
{
	static const struct run_facts run = { .seed = { 1, 2 } };
	struct asked alive = { 0 }, dead = { 0 };
	struct loop *loop = loop_new();
	struct loop_timer *timer = loop_timer_new(loop, stop, loop);

	(void)state;
	begin(&alive, loop, &run);
	begin(&dead, loop, &run);
	fake_resolver_refuse(dead.resolver, 1);
	loop_timer_start(timer, TIME_MS, 0);
	loop_run(loop);
	assert_false(resolvers_watch_silent(alive.watch));
	assert_true(resolvers_watch_silent(dead.watch));
	assert_int_equal(alive.lost, 0);
	assert_int_equal(dead.lost, 1);
	end(&alive);
	end(&dead);
	loop_timer_free(timer);
	loop_free(loop);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_resolver_that_answers_others_is_not_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
