/* DNS answers to bytes and back. */
#include "fact/codec.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "fact/codec_parts.h"

#include <string.h>

enum { VERSION = 1 };

/* Where fact_confirm_dns finds what it changes. */
enum {
	AT_CONFIRMATION = 2,
	AT_RESOLVERS = 5,
};

/* Flags of an encoded answer. */
enum {
	FLAG_AUTHENTIC = 1,
	FLAG_CUT = 2,
	FLAG_CANONICAL = 4,
	FLAG_SOA_OWNER = 8,
};

static void
encode_soa(struct strbuf *out, const struct dns_soa *soa)
{
	codec_add_string(out, soa->mname);
	codec_add_string(out, soa->rname);
	strbuf_add_u32(out, soa->serial);
	strbuf_add_u32(out, soa->refresh);
	strbuf_add_u32(out, soa->retry);
	strbuf_add_u32(out, soa->expire);
	strbuf_add_u32(out, soa->minimum);
}

static void
encode_record(struct strbuf *out, const struct dns_record *record, enum dns_type type)
{
	switch (type) {
	case DNS_A:
	case DNS_AAAA:
		strbuf_add_u8(out, record->ip.family);
		strbuf_add(out, record->ip.octets, ip_size(&record->ip));
		break;
	case DNS_TXT:
	case DNS_SPF:
		strbuf_add_varint(out, record->strings);
		codec_add_text(out, record->text, record->length);
		break;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		codec_add_text(out, record->text, record->length);
		break;
	case DNS_SOA:
		encode_soa(out, record->soa);
		break;
	case DNS_MX:
		strbuf_add_varint(out, record->preference);
		codec_add_string(out, record->name);
		break;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		codec_add_string(out, record->name);
		break;
	}
}

void
fact_encode_dns(struct strbuf *out, const struct dns_answer *answer, enum dns_type type)
{
	unsigned flags = (answer->authentic ? FLAG_AUTHENTIC : 0u) | (answer->cut ? FLAG_CUT : 0u) |
	    (answer->canonical != NULL ? FLAG_CANONICAL : 0u) |
	    (answer->soa_owner != NULL ? FLAG_SOA_OWNER : 0u);

	strbuf_add_u8(out, VERSION);
	strbuf_add_u8(out, (uint8_t)answer->status);
	strbuf_add_u8(out, (uint8_t)answer->confirmation);
	strbuf_add_u8(out, (uint8_t)flags);
	strbuf_add_u8(out, answer->aliases);
	strbuf_add_u8(out, answer->resolvers);
	strbuf_add_varint(out, answer->ttl);
	strbuf_add_varint(out, answer->elapsed_ms);
	strbuf_add_varint(out, (uint64_t)answer->seen_at);
	if (answer->canonical != NULL)
		codec_add_string(out, answer->canonical);
	if (answer->soa_owner != NULL)
		codec_add_string(out, answer->soa_owner);
	strbuf_add_varint(out, answer->count);
	for (size_t i = 0; i < answer->count; i++)
		encode_record(out, &answer->records[i], type);
}

void
fact_confirm_dns(void *bytes, enum dns_confirmation confirmation, uint8_t resolvers)
{
	uint8_t *octets = bytes;

	octets[AT_CONFIRMATION] = (uint8_t)confirmation;
	octets[AT_RESOLVERS] |= resolvers;
}

static void
decode_soa(struct buf *buf, struct arena *arena, struct dns_record *out)
{
	struct dns_soa *soa = arena_zeroed(arena, 1, sizeof *soa);

	soa->mname = codec_take_string(buf, arena);
	soa->rname = codec_take_string(buf, arena);
	soa->serial = buf_u32(buf);
	soa->refresh = buf_u32(buf);
	soa->retry = buf_u32(buf);
	soa->expire = buf_u32(buf);
	soa->minimum = buf_u32(buf);
	out->soa = soa;
}

