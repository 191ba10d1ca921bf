/* Answers and purses in the state of a run. */
#include "fact/list_memory.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/list.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/list_purse.h"
#include "fact/state.h"
#include "net/loop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SECONDS_A_DAY = 86400,
	SAVE_EVERY_MS = 10000, /* what a crash may forget of what was asked */
};

/* An answer whose list has not passed its next test. */
struct note {
	struct list_link link;
	unsigned kind;
	int64_t seen_at;
	size_t key_length, length;
	char bytes[]; /* key, NUL, value */
};

struct list_memory {
	struct state *state;
	struct list *notes; /* of each list */
	size_t count;
	struct loop_timer *timer;
	struct strbuf key, value;
	bool changed, failed;
};

static void
save(void *user)
{
	struct list_memory *memory = user;
	struct error error;

	if (!memory->changed || memory->failed)
		return;
	memory->changed = false;
	if (state_save(memory->state, (int64_t)time(NULL), &error) == 0)
		return;
	memory->failed = true;
	log_warn("%s; what block lists said is not kept for other nights", error.text);
}

struct list_memory *
list_memory_new(struct state *state, size_t lists, struct loop *loop)
{
	struct list_memory *memory = alloc_zeroed(1, sizeof *memory);

	memory->state = state;
	memory->count = lists;
	memory->notes = alloc_zeroed(lists, sizeof *memory->notes);
	memory->timer = loop_timer_new(loop, save, memory);
	loop_timer_start(memory->timer, SAVE_EVERY_MS, SAVE_EVERY_MS);
	return memory;
}

static void
put(struct list_memory *memory, enum state_kind kind, const char *key, const void *value,
    size_t length, int64_t seen, int64_t until)
{
	state_put(memory->state, kind, key, value, length, seen, until);
	memory->changed = true;
}

/* ---- answers */

static const char *
key_of(struct list_memory *memory, const char *name, enum dns_type type)
{
	strbuf_reset(&memory->key);
	strbuf_printf(&memory->key, "%s %s", name, dns_type_text(type));
	return memory->key.at;
}

const struct dns_answer *
list_memory_find(struct list_memory *memory, const char *name, enum dns_type type, int64_t now,
    struct arena *arena)
{
	struct dns_answer *answer = arena_bytes(arena, sizeof *answer);

	strbuf_reset(&memory->value);
	if (!state_get(memory->state, STATE_LIST_ANSWER, key_of(memory, name, type), now,
		&memory->value, NULL) ||
	    !fact_decode_dns(memory->value.at, memory->value.length, type, arena, answer))
		return NULL;
	return answer;
}

void
list_memory_note(struct list_memory *memory, size_t list, unsigned kind, const char *name,
    enum dns_type type, const struct dns_answer *answer)
{
	const char *key = key_of(memory, name, type);
	struct note *note;

	strbuf_reset(&memory->value);
	fact_encode_dns(&memory->value, answer, type);
	note = alloc_bytes(sizeof *note + memory->key.length + 1 + memory->value.length);
	*note = (struct note){
		.kind = kind,
		.seen_at = answer->seen_at,
		.key_length = memory->key.length,
		.length = memory->value.length,
	};
	memcpy(note->bytes, key, note->key_length + 1);
	memcpy(note->bytes + note->key_length + 1, memory->value.at, note->length);
	list_append(&memory->notes[list], &note->link);
}

void
list_memory_settle(struct list_memory *memory, size_t list, unsigned passed)
{
	struct list *notes = &memory->notes[list];

	while (notes->first != NULL) {
		struct note *note = LIST_OWNER(notes->first, struct note, link);

		list_remove(notes, &note->link);
		if ((passed & note->kind) != 0)
			put(memory, STATE_LIST_ANSWER, note->bytes,
			    note->bytes + note->key_length + 1, note->length, note->seen_at,
			    note->seen_at + LIST_MEMORY_DAYS * SECONDS_A_DAY);
		free(note);
	}
}

/* ---- purses */

void
list_memory_load_purse(
    struct list_memory *memory, const char *account, int64_t now, struct list_purse *purse)
{
	strbuf_reset(&memory->value);
	if (!state_get(memory->state, STATE_LIST_BUDGET, account, now, &memory->value, NULL))
		return;
	strbuf_add_byte(&memory->value, '\0');
	if (sscanf(memory->value.at, "%" SCNd64 " %" SCNu32, &purse->day, &purse->spent) != 2)
		purse->day = 0;
}

void
list_memory_save_purse(
    struct list_memory *memory, const char *account, const struct list_purse *purse)
{
	char text[64];
	int length = snprintf(text, sizeof text, "%" PRId64 " %" PRIu32, purse->day, purse->spent);

	put(memory, STATE_LIST_BUDGET, account, text, (size_t)length, purse->day * SECONDS_A_DAY,
	    (purse->day + 1) * SECONDS_A_DAY);
}

void
list_memory_free(struct list_memory *memory)
{
	if (memory == NULL)
		return;
	for (size_t i = 0; i < memory->count; i++)
		list_memory_settle(memory, i, 0);
	save(memory);
	loop_timer_free(memory->timer);
	strbuf_free(&memory->key);
	strbuf_free(&memory->value);
	free(memory->notes);
	free(memory);
}
