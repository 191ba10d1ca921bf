/* The table of providers: the shipped one, small ones, and the faults that a table can have. */
#include "unit.h"

#include "base/error.h"
#include "names/provider.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define HEADER "mx_suffix\tprovider\tgroup\tmax_conn\tper_min\tmin_gap_ms\tprobe\tconf\tnote\n"
#define DEFAULT_ROW "*\t(default)\tip\t1\t20\t3000\teach\tI\t-\n"

/* Puts the text into a file; the caller removes it. */
static void
write_file(const char *text, size_t length, char path[32])
{
	FILE *file;
	int handle;

	strcpy(path, "/tmp/provider_test.XXXXXX");
	handle = mkstemp(path);
	assert_true(handle >= 0);
	file = fdopen(handle, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static int
load_text(const char *text, struct providers **out, struct error *error)
{
	char path[32];
	int status;

	write_file(text, strlen(text), path);
	status = providers_load(path, out, error);
	unlink(path);
	return status;
}

static int
add_text(struct providers *providers, const char *text, struct error *error)
{
	char path[32];
	int status;

	write_file(text, strlen(text), path);
	status = providers_add(providers, path, error);
	unlink(path);
	return status;
}

struct host_case {
	const char *name;
	const char *host;
	const char *suffix;
};

static const struct host_case hosts[] = {
	{ "below a suffix", "mx01.mail.icloud.com", ".icloud.com" },
	{ "upper case and a trailing dot", "ASPMX.L.Google.COM.", ".google.com" },
	{ "the longest suffix wins", "example-com.mail.protection.outlook.com",
	    ".mail.protection.outlook.com" },
	{ "the other one", "mx.olc.protection.outlook.com", ".olc.protection.outlook.com" },
	{ "a suffix inside another", "mx1.mail.ovh.net", ".mail.ovh.net" },
	{ "the outer one", "mx1.ovh.net", ".ovh.net" },
	{ "the name itself is not below it", "google.com", "*" },
	{ "a name that only ends alike", "mx.notgoogle.com", "*" },
	{ "a suffix in the middle", "mx.google.com.example.net", "*" },
	{ "nobody", "mx.example.net", "*" },
	{ "two trailing dots", "aspmx.l.google.com..", "*" },
	{ "one label", "localhost", "*" },
	{ "nothing", "", "*" },
	{ "a star", "*", "*" },
	{ "an escape of the DNS", "a\\.b.google.com", ".google.com" },
};

static void
the_shipped_table_finds_hosts(void **state)
{
	struct providers *providers;
	struct error error = { 0 };

	(void)state;
	if (providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error) != 0)
		fail_msg("%s", error.text);
	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		const struct provider *found = providers_find(providers, hosts[i].host);
		const struct provider *match = providers_match(providers, hosts[i].host);

		if (strcmp(found->suffix, hosts[i].suffix) != 0)
			fail_msg("%s: %s", hosts[i].name, found->suffix);
		assert_ptr_equal(match, strcmp(found->suffix, "*") == 0 ? NULL : found);
	}
	providers_free(providers);
}

static void
names_of_any_length_are_survived(void **state)
{
	struct providers *providers;
	struct error error;
	char host[1000];

	(void)state;
	assert_int_equal(load_text(HEADER DEFAULT_ROW, &providers, &error), 0);
	memset(host, 'a', sizeof host);
	host[sizeof host - 1] = '\0';
	assert_string_equal(providers_find(providers, host)->suffix, "*");
	memset(host, '.', sizeof host - 1);
	assert_string_equal(providers_find(providers, host)->suffix, "*");
	providers_free(providers);
}

static void
every_column_is_read(void **state)
{
	static const char table[] =
	    "# a comment\n\n" HEADER
	    ".example.net\tnet\tsite\t3\t40\t0\tsample:200\tS\twitness MX.Example.net, first\r\n"
	    "mx.example.org\torg\thost\t1\t6\t5000\tfirst\tK\twitnessed\n"
	    "_x.example.org\tx\tprovider\t2\t20\t2000\tnone\tK\t\n" DEFAULT_ROW;
	struct providers *providers;
	struct error error = { 0 };
	const struct provider *row;
	size_t cursor = 0;

	(void)state;
	if (load_text(table, &providers, &error) != 0)
		fail_msg("%s", error.text);
	row = providers_next(providers, &cursor);
	assert_string_equal(row->suffix, ".example.net");
	assert_string_equal(row->name, "net");
	assert_int_equal(row->group, PROVIDER_GROUP_SITE);
	assert_int_equal(row->max_conn, 3);
	assert_int_equal(row->per_min, 40);
	assert_int_equal(row->min_gap_ms, 0);
	assert_int_equal(row->probe, PROVIDER_PROBE_SAMPLE);
	assert_int_equal(row->sample, 200);
	assert_int_equal(row->conf, 'S');
	assert_string_equal(row->note, "witness MX.Example.net, first");
	assert_string_equal(row->witness, "mx.example.net");
	row = providers_next(providers, &cursor);
	assert_int_equal(row->probe, PROVIDER_PROBE_FIRST);
	assert_int_equal(row->sample, 0);
	assert_null(row->witness);
	row = providers_next(providers, &cursor);
	assert_string_equal(row->note, "");
	assert_string_equal(provider_group_name(row->group), "provider");
	assert_string_equal(provider_probe_name(row->probe), "none");
	row = providers_next(providers, &cursor);
	assert_string_equal(row->note, "");
	assert_null(providers_next(providers, &cursor));
	assert_string_equal(providers_find(providers, "mx.example.org")->name, "org");
	assert_string_equal(providers_find(providers, "a.mx.example.org")->name, "(default)");
	providers_free(providers);
}

