/* SipHash with one compression and three finalisation rounds (Aumasson and Bernstein, 2012). */
#include "base/hash.h"

#include <string.h>

struct sip {
	uint64_t v0, v1, v2, v3;
};

static uint64_t
rotated(uint64_t value, int by)
{
	return value << by | value >> (64 - by);
}

static void
sip_round(struct sip *s)
{
	s->v0 += s->v1;
	s->v1 = rotated(s->v1, 13) ^ s->v0;
	s->v0 = rotated(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = rotated(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = rotated(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = rotated(s->v1, 17) ^ s->v2;
	s->v2 = rotated(s->v2, 32);
}

static void
sip_word(struct sip *s, uint64_t word)
{
	s->v3 ^= word;
	sip_round(s);
	s->v0 ^= word;
}

uint64_t
hash_keyed(uint64_t key0, uint64_t key1, const void *bytes, size_t length)
{
	struct sip s = {
		key0 ^ 0x736f6d6570736575u,
		key1 ^ 0x646f72616e646f6du,
		key0 ^ 0x6c7967656e657261u,
		key1 ^ 0x7465646279746573u,
	};
	const unsigned char *at = bytes;
	uint64_t word;

	for (size_t left = length; left >= 8; left -= 8, at += 8) {
		memcpy(&word, at, 8);
		sip_word(&s, word);
	}
	word = 0;
	if (length % 8 > 0)
		memcpy(&word, at, length % 8);
	sip_word(&s, word | (uint64_t)length << 56);
	s.v2 ^= 0xff;
	for (int i = 0; i < 3; i++)
		sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
