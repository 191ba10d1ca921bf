/* The table of DKIM selectors: reading it, and finding those of a hint. */
#include "names/selectors.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/map.h"
#include "names/host_name.h"
#include "names/table_file.h"

#include <stdlib.h>
#include <string.h>

enum column { COLUMN_HINT, COLUMN_SELECTORS, COLUMN_NOTE, COLUMN_COUNT };

static const char *const columns[COLUMN_COUNT] = { "hint", "selectors", "note" };

static const char every_domain[] = "*";
static const char of_provider[] = "mx:";
static const char of_spf[] = "spf:";

struct selector_row {
	const char *hint;
	struct selector_list selectors;
};

struct selectors {
	struct arena arena;
	struct map by_hint; /* to struct selector_row */
};

/* A file under way. */
struct reading {
	struct arena *arena;
	struct map rows; /* of this file, by hint */
};

static bool
begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool
is_selector_octet(char octet)
{
	return ascii_is_digit(octet) || octet == '-' || octet == '_' ||
	    (ascii_is_letter(octet) && !ascii_is_upper(octet));
}

bool
selector_valid(const char *text)
{
	size_t label = 0;

	if (strlen(text) >= SELECTOR_SIZE)
		return false;
	for (; *text != '\0'; text++) {
		if (*text == '.' ? label == 0 : !is_selector_octet(*text))
			return false;
		label = *text == '.' ? 0 : label + 1;
	}
	return label > 0;
}

static const char *
hint_fault(const char *hint)
{
	enum host_name_fault fault;

	if (strcmp(hint, every_domain) == 0)
		return NULL;
	if (begins_with(hint, of_provider) && hint[strlen(of_provider)] != '\0')
		return NULL;
	if (!begins_with(hint, of_spf))
		return "must be *, mx: and a provider of providers.tsv, or spf: and a name that "
		       "records include";
	hint += strlen(of_spf);
	if (strpbrk(hint, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL)
		return "must be in lower case, as names are when compared";
	if (!host_name_valid(hint, &fault) && fault != HOST_NAME_UNDERSCORE)
		return "must have a full host name after spf:";
	return NULL;
}

static bool
is_in(const char *const *list, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	return false;
}

/* What is wrong with the selectors, or NULL. The text is cut at its blanks, in place. */
static const char *
read_list(struct arena *arena, char *text, size_t most, struct selector_list *out)
{
	const char **at = arena_zeroed(arena, most, sizeof *at);
	char *word;

	*out = (struct selector_list){ at, 0 };
	if (strcmp(text, "-") == 0)
		return NULL;
	while ((word = strsep(&text, " ")) != NULL) {
		if (*word == '\0')
			return "must have one blank between two selectors, or be - for none";
		if (!selector_valid(word))
			return "must be selectors of lower-case letters, digits, '-', '_' and '.'";
		if (is_in(at, out->count, word))
			return "must name each selector once";
		if (out->count == most)
			return most == SELECTORS_HINT_MAX ? "must be 8 selectors at most"
							  : "must be 20 selectors at most";
		at[out->count++] = word;
	}
	return NULL;
}

static int
read_row(void *user, const struct table_place *place, char *const *fields)
{
	struct reading *reading = user;
	struct selector_row *row = arena_zeroed(reading->arena, 1, sizeof *row);
	const char *hint = fields[COLUMN_HINT], *fault = hint_fault(hint);
	const char *text = arena_string(reading->arena, fields[COLUMN_SELECTORS]);
	bool common = strcmp(hint, every_domain) == 0;

	if (fault != NULL)
		return table_place_fault(place, columns[COLUMN_HINT], hint, fault);
	fault = read_list(reading->arena, fields[COLUMN_SELECTORS],
	    common ? SELECTORS_COMMON_MAX : SELECTORS_HINT_MAX, &row->selectors);
	if (fault != NULL)
		return table_place_fault(place, columns[COLUMN_SELECTORS], text, fault);
	if (map_get_string(&reading->rows, hint) != NULL)
		return table_place_fault(place, columns[COLUMN_HINT], hint,
		    "stands in this file already; one row for each hint is right");
	row->hint = hint;
	map_put_string(&reading->rows, hint, row);
	return 0;
}

static const struct table_form form = { columns, COLUMN_COUNT, read_row };

int
selectors_add(struct selectors *selectors, const char *path, struct error *error)
{
	struct reading reading = { .arena = &selectors->arena };
	struct selector_row *row;
	size_t cursor = 0;
	int status;

	map_init(&reading.rows);
	status = table_file_read(&form, path, &selectors->arena, &reading, error);
	while (status == 0 && (row = map_next(&reading.rows, &cursor)) != NULL)
		map_put_string(&selectors->by_hint, row->hint, row);
	map_free(&reading.rows);
	return status;
}

int
selectors_load(const char *path, struct selectors **out, struct error *error)
{
	struct selectors *selectors = alloc_zeroed(1, sizeof *selectors);
	int status;

	map_init(&selectors->by_hint);
	status = selectors_add(selectors, path, error);
	if (status != 0) {
		selectors_free(selectors);
		selectors = NULL;
	}
	*out = selectors;
	return status;
}

void
selectors_free(struct selectors *selectors)
{
	if (selectors == NULL)
		return;
	map_free(&selectors->by_hint);
	arena_free(&selectors->arena);
	free(selectors);
}

/* The row of a hint that consists of two parts; NULL when there is none. */
static const struct selector_row *
find(const struct selectors *selectors, const char *kind, const char *name)
{
	char hint[sizeof of_spf + HOST_NAME_SIZE];
	size_t kind_length = strlen(kind), name_length = strlen(name);

	if (selectors == NULL || kind_length + name_length >= sizeof hint)
		return NULL;
	memcpy(hint, kind, kind_length);
	memcpy(hint + kind_length, name, name_length + 1);
	return map_get_string(&selectors->by_hint, hint);
}

static struct selector_list
list_of(const struct selector_row *row)
{
	return row == NULL ? (struct selector_list){ NULL, 0 } : row->selectors;
}

struct selector_list
selectors_common(const struct selectors *selectors)
{
	return list_of(find(selectors, every_domain, ""));
}

struct selector_list
selectors_of_provider(const struct selectors *selectors, const char *provider)
{
	return list_of(find(selectors, of_provider, provider));
}

struct selector_list
selectors_of_spf(const struct selectors *selectors, const char *name)
{
	const struct selector_row *row = find(selectors, of_spf, name);

	while (row == NULL && (name = strchr(name, '.')) != NULL)
		row = find(selectors, of_spf, ++name);
	return list_of(row);
}

const char *
selectors_next(const struct selectors *selectors, size_t *cursor, struct selector_list *list_out)
{
	const struct selector_row *row = map_next(&selectors->by_hint, cursor);

	*list_out = list_of(row);
	return row == NULL ? NULL : row->hint;
}
