/* Base64: libcrypto decodes, but is lenient, so the form is checked before. */
#include "cert/base64.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <limits.h>
#include <openssl/evp.h>
#include <stdbool.h>

static bool
in_alphabet(char octet)
{
	return ascii_is_letter(octet) || ascii_is_digit(octet) || octet == '+' || octet == '/';
}

/* Groups of four, and of the last group up to two signs of padding. */
static bool
is_well_formed(const char *text, size_t length, size_t *padding_out)
{
	size_t padding = 0;

	if (length % 4 != 0 || length > INT_MAX)
		return false;
	while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < length - padding; i++)
		if (!in_alphabet(text[i]))
			return false;
	*padding_out = padding;
	return true;
}

uint8_t *
base64_decode_strict(struct arena *arena, const char *text, size_t length, size_t *length_out)
{
	uint8_t *out;
	size_t padding;

	if (!is_well_formed(text, length, &padding))
		return NULL;
	out = arena_bytes(arena, length / 4 * 3);
	*length_out = length / 4 * 3 - padding;
	if (length > 0 && EVP_DecodeBlock(out, (const uint8_t *)text, (int)length) < 0)
		return NULL;
	return out;
}

char *
base64_encode(struct arena *arena, const uint8_t *octets, size_t length)
{
	uint8_t *out = arena_bytes(arena, (length + 2) / 3 * 4 + 1);

	EVP_EncodeBlock(out, octets, (int)length);
	return (char *)out;
}
