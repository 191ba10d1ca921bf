/* DKIM: which selectors are tried, and the keys under them. */
#include "rule/dkim.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "names/provider.h"
#include "rule/alias.h"
#include "rule/wildcard.h"

#include <string.h>

enum {
	TRIED_MAX = DKIM_NAMED_MAX + DKIM_DERIVED_MAX + SELECTORS_COMMON_MAX,
};

struct trial {
	struct facts *facts;
	const char *domain;
	const struct dkim_hints *hints;
	struct arena *arena;
	struct dkim_result *out;
	const char *tried[TRIED_MAX];
	size_t tried_count;
	size_t derived;
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

/* Whether the selector is a new one: it is tried once, whoever names it. */
static bool
note_tried(struct trial *t, const char *selector)
{
	for (size_t i = 0; i < t->tried_count; i++)
		if (strcmp(t->tried[i], selector) == 0)
			return false;
	t->tried[t->tried_count++] = selector;
	return true;
}

static const char *
key_name(const struct trial *t, const char *selector)
{
	return arena_printf(t->arena, "%s._domainkey.%s", selector, t->domain);
}

/* ---- the row's selectors */

static char *
next_word(const char **text, struct arena *arena)
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = strcspn(start, " \t");

	*text = start + length;
	return length == 0 ? NULL : arena_string_n(arena, start, length);
}

static void
lower(char *text)
{
	for (; *text != '\0'; text++)
		*text = ascii_lower(*text);
}

static void
try_named(struct trial *t)
{
	const char *rest = t->hints->selectors;
	char *selector;

	while (rest != NULL && t->out->named < DKIM_NAMED_MAX &&
	    (selector = next_word(&rest, t->arena)) != NULL) {
		struct dkim_key *key = &t->out->keys[t->out->count];

		lower(selector);
		if (!note_tried(t, selector))
			continue;
		t->out->named++;
		t->out->count++;
		key->selector = selector;
		key->answer = facts_dns_confirmed(t->facts, key_name(t, selector), DNS_TXT);
	}
}

/* What was asked is read when all of it is known: only then is it known what a wildcard says. */
static void
read_named(struct trial *t)
{
	for (size_t i = 0; i < t->out->named; i++) {
		read_answer(t, &t->out->keys[i]);
		t->out->usable += dkim_key_is_usable(&t->out->keys[i]);
	}
}

/* ---- guesses */

/* Takes up a guessed selector if there is something; false when its answer is not known yet. */
static bool
try_guess(struct trial *t, const char *selector, enum dkim_origin origin)
{
	struct dkim_key key = { .selector = selector, .origin = origin };

	key.answer = alias_answer(t->facts, key_name(t, selector), DNS_TXT);
	if (key.answer == NULL)
		return false;
	read_answer(t, &key);
	t->out->missed += key.wildcard;
	if (key.wildcard || (key.text == NULL && !alias_dangles(key.answer)))
		return true;
	t->out->usable += dkim_key_is_usable(&key);
	t->out->keys[t->out->count++] = key;
	return true;
}

static void
try_list(struct trial *t, struct selector_list list)
{
	for (size_t i = 0; i < list.count && t->derived < DKIM_DERIVED_MAX; i++)
		if (note_tried(t, list.at[i])) {
			t->derived++;
			try_guess(t, list.at[i], DKIM_DERIVED);
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

/* One after the other: the answer to one spares the next. */
static void
try_common(struct trial *t)
{
	struct selector_list list = selectors_common(t->facts->run->selectors);

	for (size_t i = 0; i < list.count && t->out->usable == 0; i++)
		if (note_tried(t, list.at[i]) && !try_guess(t, list.at[i], DKIM_COMMON))
			return;
}

/* ---- the node above all keys */

/* Not on the word of a resolver that invents answers: at the finish it counts for nothing. */
static bool
is_missing(const struct facts *facts, const struct dns_answer *answer)
{
	return answer->status == DNS_NXDOMAIN && answer->aliases == 0 &&
	    (answer->resolvers & facts->run->honest_resolvers) != 0;
}

static void
ask_surroundings(struct trial *t)
{
	struct dkim_result *out = t->out;

	out->below = wildcard_below(t->facts, t->domain, DNS_TXT, t->arena);
	out->node =
	    facts_dns(t->facts, arena_printf(t->arena, "_domainkey.%s", t->domain), DNS_TXT);
	if (out->node == NULL)
		return;
	out->no_node = is_missing(t->facts, out->node);
	out->node_is_wildcard =
	    out->node->status == DNS_DATA && wildcard_answers(out->below, out->node);
	if (!out->no_node)
		out->random = wildcard_below_keys(t->facts, t->domain, t->arena);
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
try_guesses(struct trial *t)
{
	struct dkim_result *out = t->out;

	try_derived(t);
	if (t->facts->unknown > 0 || out->usable > 0)
		return;
	if (out->no_node)
		confirm_missing_node(t);
	else if (!out->node_is_wildcard)
		try_common(t);
}

void
dkim_evaluate(struct facts *facts, const char *domain, const struct dkim_hints *hints,
    struct arena *arena, struct dkim_result *out)
{
	struct trial trial = {
		.facts = facts, .domain = domain, .hints = hints, .arena = arena, .out = out
	};

	memset(out, 0, sizeof *out);
	out->keys = arena_zeroed(arena, TRIED_MAX, sizeof *out->keys);
	ask_surroundings(&trial);
	try_named(&trial);
	if (facts->unknown > 0)
		return; /* of these, or of what the hints come from */
	read_named(&trial);
	if (hints->sends && facts->unknown == 0)
		try_guesses(&trial);
}
