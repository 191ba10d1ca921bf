/* DKIM: key records under the selectors of the row. */
#include "rule/dkim.h"

#include "base/arena.h"

#include <string.h>

static void
unusable(struct dkim_key *key, const char *problem)
{
	key->fault = DKIM_UNUSABLE;
	key->problem = problem;
}

static void
untidy(struct dkim_key *key, const char *problem)
{
	if (key->fault == DKIM_SOUND) {
		key->fault = DKIM_UNTIDY;
		key->problem = problem;
	}
}

/* The damage that zone editors do gets its own words: it is what people can act on. */
static const char *
malformed_text(struct arena *arena, const struct tag_list *list)
{
	const char *part = list->first_malformed.text;

	if (strstr(part, "\\") != NULL)
		return "a backslash is left from the zone editor: the record must hold plain "
		       "semicolons";
	if (strchr(part, '"') != NULL)
		return "quotation marks stand inside the record: the zone editor added them";
	return arena_printf(arena, "`%.60s` is no tag=value", part);
}

static void
check_list(struct arena *arena, const struct tag_list *list, struct dkim_key *key)
{
	const struct tag *version = tag_list_find(list, "v");

	if (list->too_many)
		unusable(key, "it has far too many tags");
	else if (list->malformed > 0)
		unusable(key, malformed_text(arena, list));
	else if (list->repeated > 0)
		unusable(key, "a tag is given twice");
	else if (version != NULL && strcmp(version->value, "DKIM1") != 0)
		unusable(
		    key, arena_printf(arena, "v=%.20s: it must be exactly DKIM1", version->value));
	else if (version != NULL && version != &list->tags[0])
		unusable(key, "v=DKIM1 must be the first tag");
	else if (list->empty > 0 || list->trailing_blank)
		untidy(key, "an empty part, or blanks behind the last semicolon");
}

/* RFC 6376 3.6.1, RFC 8301, RFC 8463: the octets of p= must be a key of the type that k= names. */
static void
read_key(struct arena *arena, const struct tag *p, struct dkim_key *key)
{
	size_t text_length, length;
	const char *text = tag_list_squeeze(arena, p->value, p->value_length, &text_length);
	uint8_t *octets = base64_decode_strict(arena, text, text_length, &length);

	if (octets == NULL) {
		unusable(key,
		    strstr(text, "BEGIN") != NULL ? "p= holds the lines of a PEM file"
						  : "p= is no base64");
		return;
	}
	if (strcmp(key->key_type, "rsa") == 0)
		public_key_decode_rsa(octets, length, &key->key);
	else if (strcmp(key->key_type, "ed25519") == 0)
		public_key_decode_ed25519(octets, length, &key->key);
	else
		return; /* a key type of its own: not a matter of syntax */
	if (key->key.fault != PUBLIC_KEY_SOUND)
		unusable(key, arena_printf(arena, "p=: %s", public_key_fault_text(key->key.fault)));
}

void
dkim_key_parse(struct arena *arena, const char *text, size_t length, struct dkim_key *key)
{
	struct tag_list list;
	const struct tag *p, *k;

	key->fault = DKIM_SOUND;
	key->problem = NULL;
	key->revoked = false;
	tag_list_parse(arena, text, length, &list);
	k = tag_list_find(&list, "k");
	key->key_type = k == NULL ? "rsa" : k->value;
	check_list(arena, &list, key);
	if (key->fault == DKIM_UNUSABLE)
		return;
	p = tag_list_find(&list, "p");
	if (p == NULL) {
		unusable(key, "p= is missing");
		return;
	}
	key->revoked = p->value_length == 0;
	if (!key->revoked)
		read_key(arena, p, key);
}

static void
look_up_key(struct facts *facts, const char *domain, struct arena *arena, struct dkim_key *key)
{
	const char *name = arena_printf(arena, "%s._domainkey.%s", key->selector, domain);

	key->answer = facts_dns_confirmed(facts, name, DNS_TXT);
	if (key->answer == NULL || key->answer->status != DNS_DATA)
		return;
	key->records = key->answer->count;
	key->text = key->answer->records[0].text;
	key->length = key->answer->records[0].length;
	dkim_key_parse(arena, key->text, key->length, key);
}

static char *
next_word(const char **text, struct arena *arena)
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = strcspn(start, " \t");

	*text = start + length;
	return length == 0 ? NULL : arena_string_n(arena, start, length);
}

static void
lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text - 'A' + 'a');
}

static bool
is_usable(const struct dkim_key *key)
{
	return key->text != NULL && key->fault != DKIM_UNUSABLE && !key->revoked;
}

void
dkim_evaluate(struct facts *facts, const char *domain, const char *selectors, struct arena *arena,
    struct dkim_result *out)
{
	unsigned unknown = facts->unknown;
	char *selector;

	memset(out, 0, sizeof *out);
	out->keys = arena_zeroed(arena, DKIM_SELECTORS_MAX, sizeof *out->keys);
	while (selectors != NULL && out->count < DKIM_SELECTORS_MAX &&
	    (selector = next_word(&selectors, arena)) != NULL) {
		struct dkim_key *key = &out->keys[out->count++];

		lower(selector);
		key->selector = selector;
		look_up_key(facts, domain, arena, key);
		out->usable += is_usable(key);
	}
	if (out->usable == 0 && facts->unknown == unknown)
		out->node = facts_dns_confirmed(
		    facts, arena_printf(arena, "_domainkey.%s", domain), DNS_TXT);
}
