/* Learned limits of providers, kept across runs. */
#include "fact/provider_memory.h"

#include "base/alloc.h"
#include "base/map.h"
#include "fact/state.h"
#include "net/limiter.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct remembered {
	unsigned eased;
	bool asked_for; /* in this run */
	char key[];
};

struct provider_memory {
	struct map by_key;
};

/* A value is one digit. */
static void
remember(void *user, const char *key, const void *value, size_t length, int64_t seen)
{
	struct provider_memory *memory = user;
	const char *text = value;
	struct remembered *one;

	(void)seen;
	if (length != 1 || *text < '1' || *text > '9')
		return;
	one = alloc_zeroed(1, sizeof *one + strlen(key) + 1);
	one->eased = (unsigned)(*text - '0');
	strcpy(one->key, key);
	map_put_string(&memory->by_key, one->key, one);
}

static unsigned
recall(void *user, const char *key)
{
	struct provider_memory *memory = user;
	struct remembered *one = map_get_string(&memory->by_key, key);

	if (one == NULL)
		return 0;
	one->asked_for = true;
	return one->eased;
}

struct provider_memory *
provider_memory_new(struct state *state, struct limiter *limiter, int64_t now)
{
	struct provider_memory *memory = alloc_zeroed(1, sizeof *memory);

	map_init(&memory->by_key);
	state_each(state, STATE_PROVIDER, now, remember, memory);
	limiter_recall(limiter, recall, memory);
	return memory;
}

struct putting {
	struct provider_memory *memory;
	struct state *state;
	int64_t now;
};

static void
put(void *user, const char *key, unsigned eased)
{
	struct putting *putting = user;
	struct remembered *one = map_get_string(&putting->memory->by_key, key);
	char digit = (char)('0' + eased);

	if (one != NULL)
		one->asked_for = false; /* it is said what has become of it */
	state_put(putting->state, STATE_PROVIDER, key, &digit, 1, putting->now,
	    putting->now + PROVIDER_MEMORY_S);
}

/* Whoever was in this run and is eased no more has shown that it is well. */
void
provider_memory_put(
    struct provider_memory *memory, struct state *state, struct limiter *limiter, int64_t now)
{
	struct putting putting = { memory, state, now };
	const struct remembered *one;
	size_t cursor = 0;

	limiter_each_eased(limiter, put, &putting);
	while ((one = map_next(&memory->by_key, &cursor)) != NULL)
		if (one->asked_for)
			state_put(state, STATE_PROVIDER, one->key, "0", 1, now, now);
}

void
provider_memory_free(struct provider_memory *memory)
{
	struct remembered *one;
	size_t cursor = 0;

	if (memory == NULL)
		return;
	while ((one = map_next(&memory->by_key, &cursor)) != NULL)
		free(one);
	map_free(&memory->by_key);
	free(memory);
}
