/* Facts to bytes and back. What is written last in a fact may be added to by later versions. */
#include "fact/codec.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "fact/codec_parts.h"
#include "fact/looks.h"
#include "smtp/observation.h"

#include <string.h>

enum {
	KIND_CERTIFICATE = 'C',
	SESSION_VERSION = 3,
	SESSION_VERSION_OLD = 2,   /* without witnesses */
	SESSION_VERSION_FORMS = 4, /* of visits that have some */
	SESSION_VERSION_BUSY = 5,  /* seen while the scanner was late; with forms, perhaps none */
};

void
fact_key_dns(struct strbuf *out, const char *name, enum dns_type type)
{
	strbuf_add_u8(out, FACT_KEY_DNS);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_string(out, name);
}

void
fact_key_session(struct strbuf *out, enum session_look look, const struct ip *ip, const char *name)
{
	strbuf_add_u8(out, (uint8_t)look_row(look)->key);
	strbuf_add_u8(out, ip->family);
	strbuf_add(out, ip->octets, ip_size(ip));
	if (look_row(look)->about != ABOUT_ADDRESS)
		strbuf_add_string(out, name);
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

	if (buf_u8(&buf) != FACT_KEY_DNS)
		return false;
	*type_out = (enum dns_type)buf_u16(&buf);
	rest_of_key(&buf, name_out, name_length_out);
	return !buf.failed;
}

static bool
take_look(struct buf *buf, enum session_look *out)
{
	uint8_t kind = buf_u8(buf);

	for (int look = 0; look < LOOK_COUNT; look++)
		if ((uint8_t)look_row((enum session_look)look)->key == kind) {
			*out = (enum session_look)look;
			return !buf->failed;
		}
	return false;
}

bool
fact_key_read_session(const void *key, size_t length, enum session_look *look_out,
    struct ip *ip_out, const char **name_out, size_t *name_length_out)
{
	struct buf buf = buf_over(key, length);

	if (!take_look(&buf, look_out))
		return false;
	codec_take_ip(&buf, buf_u8(&buf), ip_out);
	rest_of_key(&buf, name_out, name_length_out);
	return !buf.failed;
}

static void
encode_heard(struct strbuf *out, const struct smtp_heard *heard)
{
	strbuf_add_u16(out, (uint16_t)heard->code);
	strbuf_add_u8(out,
	    (uint8_t)((heard->bare_lf ? 1 : 0) | (heard->mixed_codes ? 2 : 0) |
		(heard->long_line ? 4 : 0) | (heard->uncoded_line ? 8 : 0)));
	codec_add_string(out, heard->text);
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
	out->uncoded_line = (flags & 8) != 0;
	out->text = codec_take_string(buf, arena);
}

enum {
	FLAG_ONLY_HELO = 1,
	FLAG_OFFERS_STARTTLS = 2,
	FLAG_EARLY_OCTETS = 4,
	FLAG_SECURE = 8,
	FLAG_COMPRESSED = 16,
	FLAG_SECURE_RENEGOTIATION = 32,
	FLAG_EXTENDED_MASTER_SECRET = 64,
	FLAG_INJECTED = 128,
};

static uint8_t
session_flags(const struct smtp_observation *seen)
{
	unsigned flags = (seen->only_helo ? FLAG_ONLY_HELO : 0u) |
	    (seen->offers_starttls ? FLAG_OFFERS_STARTTLS : 0u) |
	    (seen->early_octets ? FLAG_EARLY_OCTETS : 0u) | (seen->secure ? FLAG_SECURE : 0u) |
	    (seen->tls_compressed ? FLAG_COMPRESSED : 0u) |
	    (seen->tls_secure_renegotiation ? FLAG_SECURE_RENEGOTIATION : 0u) |
	    (seen->tls_extended_master_secret ? FLAG_EXTENDED_MASTER_SECRET : 0u) |
	    (seen->injected ? FLAG_INJECTED : 0u);

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
	seen->injected = (flags & FLAG_INJECTED) != 0;
}

