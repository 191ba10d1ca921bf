/* Which session tells of a host that had none. */
#include "unit.h"

#include "base/error.h"
#include "names/provider.h"
#include "rule/fact_table.h"
#include "rule/stand_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROVIDERS                                                                                  \
	"mx_suffix\tprovider\tgroup\tmax_conn\tper_min\tmin_gap_ms\tprobe\tconf\tnote\n"           \
	".many.com\tmany\tprovider\t5\t60\t0\tsample:2\tI\t-\n"                                    \
	".two.com\ttwo\tprovider\t5\t60\t0\tfirst\tI\t-\n"                                         \
	".shy.com\tshy\tprovider\t5\t60\t0\tnone\tI\t-\n"                                          \
	"*\t(default)\tip\t5\t60\t0\teach\tI\t-\n"

#define REFUSED "|end=refused|at=connect\n"

struct stand_in_case {
	const char *name;
	const char *facts;    /* A records and sessions; the MX hosts are those of `hosts` */
	const char *hosts;    /* the first is the one that is asked about */
	const char *sample;   /* "KEY: NAME IP, NAME IP"; NULL: none */
	const char *expected; /* basis and the name that stands for it; "-": none is wanted */
};

static const struct stand_in_case cases[] = {
	{ "a host of its own", "", "mx.a.com", NULL, "-" },
	{ "in the sample itself", "8.8.8.8 SMTP x.many.com \n", "x.many.com",
	    "provider many: x.many.com 8.8.8.8", "-" },
	{ "outside the sample", "8.8.4.4 SMTP y.many.com \n", "x.many.com",
	    "provider many: y.many.com 8.8.4.4", "provider_sample y.many.com" },
	{ "the best of the sample", "8.8.4.4 SMTP y.many.com " REFUSED "8.8.4.5 SMTP z.many.com \n",
	    "x.many.com", "provider many: y.many.com 8.8.4.4, z.many.com 8.8.4.5",
	    "provider_sample z.many.com" },
	{ "a sample without a session", "", "x.many.com", "provider many: y.many.com 8.8.4.4",
	    "provider_sample nobody" },
	{ "by IPv6 nobody speaks for IPv4", "2001:4860:4860::8844 SMTP y.many.com \n", "x.many.com",
	    "provider many: y.many.com 2001:4860:4860::8844", "provider_sample nobody" },
	{ "no sample can where another host is not the provider's", "8.8.4.4 SMTP y.many.com \n",
	    "x.many.com mx.a.com", "provider many: y.many.com 8.8.4.4", "provider_sample nobody" },
	{ "the first two of a domain are contacted", "", "x.two.com", NULL, "-" },
	{ "nobody of the provider is", "", "x.shy.com", NULL, "provider_sample nobody" },
	{ "an address with too many names", "8.8.8.8 SMTP b.com \n", "mx.a.com",
	    "address 8.8.8.8: b.com 8.8.8.8", "inherited b.com" },
	{ "one of the names that are had", "8.8.8.8 SMTP mx.a.com \n", "mx.a.com",
	    "address 8.8.8.8: b.com 8.8.8.8, mx.a.com 8.8.8.8", "-" },
};

enum { HOSTS_MAX = 4 };

struct fixture {
	struct fact_table table;
	struct arena arena;
	struct mx_host hosts[HOSTS_MAX];
	struct mx_result mx;
	struct session_sample sample;
};

static void
add_hosts(struct fixture *f, char *names)
{
	f->mx.hosts = f->hosts;
	for (char *name; (name = strsep(&names, " ")) != NULL;)
		f->hosts[f->mx.host_count++].name = name;
}

static void
add_sample(struct fixture *f, char *text)
{
	struct sampled_host *hosts = arena_zeroed(&f->arena, HOSTS_MAX, sizeof *hosts);
	char *rest = strchr(text, ':'), *one;

	*rest++ = '\0';
	f->sample = (struct session_sample){ .key = text, .at = hosts };
	while ((one = strsep(&rest, ",")) != NULL) {
		struct sampled_host *host = &hosts[f->sample.count++];

		one++; /* a blank */
		host->name = strsep(&one, " ");
		assert_true(ip_parse(one, &host->ip));
	}
	f->table.run.samples = &f->sample;
	f->table.run.sample_count = 1;
}

static const char *
find(struct fixture *f)
{
	static const char *const bases[BASIS_COUNT] = { [BASIS_OBSERVED] = "observed",
		[BASIS_PROVIDER_SAMPLE] = "provider_sample",
		[BASIS_INHERITED] = "inherited" };
	struct stand_in found;
	struct ip ip;

	assert_true(ip_parse("8.8.8.8", &ip));
	stand_in_find(fact_table_pass(&f->table), &f->mx, &f->hosts[0], &ip, &found);
	return !found.wanted ? "-"
			     : arena_printf(&f->arena, "%s %s", bases[found.basis],
				   found.mx_name == NULL ? "nobody" : found.mx_name);
}

static struct providers *
load_providers(void)
{
	char path[] = "/tmp/providers.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct providers *providers;
	struct error error = { 0 };

	fputs(PROVIDERS, file);
	fclose(file);
	if (providers_load(path, &providers, &error) != 0)
		fail_msg("%s", error.text);
	remove(path);
	return providers;
}

static void
others_stand_for_it(void **state)
{
	struct providers *providers = load_providers();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct stand_in_case *c = &cases[i];
		struct fixture f = { .mx = { 0 } };
		const char *found;

		fact_table_init(&f.table, c->facts);
		f.table.run.providers = providers;
		add_hosts(&f, arena_string(&f.arena, c->hosts));
		if (c->sample != NULL)
			add_sample(&f, arena_string(&f.arena, c->sample));
		found = find(&f);
		if (strcmp(found, c->expected) != 0)
			fail_msg("%s: %s, not %s", c->name, found, c->expected);
		arena_free(&f.arena);
		fact_table_free(&f.table);
	}
	providers_free(providers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_stand_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
