/*
 * The file of --config, for each command that there is. What is taken lies within the bounds of the
 * option table; a fault is one line that names the file.
 */
#include "fuzz.h"

#include "app/options.h"

#include <string.h>
#include <sysexits.h>

static void
check_number(const struct options *options, const struct option_row *row)
{
	uint64_t number;

	memcpy(&number, (const char *)options + row->offset, sizeof number);
	must(number >= row->least && number <= row->most);
}

static void
check_options(const struct options *options)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (!options_given(options, row->name))
			continue;
		if (row->kind == OPTION_NUMBER || row->kind == OPTION_DURATION)
			check_number(options, row);
	}
	must(options->csv_delimiter == ',' || options->csv_delimiter == ';' ||
	    options->csv_delimiter == '\t' || options->csv_delimiter == 0);
	for (size_t i = 0; i < options->resolvers.count; i++)
		must(options->resolvers.at[i].port != 0);
	for (size_t i = 0; i < options->allowed.count; i++)
		must(options->allowed.at[i].length <= 8 * ip_size(&options->allowed.at[i].ip));
}

static void
try_command(const struct command *command, char *path)
{
	char option[] = "--config", argument[] = "x";
	char *const words[] = { option, path, argument };
	struct options options;
	struct error error;

	if (options_parse(command, 3, words, &options, &error) == 0) {
		check_options(&options);
		options_free(&options);
		return;
	}
	must(error.code == EX_CONFIG || error.code == EX_NOINPUT || error.code == EX_USAGE);
	must(fuzz_is_message(error.text));
	if (error.code == EX_CONFIG)
		must(strncmp(error.text, path, strlen(path)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char path[64];

	if (size > 0 && memchr(bytes, '@', size) != NULL)
		return 0; /* "@FILE" opens whatever file the input names */
	strcpy(path, fuzz_file(bytes, size));
	for (size_t i = 0; i < command_count; i++)
		try_command(&command_table[i], path);
	return 0;
}
