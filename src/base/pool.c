/* Blocks that are cut into items, and a list for each size of those that were given back. */
#include "base/pool.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdlib.h>

enum {
	BLOCK = 65536 - 64,
	HUGE_BLOCK = 2 << 20,
	HUGE_FROM = 64, /* blocks: a large pool has huge ones */
};

struct pool_block {
	struct pool_block *next;
	alignas(POOL_STEP) unsigned char bytes[];
};

struct pool_item {
	struct pool_item *next;
};

static size_t
class_of(size_t size)
{
	return size == 0 ? 0 : (size - 1) / POOL_STEP;
}

static void
add_block(struct pool *pool)
{
	size_t size = pool->block_count < HUGE_FROM ? BLOCK : HUGE_BLOCK;
	struct pool_block *block = alloc_table(size);

	block->next = pool->blocks;
	pool->blocks = block;
	pool->block_count++;
	pool->unused = (size - sizeof *block) / POOL_STEP * POOL_STEP;
}

void *
pool_take(struct pool *pool, size_t size)
{
	size_t class = class_of(size);
	struct pool_item *item;

	if (class >= POOL_SIZES)
		return alloc_bytes(size);
	item = pool->given[class];
	if (item != NULL) {
		pool->given[class] = item->next;
		return item;
	}
	size = (class + 1) * POOL_STEP;
	if (pool->unused < size)
		add_block(pool);
	pool->unused -= size;
	return pool->blocks->bytes + pool->unused;
}

void
pool_give(struct pool *pool, void *item, size_t size)
{
	size_t class = class_of(size);
	struct pool_item *given = item;

	if (class >= POOL_SIZES) {
		free(item);
		return;
	}
	given->next = pool->given[class];
	pool->given[class] = given;
}

void
pool_free(struct pool *pool)
{
	while (pool->blocks != NULL) {
		struct pool_block *next = pool->blocks->next;

		free(pool->blocks);
		pool->blocks = next;
	}
	*pool = (struct pool){ 0 };
}
