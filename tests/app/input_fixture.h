#ifndef MXSWEEP_TESTS_APP_INPUT_FIXTURE_H
#define MXSWEEP_TESTS_APP_INPUT_FIXTURE_H

/* A list in a folder of its own, standard error in a file, and an input as one line of text. */
#include "unit.h"

#include "app/input.h"
#include "base/strbuf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct room {
	char folder[64];
	char path[96];
	char warnings[96];
	int saved;
};

static struct room room;

static int
enter(void **state)
{
	(void)state;
	strcpy(room.folder, "/tmp/mxsweep-input-XXXXXX");
	if (mkdtemp(room.folder) == NULL)
		return -1;
	snprintf(room.path, sizeof room.path, "%s/list.csv", room.folder);
	snprintf(room.warnings, sizeof room.warnings, "%s/stderr", room.folder);
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	unlink(room.path);
	unlink(room.warnings);
	return rmdir(room.folder);
}

static void
catch_warnings(void)
{
	int to = open(room.warnings, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	fflush(stderr);
	room.saved = dup(STDERR_FILENO);
	dup2(to, STDERR_FILENO);
	close(to);
}

/* Gives how many lines were warned, the last of them in `text`. */
static int
caught_warnings(char text[1024])
{
	FILE *file;
	int lines = 0;

	fflush(stderr);
	dup2(room.saved, STDERR_FILENO);
	close(room.saved);
	file = fopen(room.warnings, "r");
	text[0] = '\0';
	while (fgets(text, 1024, file) != NULL)
		lines++;
	fclose(file);
	return lines;
}

static void
write_list(const void *bytes, size_t length)
{
	FILE *file = fopen(room.path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static void
dump_row(const struct input_row *row, struct strbuf *out)
{
	strbuf_printf(out, "/%zu:%s", row->line, row->domain);
	for (size_t i = 0; i < row->cell_count; i++)
		strbuf_printf(out, "|%s", row->cells[i]);
}

/* "names|of|columns", for each row "/LINE:domain|cell|cell", and the end: "/." or "/!CODE". */
static void
dump_rows(struct input *input, struct strbuf *out, struct error *error)
{
	const struct input_header *header = input_header(input);
	struct input_row row;
	int got;

	for (size_t i = 0; i < header->count; i++)
		strbuf_printf(out, "%s%s", i > 0 ? "|" : "", header->names[i]);
	while ((got = input_next(input, &row, error)) > 0) {
		assert_int_equal(row.cell_count, header->count);
		dump_row(&row, out);
	}
	if (got < 0)
		strbuf_printf(out, "/!%d", error->code);
	else
		strbuf_add_string(out, "/.");
	assert_int_equal(input_next(input, &row, error), got);
}

static void
dump_input(const struct input_options *options, struct strbuf *out, struct error *error)
{
	struct input *input;

	strbuf_reset(out);
	strbuf_add_string(out, "");
	if (input_open(room.path, options, &input, error) < 0) {
		assert_null(strchr(error->text, '\n'));
		strbuf_printf(out, "!%d", error->code);
		return;
	}
	dump_rows(input, out, error);
	input_close(input);
}

#endif
