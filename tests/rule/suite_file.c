/* Reading the cases of other programs. */
#include "rule/suite_file.h"

#include "base/strbuf.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 4096 };

void
suite_file_unescape(const char *text, struct strbuf *out)
{
	static const char letters[] = "nrt\\", octets[] = "\n\r\t\\";

	strbuf_reset(out);
	strbuf_add(out, "", 0);
	for (; *text != '\0'; text++) {
		const char *letter;

		if (*text != '\\') {
			strbuf_add_byte(out, *text);
			continue;
		}
		text++;
		letter = strchr(letters, *text);
		if (letter != NULL) {
			strbuf_add_byte(out, octets[letter - letters]);
		} else {
			char digits[3] = { text[1], text[2], '\0' };

			assert_int_equal(*text, 'x');
			strbuf_add_byte(out, (char)strtol(digits, NULL, 16));
			text += 2;
		}
	}
}

static void
split(char *line, size_t count, char *cells[SUITE_CELLS_MAX])
{
	assert_true(count <= SUITE_CELLS_MAX);
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < count; i++) {
		cells[i] = strsep(&line, "\t");
		assert_non_null(cells[i]);
	}
	assert_null(line);
}

static void
run_file(const struct suite_file *suite)
{
	size_t cases = 0, overruled = 0, failures = 0;
	char path[512], line[LINE_MAX_OCTETS], *cells[SUITE_CELLS_MAX];
	FILE *file;

	snprintf(path, sizeof path, SOURCE_DIR "/tests/suites/%s", suite->path);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file)); /* the names of the columns */
	for (; fgets(line, sizeof line, file) != NULL; cases++) {
		bool differs;

		split(line, suite->cells, cells);
		differs = strcmp(cells[suite->cells - 1], "-") != 0;
		overruled += differs;
		if (suite->as_expected(cells, suite->user) == differs) {
			print_error("%s, %s: %s\n", suite->path, cells[0], cells[2]);
			failures++;
		}
	}
	fclose(file);
	assert_int_equal(cases, suite->cases);
	assert_int_equal(overruled, suite->overruled);
	assert_int_equal(failures, 0);
}

void
suite_files_run(const struct suite_file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		run_file(&files[i]);
}
