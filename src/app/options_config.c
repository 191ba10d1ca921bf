/* The file of --config: one option a line. */
#include "app/options_config.h"

#include "app/option_value.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Where we are in which file, and for whom it is read. */
struct reading {
	struct options *options;
	const struct command *command;
	const char *path;
	size_t line;
};

static char *
unquoted(char *text)
{
	size_t length = strlen(text);

	if (length < 2 || text[0] != '"' || text[length - 1] != '"')
		return text;
	text[length - 1] = '\0';
	return text + 1;
}

static int
unknown_name(const struct reading *reading, const char *name, struct error *error)
{
	const char *names[OPTIONS_MAX + 1] = { NULL };
	const char *near;

	for (size_t i = 0, out = 0; i < option_count; i++)
		if (option_table[i].group != OPTION_GROUP_GENERAL)
			names[out++] = option_table[i].name;
	near = option_nearest(name + strspn(name, "-"), names);
	if (near != NULL)
		return error_set(error, EX_CONFIG,
		    "%s:%zu: unknown option '%s'; did you mean '%s'?", reading->path, reading->line,
		    name, near);
	return error_set(error, EX_CONFIG,
	    "%s:%zu: unknown option '%s'; \"mxsweep %s --help\" lists the options", reading->path,
	    reading->line, name, reading->command->name);
}

static int
set_option(const struct reading *reading, const struct option_row *row, const char *value,
    struct error *error)
{
	enum option_source *source = &reading->options->source[row - option_table];
	struct error why;

	if (*source < SOURCE_CONFIG)
		option_value_clear(reading->options, row);
	*source = SOURCE_CONFIG;
	if (option_value_set(reading->options, row, value, &why) == 0)
		return 0;
	return error_set(error, why.code == EX_USAGE ? EX_CONFIG : why.code, "%s:%zu: %s: %.500s",
	    reading->path, reading->line, row->name, why.text);
}

static int
read_line(const struct reading *reading, char *line, struct error *error)
{
	char *name = option_value_trim(line);
	char *equals = strchr(name, '=');
	const struct option_row *row;
	const char *value = "on"; /* a flag may stand alone */

	if (name[0] == '\0' || name[0] == '#' || name[0] == ';')
		return 0;
	if (name[0] == '[')
		return error_set(error, EX_CONFIG,
		    "%s:%zu: sections are not known; lines \"name = value\" would be right",
		    reading->path, reading->line);
	if (equals != NULL) {
		*equals = '\0';
		name = option_value_trim(name);
		value = unquoted(option_value_trim(equals + 1));
	}
	row = option_find(name, strlen(name));
	if (row == NULL || row->group == OPTION_GROUP_GENERAL)
		return unknown_name(reading, name, error);
	if (equals == NULL && row->kind != OPTION_FLAG)
		return error_set(error, EX_CONFIG,
		    "%s:%zu: %s needs a value; \"%s = %s\" would be right", reading->path,
		    reading->line, name, name, row->argument);
	if ((row->commands & reading->command->bit) == 0)
		return 0;
	return set_option(reading, row, value, error);
}

static int
read_lines(struct reading *reading, FILE *file, struct error *error)
{
	char *line = NULL;
	size_t size = 0;
	int result = 0;

	while (result == 0 && getline(&line, &size, file) >= 0) {
		static const char mark[] = "\xef\xbb\xbf"; /* some editors put it in front */
		bool marked = reading->line == 0 && strncmp(line, mark, strlen(mark)) == 0;

		reading->line++;
		result = read_line(reading, marked ? line + strlen(mark) : line, error);
	}
	if (result == 0 && ferror(file))
		result = error_set(
		    error, EX_NOINPUT, "cannot read %s: %s", reading->path, strerror(errno));
	free(line);
	return result;
}

int
options_config_read(
    struct options *options, const struct command *command, const char *path, struct error *error)
{
	struct reading reading = { options, command, path, 0 };
	FILE *file = fopen(path, "re");
	int result;

	if (file == NULL)
		return error_set(error, EX_NOINPUT,
		    "cannot open %s: %s; --config needs a file of lines \"name = value\"", path,
		    strerror(errno));
	result = read_lines(&reading, file, error);
	fclose(file);
	return result;
}
