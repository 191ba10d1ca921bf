/* What people type, right and wrong, and what they are told. */
#include "options_fixture.h"

#include "app/options_help.h"

#include <sysexits.h>

struct wrong_case {
	const char *line;
	int code;
	const char *text; /* is part of what is said */
};

static const struct wrong_case wrong[] = {
	{ "scan --dns-timout 3s a.csv", EX_USAGE, "--dns-timout; did you mean --dns-timeout?" },
	{ "scan --resovler=192.0.2.1 a.csv", EX_USAGE, "did you mean --resolver?" },
	{ "scan --zzzzzzzzzz a.csv", EX_USAGE, "\"mxsweep scan --help\"" },
	{ "scan --csv-del a.csv", EX_USAGE, "unknown option --csv-del" },
	{ "scan -x a.csv", EX_USAGE, "unknown option -x" },
	{ "scan -csv a.csv", EX_USAGE, "did you mean --csv?" },
	{ "scan --= a.csv", EX_USAGE, "unknown option --" },
	{ "check --csv x.csv example.com", EX_USAGE,
	    "check does not take --csv; it is for: scan, score" },
	{ "checks --resolver 192.0.2.1", EX_USAGE, "it is for: scan, check" },
	{ "scan", EX_USAGE, "scan needs FILE.csv" },
	{ "check", EX_USAGE, "check needs DOMAIN..." },
	{ "scan a.csv b.csv", EX_USAGE, "'b.csv' is one too many" },
	{ "facts n.night example.com example.net", EX_USAGE, "'example.net' is one too many" },
	{ "scan a.csv --csv", EX_USAGE, "--csv needs a value; --csv FILE would be right" },
	{ "scan a.csv --csv --csv-bom", EX_USAGE, "--csv needs a value" },
	{ "scan a.csv --csv ~", EX_USAGE, "--csv: the value is empty" },
	{ "scan a.csv --csv=", EX_USAGE, "--csv: the value is empty" },
	{ "scan a.csv --window ten", EX_USAGE, "--window: 'ten' is no number from 1 to 1000000" },
	{ "scan a.csv --window 0", EX_USAGE, "'0' is no number" },
	{ "scan a.csv --window -5", EX_USAGE, "'-5' is no number" },
	{ "scan a.csv --window 10k", EX_USAGE, "'10k' is no number" },
	{ "scan a.csv --window +10", EX_USAGE, "'+10' is no number" },
	{ "scan a.csv --window 0x10", EX_USAGE, "'0x10' is no number" },
	{ "scan a.csv --seed 18446744073709551616", EX_USAGE, "is no number from 0" },
	{ "scan a.csv --dns-timeout 5", EX_USAGE, "'5' is no duration from 10ms to 5m" },
	{ "scan a.csv --dns-timeout 5x", EX_USAGE, "'5x' is no duration" },
	{ "scan a.csv --dns-timeout s", EX_USAGE, "'s' is no duration" },
	{ "scan a.csv --dns-timeout 1.5s", EX_USAGE, "'1.5s' is no duration" },
	{ "scan a.csv --dns-timeout 6m", EX_USAGE, "'6m' is no duration" },
	{ "scan a.csv --dns-timeout 9223372036854775807h", EX_USAGE, "is no duration" },
	{ "scan a.csv --second-look on", EX_USAGE, "'on' is no duration from 1ms to 24h" },
	{ "scan a.csv --second-look 0s", EX_USAGE, "'0s' is no duration" },
	{ "scan a.csv --second-look 2d", EX_USAGE, "'2d' is no duration from 1ms to 24h" },
	{ "scan a.csv --rescan failed,all", EX_USAGE, "'all' is none of failed, not_tested" },
	{ "scan a.csv --rescan older=3x", EX_USAGE, "'3x' is no duration" },
	{ "score a.night --rescan failed", EX_USAGE, "score does not take --rescan" },
	{ "scan a.csv --witness [192.0.2.1]", EX_USAGE, "'[192.0.2.1]' is no host name" },
	{ "scan a.csv --witness mx.a.com --witness none", EX_USAGE, "given together" },
	{ "scan a.csv --https-fetches 0", EX_USAGE, "'0' is no number" },
	{ "scan a.csv --https-timeout 99ms", EX_USAGE, "'99ms' is no duration from 100ms to 5m" },
	{ "scan a.csv --csv-delimiter |", EX_USAGE, "'|' is none of ,|;|tab" },
	{ "scan a.csv --csv-safe maybe", EX_USAGE, "'maybe' is neither on nor off" },
	{ "scan a.csv --fail-on never", EX_USAGE, "'never' is none of none|warn|fail" },
	{ "scan a.csv --quiet=loud", EX_USAGE, "'loud' is neither on nor off" },
	{ "scan a.csv --resolver dns.example", EX_USAGE,
	    "'dns.example' is no address of a resolver" },
	{ "scan a.csv --resolver 192.0.2.1:", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver 192.0.2.1:0", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver 192.0.2.1:65536", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver 192.0.2.1:53x", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver [::1", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver [::1]5300", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver 192.0.2.1,192.0.2.2", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --resolver ~", EX_USAGE, "no address of a resolver" },
	{ "scan a.csv --allow-net 192.0.2.0/33", EX_USAGE, "'192.0.2.0/33' is no network" },
	{ "scan a.csv --allow-net lab", EX_USAGE, "192.0.2.0/24 or 2001:db8::/32 would be right" },
	{ "scan a.csv --only spf,dkmi", EX_USAGE, "--only: 'dkmi' is no area; did you mean dkim?" },
	{ "scan a.csv --only spf,,dkim", EX_USAGE, "'' is no area; they are domain delegation" },
	{ "scan a.csv --skip everything", EX_USAGE, "'everything' is no area" },
	{ "scan a.csv --only @/nonexistent/areas", EX_NOINPUT, "/nonexistent/areas: No such file" },
	{ "scan a.csv --ehlo two\rwords", EX_USAGE, "is no host name" },
	{ "scan a.csv --ehlo -x.example", EX_USAGE, "is no host name" },
	{ "scan a.csv --ehlo []", EX_USAGE, "is no host name" },
	{ "scan a.csv --providers +", EX_USAGE, "FILE|+FILE would be right" },
	{ "scan a.csv --smtp-timeout 15s", EX_USAGE, "'15s' has no duration" },
	{ "scan a.csv --smtp-timeout conect=15s", EX_USAGE, "'conect' is no limit of a session" },
	{ "scan a.csv --smtp-timeout connect=15", EX_USAGE, "'15' is no duration from 1ms to 1h" },
	{ "scan a.csv --smtp-timeout connect=1s,,total=2s", EX_USAGE, "'' has no duration" },
	{ "scan a.csv --config /nonexistent/x.ini", EX_NOINPUT,
	    "/nonexistent/x.ini: No such file" },
	{ "scan a.csv --config /tmp", EX_NOINPUT, "/tmp: Is a directory" },
};

static void
wrong_words_are_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct options options;
		struct error error = { 0 };

		if (parse(wrong[i].line, &options, &error) == 0)
			fail_msg("%s: is taken", wrong[i].line);
		if (error.code != wrong[i].code || strstr(error.text, wrong[i].text) == NULL)
			fail_msg("%s: %d %s", wrong[i].line, error.code, error.text);
		assert_null(options.arena.blocks);
	}
}

