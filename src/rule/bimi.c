/* BIMI: the record alone; nothing is fetched. */
#include "rule/bimi.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "rule/text_records.h"
#include "rule/uri.h"
#include "wire/tag_list.h"

#include <string.h>
#include <strings.h>

bool
bimi_record_is(const char *text, size_t length)
{
	static const char start[] = "v=BIMI1";
	enum { START = sizeof start - 1 };

	return length >= START && memcmp(text, start, START) == 0 &&
	    (length == START || memchr("; \t", text[START], 3) != NULL);
}

/* Empty, or one https: URI. */
static const char *
location_problem(const struct tag *tag, struct arena *arena)
{
	struct uri uri;

	if (tag == NULL || tag->value_length == 0)
		return NULL;
	uri_parse(tag->value, tag->value_length, &uri);
	return uri.kind == URI_HTTPS
	    ? NULL
	    : arena_printf(arena, "%s=%.80s is no https: URI", tag->name, tag->value);
}

static const char *
preference_problem(const struct tag *tag, struct arena *arena)
{
	if (tag == NULL || strcasecmp(tag->value, "brand") == 0 ||
	    strcasecmp(tag->value, "personal") == 0)
		return NULL;
	return arena_printf(arena, "avp=%.40s is neither brand nor personal", tag->value);
}

/* Names as selectors have them: letters, digits and hyphens, with commas between. */
static const char *
selectors_problem(const struct tag *tag, struct arena *arena)
{
	for (size_t i = 0; tag != NULL && i < tag->value_length; i++)
		if (!ascii_is_letter(tag->value[i]) && !ascii_is_digit(tag->value[i]) &&
		    memchr("-, \t", tag->value[i], 4) == NULL)
			return arena_printf(arena, "lps=%.40s is no list of names", tag->value);
	return NULL;
}

static const char *
list_problem(const struct tag_list *tags, struct arena *arena)
{
	if (tags->malformed > 0)
		return arena_printf(arena, "`%.60s` is no tag=value", tags->first_malformed.text);
	if (tags->empty > 0)
		return "an empty part between semicolons";
	for (size_t i = 0; i < tags->count; i++)
		if (tags->tags[i].repeated)
			return arena_printf(arena, "%s= is given twice", tags->tags[i].name);
	return tags->too_many ? "too many tags" : NULL;
}

/* The first thing that is wrong. A record without l= stands only for others, which lps= names. */
static const char *
record_problem(const struct tag_list *tags, struct arena *arena)
{
	const struct tag *l = tag_list_find(tags, "l"), *lps = tag_list_find(tags, "lps");
	const char *problems[] = {
		list_problem(tags, arena),
		l == NULL && lps == NULL ? "l= is missing" : NULL,
		location_problem(l, arena),
		location_problem(tag_list_find(tags, "a"), arena),
		preference_problem(tag_list_find(tags, "avp"), arena),
		selectors_problem(lps, arena),
	};

	for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++)
		if (problems[i] != NULL)
			return problems[i];
	return NULL;
}

void
bimi_record_parse(const char *text, size_t length, struct arena *arena, struct bimi_result *out)
{
	const struct tag *location, *evidence;
	struct tag_list tags;

	tag_list_parse(arena, text, length, &tags);
	location = tag_list_find(&tags, "l");
	evidence = tag_list_find(&tags, "a");
	out->problem = record_problem(&tags, arena);
	out->declined = out->problem == NULL && location != NULL && location->value_length == 0 &&
	    (evidence == NULL || evidence->value_length == 0);
}

void
bimi_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct bimi_result *out)
{
	struct text_records found;

	memset(out, 0, sizeof *out);
	out->txt = facts_dns(facts, arena_printf(arena, "default._bimi.%s", domain), DNS_TXT);
	if (out->txt == NULL || out->txt->status != DNS_DATA)
		return;
	found = text_records_of(out->txt, bimi_record_is);
	out->records = found.count;
	if (found.count == 0)
		return;
	out->text = found.first->text;
	out->length = found.first->length;
	bimi_record_parse(out->text, out->length, arena, out);
}
