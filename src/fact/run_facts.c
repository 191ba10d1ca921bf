/* The facts of a run in the night file. */
#include "fact/run_facts.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/run_contacts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* What is stored, numbers first, and the keys under which it stands. */
enum meta {
	STARTED_AT,
	SEED_0,
	SEED_1,
	RESOLVERS,
	HONEST_RESOLVERS,
	INTERRUPTED,
	SESSIONS,
	NUMBERS_AT_FIRST, /* what follows may be missing: earlier versions did not store it */
	VALIDATING_RESOLVERS = NUMBERS_AT_FIRST,
	EGRESS,
	WITHOUT_ROUTE,
	KEYWORDS_MASKED,
	RELAY_TEST,
	LYING_RESOLVERS,
	EHLO_UNCHECKED,
	LATE,
	LIST_RESOLVER,
	HISTORY,
	NUMBERS,
	ALLOW_NET = NUMBERS,
	LISTS,
	EHLO,
	SHARED_GREETING,
	RELAY_FROM,
	RELAY_TO,
	OWN_MX,
	OPT_IN,
	OWN,
	PEAKS,
	NO_TOUCH,
	SAMPLES,
	METAS,
};

static const char *const meta_keys[METAS] = {
	[STARTED_AT] = "started_at",
	[SEED_0] = "seed_0",
	[SEED_1] = "seed_1",
	[RESOLVERS] = "resolvers",
	[HONEST_RESOLVERS] = "honest_resolvers",
	[INTERRUPTED] = "interrupted",
	[SESSIONS] = "sessions",
	[VALIDATING_RESOLVERS] = "validating_resolvers",
	[EGRESS] = "egress_25",
	[WITHOUT_ROUTE] = "without_route",
	[KEYWORDS_MASKED] = "keywords_masked",
	[LYING_RESOLVERS] = "lying_resolvers",
	[EHLO_UNCHECKED] = "ehlo_unchecked",
	[LATE] = "ended_by_deadline",
	[LIST_RESOLVER] = "list_resolver",
	[HISTORY] = "history",
	[ALLOW_NET] = "allow_net",
	[LISTS] = "lists",
	[EHLO] = "ehlo",
	[SHARED_GREETING] = "shared_greeting",
	[RELAY_TEST] = "relay_test",
	[RELAY_FROM] = "relay_from",
	[RELAY_TO] = "relay_to",
	[OWN_MX] = "own_mx",
	[OPT_IN] = "opt_in",
	[OWN] = "own_addresses",
	[PEAKS] = "session_peaks",
	[NO_TOUCH] = "no_touch",
	[SAMPLES] = "samples",
};

static const char *const own_name_states[OWN_NAME_STATE_COUNT] = {
	[OWN_NAME_UNKNOWN] = "unknown",
	[OWN_NAME_GOOD] = "good",
	[OWN_NAME_BEHIND_NAT] = "behind-nat",
	[OWN_NAME_NOT_FULL] = "not-full",
	[OWN_NAME_NOWHERE] = "nowhere",
	[OWN_NAME_ELSEWHERE] = "elsewhere",
	[OWN_NAME_NO_PTR] = "no-ptr",
	[OWN_NAME_OTHER_PTR] = "other-ptr",
};

static void
networks_text(const struct run_facts *run, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < run->allowed_count; i++)
		strbuf_printf(out, "%s%s/%u", i > 0 ? " " : "",
		    ip_format(&run->allowed[i].ip, text), run->allowed[i].length);
}

/* A line for each list: zone, what it was tested for, what it passed at the start and at the end,
 * what is wrong with it, and for each test between TIME:PASSED. */
static void
list_text(const struct list_health *list, struct strbuf *out)
{
	strbuf_printf(out, "%s %u %u %u %s", list->zone, list->tested, list->passed_start,
	    list->passed_end, list_fault_text(list->fault));
	for (size_t i = 0; i < list->test_count; i++)
		strbuf_printf(out, " %" PRId64 ":%u", list->tests[i].at, list->tests[i].passed);
	strbuf_add_byte(out, '\n');
}

static void
lists_text(const struct run_facts *run, struct strbuf *out)
{
	for (size_t i = 0; i < run->list_count; i++)
		list_text(&run->lists[i], out);
}

/* Separated by blanks. */
static void
names_text(const struct name_list *names, struct strbuf *out)
{
	for (size_t i = 0; i < names->count; i++)
		strbuf_printf(out, "%s%s", i > 0 ? " " : "", names->at[i]);
}

