/* Octets as people write them. */
#include "base/hex.h"

#include "base/arena.h"

#include <stdint.h>

char *
hex_text(struct arena *arena, const void *octets, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *from = octets;
	char *text = arena_bytes(arena, size * 2 + 1);

	for (size_t i = 0; i < size; i++) {
		text[i * 2] = digits[from[i] >> 4];
		text[i * 2 + 1] = digits[from[i] & 15];
	}
	text[size * 2] = '\0';
	return text;
}
