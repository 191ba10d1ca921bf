/* Control characters made visible. */
#include "base/escape.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

/* One of ASCII, or U+0080 to U+009F, in UTF-8 or as the octet that some terminals take for it. */
static bool
is_control(const char *character, size_t length)
{
	unsigned char last = (unsigned char)character[length - 1];

	if (length == 2)
		return character[0] == '\xc2' && last < 0xa0;
	return length == 1 && (ascii_is_control(character[0]) || (last >= 0x80 && last < 0xa0));
}

static char *
put_escaped(char *at, const char *octets, size_t length)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)octets[i];

		*at++ = '\\';
		*at++ = 'x';
		*at++ = digits[octet >> 4];
		*at++ = digits[octet & 15];
	}
	return at;
}

/* Nearly every text is plain ASCII. */
static size_t
plain_length(const char *text, size_t length)
{
	size_t plain = 0;

	while (plain < length && text[plain] >= ' ' && text[plain] < 0x7f)
		plain++;
	return plain;
}

char *
escape_controls(struct arena *arena, const char *text, size_t length)
{
	size_t plain = plain_length(text, length);
	char *copy, *at;

	if (plain == length)
		return arena_string_n(arena, text, length);
	copy = arena_bytes(arena, plain + (length - plain) * 4 + 1);
	at = mempcpy(copy, text, plain);
	for (size_t i = plain, step; i < length; i += step) {
		step = utf8_length(text + i, length - i);
		if (step == 0)
			step = 1; /* no UTF-8 */
		if (is_control(text + i, step))
			at = put_escaped(at, text + i, step);
		else
			at = mempcpy(at, text + i, step);
	}
	*at = '\0';
	return copy;
}
