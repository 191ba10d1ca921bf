/*
 * What a night file says of its run: the block lists before the first NUL, the networks behind it.
 * Lists have a zone and a digit for each set of kinds; stored again, all is read as the same.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/error.h"
#include "fact/night.h"
#include "fact/run_facts.h"

#include <stdlib.h>
#include <string.h>

/* One night in memory for all inputs; each writes over what it reads. */
static struct night *
open_night(void)
{
	static const struct run_facts begun = { .now = 1, .ehlo_name = "scanner.test" };
	static struct night *night;
	struct error error;

	if (night == NULL)
		must(night_create(NULL, &night, &error) == 0);
	must(run_facts_store(night, &begun, &error) == 0);
	return night;
}

static void
set(struct night *night, const char *key, const char *text)
{
	struct error error;

	must(night_set_meta(night, key, text, strlen(text), &error) == 0);
}

static void
check_same(const struct run_facts *a, const struct run_facts *b)
{
	must(a->list_count == b->list_count && a->allowed_count == b->allowed_count);
	for (size_t i = 0; i < a->list_count; i++) {
		const struct list_health *list = &a->lists[i], *again = &b->lists[i];

		must(list->zone[0] != '\0' && strcmp(list->zone, again->zone) == 0);
		must(list->tested < 10 && list->tested == again->tested);
		must(list->passed_start < 10 && list->passed_start == again->passed_start);
		must(list->passed_end < 10 && list->passed_end == again->passed_end);
	}
	for (size_t i = 0; i < a->allowed_count; i++) {
		must(a->allowed[i].length <= 8 * ip_size(&a->allowed[i].ip));
		must(a->allowed[i].length == b->allowed[i].length);
		must(ip_equal(&a->allowed[i].ip, &b->allowed[i].ip));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *lists = fuzz_text(bytes, size);
	size_t length = strlen(lists);
	struct night *night = open_night();
	struct run_facts first, second;
	struct arena arena = { 0 };
	struct error error;

	set(night, "lists", lists);
	set(night, "allow_net", length < size ? lists + length + 1 : "");
	must(run_facts_load(night, &arena, &first, &error) == 0);
	must(run_facts_store(night, &first, &error) == 0);
	must(run_facts_load(night, &arena, &second, &error) == 0);
	check_same(&first, &second);
	arena_free(&arena);
	free(lists);
	return 0;
}
