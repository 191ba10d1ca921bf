/*
 * What earlier nights showed of a domain, as the night file holds it. What can be decoded is fit
 * for rules, and encoded it decodes to the same, octet by octet.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/history_fact.h"

#include <string.h>

static void
encode(const struct history_fact *fact, struct strbuf *out)
{
	fact_encode_history(out, fact->seen_at);
	for (size_t i = 0; i < fact->count; i++)
		fact_encode_history_entry(out, &fact->entries[i]);
}

/* Each entry is found, by its name and by its text. */
static void
check_found(const struct history_fact *fact)
{
	for (size_t i = 0; i < fact->count; i++) {
		const struct history_entry *entry = &fact->entries[i], *found;

		found = history_fact_find(fact, entry->name, entry->text);
		must(found != NULL && strcmp(found->text, entry->text) == 0);
		must(history_fact_find(fact, entry->name, NULL) != NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct strbuf once = { 0 }, twice = { 0 };
	struct history_fact first, second;
	struct arena arena = { 0 };

	if (fact_decode_history(bytes, size, &arena, &first)) {
		check_found(&first);
		encode(&first, &once);
		must(fact_decode_history(once.at, once.length, &arena, &second));
		encode(&second, &twice);
		must(once.length == twice.length && memcmp(once.at, twice.at, once.length) == 0);
	}
	strbuf_free(&once);
	strbuf_free(&twice);
	arena_free(&arena);
	return 0;
}
