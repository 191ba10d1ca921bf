/* The help texts, printed from the tables of commands and options. */
#include "app/options_help.h"

#include "base/strbuf.h"

#include <stdbool.h>
#include <string.h>

enum {
	TEXT_COLUMN = 28, /* where explanations begin */
	TEXT_WIDTH = 80,
};

/*
 * The text in lines no longer than the width; the cursor stands at TEXT_COLUMN. Lines break at
 * blanks, and behind the commas of a list without blanks.
 */
static void
print_wrapped(FILE *out, const char *text)
{
	size_t at = TEXT_COLUMN;

	while (*text != '\0') {
		size_t blanks = strspn(text, " ");
		size_t word = strcspn(text + blanks, " ,");

		word += text[blanks + word] == ',';
		if (at > TEXT_COLUMN && at + blanks + word > TEXT_WIDTH) {
			fprintf(out, "\n%*s", TEXT_COLUMN, "");
			at = TEXT_COLUMN;
			text += blanks;
			blanks = 0;
		}
		fwrite(text, 1, blanks + word, out);
		at += blanks + word;
		text += blanks + word;
	}
	fputc('\n', out);
}

/* A long label has a line of its own. */
static void
print_entry(FILE *out, const char *label, const char *text)
{
	fprintf(out, "  %-*s", TEXT_COLUMN - 2, label);
	if (strlen(label) + 2 >= TEXT_COLUMN)
		fprintf(out, "\n%*s", TEXT_COLUMN, "");
	print_wrapped(out, text);
}

static void
print_option(FILE *out, const struct option_row *row)
{
	const char *initial = row->shown != NULL ? row->shown : row->initial;
	struct strbuf label = { 0 }, text = { 0 };

	strbuf_printf(&label, "--%s", row->name);
	if (row->argument != NULL)
		strbuf_printf(&label, " %s", row->argument);
	strbuf_add_string(&text, row->help);
	if (initial != NULL)
		strbuf_printf(&text, " (default: %s)", initial);
	print_entry(out, label.at, text.at);
	strbuf_free(&label);
	strbuf_free(&text);
}

static void
print_group(FILE *out, const struct command *command, enum option_group group)
{
	bool titled = false;

	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (row->group != group || (row->commands & command->bit) == 0)
			continue;
		if (!titled)
			fprintf(out, "\n%s\n", option_group_titles[group]);
		titled = true;
		print_option(out, row);
	}
}

static bool
takes(const struct command *command, enum option_kind kind)
{
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].kind == kind && (option_table[i].commands & command->bit) != 0)
			return true;
	return false;
}

static void
print_commands(FILE *out)
{
	fputs("Usage: mxsweep COMMAND [options] [arguments]\n"
	      "Sweeps the mail configuration of many domains.\n\nCommands\n",
	    out);
	for (size_t i = 0; i < command_count; i++) {
		struct strbuf label = { 0 };

		strbuf_printf(&label, "%s %s", command_table[i].name, command_table[i].arguments);
		print_entry(out, label.at, command_table[i].purpose);
		strbuf_free(&label);
	}
	fputs("\n\"mxsweep COMMAND --help\" lists the options of a command.\n"
	      "\"mxsweep --manual\" is the manual page, \"mxsweep --completion\" is for bash.\n",
	    out);
}

void
options_help(FILE *out, const struct command *command)
{
	if (command == NULL) {
		print_commands(out);
		return;
	}
	fprintf(out, "Usage: mxsweep %s [options]%s%s\n", command->name,
	    command->arguments[0] == '\0' ? "" : " ", command->arguments);
	fprintf(out, "%c%s.\n", command->purpose[0] - 'a' + 'A', command->purpose + 1);
	for (int group = 0; group < OPTION_GROUP_COUNT; group++)
		print_group(out, command, (enum option_group)group);
	if (takes(command, OPTION_DURATION))
		fputs("\nDurations take ms, s, m, h or d.\n", out);
	if (takes(command, OPTION_AREAS))
		fputs("A value @FILE of a list, or of an option that may be repeated, stands for "
		      "one\n"
		      "value a line of that file.\n",
		    out);
}

void
options_version(FILE *out, const char *version)
{
	fprintf(out, "mxsweep %s\n", version);
}
