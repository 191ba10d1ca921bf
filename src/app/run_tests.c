/* The tests of the run: resolvers, then lists, then the rows, then the lists once more. */
#include "app/run_tests.h"

#include "app/areas.h"
#include "app/list_choice.h"
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
#include "fact/list_memory.h"
#include "score/run_rows.h"
#include "score/scorecard.h"

#include <stdlib.h>

struct run_tests {
	struct run_tests_options options;
	struct arena arena;
	struct probe_zones zones;
	struct probes *probes;
	struct own_tests *own; /* NULL: our own name is not looked at */
	struct list_tests *list_tests;
	struct list_choice lists;
	struct list_memory *memory; /* NULL: nothing is kept */
	struct list_desk *desk;     /* NULL: no list is asked */
	size_t open;                /* lists that are tested, of the first or last test */
	bool again;
};

/* ---- block lists */

static void
on_own_listed(void *user)
{
	struct run_tests *tests = user;

	tests->options.tested(tests->options.user, true);
}

static void
on_first_tests(struct run_tests *tests)
{
	if (tests->own != NULL)
		own_tests_ask_lists(tests->own, tests->desk, on_own_listed);
	else
		on_own_listed(tests);
}

/* Those between are the desk's affair; it has them made. */
static void
on_list_tested(void *user, size_t list, enum list_test_phase phase)
{
	struct run_tests *tests = user;

	(void)list;
	if (phase == LIST_TEST_BETWEEN || --tests->open > 0)
		return;
	if (phase == LIST_TEST_FIRST)
		on_first_tests(tests);
	else
		tests->options.tested_again(tests->options.user);
}

static void
on_test_wanted(void *user, size_t list)
{
	struct run_tests *tests = user;

	list_tests_begin(tests->list_tests, list, LIST_TEST_BETWEEN);
}

/* One more is held open until all have begun: a test may be over at once. */
static void
test_lists(struct run_tests *tests, enum list_test_phase phase)
{
	tests->open = 1;
	for (size_t i = 0; i < tests->options.run->list_count; i++) {
		if (tests->lists.health[i].fault == LIST_NO_KEY ||
		    (phase == LIST_TEST_LAST && list_desk_on(tests->desk, i) == 0))
			continue;
		tests->open++;
		list_tests_begin(tests->list_tests, i, phase);
	}
	on_list_tested(tests, 0, phase);
}

static void
open_desk(struct run_tests *tests)
{
	struct run_facts *run = tests->options.run;
	struct list_desk_options desk = {
		.loop = tests->options.loop,
		.limiter = tests->options.limiter,
		.dns = tests->options.list_dns,
		.table = tests->options.tables->lists,
		.lists = tests->lists.health,
		.count = tests->lists.count,
		.keys = tests->lists.keys,
		.test = on_test_wanted,
		.user = tests,
	};
	struct list_tests_options list_tests = {
		.table = tests->options.tables->lists,
		.run = run,
		.tested = on_list_tested,
		.user = tests,
	};

	if (tests->options.state != NULL)
		desk.memory = tests->memory =
		    list_memory_new(tests->options.state, tests->lists.count, tests->options.loop);
	tests->desk = list_tests.desk = list_desk_new(&desk);
	tests->list_tests = list_tests_new(&list_tests);
}

static void
start_list_tests(struct run_tests *tests)
{
	const struct scorecard_options areas = areas_selected(tests->options.options);
	struct run_facts *run = tests->options.run;
	bool selected = scorecard_area_selected(&areas, "dnsbl") && tests->lists.count > 0;

	if (selected && !tests->options.options->dry_run)
		run->list_count = tests->lists.count;
	run->lists = tests->lists.health;
	if (selected)
		open_desk(tests); /* a dry run asks it what the day allows, and nothing else */
	if (run->list_count == 0) {
		tests->options.tested(tests->options.user, true);
		return;
	}
	test_lists(tests, LIST_TEST_FIRST);
}

/* Answers of a list count only when it passes its test after them as well. */
void
run_tests_again(struct run_tests *tests)
{
	if (tests->options.run->list_count == 0) {
		tests->options.tested_again(tests->options.user);
	} else if (!tests->again) {
		tests->again = true;
		test_lists(tests, LIST_TEST_LAST);
	}
}

struct list_desk *
run_tests_desk(struct run_tests *tests)
{
	return tests->desk;
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

	tests->options = *options;
	if (path == NULL)
		path = tables_shipped_path("probes.tsv", &tests->arena);
	if (list_choice_make(options->options, options->tables->lists, &tests->arena, &tests->lists,
		error) != 0 ||
	    probes_load(path, &tests->zones, error) != 0) {
		run_tests_free(tests);
		return NULL;
	}
	tests->probes = probes_start(&tests->zones, options->run,
	    resolvers_trusted(options->options), options->dns, on_probed, tests);
	return tests;
}

const char *
run_tests_uncached_zone(const struct run_tests *tests)
{
	return probes_uncached_zone(&tests->zones);
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
	list_tests_free(tests->list_tests);
	list_desk_free(tests->desk);
	list_memory_free(tests->memory);
	arena_free(&tests->arena);
	free(tests);
}
