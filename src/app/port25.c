/* From options to sessions at port 25. */
#include "app/port25.h"

#include "base/arena.h"
#include "base/hash.h"
#include "names/provider.h"
#include "net/socket.h"
#include "rule/visits.h"

#include <stdlib.h>
#include <string.h>

enum {
	SMTP_PORT = 25,
	SECOND_LOOK_MS = 15 * 60 * 1000,
	SECOND_LOOK_CHECK_MS = 10 * 1000, /* of `check`, for which somebody waits */
};

/* A host that may be greeted. */
struct candidate {
	const char *host, *provider;
	uint64_t order;
};

static struct smtp_limits
limits_of(const struct option_smtp_timeouts *given, bool late)
{
	return (struct smtp_limits){
		.connect = (unsigned)given->connect,
		.greeting = (unsigned)(late ? given->late_greeting : given->greeting),
		.ehlo = (unsigned)given->ehlo,
		.starttls = (unsigned)given->starttls,
		.tls = (unsigned)given->tls,
		.quit = (unsigned)given->quit,
		.total = (unsigned)(late ? given->late_total : given->total),
	};
}

static uint64_t
second_look_ms(const struct options *options)
{
	if (options_given(options, "second-look"))
		return options->second_look;
	return options->command == COMMAND_CHECK ? SECOND_LOOK_CHECK_MS : SECOND_LOOK_MS;
}

static int
by_order(const void *a, const void *b)
{
	const struct candidate *one = a, *other = b;

	return (one->order > other->order) - (one->order < other->order);
}

static bool
has_provider(const struct candidate *at, size_t count, const char *provider)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(at[i].provider, provider) == 0)
			return true;
	return false;
}

/* One of each provider that the table marks, so that runs with other seeds greet others. */
static size_t
marked(const struct providers *providers, const uint64_t seed[2], struct candidate *at)
{
	const struct provider *row;
	size_t cursor = 0, count = 0;

	while ((row = providers_next(providers, &cursor)) != NULL) {
		if (row->witness == NULL || has_provider(at, count, row->name))
			continue;
		at[count++] = (struct candidate){ row->witness, row->name,
			hash_keyed(seed[0], seed[1], row->witness, strlen(row->witness)) };
	}
	qsort(at, count, sizeof *at, by_order);
	return count;
}

static size_t
count_rows(const struct providers *providers)
{
	size_t cursor = 0, count = 0;

	while (providers_next(providers, &cursor) != NULL)
		count++;
	return count;
}

static void
set_witnesses(const struct options *options, const struct tables *tables,
    const struct run_facts *run, struct arena *arena, struct sessions_options *out)
{
	const struct option_list *given = &options->witnesses;
	struct candidate *candidates;
	const char **names;

	if (given->count > 0) {
		out->witnesses = (const char *const *)given->at;
		out->witness_count = strcmp(given->at[0], "none") == 0 ? 0 : given->count;
		return;
	}
	candidates = arena_zeroed(arena, count_rows(tables->providers), sizeof *candidates);
	out->witness_count = marked(tables->providers, run->seed, candidates);
	names = arena_zeroed(arena, out->witness_count, sizeof *names);
	for (size_t i = 0; i < out->witness_count; i++)
		names[i] = candidates[i].host;
	out->witnesses = names;
}

void
port25_set(const struct options *options, const struct tables *tables, const struct run_facts *run,
    struct arena *arena, struct sessions_options *out)
{
	out->session.port = SMTP_PORT;
	out->session.limits = limits_of(&options->smtp_timeouts, false);
	out->late = limits_of(&options->smtp_timeouts, true);
	out->again = visits_again;
	out->plan = visits_plan;
	out->second_look_ms = second_look_ms(options);
	set_witnesses(options, tables, run, arena, out);
}

unsigned
port25_without_route(void)
{
	unsigned without = 0;

	for (unsigned family = 4; family <= 6; family += 2)
		without |= socket_has_route(family) ? 0 : 1u << family;
	return without;
}
