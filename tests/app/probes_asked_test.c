/* Which resolvers validate: what each says of the zones of the table, asked over real sockets. */
#include "unit.h"

#include "app/probes.h"
#include "base/error.h"
#include "dns/client.h"
#include "dns/fake_resolver.h"
#include "net/loop.h"

#include <stdio.h>

struct fixture {
	struct loop *loop;
	struct fake_resolver *resolvers[2];
	struct dns_client *client;
	struct probes_result result;
};

struct probes_case {
	const char *name;
	const char *zones[PROBE_KIND_COUNT]; /* NULL: the table has none of that kind */
	unsigned trusted, validating;        /* bits of the two resolvers */
};

#define GOOD                                                                                       \
	{                                                                                          \
		"soaad.test", "soa.test", "fail.test"                                              \
	}

static const struct probes_case cases[] = {
	{ "both validate", GOOD, 3, 3 },
	{ "only one is trusted", GOOD, 2, 2 },
	{ "none is trusted", GOOD, 0, 0 },
	{ "no AD in the signed zone", { "soa.test", "soa.test", "fail.test" }, 3, 0 },
	{ "AD in the unsigned zone", { "soaad.test", "soaad.test", "fail.test" }, 3, 0 },
	{ "the broken zone is believed", { "soaad.test", "soa.test", "soaad.test" }, 3, 0 },
	{ "the broken zone has an answer", { "soaad.test", "soa.test", "soa.test" }, 3, 0 },
	{ "the broken zone is refused", { "soaad.test", "soa.test", "refuse.test" }, 3, 0 },
	{ "silence in the broken zone", { "soaad.test", "soa.test", "silent.test" }, 3, 0 },
	{ "silence in the signed zone", { "silent.test", "soa.test", "fail.test" }, 3, 0 },
	{ "no answer in the unsigned zone", { "soaad.test", "fail.test", "fail.test" }, 3, 0 },
	{ "the signed zone has no SOA", { "nodata.test", "soa.test", "fail.test" }, 3, 0 },
	{ "no broken zone", { "soaad.test", "soa.test", NULL }, 3, 0 },
	{ "no unsigned zone", { "soaad.test", NULL, "fail.test" }, 3, 0 },
	{ "no signed zone", { NULL, "soa.test", "fail.test" }, 3, 0 },
};

static void
on_done(void *user, const struct probes_result *result)
{
	struct fixture *f = user;

	f->result = *result;
	loop_stop(f->loop);
}

static struct probe_zones
zones_of(const struct probes_case *c)
{
	struct probe_zones zones = { .count = 0 };

	for (int kind = 0; kind < PROBE_KIND_COUNT; kind++) {
		struct probe_zone *zone = &zones.at[zones.count];

		if (c->zones[kind] == NULL)
			continue;
		snprintf(zone->name, sizeof zone->name, "%s", c->zones[kind]);
		zone->kind = (enum probe_kind)kind;
		zones.count++;
	}
	return zones;
}

static void
resolvers_prove_that_they_validate(void **state)
{
	static const struct run_facts run = { .seed = { 1, 2 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct probe_zones zones = zones_of(&cases[i]);
		struct probes *probes =
		    probes_start(&zones, &run, cases[i].trusted, f->client, on_done, f);

		loop_run(f->loop);
		if (f->result.validating != cases[i].validating)
			fail_msg("%s: %u", cases[i].name, f->result.validating);
		probes_free(probes);
	}
}

/* Those that are not trusted are spared, and nobody is asked for names in the broken zone. */
static void
no_more_is_asked_than_needed(void **state)
{
	static const struct run_facts run = { .seed = { 1, 2 } };
	static const struct probes_case good = { .zones = GOOD };
	enum { HONESTY = 4, VALIDATION = 3 };
	const struct probe_zones zones = zones_of(&good);
	struct fixture *f = *state;
	unsigned before[2];
	struct probes *probes;

	for (size_t i = 0; i < 2; i++)
		before[i] = fake_resolver_questions(f->resolvers[i]);
	probes = probes_start(&zones, &run, 1, f->client, on_done, f);
	loop_run(f->loop);
	probes_free(probes);
	assert_int_equal(
	    fake_resolver_questions(f->resolvers[0]) - before[0], HONESTY + VALIDATION);
	assert_int_equal(fake_resolver_questions(f->resolvers[1]) - before[1], HONESTY);
}

static int
set_up(void **state)
{
	static struct fixture f;
	struct dns_client_options options = { .timeout_ms = 200 };
	struct error error;

	f.loop = loop_new();
	for (size_t i = 0; i < 2; i++) {
		f.resolvers[i] = fake_resolver_start(0);
		options.resolvers.at[i] = (struct dns_resolver){ .ip = { 4, { 127, 0, 0, 1 } },
			.port = fake_resolver_port(f.resolvers[i]) };
	}
	options.resolvers.count = 2;
	if (dns_client_new(f.loop, &options, &f.client, &error) != 0)
		fail_msg("%s", error.text);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	dns_client_free(f->client);
	for (size_t i = 0; i < 2; i++)
		fake_resolver_end(f->resolvers[i]);
	loop_free(f->loop);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolvers_prove_that_they_validate),
		cmocka_unit_test(no_more_is_asked_than_needed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