static void
a_second_file_adds_and_replaces(void **state)
{
	static const char first[] =
	    HEADER ".example.net\told\tprovider\t3\t40\t1000\teach\tI\t-\n" DEFAULT_ROW;
	static const char second[] =
	    HEADER ".example.net\tnew\tip\t1\t2\t9000\tnone\tS\tours\n"
		   ".mx.example.net\tinner\tip\t1\t2\t9000\tnone\tS\tours\n"
		   "*\t(ours)\tip\t5\t50\t500\teach\tI\t-\n";
	struct providers *providers;
	struct error error = { 0 };
	const struct provider *held;
	size_t cursor = 0, count = 0;

	(void)state;
	assert_int_equal(load_text(first, &providers, &error), 0);
	held = providers_find(providers, "a.example.net");
	if (add_text(providers, second, &error) != 0)
		fail_msg("%s", error.text);
	assert_ptr_equal(providers_find(providers, "a.example.net"), held);
	assert_string_equal(held->name, "new");
	assert_int_equal(held->probe, PROVIDER_PROBE_NONE);
	assert_string_equal(providers_find(providers, "a.mx.example.net")->name, "inner");
	assert_string_equal(providers_find(providers, "example.org")->name, "(ours)");
	while (providers_next(providers, &cursor) != NULL)
		count++;
	assert_int_equal(count, 3);
	providers_free(providers);
}

static void
a_bad_second_file_changes_nothing(void **state)
{
	static const char second[] = HEADER "*\t(ours)\tip\t5\t50\t500\teach\tI\t-\n"
					    ".example.net.\tnew\tip\t1\t2\t9000\tnone\tS\tours\n";
	struct providers *providers;
	struct error error;

	(void)state;
	assert_int_equal(load_text(HEADER DEFAULT_ROW, &providers, &error), 0);
	assert_int_equal(add_text(providers, second, &error), -1);
	assert_string_equal(providers_find(providers, "example.org")->name, "(default)");
	assert_int_equal(providers_add(providers, "/no/such/file", &error), -1);
	assert_int_equal(error.code, EX_NOINPUT);
	assert_non_null(strstr(error.text, "/no/such/file"));
	providers_free(providers);
}

struct fault_case {
	const char *name;
	const char *row;         /* behind the header and a comment: line 3 */
	const char *expected[2]; /* parts of the message */
};

