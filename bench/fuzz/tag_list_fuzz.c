/*
 * A tag=value list, and its two readers. The tags stand where their offsets say; written again they
 * are the same list. A DKIM key that is called sound has a key; what counts as a DMARC record has
 * v=DMARC1 as its first tag, and the other way round.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/dkim_record.h"
#include "rule/dmarc_record.h"
#include "wire/tag_list.h"

#include <string.h>
#include <strings.h>

static bool
is_blank(char octet)
{
	return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

static void
check_tag(const struct tag *tag, const char *text, size_t length)
{
	size_t name_length = strlen(tag->name);

	must(tag->offset + name_length < tag->value_offset);
	must(tag->value_offset + tag->value_length <= length);
	must(memcmp(text + tag->offset, tag->name, name_length) == 0);
	must(memcmp(text + tag->value_offset, tag->value, tag->value_length) == 0);
	must(tag->value[tag->value_length] == '\0');
	must(memchr(tag->value, ';', tag->value_length) == NULL);
	must(!tag->repeated || tag->repeated_any_case);
	if (tag->value_length > 0)
		must(!is_blank(tag->value[0]) && !is_blank(tag->value[tag->value_length - 1]));
}

static void
check_list(const struct tag_list *list, const char *text, size_t length)
{
	size_t repeated = 0, upper_case = 0;

	must(list->count <= TAG_LIST_MAX && (!list->too_many || list->count == TAG_LIST_MAX));
	must((list->malformed > 0) == (list->first_malformed.text != NULL));
	must((list->empty > 0) == (list->first_empty.text != NULL));
	must(!list->trailing_blank || list->trailing_semicolon);
	for (size_t i = 0; i < list->count; i++) {
		const struct tag *tag = &list->tags[i];

		check_tag(tag, text, length);
		must(i == 0 || tag[-1].value_offset + tag[-1].value_length < tag->offset);
		must(tag->repeated == (tag_list_find(list, tag->name) != tag));
		must(tag->repeated_any_case == (tag_list_find_any_case(list, tag->name) != tag));
		repeated += tag->repeated;
		upper_case += tag->upper_case;
	}
	must(list->repeated == repeated && list->upper_case == upper_case);
}

static void
check_rewritten(const struct tag_list *list, struct arena *arena)
{
	struct strbuf text = { 0 };
	struct tag_list again;

	for (size_t i = 0; i < list->count; i++) {
		strbuf_printf(&text, "%s%s = ", i > 0 ? "; " : "", list->tags[i].name);
		strbuf_add(&text, list->tags[i].value, list->tags[i].value_length);
	}
	tag_list_parse(arena, text.at, text.length, &again);
	must(again.count == list->count && again.malformed == 0 && again.empty == 0);
	for (size_t i = 0; i < list->count; i++) {
		must(strcmp(again.tags[i].name, list->tags[i].name) == 0);
		must(again.tags[i].value_length == list->tags[i].value_length);
		must(memcmp(again.tags[i].value, list->tags[i].value, list->tags[i].value_length) ==
		    0);
	}
	strbuf_free(&text);
}

static void
check_dkim(const char *text, size_t length, const struct tag_list *list, struct arena *arena)
{
	struct dkim_record record;
	const char *unusable;

	dkim_record_parse(arena, text, length, &record);
	unusable = dkim_record_unusable(&record);
	must((record.fault == DKIM_SOUND) == (record.problem == NULL));
	must(record.problem == NULL || record.problem[0] != '\0');
	must(record.key_type != NULL);
	if (record.fault == DKIM_UNUSABLE) {
		must(unusable == record.problem);
		return;
	}
	must(list->malformed == 0 && list->repeated == 0 && !list->too_many);
	must(tag_list_find(list, "p") != NULL);
	must(record.revoked == (tag_list_find(list, "p")->value_length == 0));
	must(!record.revoked || unusable != NULL);
	must((record.hashes == DKIM_HASHES_ANY) == (tag_list_find(list, "h") == NULL));
	must(!record.not_for_mail || tag_list_find(list, "s") != NULL);
	must(!(record.testing || record.strict) || tag_list_find(list, "t") != NULL);
	if (!record.revoked && record.kind != DKIM_KEY_UNKNOWN)
		must(record.key.fault == PUBLIC_KEY_SOUND && record.key.bits > 0);
	if (unusable == NULL && record.kind == DKIM_KEY_RSA)
		must(record.key.bits >= DKIM_RSA_LEAST_BITS && !dkim_rsa_is_odd(&record.key));
	if (unusable == NULL && record.kind == DKIM_KEY_ED25519)
		must(record.key.bits == 256);
}

static void
check_dmarc(const char *text, size_t length, const struct tag_list *list)
{
	const struct tag *first = list->count > 0 ? &list->tags[0] : NULL;
	bool is_record = first != NULL && first->offset == 0 && strcasecmp(first->name, "v") == 0 &&
	    first->value_length == 6 && memcmp(first->value, "DMARC1", 6) == 0;

	must(dmarc_record_is(text, length) == is_record);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct arena arena = { 0 };
	struct tag_list list;

	tag_list_parse(&arena, text, size, &list);
	check_list(&list, text, size);
	check_rewritten(&list, &arena);
	check_dkim(text, size, &list, &arena);
	check_dmarc(text, size, &list);
	arena_free(&arena);
	return 0;
}
