/* Words of the command line become options: collected, then put over defaults and the file. */
#include "app/options.h"

#include "app/option_value.h"
#include "app/options_config.h"
#include "app/visits.h"
#include "base/strbuf.h"

#include <string.h>
#include <sysexits.h>

/* An option as it was given. */
struct setting {
	const struct option_row *row;
	const char *value;
};

/* The command line, taken apart. */
struct command_line {
	const struct command *command;
	int argc;
	char *const *argv;
	int next; /* word to read */
	struct setting *settings;
	size_t setting_count;
};

/* Which commands do take an option. */
static int
wrong_command(const struct command *command, const struct option_row *row, struct error *error)
{
	struct strbuf others = { 0 };

	for (size_t i = 0; i < command_count; i++)
		if ((row->commands & command_table[i].bit) != 0)
			strbuf_printf(
			    &others, "%s%s", others.length > 0 ? ", " : "", command_table[i].name);
	error_set(error, EX_USAGE, "%s does not take --%s; it is for: %s", command->name, row->name,
	    others.at);
	strbuf_free(&others);
	return -1;
}

static int
unknown_option(const struct command *command, const char *word, struct error *error)
{
	const char *names[OPTIONS_MAX + 1] = { NULL };
	size_t length = strcspn(word, "=");
	char name[128];
	const char *near;

	for (size_t i = 0, out = 0; i < option_count; i++)
		if ((option_table[i].commands & command->bit) != 0)
			names[out++] = option_table[i].name;
	if (length >= sizeof name)
		length = sizeof name - 1;
	memcpy(name, word, length);
	name[length] = '\0';
	near = option_nearest(name + strspn(name, "-"), names);
	if (near != NULL)
		return error_set(
		    error, EX_USAGE, "unknown option %s; did you mean --%s?", name, near);
	return error_set(error, EX_USAGE,
	    "unknown option %s; \"mxsweep %s --help\" lists the options", name, command->name);
}

static int
find_option(const struct command *command, const char *word, const struct option_row **row_out,
    struct error *error)
{
	const struct option_row *row = NULL;

	if (strcmp(word, "-h") == 0)
		word = "--help";
	if (word[1] == '-')
		row = option_find(word + 2, strcspn(word + 2, "="));
	if (row == NULL)
		return unknown_option(command, word, error);
	if ((row->commands & command->bit) == 0)
		return wrong_command(command, row, error);
	*row_out = row;
	return 0;
}

/* The value after '=', or the next word, which must not look like an option. */
static int
find_value(struct command_line *line, const char *word, const struct option_row *row,
    const char **value_out, struct error *error)
{
	const char *equals = strchr(word, '=');
	const char *next = line->next < line->argc ? line->argv[line->next] : NULL;

	if (equals != NULL) {
		*value_out = equals + 1;
	} else if (row->kind == OPTION_FLAG) {
		*value_out = "on";
	} else if (next != NULL && strncmp(next, "--", 2) != 0) {
		*value_out = next;
		line->next++;
	} else {
		return error_set(error, EX_USAGE, "--%s needs a value; --%s %s would be right",
		    row->name, row->name, row->argument);
	}
	return 0;
}

static void
add_argument(struct options *options, const char *word)
{
	options->arguments.at[options->arguments.count++] = arena_string(&options->arena, word);
}

static int
take_apart(struct command_line *line, struct options *options, struct error *error)
{
	bool only_arguments = false;

	while (line->next < line->argc) {
		const char *word = line->argv[line->next++];
		struct setting *setting = &line->settings[line->setting_count];

		if (only_arguments || word[0] != '-' || word[1] == '\0') {
			add_argument(options, word);
		} else if (strcmp(word, "--") == 0) {
			only_arguments = true;
		} else {
			if (find_option(line->command, word, &setting->row, error) < 0 ||
			    find_value(line, word, setting->row, &setting->value, error) < 0)
				return -1;
			line->setting_count++;
		}
	}
	return 0;
}

