/* Policy files to bytes and back. */
#include "fact/policy_fact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"

#include <string.h>

enum {
	KIND_POLICY = 'P', /* beside the kinds of codec.c */
	VERSION = 1,
};

/* Where the octets of the head are. */
enum {
	AT_PATH_OPEN = 1,
	AT_LOOKS = 2,
};

void
fact_key_policy(struct strbuf *out, const char *host)
{
	strbuf_add_u8(out, KIND_POLICY);
	strbuf_add_string(out, host);
}

bool
fact_key_read_policy(const void *key, size_t length, const char **host_out, size_t *host_length_out)
{
	struct buf buf = buf_over(key, length);

	if (buf_u8(&buf) != KIND_POLICY)
		return false;
	*host_length_out = buf_left(&buf);
	*host_out = (const char *)buf_bytes(&buf, *host_length_out);
	return !buf.failed;
}

void
fact_encode_policy(struct strbuf *out)
{
	strbuf_add_u8(out, VERSION);
	strbuf_add_u8(out, false); /* the path is not known to be open */
	strbuf_add_u8(out, 0);     /* looks */
}

void
fact_policy_set_path_open(struct strbuf *encoded)
{
	encoded->at[AT_PATH_OPEN] = true;
}

static void
add_text(struct strbuf *out, const char *text, size_t length)
{
	strbuf_add_varint(out, length);
	strbuf_add(out, text, length);
}

void
fact_encode_policy_look(struct strbuf *out, const struct https_observation *seen)
{
	out->at[AT_LOOKS]++;
	strbuf_add_u8(out, (uint8_t)seen->end);
	strbuf_add_u8(out, seen->connected);
	strbuf_add_u16(out, (uint16_t)seen->status);
	strbuf_add_varint(out, (uint64_t)seen->seen_at);
	strbuf_add_varint(out, seen->elapsed_ms);
	strbuf_add_u8(out, seen->ip.family);
	if (seen->ip.family != 0)
		strbuf_add(out, seen->ip.octets, ip_size(&seen->ip));
	add_text(out, seen->media_type, strlen(seen->media_type));
	add_text(out, seen->location, strlen(seen->location));
	add_text(out, seen->problem, strlen(seen->problem));
	add_text(out, seen->body, seen->length);
}

static const char *
take_text(struct buf *buf, struct arena *arena, size_t *length_out)
{
	uint64_t length = buf_varint(buf);
	const uint8_t *bytes = buf_bytes(buf, length > SIZE_MAX ? SIZE_MAX : (size_t)length);

	*length_out = bytes == NULL ? 0 : (size_t)length;
	return arena_string_n(arena, (const char *)bytes, *length_out);
}

static void
take_ip(struct buf *buf, struct ip *out)
{
	uint8_t family = buf_u8(buf);
	size_t size = family == 4 ? 4 : 16;
	const uint8_t *octets;

	*out = (struct ip){ 0 };
	if (family == 0)
		return;
	octets = family == 4 || family == 6 ? buf_bytes(buf, size) : NULL;
	if (octets != NULL)
		*out = ip_from_octets(octets, size);
	else
		buf->failed = true;
}

static void
take_look(struct buf *buf, struct arena *arena, struct https_observation *out)
{
	uint8_t end = buf_u8(buf);
	size_t length;

	if (end >= HTTPS_END_COUNT)
		buf->failed = true;
	out->end = buf->failed ? HTTPS_BROKEN : (enum https_end)end;
	out->connected = buf_u8(buf) != 0;
	out->status = buf_u16(buf);
	out->seen_at = (int64_t)buf_varint(buf);
	out->elapsed_ms = (uint32_t)buf_varint(buf);
	take_ip(buf, &out->ip);
	out->media_type = take_text(buf, arena, &length);
	out->location = take_text(buf, arena, &length);
	out->problem = take_text(buf, arena, &length);
	out->body = take_text(buf, arena, &out->length);
}

bool
fact_decode_policy(const void *bytes, size_t length, struct arena *arena, struct policy_fact *out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t version = buf_u8(&buf);

	memset(out, 0, sizeof *out);
	out->path_open = buf_u8(&buf) != 0;
	out->look_count = buf_u8(&buf);
	if (version != VERSION || out->look_count == 0 || out->look_count > POLICY_LOOKS_MAX)
		return false;
	for (size_t i = 0; i < out->look_count; i++)
		take_look(&buf, arena, &out->looks[i]);
	return !buf.failed;
}
