/* The manual page and the completion for bash, from the tables of commands and options. */
#include "app/manual.h"

#include "app/option_table.h"

#include <stdbool.h>
#include <string.h>

/* ---- mxsweep(1) */

static const char page_head[] =
    ".Dd November 27, 2026\n"
    ".Dt MXSWEEP 1\n"
    ".Os mxsweep\n"
    ".Sh NAME\n"
    ".Nm mxsweep\n"
    ".Nd sweep the mail configuration of many domains\n"
    ".Sh SYNOPSIS\n"
    ".Nm\n"
    ".Ar command\n"
    ".Op Ar options\n"
    ".Op Ar arguments\n"
    ".Sh DESCRIPTION\n"
    ".Nm\n"
    "looks at the mail configuration of many domains in one run.\n"
    "It reads domains from a CSV file, asks the DNS, greets the mail servers on\n"
    "port 25, and writes one scorecard for each row: what is right, what is\n"
    "wrong, and what to do about it.\n"
    "It sends no mail.\n"
    ".Pp\n"
    "What could not be tested is never held against a domain: it lowers the\n"
    "confidence of a score, not the score.\n"
    ".Sh COMMANDS\n"
    ".Bl -tag -width Ds\n";

static const char page_tail[] =
    ".Sh ENVIRONMENT\n"
    ".Bl -tag -width Ds\n"
    ".It Ev STATE_DIRECTORY\n"
    "The folder of\n"
    ".Fl -state ,\n"
    "as\n"
    ".Xr systemd.exec 5\n"
    "sets it.\n"
    ".It Ev NO_COLOR\n"
    "When it is not empty, nothing is coloured.\n"
    ".El\n"
    ".Sh FILES\n"
    ".Bl -tag -width Ds\n"
    ".It Pa /etc/mxsweep/nightly.ini\n"
    "The options of the nightly sweep, for\n"
    ".Fl -config ;\n"
    "the names are those of the options.\n"
    ".It Pa /etc/mxsweep/domains.csv\n"
    "The domains of the nightly sweep.\n"
    ".It Pa /var/lib/mxsweep\n"
    "What outlives a run, unless\n"
    ".Fl -state\n"
    "names another folder.\n"
    ".El\n"
    ".Sh EXIT STATUS\n"
    ".Bl -tag -width Ds -compact\n"
    ".It 0\n"
    "It went through, whatever the verdicts.\n"
    ".It 1\n"
    "It went through, and\n"
    ".Fl -fail-on\n"
    "was met.\n"
    ".It 64\n"
    "A wrong command or option.\n"
    ".It 65\n"
    "The input was cut short, or a night file is damaged.\n"
    ".It 66\n"
    "An input cannot be read.\n"
    ".It 70\n"
    "A defect of the program.\n"
    ".It 71\n"
    "The system gives too little: open files.\n"
    ".It 73\n"
    "An output cannot be made.\n"
    ".It 74\n"
    "An error while writing, such as a full disk.\n"
    ".It 75\n"
    "It could not be tested: no resolver answers, port 25 does not leave this\n"
    "network, or another sweep is under way.\n"
    ".It 78\n"
    "A fault in the configuration or in a table.\n"
    ".It 129, 130, 143\n"
    "Ended by SIGHUP, SIGINT, SIGTERM.\n"
    ".El\n"
    ".Sh EXAMPLES\n"
    "A sweep, and its scorecards for a spreadsheet:\n"
    ".Pp\n"
    ".Dl mxsweep scan --ehlo scanner.example.net --csv scorecard.csv domains.csv\n"
    ".Pp\n"
    "One domain, for people:\n"
    ".Pp\n"
    ".Dl mxsweep check --ehlo scanner.example.net example.com\n"
    ".Pp\n"
    "Is this machine fit for it?\n"
    ".Pp\n"
    ".Dl mxsweep doctor --ehlo scanner.example.net\n"
    ".Sh SEE ALSO\n"
    ".Xr bash 1 ,\n"
    ".Xr cron 8 ,\n"
    ".Xr unbound 8\n"
    ".Pp\n"
    "The pages below\n"
    ".Pa /usr/share/doc/mxsweep .\n";

enum { LINE_WIDTH = 72 }; /* at a blank behind it, a line of source ends */

/* A backslash would begin an escape, and a line that begins with a dot or quote a macro. */
static void
write_text(FILE *out, const char *text)
{
	size_t at = 0;

	for (; *text != '\0'; text++) {
		bool ends = *text == ' ' && at >= LINE_WIDTH;

		if (at == 0 && (*text == '.' || *text == '\''))
			fputs("\\&", out);
		fputs(*text == '\\' ? "\\e" : (const char[]){ ends ? '\n' : *text, '\0' }, out);
		at = ends ? 0 : at + 1;
	}
}