static void
defaults_are_those_of_the_contract(void **state)
{
	struct options options;
	const struct option_smtp_timeouts *smtp = &options.smtp_timeouts;

	(void)state;
	parse_well("scan list.csv", &options);
	assert_int_equal(options.arguments.count, 1);
	assert_string_equal(options.arguments.at[0], "list.csv");
	assert_int_equal(options.dns_timeout, 5000);
	assert_int_equal(options.dns_inflight, 0);
	assert_int_equal(options.window, 10000);
	assert_int_equal(options.smtp_sessions, 1000);
	assert_int_equal(smtp->connect, 15000);
	assert_int_equal(smtp->greeting, 60000);
	assert_int_equal(smtp->ehlo, 30000);
	assert_int_equal(smtp->starttls, 15000);
	assert_int_equal(smtp->tls, 20000);
	assert_int_equal(smtp->quit, 5000);
	assert_int_equal(smtp->total, 150000);
	assert_int_equal(smtp->late_greeting, 300000);
	assert_int_equal(smtp->late_total, 600000);
	assert_int_equal(options.csv_delimiter, ',');
	assert_true(options.csv_safe);
	assert_false(options.csv_bom);
	assert_int_equal(options.fail_on, FAIL_ON_NONE);
	assert_int_equal(options.progress, PROGRESS_AUTO);
	assert_null(options.providers.path);
	assert_null(options.csv);
	assert_int_equal(options.resolvers.count, 0);
	assert_false(options_given(&options, "window"));
	assert_false(options_given(&options, "seed"));
	options_free(&options);
}

