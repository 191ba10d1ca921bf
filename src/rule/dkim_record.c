/* DKIM key records. */
#include "rule/dkim_record.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "wire/tag_list.h"

#include <string.h>
#include <strings.h>

enum {
	STRING_MAX = 255, /* octets of one string of a TXT record: editors cut there */
	SHOWN = 60,       /* octets of a record that a problem quotes */
};

static const char backslashes[] =
    "a backslash is left from the zone editor: the record must hold plain semicolons";
static const char quotes[] = "quotation marks stand inside the record: the zone editor added them";

static void
unusable(struct dkim_record *record, const char *problem)
{
	record->fault = DKIM_UNUSABLE;
	record->problem = problem;
}

static void
untidy(struct dkim_record *record, const char *problem)
{
	if (record->fault == DKIM_SOUND) {
		record->fault = DKIM_UNTIDY;
		record->problem = problem;
	}
}

/* ---- what zone editors do to a record gets its own words: it is what people can act on */

static bool
is_notes(const struct tag *tag)
{
	return strcmp(tag->name, "n") == 0; /* may hold whatever people write */
}

static const char *
editor_damage(const struct tag_list *list)
{
	const char *part = list->malformed > 0 ? list->first_malformed.text : "";

	if (strchr(part, '\\') != NULL)
		return backslashes;
	if (strchr(part, '"') != NULL)
		return quotes;
	for (size_t i = 0; i < list->count; i++) {
		const struct tag *tag = &list->tags[i];

		if (is_notes(tag))
			continue;
		if (tag->value_length > 0 && tag->value[tag->value_length - 1] == '\\')
			return backslashes;
		if (memchr(tag->value, '"', tag->value_length) != NULL)
			return quotes;
	}
	return NULL;
}

/* ---- the list */

static const char *
list_problem(struct arena *arena, const struct tag_list *list)
{
	const struct tag *version = tag_list_find(list, "v");
	const char *damage = editor_damage(list);

	if (damage != NULL)
		return damage;
	if (list->too_many)
		return "it has far too many tags";
	if (list->malformed > 0)
		return arena_printf(
		    arena, "`%.*s` is no tag=value", SHOWN, list->first_malformed.text);
	if (list->repeated > 0)
		return "a tag is given twice";
	if (version != NULL && strcmp(version->value, "DKIM1") != 0)
		return arena_printf(arena, "v=%.20s: it must be exactly DKIM1", version->value);
	if (version != NULL && version != &list->tags[0])
		return "v=DKIM1 must be the first tag";
	if (tag_list_find(list, "p") == NULL)
		return "p= is missing";
	return NULL;
}

/* ---- lists inside a value: words between colons, in either letter case */

static bool
has_word(const struct tag *tag, const char *word)
{
	const char *at = tag->value;

	for (;;) {
		size_t length = strcspn(at, ":"), start = strspn(at, " \t\r\n"), end = length;

		while (end > start && strchr(" \t\r\n", at[end - 1]) != NULL)
			end--;
		if (end > start && end - start == strlen(word) &&
		    strncasecmp(at + start, word, end - start) == 0)
			return true;
		if (at[length] == '\0')
			return false;
		at += length + 1;
	}
}

static enum dkim_hashes
read_hashes(const struct tag *h)
{
	if (h == NULL)
		return DKIM_HASHES_ANY;
	if (!has_word(h, "sha256"))
		return DKIM_HASHES_NO_SHA256;
	return has_word(h, "sha1") ? DKIM_HASHES_SHA1_TOO : DKIM_HASHES_SHA256;
}

static const char *
ignored_tags(struct arena *arena, const struct tag_list *list)
{
	static const char *const known[] = { "v", "k", "p", "h", "s", "t", "n" };
	const char *names = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const char *name = list->tags[i].name;
		size_t k = 0;

		while (k < sizeof known / sizeof known[0] && strcmp(known[k], name) != 0)
			k++;
		if (k < sizeof known / sizeof known[0])
			continue;
		names = arena_printf(arena, "%s%s%.20s", names == NULL ? "" : names,
		    names == NULL ? "" : ", ", name);
	}
	return names;
}

static void
read_constraints(struct arena *arena, const struct tag_list *list, struct dkim_record *out)
{
	const struct tag *s = tag_list_find(list, "s"), *t = tag_list_find(list, "t");

	out->hashes = read_hashes(tag_list_find(list, "h"));
	out->not_for_mail = s != NULL && !has_word(s, "email") && !has_word(s, "*");
	out->testing = t != NULL && has_word(t, "y");
	out->strict = t != NULL && has_word(t, "s");
	out->ignored = ignored_tags(arena, list);
}

/* ---- the key */

