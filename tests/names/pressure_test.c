/* The table of words with which servers say that we come too often. */
#include "unit.h"

#include "base/error.h"
#include "names/pressure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define HEADER "code\tenhanced\ttext\tcool\tnote\n"

/* What the shipped table says: seconds, -1 = for the night, 0 = not about how often we come. */
static const struct {
	int code;
	const char *text;
	int cool;
} replies[] = {
	{ 421, "4.7.0 mx.a.com Error: too many connections from 192.0.2.1", 60 },
	{ 421, "Service not available", 60 },
	{ 421, "4.7.28 Our system has detected an unusual rate", 300 },
	{ 451, "4.7.652 The mail server has exceeded the maximum number of connections.", 300 },
	{ 451, "4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS77713)", -1 },
	{ 421, "4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred", -1 },
	{ 421, "4.3.2 all server ports are busy", 60 },
	{ 421, "Trop de connexions, veuillez verifier votre configuration. OFR004_104", 300 },
	{ 550, "Connection frequency limited", -1 },
	{ 554, "DT:SPM 163 mx", -1 },
	{ 550, "5.7.1 Too many connections, slow down", 60 },
	{ 450, "4.7.1 Client host rejected: too fast", 60 },
	{ 450, "first line\n4.7.1 second", 60 },
	{ 454, "4.7.0 TLS not available due to local problem", 0 },
	{ 451, "4.7.1 Greylisted, come back", 0 },
	{ 450, "4.7.25 Client host rejected: cannot find your hostname", 0 },
	{ 451, "4.3.0 Temporary lookup failure", 0 },
	{ 554, "5.7.1 Service unavailable; client host blocked", 0 },
	{ 554, "No SMTP service here", 0 },
	{ 220, "too many connections is what we never say", 0 },
};

static void
shipped_words_are_known(void **state)
{
	struct pressure_words *pressure;
	struct error error;

	(void)state;
	if (pressure_load(SOURCE_DIR "/data/pressure.tsv", &pressure, &error) != 0)
		fail_msg("%s", error.text);
	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		const struct pressure_row *row =
		    pressure_match(pressure, replies[i].code, replies[i].text);
		int cool = row == NULL ? 0 : row->night ? -1 : (int)row->cool_s;

		if (cool != replies[i].cool)
			fail_msg("%d %s: %d", replies[i].code, replies[i].text, cool);
	}
	assert_null(pressure_match(NULL, 421, "4.7.0 too many connections"));
	pressure_free(pressure);
}

static int
load_text(const char *text, struct pressure_words **out, struct error *error)
{
	char path[] = "/tmp/refusals_test.XXXXXX";
	int handle = mkstemp(path), status;
	FILE *file;

	assert_true(handle >= 0);
	file = fdopen(handle, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	status = *out == NULL ? pressure_load(path, out, error) : pressure_add(*out, path, error);
	unlink(path);
	return status;
}

static void
added_rows_come_first(void **state)
{
	struct pressure_words *pressure = NULL;
	struct error error;

	(void)state;
	assert_int_equal(load_text(HEADER "421\t-\t-\t60\t-\n", &pressure, &error), 0);
	assert_int_equal(pressure_match(pressure, 421, "later")->cool_s, 60);
	assert_int_equal(load_text(HEADER "421\t-\tlater\tno\t-\n", &pressure, &error), 0);
	assert_null(pressure_match(pressure, 421, "come Later"));
	assert_int_equal(pressure_match(pressure, 421, "no")->cool_s, 60);
	pressure_free(pressure);
}

static const struct {
	const char *row, *fault;
} faults[] = {
	{ "220\t-\tx\t60\t-", ":2: code: '220' must be a code of a refusal" },
	{ "\t-\tx\t60\t-", ":2: code: '' must be a code of a refusal" },
	{ "421\t2.7.\tx\t60\t-", ":2: enhanced: '2.7.' must be the beginning" },
	{ "421\t\tx\t60\t-", ":2: enhanced: '' must be the beginning" },
	{ "421\t-\tToo Many\t60\t-", ":2: text: 'Too Many' must be in lower case" },
	{ "421\t-\t\t60\t-", ":2: text: '' must be words" },
	{ "421\t-\tx\t0\t-", ":2: cool: '0' must be a number of seconds" },
	{ "421\t-\tx\t1h\t-", ":2: cool: '1h' must be a number of seconds" },
	{ "*\t-\t-\t60\tall", ":2: note: 'all' belongs to a row that fits every refusal" },
};

static void
faults_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct pressure_words *pressure = NULL;
		struct error error;
		char text[200];

		snprintf(text, sizeof text, HEADER "%s\n", faults[i].row);
		assert_int_equal(load_text(text, &pressure, &error), -1);
		assert_null(pressure);
		assert_int_equal(error.code, EX_CONFIG);
		if (strstr(error.text, faults[i].fault) == NULL)
			fail_msg("%s: %s", faults[i].row, error.text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_words_are_known),
		cmocka_unit_test(added_rows_come_first),
		cmocka_unit_test(faults_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
