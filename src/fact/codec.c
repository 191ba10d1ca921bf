/* Facts to bytes and back. What is written last in a fact may be added to by later versions. */
#include "fact/codec.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "smtp/observation.h"

#include <string.h>

enum {
	KIND_DNS = 'D',
	KIND_SESSION = 'S',
	KIND_CERTIFICATE = 'C',
	VERSION = 1,
	SESSION_VERSION = 2,
};

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

void
fact_key_dns(struct strbuf *out, const char *name, enum dns_type type)
{
	strbuf_add_u8(out, KIND_DNS);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_string(out, name);
}

void
fact_key_session(struct strbuf *out, const struct ip *ip, const char *mx_name)
{
	strbuf_add_u8(out, KIND_SESSION);
	strbuf_add_u8(out, ip->family);
	strbuf_add(out, ip->octets, ip_size(ip));
	strbuf_add_string(out, mx_name);
}

void
fact_key_certificate(struct strbuf *out, const uint8_t digest[CERT_DIGEST_SIZE])
{
	strbuf_add_u8(out, KIND_CERTIFICATE);
	strbuf_add(out, digest, CERT_DIGEST_SIZE);
}

bool
fact_key_read_certificate(const void *key, size_t length, uint8_t digest_out[CERT_DIGEST_SIZE])
{
	const uint8_t *octets = key;

	if (length != 1 + CERT_DIGEST_SIZE || octets[0] != KIND_CERTIFICATE)
		return false;
	memcpy(digest_out, octets + 1, CERT_DIGEST_SIZE);
	return true;
}

/* The address behind an octet that says its family; the reader has failed when there is none. */
static void
take_ip(struct buf *buf, uint8_t family, struct ip *out)
{
	size_t size = family == 4 ? 4 : 16;
	const uint8_t *octets = family == 4 || family == 6 ? buf_bytes(buf, size) : NULL;

	if (octets != NULL)
		*out = ip_from_octets(octets, size);
	else
		buf->failed = true;
}

static void
rest_of_key(struct buf *buf, const char **name_out, size_t *length_out)
{
	*length_out = buf_left(buf);
	*name_out = (const char *)buf_bytes(buf, *length_out);
}

bool
fact_key_read_dns(const void *key, size_t length, const char **name_out, size_t *name_length_out,
    enum dns_type *type_out)
{
	struct buf buf = buf_over(key, length);

	if (buf_u8(&buf) != KIND_DNS)
		return false;
	*type_out = (enum dns_type)buf_u16(&buf);
	rest_of_key(&buf, name_out, name_length_out);
	return !buf.failed;
}

bool
fact_key_read_session(const void *key, size_t length, struct ip *ip_out, const char **name_out,
    size_t *name_length_out)
{
	struct buf buf = buf_over(key, length);

	if (buf_u8(&buf) != KIND_SESSION)
		return false;
	take_ip(&buf, buf_u8(&buf), ip_out);
	rest_of_key(&buf, name_out, name_length_out);
	return !buf.failed;
}

static void
add_text(struct strbuf *out, const char *text, size_t length)
{
	strbuf_add_varint(out, length);
	strbuf_add(out, text, length);
}

static void
add_string(struct strbuf *out, const char *text)
{
	add_text(out, text, strlen(text));
}

static const char *
take_text(struct buf *buf, struct arena *arena, size_t *length_out)
{
	uint64_t length = buf_varint(buf);
	const uint8_t *bytes = buf_bytes(buf, length > SIZE_MAX ? SIZE_MAX : (size_t)length);

	*length_out = bytes == NULL ? 0 : (size_t)length;
	return arena_string_n(arena, (const char *)bytes, *length_out);
}

static const char *
take_string(struct buf *buf, struct arena *arena)
{
	size_t length;

	return take_text(buf, arena, &length);
}

