/* What a sweep would do, on a clock that is reckoned: figures that anyone can check by hand. */
#include "unit.h"

#include "app/left_undone.h"
#include "app/plan.h"
#include "app/plan_output.h"
#include "base/error.h"
#include "fact/session_order.h"
#include "names/block_list.h"
#include "names/provider.h"
#include "names/suffix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHOLE = SESSION_ORDER_DOMAIN, SESSIONS_MAX = 64, SECOND = 1000 };

#define TABLE                                                                                      \
	"mx_suffix\tprovider\tgroup\tmax_conn\tper_min\tmin_gap_ms\tprobe\tconf\tnote\n"           \
	".one.net\tone\tprovider\t1\t600\t0\teach\tI\t-\n"                                         \
	".two.net\ttwo\tprovider\t2\t600\t0\teach\tI\t-\n"                                         \
	".slow.net\tslow\tprovider\t50\t6\t0\teach\tI\t-\n"                                        \
	"*\t(default)\tip\t1\t60\t0\teach\tI\tevery other host\n"

struct fixture {
	struct providers *providers;
	struct suffix_list *suffixes;
	struct ip ips[SESSIONS_MAX];
	char names[SESSIONS_MAX][64];
	struct session_left sessions[SESSIONS_MAX];
	size_t count;
	struct plan plan;
};

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	char path[] = "/tmp/mxsweep_plan_XXXXXX";
	int fd = mkstemp(path);
	struct error error;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, TABLE, strlen(TABLE)), (ssize_t)strlen(TABLE));
	close(fd);
	if (providers_load(path, &f->providers, &error) != 0 ||
	    suffix_list_open(NULL, &f->suffixes, &error) != 0)
		fail_msg("%s", error.text);
	unlink(path);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	plan_free(&f->plan);
	providers_free(f->providers);
	suffix_list_close(f->suffixes);
	test_free(f);
	return 0;
}

/* `host` at the address 192.0.2.`last`, needed by so many domains. */
static void
add(struct fixture *f, const char *host, unsigned last, unsigned domains)
{
	struct session_left *session = &f->sessions[f->count];

	assert_true(f->count < SESSIONS_MAX);
	snprintf(f->names[f->count], sizeof f->names[0], "%s", host);
	f->ips[f->count] = (struct ip){ 4, { 192, 0, 2, (uint8_t)last } };
	session->ip = &f->ips[f->count];
	session->mx_name = f->names[f->count];
	session->domains = (uint64_t)domains * WHOLE;
	session->first_domain = ++f->count;
}

static void
add_hosts(struct fixture *f, const char *suffix, unsigned count)
{
	char name[64];

	for (unsigned i = 0; i < count; i++) {
		snprintf(name, sizeof name, "mx%u.%s", i, suffix);
		add(f, name, 1 + (unsigned)f->count, 1);
	}
}

static void
make(struct fixture *f, uint64_t deadline_ms)
{
	const struct plan_input input = {
		.sessions = f->sessions,
		.session_count = f->count,
		.providers = f->providers,
		.suffixes = f->suffixes,
		.sessions_max = 1000,
		.seed = { 1, 2 },
		.deadline_ms = deadline_ms,
	};

	plan_make(&input, &f->plan);
}

static const struct plan_provider *
provider(const struct fixture *f, const char *name)
{
	for (size_t i = 0; i < f->plan.provider_count; i++)
		if (strcmp(f->plan.providers[i].name, name) == 0)
			return &f->plan.providers[i];
	fail_msg("%s is not there", name);
	return NULL;
}

/* One at a time: the sessions follow each other. Two: half as long. Six a minute: one in ten
 * seconds. All three at the same time, so the slowest says how long it takes. */
static void
each_provider_takes_its_time(void **state)
{
	struct fixture *f = *state;

	add_hosts(f, "one.net", 10);
	add_hosts(f, "two.net", 10);
	add_hosts(f, "slow.net", 10);
	make(f, PLAN_NO_DEADLINE);
	assert_int_equal(provider(f, "one")->takes_ms, 10 * PLAN_SESSION_MS);
	assert_in_range(
	    provider(f, "two")->takes_ms, 5 * PLAN_SESSION_MS, 5 * PLAN_SESSION_MS + SECOND);
	assert_int_equal(provider(f, "slow")->takes_ms, 9 * 10 * SECOND + PLAN_SESSION_MS);
	assert_string_equal(f->plan.providers[0].name, "slow");
	assert_int_equal(f->plan.takes_ms, provider(f, "slow")->takes_ms);
	assert_int_equal(f->plan.sessions, 30);
	assert_int_equal(f->plan.late_sessions, 0);
}

static void
hosts_addresses_and_providers_are_counted_once(void **state)
{
	struct fixture *f = *state;

	add(f, "mx.one.net", 1, 7);
	add(f, "mx.one.net", 2, 7);
	add(f, "other.one.net", 2, 1); /* a second name of an address */
	add(f, "mx.example.org", 9, 1);
	add(f, "mx2.example.org", 9, 1);
	add(f, "mx.example.com", 9, 1); /* and one of another domain */
	make(f, PLAN_NO_DEADLINE);
	assert_int_equal(f->plan.provider_count, 3);
	assert_int_equal(f->plan.hosts, 5);
	assert_int_equal(f->plan.addresses, 3);
	assert_int_equal(provider(f, "one")->hosts, 2);
	assert_int_equal(provider(f, "one")->addresses, 2);
	assert_int_equal(provider(f, "one")->sessions, 3);
	assert_int_equal(provider(f, "one")->domains, 15);
	assert_int_equal(provider(f, "example.org")->hosts, 2);
	assert_int_equal(provider(f, "example.org")->addresses, 1);
	/* one address takes one session at a time, whosever it is */
	assert_int_equal(f->plan.takes_ms, 3 * PLAN_SESSION_MS);
}

