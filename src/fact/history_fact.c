/* What earlier nights showed of a domain, as bytes. */
#include "fact/history_fact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "fact/codec_parts.h"

#include <string.h>

enum {
	KIND_HISTORY = 'H', /* beside the kinds of codec.c */
	VERSION = 1,
	ENTRY_LEAST = 5, /* octets of an entry */
};

const struct history_entry *
history_fact_find(const struct history_fact *fact, const char *name, const char *text)
{
	for (size_t i = 0; i < fact->count; i++) {
		const struct history_entry *entry = &fact->entries[i];

		if (strcmp(entry->name, name) == 0 &&
		    (text == NULL || strcmp(entry->text, text) == 0))
			return entry;
	}
	return NULL;
}

void
fact_key_history(struct strbuf *out, const char *domain)
{
	strbuf_add_u8(out, KIND_HISTORY);
	strbuf_add_string(out, domain);
}

bool
fact_key_read_history(
    const void *key, size_t length, const char **domain_out, size_t *domain_length_out)
{
	struct buf buf = buf_over(key, length);

	if (buf_u8(&buf) != KIND_HISTORY)
		return false;
	*domain_length_out = buf_left(&buf);
	*domain_out = (const char *)buf_bytes(&buf, *domain_length_out);
	return *domain_out != NULL;
}

void
fact_encode_history(struct strbuf *out, int64_t seen_at)
{
	strbuf_add_u8(out, VERSION);
	strbuf_add_varint(out, (uint64_t)seen_at);
}

void
fact_encode_history_entry(struct strbuf *out, const struct history_entry *entry)
{
	codec_add_string(out, entry->name);
	codec_add_string(out, entry->text);
	strbuf_add_varint(out, (uint64_t)entry->since);
	strbuf_add_varint(out, entry->nights);
	strbuf_add_u8(out, entry->began);
}

static void
decode_entry(struct buf *buf, struct arena *arena, struct history_entry *out)
{
	out->name = codec_take_string(buf, arena);
	out->text = codec_take_string(buf, arena);
	out->since = (int64_t)buf_varint(buf);
	out->nights = buf_varint(buf);
	out->began = buf_u8(buf) != 0;
}

bool
fact_decode_history(const void *bytes, size_t length, struct arena *arena, struct history_fact *out)
{
	struct buf buf = buf_over(bytes, length);
	struct history_entry *entries;

	memset(out, 0, sizeof *out);
	if (buf_u8(&buf) != VERSION)
		return false;
	out->seen_at = (int64_t)buf_varint(&buf);
	entries = arena_zeroed(arena, buf_left(&buf) / ENTRY_LEAST + 1, sizeof *entries);
	while (!buf.failed && buf_left(&buf) > 0)
		decode_entry(&buf, arena, &entries[out->count++]);
	out->entries = entries;
	return !buf.failed;
}
