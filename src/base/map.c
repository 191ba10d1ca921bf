/* Open addressing with linear probing and backward-shift deletion, at most three quarters full. */
#include "base/map.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { FIRST_CAPACITY = 64 };

struct map_slot {
	const void *key;
	void *value;
	uint32_t length;
	uint32_t hash; /* of a used slot never 0 */
};

void
map_init(struct map *map)
{
	memset(map, 0, sizeof *map);
	if (getrandom(map->key, sizeof map->key, 0) != (ssize_t)sizeof map->key)
		map->key[0] = (uint64_t)(uintptr_t)map; /* weaker, but a map all the same */
}

void
map_free(struct map *map)
{
	free(map->slots);
	map->slots = NULL;
	map->capacity = map->count = 0;
}

static uint32_t
slot_hash(const struct map *map, const void *key, size_t length)
{
	uint32_t hash = (uint32_t)hash_keyed(map->key[0], map->key[1], key, length);

	return hash == 0 ? 1 : hash;
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct map_slot *
find_slot(const struct map *map, const void *key, size_t length, uint32_t hash)
{
	size_t mask = map->capacity - 1;
	size_t at = hash & mask;

	for (;;) {
		struct map_slot *slot = &map->slots[at];

		if (slot->hash == 0)
			return slot;
		if (slot->hash == hash && slot->length == length &&
		    memcmp(slot->key, key, length) == 0)
			return slot;
		at = (at + 1) & mask;
	}
}

static void
grow(struct map *map)
{
	struct map_slot *old = map->slots;
	size_t old_capacity = map->capacity;

	map->capacity = old_capacity == 0 ? FIRST_CAPACITY : old_capacity * 2;
	map->slots = alloc_table(map->capacity * sizeof *map->slots);
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].hash != 0)
			*find_slot(map, old[i].key, old[i].length, old[i].hash) = old[i];
	free(old);
}

void *
map_get(const struct map *map, const void *key, size_t length)
{
	if (map->count == 0)
		return NULL;
	return find_slot(map, key, length, slot_hash(map, key, length))->value;
}

void
map_put(struct map *map, const void *key, size_t length, void *value)
{
	struct map_slot *slot;
	uint32_t hash;

	if ((map->count + 1) * 4 > map->capacity * 3)
		grow(map);
	hash = slot_hash(map, key, length);
	slot = find_slot(map, key, length, hash);
	if (slot->hash == 0)
		map->count++;
	*slot = (struct map_slot){ key, value, (uint32_t)length, hash };
}

/* Moves later members of the probe chain up, so that no chain is broken by the hole. */
static void
close_hole(struct map *map, size_t hole)
{
	size_t mask = map->capacity - 1;

	for (size_t at = (hole + 1) & mask; map->slots[at].hash != 0; at = (at + 1) & mask) {
		size_t home = map->slots[at].hash & mask;

		if (((at - home) & mask) >= ((at - hole) & mask)) {
			map->slots[hole] = map->slots[at];
			hole = at;
		}
	}
	memset(&map->slots[hole], 0, sizeof map->slots[hole]);
}

void *
map_remove(struct map *map, const void *key, size_t length)
{
	struct map_slot *slot;
	void *value;

	if (map->count == 0)
		return NULL;
	slot = find_slot(map, key, length, slot_hash(map, key, length));
	if (slot->hash == 0)
		return NULL;
	value = slot->value;
	close_hole(map, (size_t)(slot - map->slots));
	map->count--;
	return value;
}

void *
map_get_string(const struct map *map, const char *key)
{
	return map_get(map, key, strlen(key));
}

void
map_put_string(struct map *map, const char *key, void *value)
{
	map_put(map, key, strlen(key), value);
}

void *
map_next(const struct map *map, size_t *cursor)
{
	while (*cursor < map->capacity) {
		const struct map_slot *slot = &map->slots[(*cursor)++];

		if (slot->hash != 0)
			return slot->value;
	}
	return NULL;
}
