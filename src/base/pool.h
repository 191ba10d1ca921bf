#ifndef MXSWEEP_BASE_POOL_H
#define MXSWEEP_BASE_POOL_H

#include <stddef.h>

struct pool_block;
struct pool_item;

/*
 * Many small things that come and go: no allocator's header on each, and what was given back is had
 * again first. Memory goes back to the system with pool_free alone. A zeroed struct is an empty
 * pool.
 */
enum {
	POOL_STEP = 16,
	POOL_SIZES = 64, /* 16, 32 … 1024 octets; what is larger is allocated one by one */
};

struct pool {
	struct pool_item *given[POOL_SIZES]; /* back, by size */
	struct pool_block *blocks;
	size_t block_count;
	size_t unused; /* octets of the newest block */
};

void *pool_take(struct pool *pool, size_t size); /* aligned for any type; not initialised */
void pool_give(struct pool *pool, void *item, size_t size); /* the size that it was taken with */
void pool_free(struct pool *pool);                          /* all small items, whoever has them */

#endif