/* Certificates are facts of their own, for many servers share them. */
static void
encode_tls(struct strbuf *out, const struct smtp_observation *seen)
{
	codec_add_string(out, seen->tls_error);
	codec_add_string(out, seen->tls_version);
	codec_add_string(out, seen->tls_cipher);
	codec_add_string(out, seen->tls_group);
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
	seen->tls_error = codec_take_string(buf, arena);
	seen->tls_version = codec_take_string(buf, arena);
	seen->tls_cipher = codec_take_string(buf, arena);
	seen->tls_group = codec_take_string(buf, arena);
	seen->tls_exchange_bits = (unsigned)buf_varint(buf);
	decode_chain(buf, arena, seen);
}

/* A recipient that is not named is none; one that is has at least an octet. */
static void
encode_forms(struct strbuf *out, const struct smtp_observation *seen)
{
	strbuf_add_varint(out, seen->form_count);
	for (size_t i = 0; i < seen->form_count; i++) {
		const struct smtp_form_seen *form = &seen->forms[i];

		codec_add_string(out, form->form.name);
		codec_add_string(out, form->form.from);
		codec_add_string(out, form->form.to == NULL ? "" : form->form.to);
		encode_heard(out, &form->mail);
		encode_heard(out, &form->rcpt);
	}
}

static void
decode_forms(struct buf *buf, struct arena *arena, struct smtp_observation *seen)
{
	uint64_t count = buf_varint(buf);
	struct smtp_form_seen *forms;

	if (count > SMTP_FORMS_MAX) {
		buf->failed = true;
		return;
	}
	forms = arena_zeroed(arena, (size_t)count, sizeof *forms);
	for (size_t i = 0; i < count; i++) {
		const char *to;

		forms[i].form.name = codec_take_string(buf, arena);
		forms[i].form.from = codec_take_string(buf, arena);
		to = codec_take_string(buf, arena);
		forms[i].form.to = *to == '\0' ? NULL : to;
		decode_heard(buf, arena, &forms[i].mail);
		decode_heard(buf, arena, &forms[i].rcpt);
	}
	seen->forms = forms;
	seen->form_count = (size_t)count;
}

static uint8_t
session_version(const struct smtp_observation *seen)
{
	if (seen->scanner_busy)
		return SESSION_VERSION_BUSY;
	return seen->form_count > 0 ? SESSION_VERSION_FORMS : SESSION_VERSION;
}

void
fact_encode_session(struct strbuf *out, const struct smtp_observation *seen)
{
	uint8_t version = session_version(seen);

	strbuf_add_u8(out, version);
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
	strbuf_add_varint(out, seen->witnesses);
	if (version >= SESSION_VERSION_FORMS)
		encode_forms(out, seen);
}

static void
decode_local(struct buf *buf, struct ip *out)
{
	uint8_t family = buf_u8(buf);

	if (family != 0) /* there was a connection */
		codec_take_ip(buf, family, out);
}

bool
fact_decode_session(
    const void *bytes, size_t length, struct arena *arena, struct smtp_observation *seen_out)
{
	struct buf buf = buf_over(bytes, length);
	uint8_t version = buf_u8(&buf), end = buf_u8(&buf), stage = buf_u8(&buf);
	uint8_t flags = buf_u8(&buf);

	memset(seen_out, 0, sizeof *seen_out);
	if (version < SESSION_VERSION_OLD || version > SESSION_VERSION_BUSY ||
	    end >= SMTP_END_COUNT || stage >= SMTP_STAGE_COUNT)
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
	if (version != SESSION_VERSION_OLD)
		seen_out->witnesses = (unsigned)buf_varint(&buf);
	if (version >= SESSION_VERSION_FORMS)
		decode_forms(&buf, arena, seen_out);
	seen_out->scanner_busy = version == SESSION_VERSION_BUSY;
	return !buf.failed;
}
