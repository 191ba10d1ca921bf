/* Blocks of items, and a list of those that were given back. */
#include "base/pool.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdalign.h>
#include <stdlib.h>

enum { ITEMS = 256 }; /* of a block */

struct pool_block {
	struct pool_block *next;
	alignas(max_align_t) unsigned char items[];
};

struct pool_item {
	struct pool_item *next;
};

void
pool_init(struct pool *pool, size_t size)
{
	const size_t step = alignof(max_align_t);

	*pool = (struct pool){ .size = (size + step - 1) / step * step };
}

static void
add_block(struct pool *pool)
{
	struct pool_block *block = alloc_bytes(sizeof *block + ITEMS * pool->size);

	block->next = pool->blocks;
	pool->blocks = block;
	pool->unused = ITEMS;
}

void *
pool_take(struct pool *pool)
{
	struct pool_item *item = pool->free;

	assert(pool->size > 0);
	if (item != NULL) {
		pool->free = item->next;
		return item;
	}
	if (pool->unused == 0)
		add_block(pool);
	return pool->blocks->items + pool->size * --pool->unused;
}

void
pool_give(struct pool *pool, void *item)
{
	struct pool_item *given = item;

	given->next = pool->free;
	pool->free = given;
}

void
pool_free(struct pool *pool)
{
	while (pool->blocks != NULL) {
		struct pool_block *next = pool->blocks->next;

		free(pool->blocks);
		pool->blocks = next;
	}
	pool->free = NULL;
	pool->unused = 0;
}
