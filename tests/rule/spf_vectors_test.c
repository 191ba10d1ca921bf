/* The grammar of SPF over records from the tests of other projects, tests/suites/spf/records.tsv.
 */
#include "unit.h"

#include "base/arena.h"
#include "rule/spf_record.h"

#include <stdio.h>
#include <string.h>

enum { SOURCE, THEIRS, OURS, WHY, RECORD, COLUMNS };

static void
split(char *line, char *cells[COLUMNS])
{
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < COLUMNS; i++) {
		cells[i] = line;
		line += strcspn(line, "\t");
		if (i < COLUMNS - 1) {
			assert_int_equal(*line, '\t');
			*line++ = '\0';
		}
	}
}

/* Where the grammar and the source differ, the row must say why, and only there. */
static unsigned
check_row(char *cells[COLUMNS])
{
	struct arena arena = { 0 };
	struct spf_record record;
	bool valid = spf_record_parse(&arena, cells[RECORD], strlen(cells[RECORD]), &record);
	bool differs = strcmp(cells[THEIRS], cells[OURS]) != 0;
	bool right = strcmp(cells[OURS], valid ? "valid" : "invalid") == 0 &&
	    differs == (strcmp(cells[WHY], "-") != 0);

	if (!right)
		print_error("%s: %s: %s\n", cells[SOURCE], cells[RECORD],
		    valid ? "valid" : record.error_text);
	arena_free(&arena);
	return !right;
}

static void
records_of_others(void **state)
{
	FILE *file = fopen(SOURCE_DIR "/tests/suites/spf/records.tsv", "r");
	unsigned rows = 0, failures = 0;
	char line[2048], *cells[COLUMNS];

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		if (*line == '#' || strncmp(line, "source\t", 7) == 0)
			continue;
		split(line, cells);
		failures += check_row(cells);
		rows++;
	}
	fclose(file);
	assert_int_equal(failures, 0);
	assert_true(rows > 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(records_of_others) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
