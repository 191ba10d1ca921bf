/* TLSA records: what they say, and whether a sender of mail can use them. */
#include "cert/tlsa.h"

#include "base/arena.h"
#include "base/hex.h"

#include <openssl/sha.h>

enum {
	HEAD = 3,       /* usage, selector and type stand before the data */
	SHOWN_MOST = 64 /* octets of data, as many as the longest digest has */
};

static bool
has_fitting_data(const struct tlsa *tlsa)
{
	switch (tlsa->type) {
	case TLSA_FULL:
		return true;
	case TLSA_SHA256:
		return tlsa->size == SHA256_DIGEST_LENGTH;
	case TLSA_SHA512:
		return tlsa->size == SHA512_DIGEST_LENGTH;
	default:
		return false;
	}
}

struct tlsa
tlsa_read(const uint8_t *octets, size_t length)
{
	struct tlsa tlsa = { .octets = octets, .length = length };

	if (length <= HEAD)
		return tlsa;
	tlsa.usage = octets[0];
	tlsa.selector = octets[1];
	tlsa.type = octets[2];
	tlsa.data = octets + HEAD;
	tlsa.size = length - HEAD;
	tlsa.usable = (tlsa.usage == TLSA_DANE_TA || tlsa.usage == TLSA_DANE_EE) &&
	    tlsa.selector < TLSA_SELECTOR_COUNT && has_fitting_data(&tlsa);
	return tlsa;
}

const char *
tlsa_text(const struct tlsa *tlsa, struct arena *arena)
{
	size_t shown = tlsa->size < SHOWN_MOST ? tlsa->size : SHOWN_MOST;

	if (tlsa->data == NULL)
		return arena_printf(
		    arena, "\\# %zu %s", tlsa->length, hex_text(arena, tlsa->octets, tlsa->length));
	return arena_printf(arena, "%u %u %u %s%s", tlsa->usage, tlsa->selector, tlsa->type,
	    hex_text(arena, tlsa->data, shown), shown < tlsa->size ? "..." : "");
}
