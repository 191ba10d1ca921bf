/* Values that people wish for, checked by what the field may hold. */
#include "publish/field.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "names/host_name.h"
#include "rule/uri.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

size_t
publish_field_find(
    const struct publish_field *fields, size_t count, const char *name, size_t length)
{
	size_t i = 0;

	while (i < count &&
	    (strlen(fields[i].name) != length || strncasecmp(fields[i].name, name, length) != 0))
		i++;
	return i;
}

/* ---- one value by its kind: what is to be published, or NULL */

static const char *
one_of(const char *choices, const char *word, size_t length, struct arena *arena)
{
	while (*choices != '\0') {
		size_t choice = strcspn(choices, " ");

		if (choice == length && strncasecmp(choices, word, length) == 0)
			return arena_string_n(arena, choices, length);
		choices += choice + strspn(choices + choice, " ");
	}
	return NULL;
}

static const char *
read_choice(const struct publish_field *field, const char *value, struct arena *arena)
{
	return one_of(field->choices, value, strlen(value), arena);
}

static const char *
read_number(const struct publish_field *field, const char *value, struct arena *arena)
{
	size_t digits = strspn(value, "0123456789");

	if (digits == 0 || value[digits] != '\0' || digits > 10 ||
	    strtoull(value, NULL, 10) > field->most)
		return NULL;
	return arena_string(arena, value);
}

static const char *
read_word(const struct publish_field *field, const char *value, struct arena *arena)
{
	size_t length = 0;

	while (isalnum((unsigned char)value[length]))
		length++;
	return length > 0 && length <= field->most && value[length] == '\0'
	    ? arena_string(arena, value)
	    : NULL;
}

/* An item of a list, appended as it is to be published; false for one that is wrong. */
typedef bool (*item_fn)(const struct publish_field *field, const char *item, size_t length,
    struct arena *arena, struct strbuf *out);

static bool
add_option(const struct publish_field *field, const char *item, size_t length, struct arena *arena,
    struct strbuf *out)
{
	const char *choice = one_of(field->choices, item, length, arena);

	if (choice != NULL)
		strbuf_add_string(out, choice);
	return choice != NULL;
}

/* A plain address is meant as mailto:. What separates in records must be escaped in URIs. */
static bool
add_report(const struct publish_field *field, const char *item, size_t length, struct arena *arena,
    struct strbuf *out)
{
	bool plain = memchr(item, '@', length) != NULL && memchr(item, ':', length) == NULL;
	const char *text = arena_printf(arena, "%s%.*s", plain ? "mailto:" : "", (int)length, item);
	struct uri uri;

	(void)field;
	uri_parse(text, strlen(text), &uri);
	if (strpbrk(text, "!;,") != NULL || (uri.kind != URI_MAILTO && uri.kind != URI_HTTPS))
		return false;
	strbuf_add_string(out, text);
	return true;
}

static bool
add_pattern(const struct publish_field *field, const char *item, size_t length, struct arena *arena,
    struct strbuf *out)
{
	size_t wild = length > 2 && strncmp(item, "*.", 2) == 0 ? 2 : 0;
	const char *host = arena_string_n(arena, item + wild, length - wild);

	(void)field;
	if (!host_name_valid(host, NULL))
		return false;
	strbuf_add(out, item, length);
	return true;
}

static const char *
read_list(const struct publish_field *field, const char *value, char separator, item_fn add,
    struct arena *arena)
{
	const char separators[] = { separator, ' ', '\0' };
	struct strbuf out = { 0 };
	const char *text = NULL;
	bool right = true;

	for (const char *at = value + strspn(value, separators); right && *at != '\0';) {
		size_t length = strcspn(at, separators);

		if (out.length > 0)
			strbuf_add_byte(&out, separator);
		right = add(field, at, length, arena, &out);
		at += length + strspn(at + length, separators);
	}
	if (right && out.length > 0)
		text = arena_string(arena, out.at);
	strbuf_free(&out);
	return text;
}

static const char *
read_value(const struct publish_field *field, const char *value, struct arena *arena)
{
	switch (field->kind) {
	case FIELD_CHOICE:
		return read_choice(field, value, arena);
	case FIELD_NUMBER:
		return read_number(field, value, arena);
	case FIELD_WORD:
		return read_word(field, value, arena);
	case FIELD_OPTIONS:
		return read_list(field, value, ':', add_option, arena);
	case FIELD_REPORTS:
		return read_list(field, value, ',', add_report, arena);
	case FIELD_PATTERNS:
		return read_list(field, value, ',', add_pattern, arena);
	}
	return NULL;
}

static const char *
what_is_right(const struct publish_field *field, struct arena *arena)
{
	switch (field->kind) {
	case FIELD_CHOICE:
		return arena_printf(arena, "one of: %s", field->choices);
	case FIELD_NUMBER:
		return arena_printf(arena, "a number from 0 to %u", field->most);
	case FIELD_WORD:
		return arena_printf(arena, "1 to %u letters and digits", field->most);
	case FIELD_OPTIONS:
		return arena_printf(arena, "some of: %s, separated by colons", field->choices);
	case FIELD_REPORTS:
		return "addresses such as reports@example.com, or URIs of mailto: or https: "
		       "without "
		       "`!` and `;`, separated by commas";
	case FIELD_PATTERNS:
		return "host names, or `*.` and one, separated by commas";
	}
	return "";
}

const char *
publish_field_read(const struct publish_field *field, const char *value, struct arena *arena,
    const char **problem_out)
{
	const char *text = read_value(field, value, arena);

	if (text == NULL)
		*problem_out = arena_printf(
		    arena, "%s=%s: it must be %s", field->name, value, what_is_right(field, arena));
	return text;
}

static const char *
unknown_name(
    const struct publish_field *fields, size_t count, const char *wish, struct arena *arena)
{
	struct strbuf names = { 0 };
	const char *text;

	for (size_t i = 0; i < count; i++)
		strbuf_printf(&names, "%s%s", i > 0 ? " " : "", fields[i].name);
	text = arena_printf(arena, "%s: it must be NAME=VALUE with a name of: %s", wish, names.at);
	strbuf_free(&names);
	return text;
}

static bool
set_value(struct publish_values *values, const struct publish_field *fields, size_t count,
    const char *wish, struct arena *arena, const char **problem_out)
{
	const char *equals = strchr(wish, '=');
	size_t i = equals == NULL
	    ? count
	    : publish_field_find(fields, count, wish, (size_t)(equals - wish));

	if (i == count) {
		*problem_out = unknown_name(fields, count, wish, arena);
		return false;
	}
	values->at[i] = equals[1] == '\0'
	    ? NULL
	    : publish_field_read(&fields[i], equals + 1, arena, problem_out);
	return equals[1] == '\0' || values->at[i] != NULL;
}

bool
publish_values_set(struct publish_values *values, const struct publish_field *fields, size_t count,
    const struct publish_words *wishes, struct arena *arena, const char **problem_out)
{
	for (size_t i = 0; i < wishes->count; i++)
		if (!set_value(values, fields, count, wishes->at[i], arena, problem_out))
			return false;
	return true;
}