static void
write_sentence(FILE *out, const char *text)
{
	write_text(out, text);
	fputs(".\n", out);
}

/* The words of an argument, each of which would else be looked at as a macro. */
static void
write_argument(FILE *out, const char *text)
{
	fputs(" Ar \"", out);
	write_text(out, text);
	fputc('"', out);
}

static void
write_commands(FILE *out)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &command_table[i];

		fprintf(out, ".It Cm %s Oo Ar options Oc", command->name);
		if (command->arguments[0] != '\0')
			write_argument(out, command->arguments);
		fputc('\n', out);
		write_sentence(out, command->purpose);
	}
	fputs(".El\n.Sh OPTIONS\n"
	      "Durations take\n.Cm ms , s , m\nor\n.Cm h .\n"
	      "A value\n.Pf @ Ar FILE\nof a list, or of an option that may be repeated, stands for "
	      "one value\na line of that file.\n",
	    out);
}

/* "Of scan, check." tells whose option it is, where not all have it. */
static void
write_takers(FILE *out, const struct option_row *row)
{
	const char *before = "Of\n";

	if (row->commands == COMMAND_ALL)
		return;
	for (size_t i = 0; i < command_count; i++) {
		if ((row->commands & command_table[i].bit) == 0)
			continue;
		fprintf(out, "%s.Cm %s", before, command_table[i].name);
		before = " ,\n";
	}
	fputs(" .\n", out);
}

static void
write_option(FILE *out, const struct option_row *row)
{
	const char *initial = row->shown != NULL ? row->shown : row->initial;

	fprintf(out, ".It Fl -%s", row->name);
	if (row->argument != NULL)
		write_argument(out, row->argument);
	fputc('\n', out);
	write_sentence(out, row->help);
	if (initial != NULL) {
		fputs("Default: ", out);
		write_sentence(out, initial);
	}
	write_takers(out, row);
}

static void
write_group(FILE *out, enum option_group group)
{
	fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n", option_group_titles[group]);
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].group == group)
			write_option(out, &option_table[i]);
	fputs(".El\n", out);
}

void
manual_page(FILE *out)
{
	fputs(page_head, out);
	write_commands(out);
	for (int group = 0; group < OPTION_GROUP_COUNT; group++)
		write_group(out, (enum option_group)group);
	fputs(page_tail, out);
}

/* ---- completion */

static const char script_head[] =
    "# Completion of mxsweep for bash.\n"
    "_mxsweep() {\n"
    "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=\n"
    "\tif [ \"$COMP_CWORD\" = 1 ]; then\n"
    "\t\twords=\"";

static const char script_values[] = "--help --version\"\n"
				    "\telse\n"
				    "\t\tcase $before in\n";

static const char script_options[] = "\t\t*)\n"
				     "\t\t\tcase ${COMP_WORDS[1]} in\n";

static const char script_tail[] =
    "\t\t\tesac\n"
    "\t\t\t[[ $word = -* ]] || words=\n"
    "\t\t\t;;\n"
    "\t\tesac\n"
    "\tfi\n"
    "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
    "\t[ -n \"$words\" ] || mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
    "}\n"
    "complete -o filenames -F _mxsweep mxsweep\n";

/* One word of a fixed set can stand behind the option. */
static void
write_values(FILE *out, const struct option_row *row)
{
	fprintf(out, "\t\t--%s) words=\"", row->name);
	for (const struct option_choice *choice = row->choices; choice->name != NULL; choice++)
		fprintf(out, "%s ", choice->name);
	fputs("\" ;;\n", out);
}

static void
write_options_of(FILE *out, const struct command *command)
{
	fprintf(out, "\t\t\t%s) words=\"", command->name);
	for (size_t i = 0; i < option_count; i++)
		if ((option_table[i].commands & command->bit) != 0)
			fprintf(out, "--%s ", option_table[i].name);
	fputs("\" ;;\n", out);
}

void
manual_completion(FILE *out)
{
	fputs(script_head, out);
	for (size_t i = 0; i < command_count; i++)
		fprintf(out, "%s ", command_table[i].name);
	fputs(script_values, out);
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].choices != NULL)
			write_values(out, &option_table[i]);
	fputs(script_options, out);
	for (size_t i = 0; i < command_count; i++)
		write_options_of(out, &command_table[i]);
	fputs(script_tail, out);
}
