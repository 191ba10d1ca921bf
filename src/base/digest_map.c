/* Open addressing over 64-bit digests; nothing is ever removed. */
#include "base/digest_map.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { FIRST_CAPACITY = 64 };

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
	free(map->digests);
	free(map->values);
	map->digests = map->values = NULL;
	map->capacity = map->count = 0;
}

static uint64_t
digest_of(const struct digest_map *map, const void *bytes, size_t length)
{
	uint64_t digest = hash_keyed(map->key[0], map->key[1], bytes, length);

	return digest == 0 ? 1 : digest;
}

/* Where the digest stands, or the empty place where it belongs. */
static size_t
find(const struct digest_map *map, uint64_t digest)
{
	size_t at = digest & (map->capacity - 1);

	while (map->digests[at] != 0 && map->digests[at] != digest)
		at = (at + 1) & (map->capacity - 1);
	return at;
}

static uint64_t *
new_column(const struct digest_map *map)
{
	return alloc_table(map->capacity * sizeof(uint64_t));
}

static void
grow(struct digest_map *map)
{
	const struct digest_map old = *map;

	map->capacity = old.capacity == 0 ? FIRST_CAPACITY : old.capacity * 2;
	map->digests = new_column(map);
	map->values = old.values == NULL ? NULL : new_column(map);
	for (size_t i = 0; i < old.capacity; i++) {
		size_t at;

		if (old.digests[i] == 0)
			continue;
		at = find(map, old.digests[i]);
		map->digests[at] = old.digests[i];
		if (old.values != NULL)
			map->values[at] = old.values[i];
	}
	free(old.digests);
	free(old.values);
}

void
digest_map_put(struct digest_map *map, const void *bytes, size_t length, uint64_t value)
{
	uint64_t digest = digest_of(map, bytes, length);
	size_t at;

	if ((map->count + 1) * 4 > map->capacity * 3)
		grow(map);
	if (value != 0 && map->values == NULL)
		map->values = new_column(map);
	at = find(map, digest);
	map->count += map->digests[at] == 0;
	map->digests[at] = digest;
	if (map->values != NULL)
		map->values[at] = value;
}

bool
digest_map_get(const struct digest_map *map, const void *bytes, size_t length, uint64_t *value_out)
{
	size_t at;

	if (map->count == 0)
		return false;
	at = find(map, digest_of(map, bytes, length));
	if (map->digests[at] == 0)
		return false;
	if (value_out != NULL)
		*value_out = map->values == NULL ? 0 : map->values[at];
	return true;
}
