/* Rows of a CSV file, one after another: lines go into libcsv, rows come out by their columns. */
#include "app/input.h"

#include "app/input_columns.h"
#include "app/input_lines.h"
#include "base/alloc.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum {
	ROW_BYTES_MAX = INPUT_LINE_MAX, /* beyond it a quote was never closed */
	HEAD_ROWS = 100,                /* looked at to settle the columns */
	NO_DELIMITER = 0x1f,            /* of a plain list: the unit separator, in no list */
	CELL_GROWTH = 4096,             /* bytes by which libcsv's buffer grows */
};

struct input {
	struct input_lines *lines;
	struct csv_parser parser;
	char delimiter; /* '\0' for a plain list */

	/* the row that is being read, or was read last */
	struct strbuf text; /* its cells, each ended by a NUL */
	size_t *starts;     /* of the cells in the text */
	const char **at;    /* the cells, once the row is complete */
	size_t count, capacity;
	bool complete;
	size_t line;

	/* the first rows, read ahead, and how the reading ahead ended: 1, 0 or -1 with the error */
	struct arena head_arena;
	struct input_cells head[HEAD_ROWS];
	size_t head_count, head_next;
	int state;
	struct error error;

	struct input_columns columns;
	const char **carried;
	bool warned_of_width;
};

static void
add_start(struct input *input)
{
	if (input->count == input->capacity) {
		input->capacity = input->capacity == 0 ? 64 : input->capacity * 2;
		input->starts =
		    alloc_resize(input->starts, input->capacity * sizeof *input->starts);
		input->at = alloc_resize(input->at, input->capacity * sizeof *input->at);
	}
	input->starts[input->count++] = input->text.length;
}

/* A NUL would end the text of the cell. */
static void
on_cell(void *bytes, size_t length, void *data)
{
	struct input *input = data;
	const char *from = bytes;

	add_start(input);
	while (length > 0) {
		const char *nul = memchr(from, '\0', length);
		size_t part = nul == NULL ? length : (size_t)(nul - from);

		strbuf_add(&input->text, from, part);
		if (nul != NULL)
			strbuf_add_string(&input->text, UTF8_REPLACEMENT);
		part += nul != NULL;
		from += part;
		length -= part;
	}
	strbuf_add_byte(&input->text, '\0');
}

static void
on_row(int end, void *data)
{
	struct input *input = data;

	(void)end;
	input->complete = true;
}

static bool
is_blank(const struct input *input, const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool blank =
		    line[i] == '\t' ? input->delimiter != '\t' : strchr(" \r\n", line[i]) != NULL;

		if (!blank || line[i] == '\0')
			return false;
	}
	return true;
}

static int
fail_row(const struct input *input, const char *what, struct error *error)
{
	return error_set(error, EX_DATAERR, "%s: line %zu: %s: unbalanced quote?",
	    input_lines_name(input->lines), input->line, what);
}

/*
 * The parser ends a row at the end of a line, unless that is inside quotes. The last line of a file
 * may lack its end, so it gets one.
 */
static void
feed_line(struct input *input, const char *line, size_t length)
{
	csv_parse(&input->parser, line, length, on_cell, on_row, input);
	if (line[length - 1] != '\n' && line[length - 1] != '\r')
		csv_parse(&input->parser, "\n", 1, on_cell, on_row, input);
}

static void
finish_row(struct input *input, struct input_cells *row_out)
{
	for (size_t i = 0; i < input->count; i++)
		input->at[i] = input->text.at + input->starts[i];
	*row_out = (struct input_cells){ input->line, input->count, input->at };
}

static int
read_row(struct input *input, struct input_cells *row_out, struct error *error)
{
	size_t bytes = 0; /* of the row so far */

	strbuf_reset(&input->text);
	input->count = 0;
	input->complete = false;
	while (!input->complete) {
		const char *line;
		size_t length;
		int got = input_lines_next(input->lines, &line, &length, error);

		if (got == 0 && bytes > 0)
			return fail_row(
			    input, "the file ends within a row that begins here", error);
		if (got <= 0)
			return got;
		if (bytes == 0 && (line[0] == '#' || is_blank(input, line, length)))
			continue;
		if (bytes == 0)
			input->line = input_lines_number(input->lines);
		bytes += length;
		if (bytes > ROW_BYTES_MAX)
			return fail_row(input, "a row longer than 1 MiB begins here", error);
		feed_line(input, line, length);
	}
	finish_row(input, row_out);
	return 1;
}

