#ifndef MXSWEEP_BASE_DIGEST_MAP_H
#define MXSWEEP_BASE_DIGEST_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * From digests of byte strings to numbers: what is left to remember of millions of names, in some
 * 16 octets each, and as many again when there are numbers other than 0. Two strings with one
 * digest are one: with a key drawn at random, that is one chance in 2^64 a pair, and who asks must
 * live with it.
 */
struct digest_map {
	uint64_t *digests; /* 0 = empty */
	uint64_t *values;  /* NULL while all are 0 */
	size_t capacity, count;
	uint64_t key[2];
};

void digest_map_init(struct digest_map *map);
void digest_map_free(struct digest_map *map);
void digest_map_put(struct digest_map *map, const void *bytes, size_t length, uint64_t value);
bool digest_map_get(const struct digest_map *map, const void *bytes, size_t length,
    uint64_t *value_out); /* value_out may be NULL */

#endif