static void
read_type(struct arena *arena, const struct tag *k, struct dkim_record *out)
{
	static const char *const names[] = {
		[DKIM_KEY_RSA] = "rsa",
		[DKIM_KEY_ED25519] = "ed25519",
	};

	out->key_type =
	    k == NULL ? names[DKIM_KEY_RSA] : arena_printf(arena, "%.*s", SHOWN, k->value);
	out->kind = DKIM_KEY_RSA;
	while (out->kind != DKIM_KEY_UNKNOWN && strcasecmp(out->key_type, names[out->kind]) != 0)
		out->kind++;
	if (out->kind != DKIM_KEY_UNKNOWN && strcmp(out->key_type, names[out->kind]) != 0)
		untidy(out, "k= is not in lower case");
}

/* Where the text of a key ends as editors end it that know no second string. */
static bool
is_cut_at_a_string(const struct tag *p, size_t record_length)
{
	return record_length == STRING_MAX || p->value_length == STRING_MAX;
}

static const char *
base64_problem(const char *text, size_t length, const struct tag *p, size_t record_length)
{
	if (strstr(text, "-----") != NULL)
		return "p= holds the lines of a PEM file: what stands between them belongs there";
	if (is_cut_at_a_string(p, record_length))
		return "p= is cut at 255 octets: the zone editor dropped its second string";
	if (length % 4 != 0)
		return "p= is no base64: its length is no multiple of four, so some of it is lost";
	return "p= is no base64";
}

static const char *
key_problem(
    struct arena *arena, const struct public_key *key, const struct tag *p, size_t record_length)
{
	if (key->fault == PUBLIC_KEY_CUT_SHORT && is_cut_at_a_string(p, record_length))
		return "p= is cut at 255 octets: the zone editor dropped its second string";
	if (key->fault == PUBLIC_KEY_ED25519_SPKI)
		return arena_printf(arena,
		    "p= holds a SubjectPublicKeyInfo, where 32 octets alone belong: p=%s",
		    base64_encode(arena, key->raw, PUBLIC_KEY_ED25519_SIZE));
	return arena_printf(arena, "p=: %s", public_key_fault_text(key->fault));
}

/* RFC 6376 3.6.1, RFC 8301, RFC 8463: the octets of p= must be a key of the type that k= names. */
static void
read_key(struct arena *arena, const struct tag *p, size_t record_length, struct dkim_record *out)
{
	size_t text_length;
	const char *text = tag_list_squeeze(arena, p->value, p->value_length, &text_length);

	out->revoked = text_length == 0;
	if (out->revoked)
		return;
	out->octets = base64_decode_strict(arena, text, text_length, &out->octet_count);
	if (out->octets == NULL) {
		unusable(out, base64_problem(text, text_length, p, record_length));
		return;
	}
	if (out->kind == DKIM_KEY_RSA)
		public_key_decode_rsa(out->octets, out->octet_count, &out->key);
	else if (out->kind == DKIM_KEY_ED25519)
		public_key_decode_ed25519(out->octets, out->octet_count, &out->key);
	else
		return; /* a key type of its own: not a matter of syntax */
	if (out->key.fault != PUBLIC_KEY_SOUND)
		unusable(out, key_problem(arena, &out->key, p, record_length));
}

void
dkim_record_parse(struct arena *arena, const char *text, size_t length, struct dkim_record *out)
{
	struct tag_list list;
	const char *problem;

	memset(out, 0, sizeof *out);
	tag_list_parse(arena, text, length, &list);
	read_type(arena, tag_list_find(&list, "k"), out);
	problem = list_problem(arena, &list);
	if (problem != NULL) {
		unusable(out, problem);
		return;
	}
	if (list.empty > 0 || list.trailing_blank)
		untidy(out, "an empty part, or blanks behind the last semicolon");
	read_constraints(arena, &list, out);
	read_key(arena, tag_list_find(&list, "p"), length, out);
}

bool
dkim_rsa_is_odd(const struct public_key *key)
{
	return key->even_modulus || key->bad_exponent;
}

const char *
dkim_record_unusable(const struct dkim_record *record)
{
	if (record->fault == DKIM_UNUSABLE)
		return record->problem;
	if (record->revoked)
		return "the key is revoked";
	if (record->kind == DKIM_KEY_UNKNOWN)
		return "its key type is not known to verifiers";
	if (record->kind == DKIM_KEY_RSA && record->key.bits < DKIM_RSA_LEAST_BITS)
		return "its RSA key is shorter than 1024 bits";
	if (record->kind == DKIM_KEY_RSA && dkim_rsa_is_odd(&record->key))
		return "its RSA key cannot work";
	if (record->hashes == DKIM_HASHES_NO_SHA256)
		return "h= leaves out sha256";
	return record->not_for_mail ? "s= leaves out email" : NULL;
}
