/* What a domain publishes, in a form that two nights can be compared by. */
#include "rule/key_values.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/strbuf.h"
#include "cert/served.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	VALUE_MAX = 4096,   /* octets of a record that are kept: as long as a record can be read */
	DIGEST_OCTETS = 16, /* of 32: chance makes no two alike, and the rest is only longer */
};

static const char *const texts[KEY_VALUES] = {
#define X(name, text) [name] = text,
	KEY_VALUE_MAP(X)
#undef X
};

const char *
key_value_text(enum key_value value)
{
	return texts[value];
}

const char *
key_values_digest(const void *octets, size_t length, struct arena *arena)
{
	uint8_t digest[CERT_DIGEST_SIZE];

	cert_digest(octets, length, digest);
	return hex_text(arena, digest, DIGEST_OCTETS);
}

/* Plain ASCII: what is none is \xNN, so that every reader of a database can have it. */
static const char *
plain_text(const char *text, size_t length, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *kept;

	if (length > VALUE_MAX)
		length = VALUE_MAX;
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)text[i];

		if (octet < ' ' || octet > '~')
			strbuf_printf(&out, "\\x%02x", octet);
		else
			strbuf_add_byte(&out, text[i]);
	}
	kept = arena_string_n(arena, out.at != NULL ? out.at : "", out.length);
	strbuf_free(&out);
	return kept;
}

static const char *
take_text(struct strbuf *text, struct arena *arena)
{
	const char *kept = plain_text(text->at != NULL ? text->at : "", text->length, arena);

	strbuf_free(text);
	return kept;
}

static const char *
mx_value(const struct evaluation *e, struct arena *arena)
{
	struct strbuf text = { 0 };

	if (!dns_is_answer(e->mx.mx))
		return NULL;
	if (e->mx.null_mx)
		strbuf_printf(&text, "%u .", e->mx.null_preference);
	for (size_t i = 0; !e->mx.implicit && i < e->mx.host_count; i++)
		strbuf_printf(&text, "%s%u %s", text.length > 0 ? ", " : "",
		    e->mx.hosts[i].preference, e->mx.hosts[i].name);
	return take_text(&text, arena);
}

static const char *
spf_value(const struct evaluation *e, struct arena *arena)
{
	if (!dns_is_answer(e->spf.answer))
		return NULL;
	if (e->spf.records > 1)
		return arena_printf(arena, "%zu records", e->spf.records);
	return e->spf.records == 0 ? "" : plain_text(e->spf.text, e->spf.length, arena);
}

/* The digest of the key's octets; a record without a key that can be read has that of its text. */
static const char *
dkim_key_value(const struct dkim_key *key, struct arena *arena)
{
	if (key->record.revoked)
		return arena_printf(arena, "%s:revoked", key->selector);
	return arena_printf(arena, "%s:%s", key->selector,
	    key->record.octets != NULL
		? key_values_digest(key->record.octets, key->record.octet_count, arena)
		: key_values_digest(key->text, key->length, arena));
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A selector that had no answer may have any key: then nothing is said of all. */
static const char *
dkim_value(const struct evaluation *e, struct arena *arena)
{
	const struct dkim_result *dkim = &e->dkim;
	const char **keys = arena_zeroed(arena, dkim->count, sizeof *keys);
	struct strbuf text = { 0 };
	size_t count = 0;

	if (dkim->left_out != NULL)
		return NULL;
	for (size_t i = 0; i < dkim->count; i++) {
		const struct dkim_key *key = &dkim->keys[i];

		if (key->answer == NULL || !dns_is_answer(key->answer))
			return NULL;
		if (!key->wildcard && key->text != NULL)
			keys[count++] = dkim_key_value(key, arena);
	}
	if (count > 1)
		qsort(keys, count, sizeof *keys, compare_texts);
	for (size_t i = 0; i < count; i++)
		strbuf_printf(&text, "%s%s", i > 0 ? " " : "", keys[i]);
	return take_text(&text, arena);
}

static const char *
dmarc_value(const struct evaluation *e, struct arena *arena)
{
	const struct dmarc_result *dmarc = &e->dmarc;
	const char *text;

	if (dmarc->applying == NULL)
		return dmarc->walk.transient != NULL || dmarc->walk.count == 0 ? NULL : "";
	text = plain_text(dmarc->applying->text, dmarc->applying->length, arena);
	return dmarc->location == DMARC_OWN
	    ? text
	    : arena_printf(arena, "%s (of %s)", text, dmarc->applying->name);
}

static const char *
mta_sts_value(const struct evaluation *e, struct arena *arena)
{
	const struct mta_sts_result *mta_sts = &e->mta_sts;

	if (mta_sts->txt == NULL || !dns_is_answer(mta_sts->txt))
		return NULL;
	if (mta_sts->records > 1)
		return arena_printf(arena, "%zu records", mta_sts->records);
	return mta_sts->id == NULL ? "" : plain_text(mta_sts->id, strlen(mta_sts->id), arena);
}

void
key_values_of(const struct evaluation *e, struct arena *arena, struct key_values *values_out)
{
	memset(values_out, 0, sizeof *values_out);
	if (e->domain == NULL || e->missing || e->mx.mx == NULL)
		return;
	values_out->at[KEY_MX] = mx_value(e, arena);
	values_out->at[KEY_SPF] = spf_value(e, arena);
	values_out->at[KEY_DKIM] = dkim_value(e, arena);
	values_out->at[KEY_DMARC] = dmarc_value(e, arena);
	values_out->at[KEY_MTA_STS] = mta_sts_value(e, arena);
	if (mta_sts_fetched(&e->mta_sts))
		values_out->policy =
		    key_values_digest(e->mta_sts.look->body, e->mta_sts.look->length, arena);
}