static const struct fault_case faults[] = {
	{ "a suffix that ends in a dot", ".a.net.\ta\tip\t1\t1\t1\teach\tI\t-\n",
	    { ":3: mx_suffix: '.a.net.'", "dot" } },
	{ "a star before a suffix", "*.a.net\ta\tip\t1\t1\t1\teach\tI\t-\n",
	    { ":3: mx_suffix: '*.a.net'", "any name below" } },
	{ "upper case", ".A.net\ta\tip\t1\t1\t1\teach\tI\t-\n", { ":3: mx_suffix", "lower case" } },
	{ "no suffix", "\ta\tip\t1\t1\t1\teach\tI\t-\n", { ":3: mx_suffix: ''", "host name" } },
	{ "a dot alone", ".\ta\tip\t1\t1\t1\teach\tI\t-\n", { ":3: mx_suffix: '.'", "dot" } },
	{ "two dots", "..a.net\ta\tip\t1\t1\t1\teach\tI\t-\n", { ":3: mx_suffix", "host name" } },
	{ "an address", "192.0.2.1\ta\tip\t1\t1\t1\teach\tI\t-\n",
	    { ":3: mx_suffix", "host name" } },
	{ "no name", ".a.net\t\tip\t1\t1\t1\teach\tI\t-\n", { ":3: provider: ''", "word" } },
	{ "an unknown group", ".a.net\ta\tIP\t1\t1\t1\teach\tI\t-\n",
	    { ":3: group: 'IP'", "provider, site, host or ip" } },
	{ "no connection", ".a.net\ta\tip\t0\t1\t1\teach\tI\t-\n",
	    { ":3: max_conn: '0'", "from 1 to" } },
	{ "a negative number", ".a.net\ta\tip\t-1\t1\t1\teach\tI\t-\n",
	    { ":3: max_conn", "'-1'" } },
	{ "a number with a unit", ".a.net\ta\tip\t1\t1\t1s\teach\tI\t-\n",
	    { ":3: min_gap_ms: '1s'", "milliseconds" } },
	{ "a number that would wrap", ".a.net\ta\tip\t1\t4294967297\t1\teach\tI\t-\n",
	    { ":3: per_min", "4294967297" } },
	{ "no number", ".a.net\ta\tip\t1\t\t1\teach\tI\t-\n", { ":3: per_min: ''", "number" } },
	{ "an unknown probe", ".a.net\ta\tip\t1\t1\t1\tall\tI\t-\n",
	    { ":3: probe: 'all'", "sample:N" } },
	{ "a sample without number", ".a.net\ta\tip\t1\t1\t1\tsample\tI\t-\n",
	    { ":3: probe: 'sample'", "sample:N" } },
	{ "a sample of none", ".a.net\ta\tip\t1\t1\t1\tsample:0\tI\t-\n",
	    { ":3: probe: 'sample:0'", "number" } },
	{ "a number where none belongs", ".a.net\ta\tip\t1\t1\t1\teach:2\tI\t-\n",
	    { ":3: probe: 'each:2'", "sample:N" } },
	{ "an unknown source", ".a.net\ta\tip\t1\t1\t1\teach\tX\t-\n",
	    { ":3: conf: 'X'", "S, K" } },
	{ "no source", ".a.net\ta\tip\t1\t1\t1\teach\t\t-\n", { ":3: conf: ''", "S, K" } },
	{ "a witness that is no host", ".a.net\ta\tip\t1\t1\t1\teach\tI\twitness us\n",
	    { ":3: note: 'witness us'", "host name" } },
	{ "a witness without host", ".a.net\ta\tip\t1\t1\t1\teach\tI\twitness \n",
	    { ":3: note", "host name" } },
	{ "a column less", ".a.net\ta\tip\t1\t1\t1\teach\tI\n",
	    { ":3: columns: 8", "9 are right" } },
	{ "a column more", ".a.net\ta\tip\t1\t1\t1\teach\tI\t-\t-\n",
	    { ":3: columns: 10", "9 are right" } },
	{ "blanks in place of tabs", ".a.net a ip 1 1 1 each I -\n",
	    { ":3: columns: 1", "9 are right" } },
	{ "no UTF-8", ".a.net\ta\tip\t1\t1\t1\teach\tI\tcaf\xe9\n", { ":3:", "UTF-8" } },
	{ "a suffix twice",
	    ".a.net\ta\tip\t1\t1\t1\teach\tI\t-\n.a.net\tb\tip\t1\t1\t1\teach\tI\t-\n",
	    { ":4: mx_suffix: '.a.net'", "already" } },
	{ "no row for the rest", ".a.net\ta\tip\t1\t1\t1\teach\tI\t-\n", { "no row '*'", "" } },
};

static void
faults_say_where_and_what_is_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct providers *providers;
		struct error error = { 0 };
		char table[512];

		snprintf(table, sizeof table, "%s# comment\n%s", HEADER, faults[i].row);
		if (load_text(table, &providers, &error) != -1)
			fail_msg("%s: was read", faults[i].name);
		assert_null(providers);
		assert_int_equal(error.code, EX_CONFIG);
		for (size_t k = 0; k < 2; k++)
			if (strstr(error.text, faults[i].expected[k]) == NULL)
				fail_msg("%s: %s", faults[i].name, error.text);
	}
}

static const char *const no_headers[] = {
	"",
	"# comments alone\n",
	DEFAULT_ROW,
	("mx_suffix\tprovider\n" DEFAULT_ROW),
};

static void
a_file_without_header_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(no_headers); i++) {
		struct providers *providers;
		struct error error = { 0 };

		assert_int_equal(load_text(no_headers[i], &providers, &error), -1);
		assert_non_null(strstr(error.text, "header"));
	}
}

static void
a_byte_order_mark_is_skipped(void **state)
{
	struct providers *providers;
	struct error error = { 0 };

	(void)state;
	if (load_text("\ufeff" HEADER DEFAULT_ROW, &providers, &error) != 0)
		fail_msg("%s", error.text);
	providers_free(providers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_table_finds_hosts),
		cmocka_unit_test(names_of_any_length_are_survived),
		cmocka_unit_test(every_column_is_read),
		cmocka_unit_test(a_second_file_adds_and_replaces),
		cmocka_unit_test(a_bad_second_file_changes_nothing),
		cmocka_unit_test(faults_say_where_and_what_is_right),
		cmocka_unit_test(a_file_without_header_is_refused),
		cmocka_unit_test(a_byte_order_mark_is_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
