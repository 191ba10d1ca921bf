/* The tests of the run: resolvers, then lists, then the rows, then the lists once more. */
#include "app/run_tests.h"

#include "app/areas.h"
#include "app/list_tests.h"
#include "app/own_tests.h"
#include "app/probes.h"
#include "app/resolvers.h"
#include "app/resume.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "score/run_rows.h"
#include "score/scorecard.h"

#include <stdlib.h>

enum {
	FIRST_DRAW = 1000, /* random labels of the list tests; the probes have those before */
	SECOND_DRAW = 100000,
};

struct run_tests {
	struct run_tests_options options;
	struct arena arena;
	struct probes *probes;
	struct own_tests *own; /* NULL: our own name is not looked at */
	struct list_tests *before, *behind;
	struct list_health *lists;
	unsigned *passed; /* by each list */
};

/* ---- block lists */

static void
warn_of_list(const struct list_health *list)
{
	if (list->passed_start != list->tested)
		log_warn("block list %s failed its test: its cells are not tested", list->zone);
}

static void
on_own_listed(void *user)
{
	struct run_tests *tests = user;

	tests->options.tested(tests->options.user, true);
}

static unsigned
passed_so_far(const struct run_tests *tests, size_t i)
{
	const struct run_facts *earlier = tests->options.earlier;

	return earlier == NULL ? tests->passed[i]
			       : resume_passed(earlier, tests->lists[i].zone, tests->passed[i]);
}

static void
on_lists_tested(void *user)
{
	struct run_tests *tests = user;

	for (size_t i = 0; i < tests->options.run->list_count; i++) {
		tests->lists[i].passed_start = passed_so_far(tests, i);
		warn_of_list(&tests->lists[i]);
	}
	if (tests->own != NULL)
		own_tests_ask_lists(tests->own, on_own_listed);
	else
		on_own_listed(tests);
}

static struct list_tests *
test_lists(struct run_tests *tests, unsigned draw, void (*done)(void *user))
{
	struct run_facts *run = tests->options.run;

	return list_tests_start(tests->options.tables->lists, tests->lists, run->list_count, run,
	    draw, tests->options.dns, tests->passed, done, tests);
}

static void
start_list_tests(struct run_tests *tests)
{
	const struct scorecard_options areas = areas_selected(tests->options.options);
	struct run_facts *run = tests->options.run;

	if (scorecard_area_selected(&areas, "dnsbl"))
		run->list_count =
		    list_tests_choose(tests->options.tables->lists, &tests->arena, &tests->lists);
	run->lists = tests->lists;
	if (run->list_count == 0) {
		tests->options.tested(tests->options.user, true);
		return;
	}
	tests->passed = arena_zeroed(&tests->arena, run->list_count, sizeof *tests->passed);
	tests->before = test_lists(tests, FIRST_DRAW, on_lists_tested);
}

/* Answers of a list count only when it passes its test after them as well. */
static void
on_lists_tested_again(void *user)
{
	struct run_tests *tests = user;

	for (size_t i = 0; i < tests->options.run->list_count; i++)
		tests->lists[i].passed_end = tests->passed[i];
	tests->options.tested_again(tests->options.user);
}

void
run_tests_again(struct run_tests *tests)
{
	if (tests->options.run->list_count == 0)
		tests->options.tested_again(tests->options.user);
	else if (tests->behind == NULL)
		tests->behind = test_lists(tests, SECOND_DRAW, on_lists_tested_again);
}

/* ---- our own name */

/* One line, however many addresses are meant. */
static void
warn_of_own_name(struct run_tests *tests)
{
	const struct run_facts *run = tests->options.run;
	struct strbuf why = { 0 };

	for (size_t i = 0; i < run->own_count && !run->ehlo_unchecked; i++)
		if (own_name_is_wrong(run->own[i].name))
			strbuf_printf(&why, "%sIPv%u (%s)", why.length > 0 ? " and " : "",
			    (unsigned)run->own[i].ip.family,
			    run_rows_own_name(run, &run->own[i], &tests->arena));
	if (why.length > 0)
		log_warn("port 25 is not tried by %s: the scanner's name must lead to its address, "
			 "and the reverse name back; --ehlo NAME names another, --ehlo-unchecked "
			 "goes on all the same",
		    why.at);
	strbuf_free(&why);
}

static void
on_own_named(void *user)
{
	struct run_tests *tests = user;

	warn_of_own_name(tests);
	start_list_tests(tests);
}

static void
start_own_tests(struct run_tests *tests)
{
	const struct own_tests_options options = {
		.loop = tests->options.loop,
		.dns = tests->options.dns,
		.lists = tests->options.tables->lists,
		.run = tests->options.run,
		.sources = tests->options.sources,
		.source_count = tests->options.source_count,
		.user = tests,
	};

	if (options.source_count == 0) {
		start_list_tests(tests);
		return;
	}
	tests->own = own_tests_new(&options);
	own_tests_follow_name(tests->own, on_own_named);
}

/* ---- resolvers */

static void
warn_of_resolvers(unsigned count, const struct probes_result *result)
{
	for (unsigned i = 0; i < count; i++) {
		unsigned bit = 1u << i;

		if ((result->lied & bit) != 0)
			log_warn("resolver %u invents answers for names that do not exist: what it "
				 "denies counts as not tested; use an own recursive resolver",
			    i + 1);
		else if ((result->unasked & bit) != 0)
			log_warn("resolver %u could not be tested: this machine has no socket or "
				 "local port left",
			    i + 1);
		else if ((result->passed & bit) == 0)
			log_warn("resolver %u could not be tested with the probe names: what it "
				 "denies counts as not tested",
			    i + 1);
	}
}

static void
on_probed(void *user, const struct probes_result *result)
{
	struct run_tests *tests = user;
	struct run_facts *run = tests->options.run;

	run->honest_resolvers = (uint8_t)result->passed;
	run->lying_resolvers = (uint8_t)result->lied;
	run->validating_resolvers = (uint8_t)result->validating;
	if (tests->options.earlier != NULL)
		resume_resolvers(tests->options.earlier, run);
	if (result->answered == 0) {
		tests->options.tested(tests->options.user, false);
		return;
	}
	warn_of_resolvers(run->resolvers, result);
	dns_client_trust(
	    tests->options.dns, result->passed != 0 ? result->passed : result->answered);
	start_own_tests(tests);
}

struct run_tests *
run_tests_start(const struct run_tests_options *options, struct error *error)
{
	struct run_tests *tests = alloc_zeroed(1, sizeof *tests);
	const char *path = options->options->probes;
	struct probe_zones zones;

	tests->options = *options;
	if (path == NULL)
		path = tables_shipped_path("probes.tsv", &tests->arena);
	if (probes_load(path, &zones, error) != 0) {
		run_tests_free(tests);
		return NULL;
	}
	tests->probes = probes_start(&zones, options->run, resolvers_trusted(options->options),
	    options->dns, on_probed, tests);
	return tests;
}

void
run_tests_end(struct run_tests *tests)
{
	if (tests == NULL)
		return;
	own_tests_free(tests->own);
	tests->own = NULL;
}

void
run_tests_free(struct run_tests *tests)
{
	if (tests == NULL)
		return;
	probes_free(tests->probes);
	list_tests_free(tests->before);
	list_tests_free(tests->behind);
	arena_free(&tests->arena);
	free(tests);
}