static void
visits_text(const struct run_visits *visits, struct strbuf texts[METAS])
{
	if (visits->relay_from != NULL)
		strbuf_add_string(&texts[RELAY_FROM], visits->relay_from);
	if (visits->relay_to != NULL)
		strbuf_add_string(&texts[RELAY_TO], visits->relay_to);
	names_text(&visits->own, &texts[OWN_MX]);
	names_text(&visits->opt_in, &texts[OPT_IN]);
}

/* A line for each address: it, as what it is seen, its name, its reverse name, lists that list it.
 * `-` stands for what is not known, `none` for no list. */
static void
own_text(const struct run_facts *run, struct strbuf *out)
{
	char ip[IP_TEXT_MAX], seen[IP_TEXT_MAX];

	for (size_t i = 0; i < run->own_count; i++) {
		const struct own_address *own = &run->own[i];

		strbuf_printf(out, "%s %s %s %s %s\n", ip_format(&own->ip, ip),
		    own->seen_as.family == 0 ? "-" : ip_format(&own->seen_as, seen),
		    own_name_states[own->name], own->ptr == NULL ? "-" : own->ptr,
		    own->listed_on == NULL          ? "-"
			: own->listed_on[0] == '\0' ? "none"
						    : own->listed_on);
	}
}

static struct night_meta
meta_of(const char *key, const struct strbuf *text)
{
	return (struct night_meta){ key, text->at != NULL ? text->at : "", text->length };
}

static void
write_numbers(const struct run_facts *run, struct strbuf texts[NUMBERS])
{
	const uint64_t numbers[NUMBERS] = {
		[STARTED_AT] = (uint64_t)run->now,
		[SEED_0] = run->seed[0],
		[SEED_1] = run->seed[1],
		[RESOLVERS] = run->resolvers,
		[HONEST_RESOLVERS] = run->honest_resolvers,
		[INTERRUPTED] = run->interrupted,
		[SESSIONS] = run->sessions,
		[VALIDATING_RESOLVERS] = run->validating_resolvers,
		[EGRESS] = run->egress,
		[WITHOUT_ROUTE] = run->without_route,
		[KEYWORDS_MASKED] = run->keywords_masked,
		[RELAY_TEST] = run->visits.relay,
		[LYING_RESOLVERS] = run->lying_resolvers,
		[EHLO_UNCHECKED] = run->ehlo_unchecked,
		[LATE] = run->late,
		[LIST_RESOLVER] = run->list_resolver,
		[HISTORY] = run->history,
	};

	for (int i = 0; i < NUMBERS; i++)
		strbuf_printf(&texts[i], "%" PRIu64, numbers[i]);
}

int
run_facts_store(struct night *night, const struct run_facts *run, struct error *error)
{
	struct strbuf texts[METAS] = { 0 };
	struct night_meta metas[METAS];
	int result;

	write_numbers(run, texts);
	networks_text(run, &texts[ALLOW_NET]);
	lists_text(run, &texts[LISTS]);
	own_text(run, &texts[OWN]);
	run_peaks_text(run, &texts[PEAKS]);
	run_no_touch_text(&run->no_touch, &texts[NO_TOUCH]);
	run_samples_text(run, &texts[SAMPLES]);
	strbuf_add_string(&texts[EHLO], run->ehlo_name);
	visits_text(&run->visits, texts);
	if (run->shared_greeting != NULL)
		strbuf_add_string(&texts[SHARED_GREETING], run->shared_greeting);
	for (int i = 0; i < METAS; i++)
		metas[i] = meta_of(meta_keys[i], &texts[i]);
	result = night_set_metas(night, metas, METAS, error);
	for (int i = 0; i < METAS; i++)
		strbuf_free(&texts[i]);
	return result;
}

static bool
load_numbers(struct night *night, uint64_t numbers[NUMBERS])
{
	struct strbuf text = { 0 };
	bool complete = true;

	for (int i = 0; i < NUMBERS; i++) {
		strbuf_reset(&text);
		if (night_meta(night, meta_keys[i], &text))
			numbers[i] = strtoull(text.at, NULL, 10);
		else if (i < NUMBERS_AT_FIRST)
			complete = false;
	}
	strbuf_free(&text);
	return complete;
}

