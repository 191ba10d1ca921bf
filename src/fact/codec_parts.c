/* What the codecs of several kinds of facts share. */
#include "fact/codec_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"

#include <string.h>

void
codec_take_ip(struct buf *buf, uint8_t family, struct ip *out)
{
	size_t size = family == 4 ? 4 : 16;
	const uint8_t *octets = family == 4 || family == 6 ? buf_bytes(buf, size) : NULL;

	if (octets != NULL)
		*out = ip_from_octets(octets, size);
	else
		buf->failed = true;
}

void
codec_add_text(struct strbuf *out, const char *text, size_t length)
{
	strbuf_add_varint(out, length);
	strbuf_add(out, text, length);
}

void
codec_add_string(struct strbuf *out, const char *text)
{
	codec_add_text(out, text, strlen(text));
}

const char *
codec_take_text(struct buf *buf, struct arena *arena, size_t *length_out)
{
	uint64_t length = buf_varint(buf);
	const uint8_t *bytes = buf_bytes(buf, length > SIZE_MAX ? SIZE_MAX : (size_t)length);

	*length_out = bytes == NULL ? 0 : (size_t)length;
	return arena_string_n(arena, (const char *)bytes, *length_out);
}

const char *
codec_take_string(struct buf *buf, struct arena *arena)
{
	size_t length;

	return codec_take_text(buf, arena, &length);
}
