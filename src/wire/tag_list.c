/* Splitting tag=value lists. */
#include "wire/tag_list.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <string.h>
#include <strings.h>

/* A stretch of the list. */
struct span {
	size_t start;
	size_t end;
};

static bool
is_blank(char octet)
{
	return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

static struct span
trimmed(const char *text, struct span span)
{
	while (span.start < span.end && is_blank(text[span.start]))
		span.start++;
	while (span.end > span.start && is_blank(text[span.end - 1]))
		span.end--;
	return span;
}

/* tag-name = ALPHA *( ALPHA / DIGIT / "_" ), RFC 6376 3.2 */
static bool
is_tag_name(const char *text, struct span span)
{
	if (span.start == span.end || !ascii_is_letter(text[span.start]))
		return false;
	for (size_t i = span.start; i < span.end; i++)
		if (!ascii_is_letter(text[i]) && text[i] != '_' && !ascii_is_digit(text[i]))
			return false;
	return true;
}

static bool
has_upper_case(const char *name)
{
	for (; *name != '\0'; name++)
		if (ascii_is_upper(*name))
			return true;
	return false;
}

static bool
has_odd_octets(const char *text, struct span span)
{
	for (size_t i = span.start; i < span.end; i++)
		if (!is_blank(text[i]) && (text[i] < 0x20 || text[i] > 0x7e))
			return true;
	return false;
}

static char *
copied(struct arena *arena, const char *text, struct span span)
{
	return arena_string_n(arena, text + span.start, span.end - span.start);
}

static void
note_part(struct arena *arena, const char *text, struct span span, size_t *count,
    struct tag_list_part *first)
{
	if ((*count)++ == 0)
		*first = (struct tag_list_part){ copied(arena, text, span), span.start };
}

/* Adds the tag to the list; the marks that compare look at those before it. */
static void
add_tag(struct arena *arena, const char *text, struct span name, struct span value,
    struct tag *tags, struct tag_list *out)
{
	struct tag *tag = &tags[out->count];

	*tag = (struct tag){
		.name = copied(arena, text, name),
		.value = copied(arena, text, value),
		.value_length = value.end - value.start,
		.offset = name.start,
		.value_offset = value.start,
		.odd_octets = has_odd_octets(text, value),
	};
	tag->upper_case = has_upper_case(tag->name);
	tag->repeated = tag_list_find(out, tag->name) != NULL;
	tag->repeated_any_case = tag_list_find_any_case(out, tag->name) != NULL;
	out->upper_case += tag->upper_case;
	out->repeated += tag->repeated;
	out->count++;
}

static void
take_part(
    struct arena *arena, const char *text, struct span part, struct tag *tags, struct tag_list *out)
{
	const char *equals = memchr(text + part.start, '=', part.end - part.start);
	size_t at = equals == NULL ? part.end : (size_t)(equals - text);
	struct span name = trimmed(text, (struct span){ part.start, at });

	if (equals == NULL || !is_tag_name(text, name)) {
		note_part(arena, text, part, &out->malformed, &out->first_malformed);
		return;
	}
	if (out->count == TAG_LIST_MAX) {
		out->too_many = true;
		return;
	}
	add_tag(arena, text, name, trimmed(text, (struct span){ at + 1, part.end }), tags, out);
}

void
tag_list_parse(struct arena *arena, const char *text, size_t length, struct tag_list *out)
{
	struct tag tags[TAG_LIST_MAX];
	struct span raw = { 0, 0 };

	*out = (struct tag_list){ .tags = tags };
	for (; raw.start <= length && !out->too_many; raw.start = raw.end + 1) {
		const char *semicolon = NULL;
		struct span part;

		if (raw.start < length)
			semicolon = memchr(text + raw.start, ';', length - raw.start);
		raw.end = semicolon == NULL ? length : (size_t)(semicolon - text);
		part = trimmed(text, raw);
		if (part.start < part.end) {
			take_part(arena, text, part, tags, out);
		} else if (semicolon != NULL) {
			note_part(arena, text, part, &out->empty, &out->first_empty);
		} else {
			out->trailing_semicolon = raw.start > 0;
			out->trailing_blank = raw.start > 0 && raw.end > raw.start;
		}
	}
	out->tags = arena_copy(arena, tags, out->count * sizeof *tags);
}

const struct tag *
tag_list_find(const struct tag_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->tags[i].name, name) == 0)
			return &list->tags[i];
	return NULL;
}

const struct tag *
tag_list_find_any_case(const struct tag_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcasecmp(list->tags[i].name, name) == 0)
			return &list->tags[i];
	return NULL;
}

char *
tag_list_squeeze(struct arena *arena, const char *text, size_t length, size_t *length_out)
{
	char *out = arena_bytes(arena, length + 1);
	size_t kept = 0;

	for (size_t i = 0; i < length; i++)
		if (!is_blank(text[i]))
			out[kept++] = text[i];
	out[kept] = '\0';
	*length_out = kept;
	return out;
}
