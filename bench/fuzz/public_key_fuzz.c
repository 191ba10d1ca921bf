/*
 * The octets of a DKIM key, and of its base64. A sound key has a size, and is sound no more with an
 * octet behind it or without its last. Base64 leads back to the octets; a text that is base64 leads
 * back to a text of the same octets.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "cert/public_key.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

static bool
reads(bool (*decode)(const uint8_t *, size_t, struct public_key *), const uint8_t *octets,
    size_t size)
{
	struct public_key key;
	bool fine = decode(octets, size, &key);

	must(ERR_peek_error() == 0);
	must(fine == (key.fault == PUBLIC_KEY_SOUND));
	must(fuzz_is_message(public_key_fault_text(key.fault)));
	must(key.raw == NULL || (key.raw >= octets && key.raw + 32 <= octets + size));
	return fine;
}

static void
try_key(
    bool (*decode)(const uint8_t *, size_t, struct public_key *), const uint8_t *bytes, size_t size)
{
	uint8_t *longer;

	if (!reads(decode, bytes, size))
		return;
	longer = (uint8_t *)fuzz_text(bytes, size);
	must(!reads(decode, longer, size + 1));
	must(!reads(decode, longer, size - 1));
	free(longer);
}

static void
check_base64(struct arena *arena, const uint8_t *bytes, size_t size)
{
	size_t length;
	const char *text = base64_encode(arena, bytes, size);
	const uint8_t *octets = base64_decode_strict(arena, text, strlen(text), &length);

	must(octets != NULL && length == size);
	must(size == 0 || memcmp(octets, bytes, size) == 0);
}

static void
try_base64(const uint8_t *bytes, size_t size)
{
	struct arena arena = { 0 };
	size_t length;
	const uint8_t *octets = base64_decode_strict(&arena, (const char *)bytes, size, &length);

	check_base64(&arena, bytes, size);
	if (octets != NULL) {
		must(length <= size / 4 * 3 && length + 2 >= size / 4 * 3);
		check_base64(&arena, octets, length);
		try_key(public_key_decode_rsa, octets, length);
	}
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	try_key(public_key_decode_rsa, bytes, size);
	try_key(public_key_decode_ed25519, bytes, size);
	try_base64(bytes, size);
	return 0;
}
