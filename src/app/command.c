/* The program's words, and the library's face. */
#include "app/commands.h"
#include "app/manual.h"
#include "app/option_table.h"
#include "app/options.h"
#include "app/options_help.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "mxsweep.h"
#include "report/output.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct {
	enum command_bit bit;
	int (*run)(const struct options *options, struct error *error);
} commands[] = {
	{ COMMAND_SCAN, command_scan },
	{ COMMAND_CHECK, command_check },
	{ COMMAND_SCORE, command_score },
	{ COMMAND_DIFF, command_diff },
	{ COMMAND_FORGET, command_forget },
	{ COMMAND_REPORT, command_report },
	{ COMMAND_FACTS, command_facts },
	{ COMMAND_LISTS, command_lists },
	{ COMMAND_SPF, command_spf },
	{ COMMAND_RECORD, command_record },
	{ COMMAND_DOCTOR, command_doctor },
	{ COMMAND_CHECKS, command_checks },
};

static int
run_command(const struct command *command, const struct options *options, struct error *error)
{
	if (options->help) {
		options_help(stdout, command);
		return 0;
	}
	if (options->version) {
		options_version(stdout, MXSWEEP_VERSION);
		return 0;
	}
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (commands[i].bit == command->bit)
			return commands[i].run(options, error);
	return EX_SOFTWARE;
}

static int
say(int code, const struct error *error)
{
	if (error->text[0] != '\0')
		log_warn("%s", error->text);
	return code;
}

/* What was printed must have arrived: a full disk is no success. */
static int
end_output(int code, struct error *error)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || code != 0)
		return code;
	output_cannot_write("-", error);
	return error->code;
}

static void
print_help(FILE *out)
{
	options_help(out, NULL);
}

static void
print_version(FILE *out)
{
	options_version(out, MXSWEEP_VERSION);
}

/* What stands in the place of a command. */
static const struct {
	const char *word, *short_word; /* the latter may be NULL */
	void (*print)(FILE *out);
} printers[] = {
	{ "--help", "-h", print_help },
	{ "--version", "-V", print_version },
	{ "--manual", NULL, manual_page },
	{ "--completion", NULL, manual_completion },
};

static bool
print_word(const char *word)
{
	for (size_t i = 0; i < sizeof printers / sizeof printers[0]; i++) {
		if (strcmp(word, printers[i].word) != 0 &&
		    (printers[i].short_word == NULL || strcmp(word, printers[i].short_word) != 0))
			continue;
		printers[i].print(stdout);
		return true;
	}
	return false;
}

int
mxsweep_command(int argc, char *const argv[])
{
	const struct command *command;
	struct error error = { 0 };
	struct options options;
	int code;

	signal(SIGPIPE, SIG_IGN); /* a peer that goes away is an answer, not an end */
	if (argc < 2) {
		print_help(stderr);
		return EX_USAGE;
	}
	if (print_word(argv[1]))
		return say(end_output(0, &error), &error);
	command = command_find(argv[1]);
	if (command == NULL) {
		command_unknown(argv[1], &error);
		return say(EX_USAGE, &error);
	}
	if (options_parse(command, argc - 2, argv + 2, &options, &error) != 0)
		return say(error.code, &error);
	code = end_output(run_command(command, &options, &error), &error);
	options_free(&options);
	return say(code, &error);
}

/* ---- the library */

typedef int (*library_fn)(
    const struct options *options, mxsweep_row_fn on_row, void *user, struct error *error);

/* Options of the library are words of the command line, so that one table serves both. */
static int
call(const char *name, library_fn run, const char *argument, const struct mxsweep_option *given,
    size_t count, mxsweep_row_fn on_row, void *user, char *error_text, size_t error_size)
{
	struct arena arena = { 0 };
	char **words = arena_zeroed(&arena, count + 3, sizeof *words);
	struct error error = { 0 };
	struct options options;
	int code;

	for (size_t i = 0; i < count; i++)
		words[i] = given[i].value == NULL
		    ? arena_printf(&arena, "--%s", given[i].name)
		    : arena_printf(&arena, "--%s=%s", given[i].name, given[i].value);
	words[count] = arena_string(&arena, "--");
	words[count + 1] = arena_string(&arena, argument);
	code = options_parse(command_find(name), (int)count + 2, words, &options, &error);
	if (code != 0) {
		code = error.code;
	} else {
		code = run(&options, on_row, user, &error);
		options_free(&options);
	}
	if (error_text != NULL && error_size > 0)
		snprintf(error_text, error_size, "%s", error.text);
	arena_free(&arena);
	return code;
}

int
mxsweep_scan(const char *input, const struct mxsweep_option *options, size_t count,
    mxsweep_row_fn on_row, void *user, char *error_text, size_t error_size)
{
	return call("scan", scan_with_callback, input, options, count, on_row, user, error_text,
	    error_size);
}

int
mxsweep_score(const char *night, const struct mxsweep_option *options, size_t count,
    mxsweep_row_fn on_row, void *user, char *error_text, size_t error_size)
{
	return call("score", score_with_callback, night, options, count, on_row, user, error_text,
	    error_size);
}
