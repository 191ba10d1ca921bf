/* Control characters made visible. */
#include "base/escape.h"

#include "base/arena.h"
#include "base/ascii.h"

char *
escape_controls(struct arena *arena, const char *text, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char *copy = arena_bytes(arena, length * 4 + 1), *at = copy;

	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)text[i];

		if (!ascii_is_control(text[i])) {
			*at++ = text[i];
			continue;
		}
		*at++ = '\\';
		*at++ = 'x';
		*at++ = digits[octet >> 4];
		*at++ = digits[octet & 15];
	}
	*at = '\0';
	return copy;
}