static void
decode_record(struct buf *buf, enum dns_type type, struct arena *arena, struct dns_record *out)
{
	uint16_t number;

	switch (type) {
	case DNS_A:
	case DNS_AAAA:
		codec_take_ip(buf, buf_u8(buf), &out->ip);
		return;
	case DNS_TXT:
	case DNS_SPF:
		number = (uint16_t)buf_varint(buf);
		out->text = codec_take_text(buf, arena, &out->length);
		out->strings = number;
		return;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		out->text = codec_take_text(buf, arena, &out->length);
		return;
	case DNS_SOA:
		decode_soa(buf, arena, out);
		return;
	case DNS_MX:
		number = (uint16_t)buf_varint(buf);
		out->name = codec_take_string(buf, arena);
		out->preference = number;
		return;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		out->name = codec_take_string(buf, arena);
		return;
	}
	buf->failed = true; /* a type that this version does not know */
}

static void
decode_records(struct buf *buf, enum dns_type type, struct arena *arena, struct dns_answer *answer)
{
	uint64_t count = buf_varint(buf);
	struct dns_record *records;

	if (count > DNS_RECORDS_MAX) {
		buf->failed = true;
		return;
	}
	records = arena_zeroed(arena, (size_t)count, sizeof *records);
	for (size_t i = 0; i < count && !buf->failed; i++)
		decode_record(buf, type, arena, &records[i]);
	answer->records = records;
	answer->count = (size_t)count;
}

static bool
decode_head(struct buf *buf, struct dns_answer *answer, uint8_t *flags_out)
{
	uint8_t version = buf_u8(buf), status = buf_u8(buf), confirmation = buf_u8(buf);

	memset(answer, 0, sizeof *answer);
	*flags_out = buf_u8(buf);
	if (buf->failed || version != VERSION || status >= DNS_STATUS_COUNT ||
	    confirmation > DNS_CONFIRMATION_GIVEN_UP)
		return false;
	answer->status = status;
	answer->confirmation = confirmation;
	answer->authentic = (*flags_out & FLAG_AUTHENTIC) != 0;
	answer->cut = (*flags_out & FLAG_CUT) != 0;
	answer->aliases = buf_u8(buf);
	answer->resolvers = buf_u8(buf);
	return !buf->failed;
}

bool
fact_peek_dns(const void *bytes, size_t length, struct dns_answer *answer_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t flags;

	return decode_head(&buf, answer_out, &flags);
}

static void
decode_times(struct buf *buf, struct dns_answer *answer)
{
	answer->ttl = (uint32_t)buf_varint(buf);
	answer->elapsed_ms = (uint32_t)buf_varint(buf);
	answer->seen_at = (int64_t)buf_varint(buf);
}

bool
fact_peek_dns_times(const void *bytes, size_t length, struct dns_answer *answer_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t flags;

	if (!decode_head(&buf, answer_out, &flags))
		return false;
	decode_times(&buf, answer_out);
	return !buf.failed;
}

/* As answers come from the wire: data has records, and aliases lead somewhere. */
static bool
is_whole(const struct dns_answer *answer)
{
	return (answer->status == DNS_DATA) == (answer->count > 0) &&
	    (answer->aliases == 0 || answer->canonical != NULL || !dns_is_answer(answer));
}

bool
fact_decode_dns(const void *bytes, size_t length, enum dns_type type, struct arena *arena,
    struct dns_answer *answer_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t flags;

	if (!decode_head(&buf, answer_out, &flags))
		return false;
	decode_times(&buf, answer_out);
	if ((flags & FLAG_CANONICAL) != 0)
		answer_out->canonical = codec_take_string(&buf, arena);
	if ((flags & FLAG_SOA_OWNER) != 0)
		answer_out->soa_owner = codec_take_string(&buf, arena);
	decode_records(&buf, type, arena, answer_out);
	return !buf.failed && is_whole(answer_out);
}
