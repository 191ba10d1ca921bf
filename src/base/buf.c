/* Reading and writing numbers in byte strings. */
#include "base/buf.h"

#include "base/strbuf.h"

struct buf
buf_over(const void *bytes, size_t length)
{
	return (struct buf){ .start = bytes, .length = length };
}

size_t
buf_left(const struct buf *buf)
{
	return buf->failed ? 0 : buf->length - buf->position;
}

const uint8_t *
buf_bytes(struct buf *buf, size_t length)
{
	const uint8_t *at;

	if (buf->failed || length > buf_left(buf)) {
		buf->failed = true;
		return NULL;
	}
	at = buf->start + buf->position;
	buf->position += length;
	return at;
}

static uint32_t
number(struct buf *buf, size_t octets)
{
	const uint8_t *at = buf_bytes(buf, octets);
	uint32_t value = 0;

	for (size_t i = 0; at != NULL && i < octets; i++)
		value = value << 8 | at[i];
	return value;
}

uint8_t
buf_u8(struct buf *buf)
{
	return (uint8_t)number(buf, 1);
}

uint16_t
buf_u16(struct buf *buf)
{
	return (uint16_t)number(buf, 2);
}

uint32_t
buf_u32(struct buf *buf)
{
	return number(buf, 4);
}

uint64_t
buf_varint(struct buf *buf)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t octet = buf_u8(buf);

		value |= (uint64_t)(octet & 0x7f) << shift;
		if ((octet & 0x80) == 0)
			return value;
	}
	buf->failed = true;
	return 0;
}

void
buf_seek(struct buf *buf, size_t position)
{
	if (position > buf->length)
		buf->failed = true;
	else
		buf->position = position;
}

void
strbuf_add_u8(struct strbuf *out, uint8_t value)
{
	*strbuf_extend(out, 1) = (char)value;
}

void
strbuf_add_u16(struct strbuf *out, uint16_t value)
{
	char *at = strbuf_extend(out, 2);

	at[0] = (char)(value >> 8);
	at[1] = (char)value;
}

void
strbuf_add_u32(struct strbuf *out, uint32_t value)
{
	strbuf_add_u16(out, (uint16_t)(value >> 16));
	strbuf_add_u16(out, (uint16_t)value);
}

void
strbuf_add_varint(struct strbuf *out, uint64_t value)
{
	while (value >= 0x80) {
		strbuf_add_u8(out, (uint8_t)(value | 0x80));
		value >>= 7;
	}
	strbuf_add_u8(out, (uint8_t)value);
}
