/* From options to visits. */
#include "app/visits.h"

#include "app/areas.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/run_contacts.h"
#include "wire/dns_name.h"

#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

int
visits_check(const struct options *options, struct error *error)
{
	if ((options->relay_from == NULL) != (options->relay_to == NULL))
		return error_set(error, EX_USAGE,
		    "--relay-from and --relay-to belong together: sender and recipient, both in "
		    "domains of yours");
	if (options->relay_test == RELAY_ALL && options->relay_to == NULL)
		return error_set(error, EX_USAGE,
		    "--relay-test all needs --relay-from ADDR and --relay-to ADDR, in domains of "
		    "yours");
	return 0;
}

static const char *
domain_of(const char *address)
{
	return strrchr(address, '@') + 1;
}

/* A row's domain, or one below. */
static int
check_row(const struct night_row *row, const char *option, const char *address, struct error *error)
{
	if (row->domain == NULL || !dns_name_at_or_below(domain_of(address), row->domain))
		return 0;
	return error_set(error, EX_USAGE,
	    "--%s %s: %s is in the list (line %" PRIu64
	    "); an address in a domain that is not would be right",
	    option, address, row->domain, row->line);
}

static int
check_rows(const struct run_visits *visits, struct night *night, struct error *error)
{
	struct night_row row = { .id = 0 };
	struct arena arena = { 0 };
	int result = 0;

	while (result == 0 && night_next_row(night, row.id, &arena, &row)) {
		result = check_row(&row, "relay-to", visits->relay_to, error);
		if (result == 0)
			result = check_row(&row, "relay-from", visits->relay_from, error);
		arena_reset(&arena);
	}
	arena_free(&arena);
	return result;
}

/* Only what is selected is asked for. */
static struct name_list
opted_in(
    const struct option_list *given, const struct scorecard_options *areas, struct arena *arena)
{
	const char **ids = arena_zeroed(arena, given->count, sizeof *ids);
	struct name_list list = { ids, 0 };

	for (size_t i = 0; i < given->count; i++) {
		const char *id = given->at[i];

		if (scorecard_area_selected(areas, arena_string_n(arena, id, strcspn(id, "."))))
			ids[list.count++] = id;
	}
	return list;
}

static bool
wants_relay_test(const struct run_visits *visits)
{
	return visits->relay == RELAY_ALL || (visits->relay == RELAY_OWN && visits->own.count > 0);
}

int
visits_set(const struct options *options, struct night *night, struct arena *arena,
    struct run_facts *run, struct error *error)
{
	const struct scorecard_options areas = areas_selected(options);
	struct run_visits *visits = &run->visits;

	visits->relay = scorecard_area_selected(&areas, "relay")
	    ? (enum relay_mode)options->relay_test
	    : RELAY_OFF;
	visits->relay_from = options->relay_from;
	visits->relay_to = options->relay_to;
	visits->own.at = (const char *const *)options->own_mx.at;
	visits->own.count = options->own_mx.count;
	visits->opt_in = opted_in(&options->opt_in, &areas, arena);
	if (!run->sessions || !wants_relay_test(visits))
		return 0;
	if (visits->relay_to != NULL)
		return check_rows(visits, night, error);
	log_warn("the relay test is left out: it needs --relay-from ADDR and --relay-to ADDR, in "
		 "domains of yours");
	return 0;
}

void
no_touch_set(const struct options *options, struct arena *arena, struct run_facts *run)
{
	struct strbuf words = { 0 };

	for (size_t i = 0; i < options->no_touch.count; i++)
		strbuf_printf(&words, "%s ", options->no_touch.at[i]);
	run_no_touch_parse(arena_string_n(arena, words.at, words.length), arena, &run->no_touch);
	strbuf_free(&words);
}
