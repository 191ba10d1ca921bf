/* Warnings: one line, with nothing in it that a terminal obeys, and a priority for the journal. */
#include "unit.h"

#include "base/log.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What log_warn writes to a file in the place of standard error, which is the journal's or not. */
static void
written(bool journal, char *text, size_t size)
{
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);
	char stream[64];
	struct stat is;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &is), 0);
	snprintf(stream, sizeof stream, "%llu:%llu", (unsigned long long)is.st_dev,
	    (unsigned long long)is.st_ino + (journal ? 0 : 1));
	setenv("JOURNAL_STREAM", stream, 1);
	dup2(fileno(file), STDERR_FILENO);
	log_warn("%s is %d", "x\x1b[1m\xff", 7);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(file);
	text[fread(text, 1, size - 1, file)] = '\0';
	fclose(file);
}

static void
test_a_line(void **state)
{
	char text[200];

	(void)state;
	written(false, text, sizeof text);
	assert_string_equal(text, "mxsweep: x\\x1b[1m\\xff is 7\n");
}

static void
test_journal(void **state)
{
	char text[200];

	(void)state;
	written(true, text, sizeof text);
	assert_string_equal(text, "<4>mxsweep: x\\x1b[1m\\xff is 7\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_line),
		cmocka_unit_test(test_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
