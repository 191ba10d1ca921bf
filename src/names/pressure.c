/* The table of what servers say when we come too often. */
#include "names/pressure.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "names/table_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum column { COLUMN_CODE, COLUMN_ENHANCED, COLUMN_TEXT, COLUMN_COOL, COLUMN_NOTE, COLUMN_COUNT };
enum { COOL_MAX = 86400 };

static const char *const columns[COLUMN_COUNT] = { "code", "enhanced", "text", "cool", "note" };

struct row_list {
	struct pressure_row *at;
	size_t count, capacity;
};

struct pressure_words {
	struct arena arena; /* the text of the rows */
	struct row_list rows;
};

/* A file under way. */
struct reading {
	struct row_list rows;
};

/* Each reader of a column gives NULL, or what would be right in place of the text. */
static const char *
read_code(const char *text, struct pressure_row *row)
{
	bool digits = strspn(text, "0123456789") == 3 && text[3] == '\0' &&
	    (text[0] == '4' || text[0] == '5');

	row->code = text;
	if (digits || strcmp(text, "4xx") == 0 || strcmp(text, "5xx") == 0 ||
	    strcmp(text, "*") == 0)
		return NULL;
	return "must be a code of a refusal such as 421, 4xx, 5xx or *";
}

static const char *
read_enhanced(const char *text, struct pressure_row *row)
{
	row->enhanced = strcmp(text, "-") == 0 ? "" : text;
	if (*row->enhanced == '\0' && *text != '\0')
		return NULL;
	return (text[0] == '4' || text[0] == '5') && text[1] == '.' &&
		strspn(text, "0123456789.") == strlen(text)
	    ? NULL
	    : "must be the beginning of an enhanced status code, such as 4.7., or -";
}

static const char *
read_text(const char *text, struct pressure_row *row)
{
	row->text = strcmp(text, "-") == 0 ? "" : text;
	if (*text == '\0')
		return "must be words of the reply, or -";
	return strpbrk(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL
	    ? NULL
	    : "must be in lower case, as replies are when compared";
}

static const char *
read_cool(const char *text, struct pressure_row *row)
{
	int length = 0;

	row->about_pressure = strcmp(text, "no") != 0;
	row->night = strcmp(text, "night") == 0;
	if (!row->about_pressure || row->night)
		return NULL;
	if (sscanf(text, "%5u%n", &row->cool_s, &length) == 1 && text[length] == '\0' &&
	    ascii_is_digit(text[0]) && row->cool_s > 0 && row->cool_s <= COOL_MAX)
		return NULL;
	return "must be a number of seconds from 1 to 86400, night or no";
}

static const char *
read_note(const char *text, struct pressure_row *row)
{
	(void)text;
	return *row->code == '*' && *row->enhanced == '\0' && *row->text == '\0'
	    ? "belongs to a row that fits every refusal; it must name a code, an enhanced code or "
	      "words"
	    : NULL;
}

static const char *(*const readers[COLUMN_COUNT])(const char *, struct pressure_row *) = {
	[COLUMN_CODE] = read_code,
	[COLUMN_ENHANCED] = read_enhanced,
	[COLUMN_TEXT] = read_text,
	[COLUMN_COOL] = read_cool,
	[COLUMN_NOTE] = read_note,
};

static void
add_row(struct row_list *list, const struct pressure_row *row)
{
	if (list->count == list->capacity) {
		list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
		list->at = alloc_resize(list->at, list->capacity * sizeof *list->at);
	}
	list->at[list->count++] = *row;
}

static int
read_row(void *user, const struct table_place *place, char *const *fields)
{
	struct reading *reading = user;
	struct pressure_row row = { 0 };

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *fault = readers[i](fields[i], &row);

		if (fault != NULL)
			return table_place_fault(place, columns[i], fields[i], fault);
	}
	add_row(&reading->rows, &row);
	return 0;
}

static const struct table_form form = { columns, COLUMN_COUNT, read_row };

int
pressure_add(struct pressure_words *refusals, const char *path, struct error *error)
{
	struct reading reading = { 0 };
	int status = table_file_read(&form, path, &refusals->arena, &reading, error);

	if (status != 0) {
		free(reading.rows.at);
		return status;
	}
	for (size_t i = 0; i < refusals->rows.count; i++)
		add_row(&reading.rows, &refusals->rows.at[i]);
	free(refusals->rows.at);
	refusals->rows = reading.rows;
	return 0;
}

int
pressure_load(const char *path, struct pressure_words **out, struct error *error)
{
	struct pressure_words *refusals = alloc_zeroed(1, sizeof *refusals);
	int status = pressure_add(refusals, path, error);

	if (status != 0) {
		pressure_free(refusals);
		refusals = NULL;
	}
	*out = refusals;
	return status;
}

void
pressure_free(struct pressure_words *refusals)
{
	if (refusals == NULL)
		return;
	free(refusals->rows.at);
	arena_free(&refusals->arena);
	free(refusals);
}

static bool
fits_code(const char *pattern, int code)
{
	if (*pattern == '*')
		return true;
	if (strcmp(pattern + 1, "xx") == 0)
		return code / 100 == *pattern - '0';
	return atoi(pattern) == code;
}

/* An enhanced code stands before the text of a line (RFC 2034 4). */
static bool
fits_enhanced(const char *start, const char *text)
{
	size_t length = strlen(start);

	for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, start, length) == 0)
			return true;
	}
	return false;
}

const struct pressure_row *
pressure_match(const struct pressure_words *refusals, int code, const char *text)
{
	for (size_t i = 0; refusals != NULL && code >= 400 && i < refusals->rows.count; i++) {
		const struct pressure_row *row = &refusals->rows.at[i];

		if (fits_code(row->code, code) && fits_enhanced(row->enhanced, text) &&
		    strcasestr(text, row->text) != NULL)
			return row->about_pressure ? row : NULL;
	}
	return NULL;
}
