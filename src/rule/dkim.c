/* DKIM: which selectors are tried, and the keys under them. */
#include "rule/dkim.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "names/provider.h"
#include "rule/alias.h"
#include "rule/wildcard.h"

#include <string.h>

struct trial {
	struct facts *facts;
	const char *domain;
	const struct dkim_hints *hints;
	struct arena *arena;
	struct dkim_result *out;
	struct dkim_key *tried; /* all of them, in their order */
	size_t tried_count, tried_room;
	size_t derived; /* of them */
	size_t room;    /* of the keys that came out */
};

/* ---- one key */

static unsigned
badness(const struct dkim_record *record)
{
	return (dkim_record_unusable(record) != NULL ? 8u : 0u) + (unsigned)record->fault;
}

static int
compare_texts(const struct dns_record *a, const struct dns_record *b)
{
	size_t shorter = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->text, b->text, shorter);

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* Of several texts the best is read, so that it does not hang on the order in which they came. */
static void
read_texts(struct trial *t, struct dkim_key *key)
{
	const struct dns_record *best = NULL;

	key->records = key->answer->count;
	for (size_t i = 0; i < key->records; i++) {
		const struct dns_record *one = &key->answer->records[i];
		struct dkim_record record;

		dkim_record_parse(t->arena, one->text, one->length, &record);
		if (best != NULL && badness(&record) > badness(&key->record))
			continue;
		if (best != NULL && badness(&record) == badness(&key->record) &&
		    compare_texts(one, best) >= 0)
			continue;
		best = one;
		key->record = record;
	}
	key->text = best->text;
	key->length = best->length;
}

static void
read_answer(struct trial *t, struct dkim_key *key)
{
	key->wildcard = wildcard_answers(t->out->random, key->answer);
	if (key->answer->status == DNS_DATA)
		read_texts(t, key);
	if (alias_dangles(key->answer))
		registration_evaluate(t->facts, key->answer->canonical, t->arena, &key->target);
}

bool
dkim_key_is_usable(const struct dkim_key *key)
{
	return key->text != NULL && !key->wildcard && dkim_record_unusable(&key->record) == NULL;
}

/* ---- asking */

static bool
was_tried(const struct trial *t, const char *selector)
{
	for (size_t i = 0; i < t->tried_count; i++)
		if (strcmp(t->tried[i].selector, selector) == 0)
			return true;
	return false;
}

static struct dkim_key *
with_room(struct arena *arena, struct dkim_key *keys, size_t count, size_t *room)
{
	struct dkim_key *wider;

	if (count < *room)
		return keys;
	*room = *room == 0 ? 4 : *room * 2;
	wider = arena_zeroed(arena, *room, sizeof *wider);
	if (count > 0)
		memcpy(wider, keys, count * sizeof *wider);
	return wider;
}

/* Each selector is tried once, whoever names it. NULL when it was, or while nothing is known. */
static struct dkim_key *
try_selector(struct trial *t, const char *selector, enum dkim_origin origin)
{
	const char *name;
	struct dkim_key *key;

	if (was_tried(t, selector))
		return NULL;
	t->tried = with_room(t->arena, t->tried, t->tried_count, &t->tried_room);
	key = &t->tried[t->tried_count++];
	key->selector = selector;
	key->origin = origin;
	name = arena_printf(t->arena, "%s._domainkey.%s", selector, t->domain);
	key->answer = origin == DKIM_NAMED ? facts_dns_confirmed(t->facts, name, DNS_TXT)
					   : alias_answer(t->facts, name, DNS_TXT);
	return key->answer == NULL ? NULL : key;
}

static char *
next_word(const char **text, struct arena *arena)
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = strcspn(start, " \t");

	*text = start + length;
	return length == 0 ? NULL : arena_string_n(arena, start, length);
}

static void
try_named(struct trial *t)
{
	const char *rest = t->hints->selectors;
	char *selector;

	while (rest != NULL && t->tried_count < DKIM_NAMED_MAX &&
	    (selector = next_word(&rest, t->arena)) != NULL) {
		ascii_lower_text(selector);
		try_selector(t, selector, DKIM_NAMED);
	}
	t->out->named = t->tried_count;
}

static void
try_list(struct trial *t, struct selector_list list)
{
	for (size_t i = 0; i < list.count && t->derived < DKIM_DERIVED_MAX; i++) {
		t->derived += !was_tried(t, list.at[i]);
		try_selector(t, list.at[i], DKIM_DERIVED);
	}
}

