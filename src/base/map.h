#ifndef MXSWEEP_BASE_MAP_H
#define MXSWEEP_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot;

/*
 * From a byte string to a pointer. The map borrows the key bytes: they must live as long as the
 * entry. Hashing is keyed at random, so the order of iteration differs between runs.
 */
struct map {
	struct map_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
	uint64_t key[2];
};

void map_init(struct map *map);
void map_free(struct map *map); /* the slots, never what they point to */

void *map_get(const struct map *map, const void *key, size_t length);       /* NULL when absent */
void map_put(struct map *map, const void *key, size_t length, void *value); /* adds or replaces */
void *map_remove(struct map *map, const void *key, size_t length); /* what it held, or NULL */

void *map_get_string(const struct map *map, const char *key);
void map_put_string(struct map *map, const char *key, void *value);

/* Calls back with each value, in no order; the map must not be changed meanwhile. */
void *map_next(const struct map *map, size_t *cursor); /* NULL at the end; start from 0 */

#endif
