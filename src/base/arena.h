#ifndef MXSWEEP_BASE_ARENA_H
#define MXSWEEP_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct pool;

/*
 * Memory that is given back all at once. A zeroed struct is an empty arena. Pointers stay valid
 * until arena_reset or arena_free; they are aligned for any type. Not safe across threads.
 */
struct arena {
	struct arena_block *blocks; /* newest first */
	struct pool *pool;          /* that small blocks are from; NULL = the C library */
};

void *arena_bytes(struct arena *arena, size_t size); /* not initialised */
void *arena_zeroed(struct arena *arena, size_t count, size_t size);
void *arena_copy(struct arena *arena, const void *from, size_t size);
char *arena_string(struct arena *arena, const char *text);
char *arena_string_n(struct arena *arena, const char *text, size_t length); /* adds the NUL */
char *
arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

void arena_reset(struct arena *arena); /* empties it and keeps one block for reuse */
void arena_free(struct arena *arena);
size_t arena_reserved(const struct arena *arena); /* bytes held from the system */

#endif
