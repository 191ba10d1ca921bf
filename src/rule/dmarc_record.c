/* DMARC: reading a record. */
#include "rule/dmarc_record.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <string.h>
#include <strings.h>

static bool
is_blank(char octet)
{
	return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

static size_t
skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && is_blank(text[at]))
		at++;
	return at;
}

bool
dmarc_record_is(const char *text, size_t length)
{
	size_t at = 0;

	if (length == 0 || ascii_lower(text[at++]) != 'v') /* tag names have no letter case */
		return false;
	at = skip_blanks(text, length, at);
	if (at == length || text[at++] != '=')
		return false;
	at = skip_blanks(text, length, at);
	if (length - at < 6 || memcmp(text + at, "DMARC1", 6) != 0)
		return false;
	at = skip_blanks(text, length, at + 6);
	return at == length || text[at] == ';';
}

/* ---- places of reports */

/* obs-dmarc-report-size = "!" 1*DIGIT [ "k" / "m" / "g" / "t" ] (RFC 9989 4.8) */
static bool
is_size(const char *text, size_t length)
{
	size_t at = 1;

	while (at < length && ascii_is_digit(text[at]))
		at++;
	if (at == 1)
		return false;
	if (at < length && text[at] != '\0' && strchr("kmgt", ascii_lower(text[at])) != NULL)
		at++;
	return at == length;
}

/* A mark of exclamation must be encoded in a URI, so a plain one begins the size, or spoils it. */
static void
take_uri(const char *text, size_t length, struct arena *arena, struct dmarc_uri *out)
{
	const char *mark = memchr(text, '!', length);
	bool sized = mark != NULL && is_size(mark, length - (size_t)(mark - text));
	struct uri uri = { .kind = URI_BAD };

	if (sized)
		length = (size_t)(mark - text);
	if (sized || mark == NULL)
		uri_parse(text, length, &uri);
	*out = (struct dmarc_uri){
		.text = arena_string_n(arena, text, length),
		.kind = uri.kind,
		.host = uri.kind == URI_MAILTO ? arena_string(arena, uri.host) : NULL,
		.sized = sized,
	};
}

/* dmarc-uri *(*WSP "," *WSP dmarc-uri); an empty place is no place. */
static void
take_uris(const struct tag *tag, struct arena *arena, struct dmarc_uris *out)
{
	struct dmarc_uri uris[DMARC_URIS_MAX];
	const char *at = tag->value, *end = at + tag->value_length;

	while (at < end) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma == NULL ? end : comma;

		while (at < stop && is_blank(*at))
			at++;
		while (stop > at && is_blank(stop[-1]))
			stop--;
		if (at < stop && out->count == DMARC_URIS_MAX)
			out->more++;
		else if (at < stop)
			take_uri(at, (size_t)(stop - at), arena, &uris[out->count++]);
		at = comma == NULL ? end : comma + 1;
	}
	out->at = arena_copy(arena, uris, out->count * sizeof *uris);
}

static void
read_uris(
    const struct tag_list *tags, const char *name, struct arena *arena, struct dmarc_uris *out)
{
	out->tag = tag_list_find_any_case(tags, name);
	if (out->tag == NULL)
		return;
	take_uris(out->tag, arena, out);
	for (size_t i = 0; i < out->count; i++) {
		out->valid += out->at[i].kind != URI_BAD;
		out->mail += out->at[i].kind == URI_MAILTO;
	}
}

/* ---- policies */

static const char *const policy_texts[] = {
	[DMARC_POLICY_NONE] = "none",
	[DMARC_QUARANTINE] = "quarantine",
	[DMARC_REJECT] = "reject",
};

/* In any letter case. */
static enum dmarc_policy
policy_of(const struct tag *tag)
{
	for (int i = DMARC_POLICY_NONE; tag != NULL && i <= DMARC_REJECT; i++)
		if (strcasecmp(tag->value, policy_texts[i]) == 0 &&
		    tag->value_length == strlen(policy_texts[i]))
			return (enum dmarc_policy)i;
	return DMARC_NO_POLICY;
}

static enum dmarc_policy
read_policy(const struct tag_list *tags, const char *name, const struct tag **bad_out)
{
	const struct tag *tag = tag_list_find_any_case(tags, name);
	enum dmarc_policy policy = policy_of(tag);

	if (policy == DMARC_NO_POLICY)
		*bad_out = tag;
	return policy;
}

void
dmarc_record_parse(const char *text, size_t length, struct arena *arena, struct dmarc_record *out)
{
	const struct tag *test;

	memset(out, 0, sizeof *out);
	tag_list_parse(arena, text, length, &out->tags);
	out->p = policy_of(tag_list_find_any_case(&out->tags, "p"));
	out->sp = read_policy(&out->tags, "sp", &out->bad_sp);
	out->np = read_policy(&out->tags, "np", &out->bad_np);
	test = tag_list_find_any_case(&out->tags, "t");
	out->testing = test != NULL && strcasecmp(test->value, "y") == 0;
	read_uris(&out->tags, "rua", arena, &out->rua);
	read_uris(&out->tags, "ruf", arena, &out->ruf);
}

bool
dmarc_record_policies_valid(const struct dmarc_record *record)
{
	return record->p != DMARC_NO_POLICY && record->bad_sp == NULL && record->bad_np == NULL;
}

enum dmarc_policy
dmarc_record_policy(const struct dmarc_record *record, enum dmarc_name name)
{
	if (!dmarc_record_policies_valid(record))
		return record->rua.valid > 0 ? DMARC_POLICY_NONE : DMARC_NO_POLICY;
	if (name == DMARC_NONEXISTENT && record->np != DMARC_NO_POLICY)
		return record->np;
	if (name != DMARC_THE_NAME && record->sp != DMARC_NO_POLICY)
		return record->sp;
	return record->p;
}

enum dmarc_policy
dmarc_policy_lowered(enum dmarc_policy policy)
{
	return dmarc_policy_enforced(policy) ? policy - 1 : policy;
}

bool
dmarc_policy_enforced(enum dmarc_policy policy)
{
	return policy >= DMARC_QUARANTINE;
}

const char *
dmarc_policy_text(enum dmarc_policy policy)
{
	return policy_texts[policy];
}
