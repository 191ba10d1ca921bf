/* A chain of blocks, each twice as large as the one before up to a bound; big requests get their
 * own. */
#include "base/arena.h"

#include "base/alloc.h"
#include "base/pool.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BLOCK = 512,     /* a fact is often smaller than this */
	FIRST_OF_POOL = 256,   /* there are thousands of these at once */
	LARGEST_BLOCK = 65536, /* beyond this, doubling only wastes memory */
};

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

static size_t
aligned(size_t size)
{
	const size_t step = alignof(max_align_t);

	return (size + step - 1) / step * step;
}

static size_t
first_size(const struct arena *arena)
{
	return arena->pool == NULL ? FIRST_BLOCK : FIRST_OF_POOL - sizeof(struct arena_block);
}

static struct arena_block *
add_block(struct arena *arena, size_t least)
{
	size_t size = arena->blocks == NULL ? first_size(arena) : arena->blocks->size * 2;
	struct arena_block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < least)
		size = least;
	block = arena->pool == NULL ? alloc_bytes(sizeof *block + size)
				    : pool_take(arena->pool, sizeof *block + size);
	block->size = size;
	block->used = 0;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

static void
free_block(struct arena *arena, struct arena_block *block)
{
	if (arena->pool == NULL)
		free(block);
	else
		pool_give(arena->pool, block, sizeof *block + block->size);
}

void *
arena_bytes(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	void *at;

	size = aligned(size > 0 ? size : 1);
	if (block == NULL || block->size - block->used < size)
		block = add_block(arena, size);
	at = block->bytes + block->used;
	block->used += size;
	return at;
}

void *
arena_zeroed(struct arena *arena, size_t count, size_t size)
{
	void *at = arena_bytes(arena, count * size);

	memset(at, 0, count * size);
	return at;
}

void *
arena_copy(struct arena *arena, const void *from, size_t size)
{
	void *at = arena_bytes(arena, size);

	if (size > 0)
		memcpy(at, from, size);
	return at;
}

char *
arena_string(struct arena *arena, const char *text)
{
	return arena_copy(arena, text, strlen(text) + 1);
}

char *
arena_string_n(struct arena *arena, const char *text, size_t length)
{
	char *at = arena_bytes(arena, length + 1);

	if (length > 0)
		memcpy(at, text, length);
	at[length] = '\0';
	return at;
}

/* Most texts fit into what is left of the block, so they are written there at once. */
char *
arena_printf(struct arena *arena, const char *format, ...)
{
	struct arena_block *block = arena->blocks;
	size_t room = block == NULL ? 0 : block->size - block->used;
	va_list arguments, again;
	char *first = block == NULL ? NULL : (char *)block->bytes + block->used, *at;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(first, room, format, arguments);
	va_end(arguments);
	at = arena_bytes(arena, (size_t)length + 1);
	if (at != first)
		vsnprintf(at, (size_t)length + 1, format, again);
	va_end(again);
	return at;
}

void
arena_reset(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	if (block == NULL)
		return;
	while (block->next != NULL) {
		struct arena_block *next = block->next;

		block->next = next->next;
		free_block(arena, next);
	}
	block->used = 0;
}

void
arena_free(struct arena *arena)
{
	while (arena->blocks != NULL) {
		struct arena_block *next = arena->blocks->next;

		free_block(arena, arena->blocks);
		arena->blocks = next;
	}
}

size_t
arena_reserved(const struct arena *arena)
{
	size_t total = 0;

	for (const struct arena_block *block = arena->blocks; block != NULL; block = block->next)
		total += sizeof *block + block->size;
	return total;
}