static char *
load_text(struct night *night, const char *key, struct arena *arena)
{
	struct strbuf text = { 0 };
	char *copy;

	night_meta(night, key, &text);
	copy = arena_string_n(arena, text.at, text.length);
	strbuf_free(&text);
	return copy;
}

/* NULL where it is empty or missing. */
static const char *
load_some(struct night *night, enum meta meta, struct arena *arena)
{
	const char *text = load_text(night, meta_keys[meta], arena);

	return *text != '\0' ? text : NULL;
}

static struct name_list
load_names(struct night *night, enum meta meta, struct arena *arena)
{
	char *text = load_text(night, meta_keys[meta], arena), *rest = NULL;
	const char **names = arena_zeroed(arena, strlen(text) / 2 + 1, sizeof *names);
	struct name_list list = { names, 0 };

	for (char *word = strtok_r(text, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		names[list.count++] = word;
	return list;
}

/* An address without a domain is none. */
static const char *
load_address(struct night *night, enum meta meta, struct arena *arena)
{
	const char *address = load_some(night, meta, arena);

	return address == NULL || strchr(address, '@') == NULL ? NULL : address;
}

static void
load_visits(struct night *night, struct arena *arena, uint64_t relay, struct run_visits *visits)
{
	if (relay <= RELAY_ALL)
		visits->relay = (enum relay_mode)relay;
	visits->relay_from = load_address(night, RELAY_FROM, arena);
	visits->relay_to = load_address(night, RELAY_TO, arena);
	visits->own = load_names(night, OWN_MX, arena);
	visits->opt_in = load_names(night, OPT_IN, arena);
}

static void
load_networks(struct night *night, struct arena *arena, struct run_facts *run)
{
	char *text = load_text(night, meta_keys[ALLOW_NET], arena);
	struct ip_network *networks = arena_zeroed(arena, strlen(text) / 2 + 1, sizeof *networks);

	for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
		run->allowed_count += ip_network_parse(word, &networks[run->allowed_count]);
	run->allowed = networks;
}

static bool
read_list_fault(const char *word, enum list_fault *out)
{
	int i = 0;

	while (i < LIST_FAULT_COUNT && strcmp(list_fault_text((enum list_fault)i), word) != 0)
		i++;
	*out = (enum list_fault)i;
	return i < LIST_FAULT_COUNT;
}

/* The words behind the numbers; earlier versions wrote none. */
static bool
load_list_tests(char *text, struct arena *arena, struct list_health *list)
{
	struct list_test *tests = arena_zeroed(arena, strlen(text) / 2 + 1, sizeof *tests);
	char *rest = NULL, *word = strtok_r(text, " ", &rest);

	list->tests = tests;
	if (word != NULL && !read_list_fault(word, &list->fault))
		return false;
	while (word != NULL && (word = strtok_r(NULL, " ", &rest)) != NULL) {
		struct list_test *test = &tests[list->test_count++];
		int length = 0;

		if (sscanf(word, "%" SCNd64 ":%1u%n", &test->at, &test->passed, &length) != 2 ||
		    word[length] != '\0')
			return false;
	}
	return true;
}

static bool
load_list(char *line, struct arena *arena, struct list_health *list)
{
	char *blank = strchr(line, ' ');
	int length = 0;

	memset(list, 0, sizeof *list);
	/* each a set of three kinds: one digit */
	if (blank == NULL || blank == line ||
	    sscanf(blank, " %1u %1u %1u%n", &list->tested, &list->passed_start, &list->passed_end,
		&length) != 3 ||
	    (blank[length] != '\0' && blank[length] != ' ') ||
	    !load_list_tests(blank + length, arena, list))
		return false;
	*blank = '\0';
	list->zone = line;
	return true;
}

static void
load_lists(struct night *night, struct arena *arena, struct run_facts *run)
{
	char *text = load_text(night, meta_keys[LISTS], arena), *rest = NULL;
	struct list_health *lists = arena_zeroed(arena, strlen(text) / 2 + 1, sizeof *lists);

	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		run->list_count += load_list(line, arena, &lists[run->list_count]);
	run->lists = lists;
}

static enum own_name_state
own_name_state_of(const char *word)
{
	for (int i = 0; i < OWN_NAME_STATE_COUNT; i++)
		if (strcmp(own_name_states[i], word) == 0)
			return (enum own_name_state)i;
	return OWN_NAME_UNKNOWN;
}

/* False when it is no line of ours. */
static bool
load_own_line(char *line, struct own_address *out)
{
	const char *words[4];

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		words[i] = strsep(&line, " ");
		if (line == NULL)
			return false;
	}
	*out = (struct own_address){ .name = own_name_state_of(words[2]) };
	if (!ip_parse(words[0], &out->ip))
		return false;
	if (strcmp(words[1], "-") != 0 && !ip_parse(words[1], &out->seen_as))
		return false;
	out->ptr = strcmp(words[3], "-") == 0 ? NULL : words[3];
	out->listed_on = strcmp(line, "-") == 0 ? NULL : strcmp(line, "none") == 0 ? "" : line;
	return true;
}

static void
load_own(struct night *night, struct arena *arena, struct run_facts *run)
{
	char *text = load_text(night, meta_keys[OWN], arena), *rest = NULL;
	struct own_address *own = arena_zeroed(arena, OWN_ADDRESSES_MAX, sizeof *own);

	for (char *line = strtok_r(text, "\n", &rest);
	     line != NULL && run->own_count < OWN_ADDRESSES_MAX; line = strtok_r(NULL, "\n", &rest))
		run->own_count += load_own_line(line, &own[run->own_count]);
	run->own = own;
}

int
run_facts_load(
    struct night *night, struct arena *arena, struct run_facts *run_out, struct error *error)
{
	uint64_t numbers[NUMBERS] = { 0 };

	if (!load_numbers(night, numbers))
		return error_set(error, EX_DATAERR,
		    "night file %s: is not complete: its run was ended before it had begun",
		    night_path(night));
	memset(run_out, 0, sizeof *run_out);
	run_out->now = (int64_t)numbers[STARTED_AT];
	run_out->seed[0] = numbers[SEED_0];
	run_out->seed[1] = numbers[SEED_1];
	run_out->resolvers = (uint8_t)numbers[RESOLVERS];
	run_out->honest_resolvers = (uint8_t)numbers[HONEST_RESOLVERS];
	run_out->validating_resolvers = (uint8_t)numbers[VALIDATING_RESOLVERS];
	run_out->interrupted = numbers[INTERRUPTED] != 0;
	run_out->sessions = numbers[SESSIONS] != 0;
	if (numbers[EGRESS] <= EGRESS_BLOCKED)
		run_out->egress = (enum egress_state)numbers[EGRESS];
	run_out->without_route = (unsigned)numbers[WITHOUT_ROUTE];
	run_out->keywords_masked = numbers[KEYWORDS_MASKED] != 0;
	run_out->lying_resolvers = (uint8_t)numbers[LYING_RESOLVERS];
	run_out->ehlo_unchecked = numbers[EHLO_UNCHECKED] != 0;
	run_out->late = numbers[LATE] != 0;
	run_out->list_resolver = numbers[LIST_RESOLVER] != 0;
	run_out->history = numbers[HISTORY] != 0;
	run_out->ehlo_name = load_text(night, meta_keys[EHLO], arena);
	run_out->shared_greeting = load_some(night, SHARED_GREETING, arena);
	load_visits(night, arena, numbers[RELAY_TEST], &run_out->visits);
	load_networks(night, arena, run_out);
	load_lists(night, arena, run_out);
	load_own(night, arena, run_out);
	run_peaks_parse(load_text(night, meta_keys[PEAKS], arena), arena, run_out);
	run_no_touch_parse(load_text(night, meta_keys[NO_TOUCH], arena), arena, &run_out->no_touch);
	run_samples_parse(load_text(night, meta_keys[SAMPLES], arena), arena, run_out);
	return 0;
}

bool
run_facts_begun(struct night *night)
{
	uint64_t numbers[NUMBERS] = { 0 };

	return load_numbers(night, numbers);
}

bool
run_facts_complete(struct night *night)
{
	uint64_t numbers[NUMBERS] = { [INTERRUPTED] = 1 };

	return load_numbers(night, numbers) && numbers[INTERRUPTED] == 0;
}

void
run_random_label(const struct run_facts *run, uint64_t number, char label[RANDOM_LABEL_SIZE])
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz012345";

	for (size_t i = 0; i < RANDOM_LABEL_SIZE - 1; i++) {
		uint64_t draw[2] = { number, i };

		label[i] = alphabet[hash_keyed(run->seed[0], run->seed[1], draw, sizeof draw) % 32];
	}
	label[0] = alphabet[(unsigned char)label[0] %
	    26]; /* a label may begin with a digit; ours do not */
	label[RANDOM_LABEL_SIZE - 1] = '\0';
}
