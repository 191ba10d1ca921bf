/* The rules that gather, run over what an earlier night has recorded. */
#include "app/rescan_walk.h"

#include "app/areas.h"

#include <string.h>

/* A subject whose rules are still to be run. */
struct walk_step {
	struct walk_step *next;
	struct subject subject;
};

static const char *
copy_of(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_string(arena, text);
}

static bool
was_walked(struct rescan_walk *walk, const struct subject *subject)
{
	struct strbuf *key = &walk->noted.key; /* nothing is told meanwhile */
	const char *name = subject->mx_name != NULL ? subject->mx_name : subject->domain;
	const uint8_t head[] = { (uint8_t)subject->kind, (uint8_t)subject->look };
	bool walked;

	strbuf_reset(key);
	strbuf_add(key, head, sizeof head);
	strbuf_add(key, &subject->ip, sizeof subject->ip);
	if (name != NULL)
		strbuf_add_string(key, name);
	walked = digest_map_get(&walk->shared, key->at, key->length, NULL);
	digest_map_put(&walk->shared, key->at, key->length, 0);
	return walked;
}

static void
on_shared(void *user, const struct subject *subject)
{
	struct rescan_walk *walk = user;
	struct walk_step *step;

	if (was_walked(walk, subject))
		return;
	step = arena_zeroed(&walk->arena, 1, sizeof *step);
	step->subject = *subject;
	step->subject.domain = copy_of(&walk->arena, subject->domain);
	step->subject.mx_name = copy_of(&walk->arena, subject->mx_name);
	if (walk->last == NULL)
		walk->first = step;
	else
		walk->last->next = step;
	walk->last = step;
}

static void
on_used(void *user, const struct noted_fact *fact)
{
	struct rescan_walk *walk = user;

	walk->used(walk->user, fact);
}

static void
run_rules(struct rescan_walk *walk, const struct subject *subject)
{
	for (size_t i = 0; i < walk->rule_count; i++) {
		if (walk->rules[i].kind != subject->kind)
			continue;
		arena_reset(&walk->scratch);
		walk->rules[i].gather(&walk->noted.facts, subject, &walk->scratch);
	}
}

void
rescan_walk_row(struct rescan_walk *walk, struct facts *facts, const struct subject *subject)
{
	noted_facts(&walk->noted, facts);
	run_rules(walk, subject);
	for (; walk->first != NULL; walk->first = walk->first->next)
		run_rules(walk, &walk->first->subject);
	walk->last = NULL;
	arena_reset(&walk->arena);
}

void
rescan_walk_begin(struct rescan_walk *walk, const struct options *options,
    const struct tables *tables, void (*used)(void *user, const struct noted_fact *fact),
    void *user)
{
	const struct scorecard_options areas = tables_judging(tables, options);

	memset(walk, 0, sizeof *walk);
	digest_map_init(&walk->shared);
	walk->used = used;
	walk->user = user;
	walk->noted = (struct noted){ .used = on_used, .shared = on_shared, .user = walk };
	walk->rules = areas_rules(&areas, false, &walk->kept, &walk->rule_count);
}

void
rescan_walk_end(struct rescan_walk *walk)
{
	digest_map_free(&walk->shared);
	noted_free(&walk->noted);
	arena_free(&walk->kept);
	arena_free(&walk->arena);
	arena_free(&walk->scratch);
}
