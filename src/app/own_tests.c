/* What others see of us: our name, and what block lists say of our addresses. */
#include "app/own_tests.h"

#include "app/asker.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "names/block_list.h"
#include "rule/lists.h"
#include "rule/own_name.h"

#include <stdlib.h>

/* One address that is asked about. */
struct asked {
	struct own_tests *tests;
	struct own_address *own;  /* where what is found goes */
	struct own_address found; /* of the last pass */
	struct list_words words;  /* the same */
};

struct own_tests {
	struct own_tests_options options;
	struct asker *asker;
	struct own_address own[OWN_ADDRESSES_MAX];
	struct asked asked[OWN_ADDRESSES_MAX];
	struct arena arena; /* of what is found */
	size_t open;
	own_tests_done_fn done;
	bool ended;
};

static void
end_one(struct own_tests *tests)
{
	if (--tests->open == 0 && !tests->ended)
		tests->done(tests->options.user);
}

static void
begin(struct own_tests *tests, asker_pass_fn pass, asker_done_fn done)
{
	*asker_run_facts(tests->asker) = *tests->options.run;
	tests->open = tests->options.source_count;
	for (size_t i = 0; i < tests->options.source_count; i++)
		asker_run(tests->asker, pass, done, &tests->asked[i]);
}

/* ---- the name */

static void
pass_name(void *user, struct facts *facts, struct arena *arena)
{
	struct asked *asked = user;

	asked->found = (struct own_address){ .ip = asked->own->ip };
	own_name_evaluate(facts, facts->run->ehlo_name, arena, &asked->found);
}

static void
on_named(void *user)
{
	struct asked *asked = user;
	struct own_tests *tests = asked->tests;

	*asked->own = asked->found;
	if (asked->found.ptr != NULL)
		asked->own->ptr = arena_string(&tests->arena, asked->found.ptr);
	end_one(tests);
}

void
own_tests_follow_name(struct own_tests *tests, own_tests_done_fn done)
{
	tests->done = done;
	begin(tests, pass_name, on_named);
}

/* ---- the lists */

static void
pass_lists(void *user, struct facts *facts, struct arena *arena)
{
	struct asked *asked = user;

	asked->words.count = 0;
	if (asked->own->seen_as.family != 0)
		lists_evaluate_ip(facts, &asked->own->seen_as, arena, &asked->words);
}

/* Does it say something bad? Lists of good hosts, and those that only inform, do not. */
static bool
is_listed(const struct own_tests *tests, const struct list_word *word)
{
	const struct block_list *list = block_lists_find(tests->options.lists, word->list->zone);

	if (list == NULL || list->role != BLOCK_LIST_BLOCK)
		return false;
	for (size_t i = 0; i < word->answer->count; i++) {
		struct block_list_saying saying =
		    block_list_decode(list, &word->answer->records[i].ip);

		if (saying.word == BLOCK_LIST_LISTED && saying.severity > SEVERITY_INFO)
			return true;
	}
	return false;
}

static void
on_listed(void *user)
{
	struct asked *asked = user;
	struct own_tests *tests = asked->tests;
	struct strbuf zones = { 0 };
	bool answered = false;

	for (size_t i = 0; i < asked->words.count; i++) {
		const struct list_word *word = &asked->words.at[i];

		if (word->answer == NULL || !dns_is_answer(word->answer))
			continue;
		answered = true;
		if (is_listed(tests, word))
			strbuf_printf(
			    &zones, "%s%s", zones.length > 0 ? " " : "", word->list->zone);
	}
	if (answered)
		asked->own->listed_on =
		    arena_string_n(&tests->arena, zones.at != NULL ? zones.at : "", zones.length);
	strbuf_free(&zones);
	end_one(tests);
}

void
own_tests_ask_lists(struct own_tests *tests, struct list_desk *desk, own_tests_done_fn done)
{
	tests->done = done;
	asker_use_desk(tests->asker, desk);
	begin(tests, pass_lists, on_listed);
}

/* ---- beginning and end */

struct own_tests *
own_tests_new(const struct own_tests_options *options)
{
	struct own_tests *tests = alloc_zeroed(1, sizeof *tests);

	tests->options = *options;
	tests->asker = asker_new(options->loop, options->dns);
	for (size_t i = 0; i < options->source_count; i++) {
		tests->own[i].ip = options->sources[i];
		tests->asked[i] = (struct asked){ .tests = tests, .own = &tests->own[i] };
	}
	options->run->own = tests->own;
	options->run->own_count = options->source_count;
	return tests;
}

void
own_tests_free(struct own_tests *tests)
{
	if (tests == NULL)
		return;
	tests->ended = true;
	asker_free(tests->asker);
	tests->options.run->own = NULL;
	tests->options.run->own_count = 0;
	arena_free(&tests->arena);
	free(tests);
}
