/* What people write into files for --config and @FILE, and what they are told. */
#include "options_fixture.h"

#include <sysexits.h>
#include <unistd.h>

/* Files of --config and @FILE lie in a folder of their own. */
static char folder[] = "/tmp/mxsweep-options-XXXXXX";
static char path[64];

static int
enter(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/file", folder);
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void
write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

struct config_case {
	const char *name;
	const char *text;
	int code;
	const char *part; /* of what is said */
};

static const struct config_case configs[] = {
	{ "an unknown name", "# x\n\nwindw = 5\n", EX_CONFIG,
	    "file:3: unknown option 'windw'; did you mean 'window'?" },
	{ "a name with its hyphens", "--window = 5\n", EX_CONFIG, "did you mean 'window'?" },
	{ "a name like none", "frobnicate = 5\n", EX_CONFIG, "\"mxsweep scan --help\"" },
	{ "a bad value", "window = 0\n", EX_CONFIG, "file:1: window: '0' is no number" },
	{ "no value", "window\n", EX_CONFIG, "file:1: window needs a value; \"window = N\"" },
	{ "an empty value", "csv =\n", EX_CONFIG, "file:1: csv: the value is empty" },
	{ "a section", "[scan]\nwindow = 5\n", EX_CONFIG, "file:1: sections are not known" },
	{ "a comment behind a value is part of it", "window = 5 # five\n", EX_CONFIG,
	    "'5 # five' is no number" },
	{ "a file in the file", "config = other.ini\n", EX_CONFIG, "unknown option 'config'" },
	{ "help in the file", "help\n", EX_CONFIG, "unknown option 'help'" },
	{ "a flag with nonsense", "quiet = 2\n", EX_CONFIG, "quiet: '2' is neither on nor off" },
	{ "a list whose file is missing", "only = @/nonexistent\n", EX_NOINPUT,
	    "file:1: only: cannot open /nonexistent" },
	{ "a last line without an end", "window = x", EX_CONFIG, "file:1: window: 'x'" },
};

static void
wrong_files_are_explained(void **state)
{
	char line[128];

	(void)state;
	snprintf(line, sizeof line, "scan --config %s a.csv", path);
	for (size_t i = 0; i < COUNT_OF(configs); i++) {
		struct options options;
		struct error error = { 0 };

		write_file(configs[i].text);
		if (parse(line, &options, &error) == 0)
			fail_msg("%s: is taken", configs[i].name);
		if (error.code != configs[i].code || strstr(error.text, configs[i].part) == NULL)
			fail_msg("%s: %d %s", configs[i].name, error.code, error.text);
	}
}

static void
the_file_stands_between_defaults_and_words(void **state)
{
	static const char text[] = "\xef\xbb\xbfresolver = 192.0.2.1\r\n"
				   "  resolver=192.0.2.2:5300  \n"
				   "; a comment\n"
				   "# another\n"
				   "\n"
				   "window = 20\n"
				   "csv = \"two words.csv\"\n"
				   "csv-delimiter = ;\n"
				   "quiet\n"
				   "csv-bom = on\n"
				   "markdown = on\n"
				   "smtp-timeout = connect=1500ms, greeting = 6s\n"
				   "skip = spf, dkim\n"
				   "allow-net = 10.0.0.0/8\n";
	char line[160];
	struct options options;

	(void)state;
	write_file(text);
	snprintf(line, sizeof line,
	    "scan --window 3 --config %s a.csv --allow-net 2001:db8::/32 --smtp-timeout total=1s "
	    "--csv-bom=off",
	    path);
	parse_well(line, &options);
	assert_int_equal(options.resolvers.count, 2);
	assert_int_equal(options.resolvers.at[1].port, 5300);
	assert_int_equal(options.window, 3);
	assert_string_equal(options.csv, "two words.csv");
	assert_int_equal(options.csv_delimiter, ';');
	assert_true(options.quiet);
	assert_false(options.csv_bom);
	assert_false(options.markdown); /* not for scan: left alone */
	assert_int_equal(options.smtp_timeouts.connect, 1500);
	assert_int_equal(options.smtp_timeouts.greeting, 6000);
	assert_int_equal(options.skip.count, 2);
	assert_string_equal(options.skip.at[1], "dkim");
	assert_int_equal(options.smtp_timeouts.total, 1000);
	assert_int_equal(options.smtp_timeouts.quit, 5000);
	assert_int_equal(options.allowed.count, 1); /* the command line goes before the file */
	assert_int_equal(options.allowed.at[0].ip.family, 6);
	assert_true(options_given(&options, "resolver"));
	options_free(&options);
}

static void
lists_come_from_files(void **state)
{
	char line[160];
	struct options options;
	struct error error = { 0 };

	(void)state;
	write_file("# networks of the lab\n10.0.0.0/8\n\n  2001:db8::/32\t\r\n192.0.2.1");
	snprintf(
	    line, sizeof line, "check --allow-net @%s --allow-net 127.0.0.0/8 a.example", path);
	parse_well(line, &options);
	assert_int_equal(options.allowed.count, 4);
	assert_int_equal(options.allowed.at[2].length, 32);
	options_free(&options);
	write_file("10.0.0.0/8\nten\n");
	assert_int_equal(parse(line, &options, &error), -1);
	assert_int_equal(error.code, EX_USAGE);
	assert_non_null(strstr(error.text, "--allow-net: "));
	assert_non_null(strstr(error.text, "file:2: 'ten' is no network"));
	parse_well("scan --csv @name.csv a.csv", &options); /* no list: a name like any other */
	assert_string_equal(options.csv, "@name.csv");
	options_free(&options);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_files_are_explained),
		cmocka_unit_test(the_file_stands_between_defaults_and_words),
		cmocka_unit_test(lists_come_from_files),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