static void
keep_head_row(struct input *input, const struct input_cells *row)
{
	const char **at = arena_zeroed(&input->head_arena, row->count, sizeof *at);

	for (size_t i = 0; i < row->count; i++)
		at[i] = arena_string(&input->head_arena, row->at[i]);
	input->head[input->head_count++] = (struct input_cells){ row->line, row->count, at };
}

/* Reads ahead; how that ends is told when the rows before it were given. */
static void
read_head(struct input *input)
{
	struct input_cells row;

	input->state = 1;
	while (input->state > 0 && input->head_count < HEAD_ROWS) {
		input->state = read_row(input, &row, &input->error);
		if (input->state > 0)
			keep_head_row(input, &row);
	}
}

/* Blanks are part of a cell (RFC 4180 2.4): what a customer's column holds comes out as it was. */
static int
is_no_space(unsigned char octet)
{
	(void)octet;
	return 0;
}

static int
start_parser(struct input *input, struct error *error)
{
	if (csv_init(&input->parser, 0) != 0)
		return error_set(error, EX_SOFTWARE, "the CSV parser cannot be started");
	csv_set_delim(&input->parser,
	    input->delimiter != '\0' ? (unsigned char)input->delimiter
				     : (unsigned char)NO_DELIMITER);
	csv_set_space_func(&input->parser, is_no_space);
	csv_set_realloc_func(&input->parser, alloc_resize);
	csv_set_blk_size(&input->parser, CELL_GROWTH);
	return 0;
}

static int
settle(struct input *input, const struct input_options *options, struct error *error)
{
	read_head(input);
	if (input->head_count == 0 && input->state < 0) {
		*error = input->error;
		return -1;
	}
	if (input_columns_settle(input_lines_name(input->lines), options, input->head,
		input->head_count, &input->columns, error) < 0)
		return -1;
	input->carried = alloc_zeroed(input->columns.header.count, sizeof *input->carried);
	input->head_next = input->columns.header.present ? 1 : 0;
	return 0;
}

int
input_open(
    const char *path, const struct input_options *options, struct input **out, struct error *error)
{
	struct csv_dialect dialect;
	struct input_lines *lines;
	struct input *input;
	const char *line;
	size_t length;

	if (input_lines_open(path, options->encoding, &lines, &dialect, error) < 0)
		return -1;
	input = alloc_zeroed(1, sizeof *input);
	input->lines = lines;
	input->delimiter = dialect.delimiter;
	if (dialect.separator_line)
		input_lines_next(lines, &line, &length, error);
	if (start_parser(input, error) < 0 || settle(input, options, error) < 0) {
		input_close(input);
		return -1;
	}
	*out = input;
	return 0;
}

const struct input_header *
input_header(const struct input *input)
{
	return &input->columns.header;
}

static int
next_cells(struct input *input, struct input_cells *row_out)
{
	if (input->head_next < input->head_count) {
		*row_out = input->head[input->head_next++];
		return 1;
	}
	if (input->state > 0)
		input->state = read_row(input, row_out, &input->error);
	return input->state;
}

static void
warn_of_width(struct input *input, const struct input_cells *row)
{
	if (row->count <= input->columns.width || input->warned_of_width)
		return;
	log_warn("%s: line %zu has %zu cells, more than there are columns; such cells are left out",
	    input_lines_name(input->lines), row->line, row->count);
	input->warned_of_width = true;
}

int
input_next(struct input *input, struct input_row *row_out, struct error *error)
{
	struct input_cells row = { 0 };
	int got = next_cells(input, &row);

	if (got < 0)
		*error = input->error;
	if (got <= 0)
		return got;
	warn_of_width(input, &row);
	input_columns_apply(&input->columns, &row, input->carried, row_out);
	return 1;
}

void
input_close(struct input *input)
{
	csv_free(&input->parser);
	input_lines_close(input->lines);
	arena_free(&input->head_arena);
	arena_free(&input->columns.arena);
	strbuf_free(&input->text);
	free(input->starts);
	free(input->at);
	free(input->carried);
	free(input);
}
