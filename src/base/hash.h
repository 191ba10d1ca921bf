#ifndef MXSWEEP_BASE_HASH_H
#define MXSWEEP_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * SipHash-1-3 under a 128-bit key: keys that strangers choose (names in DNS answers) cannot be made
 * to collide, and a seeded run draws the same labels and samples every time.
 */
uint64_t hash_keyed(uint64_t key0, uint64_t key1, const void *bytes, size_t length);

#endif