static void
every_default_and_row_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		struct options options;

		assert_true((row->argument == NULL) == (row->kind == OPTION_FLAG));
		assert_true(row->choices != NULL || row->kind != OPTION_CHOICE);
		assert_true(row->choices == NULL || row->kind == OPTION_CHOICE ||
		    row->kind == OPTION_DURATION);
		assert_int_not_equal(row->commands & COMMAND_ALL, 0);
		assert_ptr_equal(option_find(row->name, strlen(row->name)), row);
		parse_well("scan list.csv", &options);
		assert_int_equal(
		    options.source[i], row->initial != NULL ? SOURCE_DEFAULT : SOURCE_NONE);
		options_free(&options);
	}
}

static void
values_reach_their_members(void **state)
{
	struct options options;

	(void)state;
	parse_well("scan --window=7 --dns-timeout 250ms --dns-qps 3 --csv - --ndjson=a=b "
		   "--csv-delimiter tab --csv-safe off --csv-bom --fail-on warn -",
	    &options);
	assert_int_equal(options.window, 7);
	assert_int_equal(options.dns_timeout, 250);
	assert_int_equal(options.dns_qps, 3);
	assert_string_equal(options.csv, "-");
	assert_string_equal(options.ndjson, "a=b");
	assert_int_equal(options.csv_delimiter, '\t');
	assert_false(options.csv_safe);
	assert_true(options.csv_bom);
	assert_int_equal(options.fail_on, FAIL_ON_WARN);
	assert_string_equal(options.arguments.at[0], "-");
	assert_true(options_given(&options, "window"));
	assert_false(options_given(&options, "no such option"));
	options_free(&options);

	parse_well("scan --second-look off --witness mx.a.com --witness mx.b.com -", &options);
	assert_int_equal(options.command, COMMAND_SCAN);
	assert_int_equal(options.second_look, 0);
	assert_true(options_given(&options, "second-look"));
	assert_int_equal(options.witnesses.count, 2);
	assert_string_equal(options.witnesses.at[1], "mx.b.com");
	options_free(&options);
	parse_well("check --second-look 2m --witness none a.com", &options);
	assert_int_equal(options.command, COMMAND_CHECK);
	assert_int_equal(options.second_look, 120000);
	assert_string_equal(options.witnesses.at[0], "none");
	options_free(&options);

	parse_well("scan --providers +mine.tsv --smtp-timeout total=2m,tls=1ms --seed 0 "
		   "--progress never --quiet --window 1 --window 2 --csv-delimiter ; -- --odd.csv",
	    &options);
	assert_true(options.providers.adding);
	assert_string_equal(options.providers.path, "mine.tsv");
	assert_int_equal(options.smtp_timeouts.total, 120000);
	assert_int_equal(options.smtp_timeouts.tls, 1);
	assert_int_equal(options.smtp_timeouts.connect, 15000);
	assert_true(options_given(&options, "seed"));
	assert_int_equal(options.progress, PROGRESS_NEVER);
	assert_true(options.quiet);
	assert_int_equal(options.window, 2);
	assert_int_equal(options.csv_delimiter, ';');
	assert_string_equal(options.arguments.at[0], "--odd.csv");
	options_free(&options);
}

struct resolver_case {
	const char *text;
	const char *address;
	uint16_t port;
};

