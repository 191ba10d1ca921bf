#ifndef MXSWEEP_TESTS_APP_OPTIONS_FIXTURE_H
#define MXSWEEP_TESTS_APP_OPTIONS_FIXTURE_H

/* Command lines as one text. */
#include "unit.h"

#include "app/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 32 };

/* The words of a line, separated by blanks; "~" is an empty word. */
struct words {
	char *copy;
	char *at[WORDS_MAX];
	int count;
};

static void
split(const char *line, struct words *words)
{
	char *rest = words->copy = strdup(line);
	char *word;

	words->count = 0;
	while ((word = strsep(&rest, " ")) != NULL)
		words->at[words->count++] = strcmp(word, "~") == 0 ? word + 1 : word;
}

/* Parses "COMMAND word word". */
static int
parse(const char *line, struct options *options, struct error *error)
{
	struct words words;
	const struct command *command;
	int result;

	split(line, &words);
	command = command_find(words.at[0]);
	assert_non_null(command);
	result = options_parse(command, words.count - 1, words.at + 1, options, error);
	free(words.copy);
	return result;
}

static void
parse_well(const char *line, struct options *options)
{
	struct error error = { 0 };

	if (parse(line, options, &error) < 0)
		fail_msg("%s: %s", line, error.text);
}

#endif