static void
set_defaults(struct options *options)
{
	struct error error;

	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].initial != NULL &&
		    option_value_set(options, &option_table[i], option_table[i].initial, &error) ==
			0)
			options->source[i] = SOURCE_DEFAULT;
}

static int
set_option(struct options *options, const struct setting *setting, struct error *error)
{
	enum option_source *source = &options->source[setting->row - option_table];
	struct error why;

	if (*source < SOURCE_COMMAND_LINE)
		option_value_clear(options, setting->row);
	*source = SOURCE_COMMAND_LINE;
	if (option_value_set(options, setting->row, setting->value, &why) == 0)
		return 0;
	return error_set(error, why.code, "--%s: %.500s", setting->row->name, why.text);
}

/* The options about options go first: they say what becomes of the others. */
static int
set_group(
    const struct command_line *line, bool general, struct options *options, struct error *error)
{
	for (size_t i = 0; i < line->setting_count; i++) {
		const struct setting *setting = &line->settings[i];

		if ((setting->row->group == OPTION_GROUP_GENERAL) == general &&
		    set_option(options, setting, error) < 0)
			return -1;
	}
	return 0;
}

/* A run that is gone on with has its rows. */
static int
check_arguments(const struct command *command, const struct options *options, struct error *error)
{
	size_t count = options->arguments.count;

	if (count < (options->resume ? 0 : command->arguments_min))
		return error_set(error, EX_USAGE,
		    "%s needs %s; mxsweep %s [options] %s would be right", command->name,
		    command->arguments, command->name, command->arguments);
	if (count > command->arguments_max)
		return error_set(error, EX_USAGE,
		    "'%s' is one too many; mxsweep %s [options] %s would be right",
		    options->arguments.at[command->arguments_max], command->name,
		    command->arguments);
	return 0;
}

static int
parse(struct command_line *line, struct options *options, struct error *error)
{
	if (take_apart(line, options, error) < 0 || set_group(line, true, options, error) < 0)
		return -1;
	if (options->help || options->version)
		return 0;
	if (options->config != NULL &&
	    options_config_read(options, line->command, options->config, error) < 0)
		return -1;
	if (set_group(line, false, options, error) < 0 ||
	    check_arguments(line->command, options, error) < 0)
		return -1;
	return visits_check(options, error);
}

int
options_parse(const struct command *command, int argc, char *const argv[],
    struct options *options_out, struct error *error)
{
	struct command_line line = { .command = command, .argc = argc, .argv = argv };
	size_t words = (size_t)argc;

	*options_out = (struct options){ .command = command->bit };
	line.settings = arena_zeroed(&options_out->arena, words, sizeof *line.settings);
	options_out->arguments.at =
	    arena_zeroed(&options_out->arena, words, sizeof *options_out->arguments.at);
	set_defaults(options_out);
	if (parse(&line, options_out, error) == 0)
		return 0;
	options_free(options_out);
	return -1;
}

void
options_free(struct options *options)
{
	arena_free(&options->arena);
	*options = (struct options){ 0 };
}

int
options_ip(const struct options *options, struct ip *ip_out, struct error *error)
{
	if (ip_parse(options->ip, ip_out))
		return 0;
	return error_set(
	    error, EX_USAGE, "--ip %s: it must be an address such as 192.0.2.1", options->ip);
}

bool
options_on_command_line(const struct options *options, const char *name)
{
	const struct option_row *row = option_find(name, strlen(name));

	return row != NULL && options->source[row - option_table] == SOURCE_COMMAND_LINE;
}

bool
options_given(const struct options *options, const char *name)
{
	const struct option_row *row = option_find(name, strlen(name));

	return row != NULL && options->source[row - option_table] > SOURCE_DEFAULT;
}

struct option_list
options_profiles(const struct options *options)
{
	if (options->profile.count > 0 && strcmp(options->profile.at[0], "none") == 0)
		return (struct option_list){ NULL, 0 };
	return options->profile;
}