static void
a_deadline_leaves_those_of_the_fewest_domains(void **state)
{
	struct strbuf text = { 0 };
	struct fixture *f = *state;

	for (unsigned i = 0; i < 6; i++)
		add(f, i % 2 == 0 ? "rare.one.net" : "frequent.one.net", 1 + i,
		    i % 2 == 0 ? 1 : 50);
	make(f, 4 * PLAN_SESSION_MS); /* the three frequent ones, and one more */
	assert_int_equal(f->plan.late_sessions, 2);
	assert_int_equal(f->plan.late_hosts, 1);
	assert_int_equal(provider(f, "one")->late_hosts, 1);
	f->plan.sessions_wanted = true;
	plan_text(&f->plan, &text);
	assert_non_null(strstr(text.at, "2 sessions at 1 host will be left"));
	strbuf_reset(&text);
	plan_json(&f->plan, &text);
	assert_non_null(strstr(text.at, "\"late_sessions\":2"));
	assert_non_null(strstr(text.at, "\"deadline_ms\":12000"));
	strbuf_free(&text);
}

static void
nothing_takes_no_time(void **state)
{
	struct strbuf text = { 0 };
	struct fixture *f = *state;

	make(f, PLAN_NO_DEADLINE);
	assert_int_equal(f->plan.takes_ms, 0);
	assert_int_equal(f->plan.provider_count, 0);
	plan_text(&f->plan, &text);
	assert_non_null(strstr(text.at, "port 25 is not asked for"));
	strbuf_reset(&text);
	plan_json(&f->plan, &text);
	assert_non_null(strstr(text.at, "\"deadline_ms\":null"));
	strbuf_free(&text);
}

/* One question for each address and name that the list is about, and its tests twice. */
static void
lists_are_held_against_their_ceilings(void **state)
{
	const struct plan_subjects subjects = { { 200000, 7 }, 31 };
	const struct list_health asked[] = { { .zone = "bl.spamcop.net" },
		{ .zone = "multi.surbl.org" }, { .zone = "all.s5h.net" } };
	struct fixture *f = *state;
	struct block_lists *lists;
	struct error error;
	size_t seen = 0;

	if (block_lists_load(SOURCE_DIR "/data/dnsbl.tsv", &lists, &error) != 0)
		fail_msg("%s", error.text);
	plan_add_lists(&f->plan, lists, asked, COUNT_OF(asked), &subjects);
	for (size_t i = 0; i < f->plan.list_count; i++) {
		const struct plan_list *row = &f->plan.lists[i];

		if (strcmp(row->zone, "bl.spamcop.net") == 0) { /* IPv4; 5 a second, 50000 a day */
			assert_int_equal(row->questions, 200000 + row->tests);
			assert_int_equal(row->takes_ms, row->questions * SECOND / 5);
			assert_int_equal(row->beyond, row->questions - 50000);
			seen++;
		}
		if (strcmp(row->zone, "multi.surbl.org") == 0) { /* names alone */
			assert_int_equal(row->questions, 31 + row->tests);
			assert_int_equal(row->beyond, 0);
			seen++;
		}
		if (strcmp(row->zone, "all.s5h.net") == 0) { /* both families */
			assert_int_equal(row->questions, 200007 + row->tests);
			seen++;
		}
	}
	assert_int_equal(seen, 3);
	block_lists_free(lists);
}

static const struct left_undone_provider six[] = { { "google", 20, 12 }, { "b.com", 5, 5 },
	{ "c.com", 4, 4 }, { "d.com", 3, 3 }, { "e.com", 2, 2 }, { "f.com", 1, 1 } };
static const struct {
	struct left_undone left;
	const char *text;
} undone[] = {
	{ { 0 }, "" },
	{ { .second_looks = 1 }, "1 second look not taken" },
	{ { .domains = 3 }, "3 domains not asked about in full" },
	{ { .sessions = 1, .hosts = 1, .providers = six + 5, .provider_count = 1 },
	    "1 session at 1 host of 1 provider not had (hosts: f.com 1)" },
	{ { .domains = 1,
	      .sessions = 35,
	      .hosts = 27,
	      .second_looks = 2,
	      .providers = six,
	      .provider_count = 6 },
	    "1 domain not asked about in full; 35 sessions at 27 hosts of 6 providers not had "
	    "(hosts: google 12, b.com 5, c.com 4, d.com 3, e.com 2, 1 other 1); 2 second looks not "
	    "taken" },
};

static void
what_is_left_is_said_in_a_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(undone); i++) {
		struct strbuf text = { 0 };

		strbuf_add_string(&text, "");
		left_undone_text(&undone[i].left, &text);
		assert_string_equal(text.at == NULL ? "" : text.at, undone[i].text);
		strbuf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_provider_takes_its_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    hosts_addresses_and_providers_are_counted_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_deadline_leaves_those_of_the_fewest_domains, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_takes_no_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    lists_are_held_against_their_ceilings, set_up, tear_down),
		cmocka_unit_test(what_is_left_is_said_in_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