static const struct resolver_case resolvers[] = {
	{ "192.0.2.53", "192.0.2.53", 53 },
	{ "192.0.2.53:5300", "192.0.2.53", 5300 },
	{ "::1", "::1", 53 },
	{ "[::1]", "::1", 53 },
	{ "[::1]:5300", "::1", 5300 },
	{ "2001:db8::53", "2001:db8::53", 53 },
	{ "[2001:db8::53]:65535", "2001:db8::53", 65535 },
	{ "[192.0.2.53]:1", "192.0.2.53", 1 },
};

static void
resolvers_have_ports(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(resolvers); i++) {
		char line[128], text[IP_TEXT_MAX];
		struct options options;

		snprintf(line, sizeof line, "check --resolver %s example.com", resolvers[i].text);
		parse_well(line, &options);
		assert_int_equal(options.resolvers.count, 1);
		assert_int_equal(options.resolvers.at[0].port, resolvers[i].port);
		assert_string_equal(
		    ip_format(&options.resolvers.at[0].ip, text), resolvers[i].address);
		options_free(&options);
	}
}

static void
lists_grow(void **state)
{
	char line[512] = "check a.example b.example";
	struct options options;
	struct words words;
	struct error error;

	(void)state;
	for (int i = 1; i <= 5; i++)
		sprintf(line + strlen(line), " --allow-net=10.%d.0.0/16", i);
	strcat(line, " --only spf,dkim --only mta_sts --skip tls");
	split(line, &words);
	assert_int_equal(
	    options_parse(command_find("check"), words.count - 1, words.at + 1, &options, &error),
	    0);
	assert_int_equal(options.arguments.count, 2);
	assert_int_equal(options.allowed.count, 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(options.allowed.at[i].ip.octets[1], i + 1);
	assert_int_equal(options.allowed.at[4].length, 16);
	assert_int_equal(options.only.count, 3);
	assert_string_equal(options.only.at[2], "mta_sts");
	assert_int_equal(options.skip.count, 1);
	free(words.copy);
	options_free(&options);
}

static void
help_asks_for_nothing_else(void **state)
{
	static const char *const lines[] = {
		"scan --help",
		"scan -h",
		"scan --help --window 0 a b c",
		"check --config /nonexistent -h",
	};
	struct options options;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		parse_well(lines[i], &options);
		assert_true(options.help);
		options_free(&options);
	}
	parse_well("scan --version", &options);
	assert_true(options.version);
	options_free(&options);
}

static void
commands_are_found(void **state)
{
	struct error error;

	(void)state;
	assert_non_null(command_find("scan"));
	assert_null(command_find("sca"));
	assert_null(command_find(""));
	assert_int_equal(command_unknown("scna", &error), -1);
	assert_int_equal(error.code, EX_USAGE);
	assert_non_null(strstr(error.text, "did you mean scan?"));
	command_unknown("customers.csv", &error);
	assert_non_null(strstr(error.text, "mxsweep --help"));
	command_unknown("", &error);
	assert_non_null(strstr(error.text, "mxsweep --help"));
}

/* Each option that a command takes is in its help, in lines that fit a terminal. */
static void
help_is_complete_and_narrow(void **state)
{
	(void)state;
	for (size_t c = 0; c <= command_count; c++) {
		const struct command *command = c < command_count ? &command_table[c] : NULL;
		char *text = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&text, &size);

		options_help(out, command);
		fclose(out);
		for (size_t i = 0; command != NULL && i < option_count; i++) {
			char label[64];

			snprintf(label, sizeof label, "\n  --%s ", option_table[i].name);
			assert_int_equal(strstr(text, label) != NULL,
			    (option_table[i].commands & command->bit) != 0);
		}
		for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL;)
			if (strlen(line) > 80 || (line[0] != '\0' && line[strlen(line) - 1] == ' '))
				fail_msg("%s: %s", command != NULL ? command->name : "", line);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_words_are_explained),
		cmocka_unit_test(defaults_are_those_of_the_contract),
		cmocka_unit_test(every_default_and_row_holds),
		cmocka_unit_test(values_reach_their_members),
		cmocka_unit_test(resolvers_have_ports),
		cmocka_unit_test(lists_grow),
		cmocka_unit_test(help_asks_for_nothing_else),
		cmocka_unit_test(commands_are_found),
		cmocka_unit_test(help_is_complete_and_narrow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