static void
try_derived(struct trial *t)
{
	const struct run_facts *run = t->facts->run;
	const struct mx_result *mx = t->hints->mx;
	const struct spf_tree *spf = t->hints->spf;

	for (size_t i = 0; run->providers != NULL && i < mx->host_count; i++) {
		const struct provider *one = providers_match(run->providers, mx->hosts[i].name);

		if (one != NULL)
			try_list(t, selectors_of_provider(run->selectors, one->name));
	}
	for (size_t i = 0; spf != NULL && i < spf->node_count; i++)
		if (spf->nodes[i]->parent != NULL && spf->nodes[i]->name.text != NULL)
			try_list(t, selectors_of_spf(run->selectors, spf->nodes[i]->name.text));
}

/* ---- judging what was found */

/* What was only guessed is taken up where there is something. */
static void
take_up(struct trial *t, struct dkim_key *key)
{
	struct dkim_result *out = t->out;
	bool guessed = key->origin != DKIM_NAMED;

	read_answer(t, key);
	out->missed += guessed && key->wildcard;
	if (guessed && (key->wildcard || (key->text == NULL && !alias_dangles(key->answer))))
		return;
	out->usable += dkim_key_is_usable(key);
	out->keys = with_room(t->arena, out->keys, out->count, &t->room);
	out->keys[out->count++] = *key;
}

/* One after the other: the answer to one spares the next. */
static void
try_common(struct trial *t)
{
	struct selector_list list = selectors_common(t->facts->run->selectors);

	for (size_t i = 0; i < list.count && t->out->usable == 0; i++) {
		struct dkim_key *key = NULL;

		if (was_tried(t, list.at[i]))
			continue;
		key = try_selector(t, list.at[i], DKIM_COMMON);
		if (key == NULL)
			return;
		take_up(t, key);
	}
}

/* ---- the node above all keys */

/* Not on the word of a resolver that invents answers: at the finish it counts for nothing. */
static bool
is_missing(const struct facts *facts, const struct dns_answer *answer)
{
	return answer->status == DNS_NXDOMAIN && answer->aliases == 0 &&
	    (answer->resolvers & facts->run->honest_resolvers) != 0;
}

/* A name below the node has an answer of its own. */
static bool
shows_node(const struct trial *t, const struct dns_answer *answer)
{
	bool exists =
	    answer->status == DNS_DATA || answer->status == DNS_NODATA || answer->aliases > 0;

	return exists && !wildcard_answers(t->out->below, answer);
}

/* It is asked for where no key shows that it is there. */
static void
find_node(struct trial *t)
{
	struct dkim_result *out = t->out;

	for (size_t i = 0; i < t->tried_count; i++)
		if (shows_node(t, t->tried[i].answer))
			return;
	out->node =
	    facts_dns(t->facts, arena_printf(t->arena, "_domainkey.%s", t->domain), DNS_TXT);
	if (out->node == NULL)
		return;
	out->no_node = is_missing(t->facts, out->node);
	out->node_is_wildcard =
	    out->node->status == DNS_DATA && wildcard_answers(out->below, out->node);
}

/* That no key can exist is held against the domain: it must be confirmed. */
static void
confirm_missing_node(struct trial *t)
{
	struct dkim_result *out = t->out;

	out->node = facts_dns_confirmed(
	    t->facts, arena_printf(t->arena, "_domainkey.%s", t->domain), DNS_TXT);
	out->no_node = out->node != NULL && is_missing(t->facts, out->node);
}

static void
ask_first(struct trial *t)
{
	t->out->below = wildcard_below(t->facts, t->domain, DNS_TXT, t->arena);
	try_named(t);
	if (t->hints->sends)
		try_derived(t);
}

static void
take_up_all(struct trial *t)
{
	for (size_t i = 0; i < t->tried_count; i++)
		take_up(t, &t->tried[i]);
	if (!t->hints->sends || t->facts->unknown > 0 || t->out->usable > 0)
		return;
	if (t->out->no_node)
		confirm_missing_node(t);
	else if (!t->out->node_is_wildcard)
		try_common(t);
}

static bool
is_left_out(const struct dns_answer *answer)
{
	return answer != NULL && dns_is_left_out(answer);
}

static const struct dns_answer *
find_left_out(const struct trial *t)
{
	for (size_t i = 0; i < t->tried_count; i++)
		if (is_left_out(t->tried[i].answer))
			return t->tried[i].answer;
	return is_left_out(t->out->node) ? t->out->node : NULL;
}

void
dkim_evaluate(struct facts *facts, const char *domain, const struct dkim_hints *hints,
    struct arena *arena, struct dkim_result *out)
{
	struct trial trial = {
		.facts = facts, .domain = domain, .hints = hints, .arena = arena, .out = out
	};

	memset(out, 0, sizeof *out);
	ask_first(&trial);
	if (facts->unknown > 0)
		return; /* of these, or of what the hints come from */
	find_node(&trial);
	if (facts->unknown == 0 && !out->no_node)
		out->random = wildcard_below_keys(facts, domain, arena);
	if (facts->unknown == 0)
		take_up_all(&trial);
	out->left_out = find_left_out(&trial);
}
