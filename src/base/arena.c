/* A chain of blocks, each twice as large as the one before up to a bound; big requests get their
 * own. */
#include "base/arena.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BLOCK = 512,     /* a fact is often smaller than this */
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

static struct arena_block *
add_block(struct arena *arena, size_t least)
{
	size_t size = arena->blocks == NULL ? FIRST_BLOCK : arena->blocks->size * 2;
	struct arena_block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < least)
		size = least;
	block = alloc_bytes(sizeof *block + size);
	block->size = size;
	block->used = 0;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
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

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments, again;
	char *at;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	at = arena_bytes(arena, (size_t)length + 1);
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
		free(next);
	}
	block->used = 0;
}

void
arena_free(struct arena *arena)
{
	while (arena->blocks != NULL) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
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