static void
encode_soa(struct strbuf *out, const struct dns_soa *soa)
{
	add_string(out, soa->mname);
	add_string(out, soa->rname);
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
		add_text(out, record->text, record->length);
		break;
	case DNS_SOA:
		encode_soa(out, record->soa);
		break;
	case DNS_MX:
		strbuf_add_varint(out, record->preference);
		add_string(out, record->name);
		break;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		add_string(out, record->name);
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
		add_string(out, answer->canonical);
	if (answer->soa_owner != NULL)
		add_string(out, answer->soa_owner);
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

	soa->mname = take_string(buf, arena);
	soa->rname = take_string(buf, arena);
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
		take_ip(buf, buf_u8(buf), &out->ip);
		return;
	case DNS_TXT:
	case DNS_SPF:
		number = (uint16_t)buf_varint(buf);
		out->text = take_text(buf, arena, &out->length);
		out->strings = number;
		return;
	case DNS_SOA:
		decode_soa(buf, arena, out);
		return;
	case DNS_MX:
		number = (uint16_t)buf_varint(buf);
		out->name = take_string(buf, arena);
		out->preference = number;
		return;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		out->name = take_string(buf, arena);
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

bool
fact_decode_dns(const void *bytes, size_t length, enum dns_type type, struct arena *arena,
    struct dns_answer *answer_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t flags;

	if (!decode_head(&buf, answer_out, &flags))
		return false;
	answer_out->ttl = (uint32_t)buf_varint(&buf);
	answer_out->elapsed_ms = (uint32_t)buf_varint(&buf);
	answer_out->seen_at = (int64_t)buf_varint(&buf);
	if ((flags & FLAG_CANONICAL) != 0)
		answer_out->canonical = take_string(&buf, arena);
	if ((flags & FLAG_SOA_OWNER) != 0)
		answer_out->soa_owner = take_string(&buf, arena);
	decode_records(&buf, type, arena, answer_out);
	return !buf.failed && (answer_out->status == DNS_DATA) == (answer_out->count > 0);
}

static void
encode_heard(struct strbuf *out, const struct smtp_heard *heard)
{
	strbuf_add_u16(out, (uint16_t)heard->code);
	strbuf_add_u8(out,
	    (uint8_t)((heard->bare_lf ? 1 : 0) | (heard->mixed_codes ? 2 : 0) |
		(heard->long_line ? 4 : 0)));
	add_string(out, heard->text);
}

static void
decode_heard(struct buf *buf, struct arena *arena, struct smtp_heard *out)
{
	uint8_t flags;

	out->code = buf_u16(buf);
	flags = buf_u8(buf);
	out->bare_lf = (flags & 1) != 0;
	out->mixed_codes = (flags & 2) != 0;
	out->long_line = (flags & 4) != 0;
	out->text = take_string(buf, arena);
}

enum {
	FLAG_ONLY_HELO = 1,
	FLAG_OFFERS_STARTTLS = 2,
	FLAG_EARLY_OCTETS = 4,
	FLAG_SECURE = 8,
	FLAG_COMPRESSED = 16,
	FLAG_SECURE_RENEGOTIATION = 32,
	FLAG_EXTENDED_MASTER_SECRET = 64,
};

static uint8_t
session_flags(const struct smtp_observation *seen)
{
	unsigned flags = (seen->only_helo ? FLAG_ONLY_HELO : 0u) |
	    (seen->offers_starttls ? FLAG_OFFERS_STARTTLS : 0u) |
	    (seen->early_octets ? FLAG_EARLY_OCTETS : 0u) | (seen->secure ? FLAG_SECURE : 0u) |
	    (seen->tls_compressed ? FLAG_COMPRESSED : 0u) |
	    (seen->tls_secure_renegotiation ? FLAG_SECURE_RENEGOTIATION : 0u) |
	    (seen->tls_extended_master_secret ? FLAG_EXTENDED_MASTER_SECRET : 0u);

	return (uint8_t)flags;
}

static void
set_session_flags(struct smtp_observation *seen, uint8_t flags)
{
	seen->only_helo = (flags & FLAG_ONLY_HELO) != 0;
	seen->offers_starttls = (flags & FLAG_OFFERS_STARTTLS) != 0;
	seen->early_octets = (flags & FLAG_EARLY_OCTETS) != 0;
	seen->secure = (flags & FLAG_SECURE) != 0;
	seen->tls_compressed = (flags & FLAG_COMPRESSED) != 0;
	seen->tls_secure_renegotiation = (flags & FLAG_SECURE_RENEGOTIATION) != 0;
	seen->tls_extended_master_secret = (flags & FLAG_EXTENDED_MASTER_SECRET) != 0;
}

/* Certificates are facts of their own, for many servers share them. */
static void
encode_tls(struct strbuf *out, const struct smtp_observation *seen)
{
	add_string(out, seen->tls_error);
	add_string(out, seen->tls_version);
	add_string(out, seen->tls_cipher);
	add_string(out, seen->tls_group);
	strbuf_add_varint(out, seen->tls_exchange_bits);
	strbuf_add_varint(out, seen->chain_length);
	for (size_t i = 0; i < seen->chain_length; i++)
		strbuf_add(out, seen->chain[i].digest, CERT_DIGEST_SIZE);
}

static void
decode_chain(struct buf *buf, struct arena *arena, struct smtp_observation *seen)
{
	uint64_t count = buf_varint(buf);
	struct cert_served *chain;

	if (count > CERT_CHAIN_MAX) {
		buf->failed = true;
		return;
	}
	chain = arena_zeroed(arena, (size_t)count, sizeof *chain);
	for (size_t i = 0; i < count; i++) {
		const uint8_t *digest = buf_bytes(buf, CERT_DIGEST_SIZE);

		if (digest == NULL)
			return;
		memcpy(chain[i].digest, digest, CERT_DIGEST_SIZE);
	}
	seen->chain = chain;
	seen->chain_length = (size_t)count;
}

static void
decode_tls(struct buf *buf, struct arena *arena, struct smtp_observation *seen)
{
	seen->tls_error = take_string(buf, arena);
	seen->tls_version = take_string(buf, arena);
	seen->tls_cipher = take_string(buf, arena);
	seen->tls_group = take_string(buf, arena);
	seen->tls_exchange_bits = (unsigned)buf_varint(buf);
	decode_chain(buf, arena, seen);
}

void
fact_encode_session(struct strbuf *out, const struct smtp_observation *seen)
{
	strbuf_add_u8(out, SESSION_VERSION);
	strbuf_add_u8(out, (uint8_t)seen->end);
	strbuf_add_u8(out, (uint8_t)seen->stage);
	strbuf_add_u8(out, session_flags(seen));
	strbuf_add_varint(out, (uint64_t)seen->seen_at);
	strbuf_add_varint(out, seen->connect_ms);
	strbuf_add_varint(out, seen->greeting_ms);
	strbuf_add_varint(out, seen->total_ms);
	encode_heard(out, &seen->greeting);
	encode_heard(out, &seen->ehlo);
	encode_heard(out, &seen->starttls);
	encode_heard(out, &seen->ehlo_again);
	encode_tls(out, seen);
	strbuf_add_u8(out, seen->local.family);
	if (seen->local.family != 0)
		strbuf_add(out, seen->local.octets, ip_size(&seen->local));
}

static void
decode_local(struct buf *buf, struct ip *out)
{
	uint8_t family = buf_u8(buf);

	if (family != 0) /* there was a connection */
		take_ip(buf, family, out);
}

bool
fact_decode_session(
    const void *bytes, size_t length, struct arena *arena, struct smtp_observation *seen_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t version = buf_u8(&buf), end = buf_u8(&buf), stage = buf_u8(&buf);
	uint8_t flags = buf_u8(&buf);

	memset(seen_out, 0, sizeof *seen_out);
	if (version != SESSION_VERSION || end >= SMTP_END_COUNT || stage >= SMTP_STAGE_COUNT)
		return false;
	seen_out->end = end;
	seen_out->stage = stage;
	set_session_flags(seen_out, flags);
	seen_out->seen_at = (int64_t)buf_varint(&buf);
	seen_out->connect_ms = (uint32_t)buf_varint(&buf);
	seen_out->greeting_ms = (uint32_t)buf_varint(&buf);
	seen_out->total_ms = (uint32_t)buf_varint(&buf);
	decode_heard(&buf, arena, &seen_out->greeting);
	decode_heard(&buf, arena, &seen_out->ehlo);
	decode_heard(&buf, arena, &seen_out->starttls);
	decode_heard(&buf, arena, &seen_out->ehlo_again);
	decode_tls(&buf, arena, seen_out);
	decode_local(&buf, &seen_out->local);
	return !buf.failed;
}
