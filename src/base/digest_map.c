/* Open addressing over 64-bit digests; nothing is ever removed. */
#include "base/digest_map.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { FIRST_CAPACITY = 64 };

struct digest_slot {
	uint64_t digest; /* 0 = empty */
	uint64_t value;
};

void
digest_map_init(struct digest_map *map)
{
	memset(map, 0, sizeof *map);
	if (getrandom(map->key, sizeof map->key, 0) != (ssize_t)sizeof map->key)
		abort(); /* without it strangers could choose names that collide */
}

void
digest_map_free(struct digest_map *map)
{
	free(map->slots);
	map->slots = NULL;
	map->capacity = map->count = 0;
}

static uint64_t
digest_of(const struct digest_map *map, const void *bytes, size_t length)
{
	uint64_t digest = hash_keyed(map->key[0], map->key[1], bytes, length);

	return digest == 0 ? 1 : digest;
}

static struct digest_slot *
find_slot(const struct digest_map *map, uint64_t digest)
{
	size_t at = digest & (map->capacity - 1);

	while (map->slots[at].digest != 0 && map->slots[at].digest != digest)
		at = (at + 1) & (map->capacity - 1);
	return &map->slots[at];
}

static void
grow(struct digest_map *map)
{
	struct digest_slot *old = map->slots;
	size_t old_capacity = map->capacity;

	map->capacity = old_capacity == 0 ? FIRST_CAPACITY : old_capacity * 2;
	map->slots = alloc_table(map->capacity * sizeof *map->slots);
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].digest != 0)
			*find_slot(map, old[i].digest) = old[i];
	free(old);
}

void
digest_map_put(struct digest_map *map, const void *bytes, size_t length, uint64_t value)
{
	uint64_t digest = digest_of(map, bytes, length);
	struct digest_slot *slot;

	if ((map->count + 1) * 4 > map->capacity * 3)
		grow(map);
	slot = find_slot(map, digest);
	map->count += slot->digest == 0;
	*slot = (struct digest_slot){ digest, value };
}

bool
digest_map_get(const struct digest_map *map, const void *bytes, size_t length, uint64_t *value_out)
{
	const struct digest_slot *slot;

	if (map->count == 0)
		return false;
	slot = find_slot(map, digest_of(map, bytes, length));
	if (slot->digest == 0)
		return false;
	if (value_out != NULL)
		*value_out = slot->value;
	return true;
}
