/* Reading tables of data line by line. */
#include "names/table_file.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* A file under way. */
struct reading {
	const struct table_form *form;
	struct table_place place;
	bool header_seen;
	struct arena *arena;
	void *user;
};

int
table_place_fault(
    const struct table_place *place, const char *column, const char *text, const char *fault)
{
	return error_set(place->error, EX_CONFIG, "%s:%zu: %s: '%.80s' %s", place->path,
	    place->line, column, text, fault);
}

/* Cuts the line at its tabs, in place; gives the number of fields, be it more than fit. */
static size_t
split(char *line, char *fields[TABLE_COLUMNS_MAX])
{
	size_t count = 0;

	for (char *field; (field = strsep(&line, "\t")) != NULL; count++)
		if (count < TABLE_COLUMNS_MAX)
			fields[count] = field;
	return count;
}

static int
read_header(struct reading *reading, char *const *fields, size_t count)
{
	const struct table_place *place = &reading->place;

	for (size_t i = 0; i < reading->form->column_count; i++)
		if (i >= count || strcmp(fields[i], reading->form->columns[i]) != 0)
			return error_set(place->error, EX_CONFIG,
			    "%s:%zu: header: column %zu must be named %s; the line "
			    "must name all columns, with tabs between them",
			    place->path, place->line, i + 1, reading->form->columns[i]);
	reading->header_seen = true;
	return 0;
}

static int
read_line(struct reading *reading, const char *text)
{
	const struct table_place *place = &reading->place;
	char *fields[TABLE_COLUMNS_MAX];
	size_t count;
	char *line;

	if (place->line == 1 && strncmp(text, "\ufeff", strlen("\ufeff")) == 0)
		text += strlen("\ufeff");
	line = arena_string_n(reading->arena, text, strcspn(text, "\r\n"));
	if (line[0] == '#' || line[0] == '\0')
		return 0;
	if (!utf8_valid(line, strlen(line)))
		return error_set(place->error, EX_CONFIG,
		    "%s:%zu: not UTF-8; save the file as UTF-8", place->path, place->line);
	count = split(line, fields);
	if (!reading->header_seen)
		return read_header(reading, fields, count);
	if (count != reading->form->column_count)
		return error_set(place->error, EX_CONFIG,
		    "%s:%zu: columns: %zu found, %zu are right, a tab between two", place->path,
		    place->line, count, reading->form->column_count);
	return reading->form->take_row(reading->user, place, fields);
}

int
table_file_read(const struct table_form *form, const char *path, struct arena *arena, void *user,
    struct error *error)
{
	struct reading reading = {
		.form = form, .place = { path, 0, error }, .arena = arena, .user = user
	};
	FILE *file = fopen(path, "re");
	size_t capacity = 0;
	char *line = NULL;
	int status = 0;

	if (file == NULL)
		return error_set(
		    error, EX_NOINPUT, "%s: cannot be opened: %s", path, strerror(errno));
	while (status == 0 && getline(&line, &capacity, file) >= 0) {
		reading.place.line++;
		status = read_line(&reading, line);
	}
	if (status == 0 && ferror(file))
		status =
		    error_set(error, EX_NOINPUT, "%s: cannot be read: %s", path, strerror(errno));
	else if (status == 0 && !reading.header_seen)
		status = error_set(error, EX_CONFIG,
		    "%s: has no header; a line '%s<tab>%s<tab>...' must name the columns", path,
		    form->columns[0], form->columns[1]);
	free(line);
	fclose(file);
	return status;
}
