/* What is a character in UTF-8, by the table of RFC 3629 section 4. */
#include "base/utf8.h"

/* What may follow a lead byte: the range of the second byte says all that is special. */
struct lead {
	unsigned char first, last;     /* of the lead byte */
	unsigned char length;          /* of the sequence */
	unsigned char second, highest; /* range of the second byte */
};

static const struct lead leads[] = {
	{ 0xc2, 0xdf, 2, 0x80, 0xbf },
	{ 0xe0, 0xe0, 3, 0xa0, 0xbf },
	{ 0xe1, 0xec, 3, 0x80, 0xbf },
	{ 0xed, 0xed, 3, 0x80, 0x9f },
	{ 0xee, 0xef, 3, 0x80, 0xbf },
	{ 0xf0, 0xf0, 4, 0x90, 0xbf },
	{ 0xf1, 0xf3, 4, 0x80, 0xbf },
	{ 0xf4, 0xf4, 4, 0x80, 0x8f },
};

static const struct lead *
find_lead(unsigned char byte)
{
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++)
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	return NULL;
}

size_t
utf8_length(const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const struct lead *lead;

	if (length == 0)
		return 0;
	if (at[0] < 0x80)
		return 1;
	lead = find_lead(at[0]);
	if (lead == NULL || length < lead->length || at[1] < lead->second || at[1] > lead->highest)
		return 0;
	for (size_t i = 2; i < lead->length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return lead->length;
}

bool
utf8_valid(const char *bytes, size_t length)
{
	for (size_t step; length > 0; bytes += step, length -= step) {
		step = utf8_length(bytes, length);
		if (step == 0)
			return false;
	}
	return true;
}
