#ifndef MXSWEEP_BASE_POOL_H
#define MXSWEEP_BASE_POOL_H

#include <stddef.h>

struct pool_block;
struct pool_item;

/*
 * Many items of one size that come and go: no header of an allocator on each, and what was given
 * back is had again first. Memory goes back to the system with pool_free alone.
 */
struct pool {
	size_t size; /* of an item */
	struct pool_block *blocks;
	struct pool_item *free;
	size_t unused; /* items of the newest block that were never given out */
};

void pool_init(struct pool *pool, size_t size);
void *pool_take(struct pool *pool); /* aligned for any type; not initialised */
void pool_give(struct pool *pool, void *item);
void pool_free(struct pool *pool); /* all items, whoever has them */

#endif
