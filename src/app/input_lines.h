#ifndef MXSWEEP_APP_INPUT_LINES_H
#define MXSWEEP_APP_INPUT_LINES_H

#include "base/error.h"
#include "wire/csv_dialect.h"

#include <stddef.h>

struct input_lines;

/*
 * The physical lines of a file as UTF-8, whatever it is written in: the named encoding; else UTF-16
 * by its byte-order mark; else UTF-8, with what is not UTF-8 read as Windows-1252, which is warned
 * of once. A line ends at LF, CRLF or a lone CR. "-" is standard input. `encoding` may be NULL.
 *
 * Gives -1 with exit code 66 for what cannot be opened or is no text, 64 for an unknown encoding.
 */
int input_lines_open(const char *path, const char *encoding, struct input_lines **lines_out,
    struct csv_dialect *dialect_out, struct error *error);
void input_lines_close(struct input_lines *lines);

/*
 * The next line with its end, borrowed until the next call: 1; 0 at the end of the file; -1 with
 * exit code 65 when reading fails. Of a line longer than INPUT_LINE_MAX a first part is given that
 * is longer as well, without an end; read no further.
 */
int input_lines_next(
    struct input_lines *lines, const char **line_out, size_t *length_out, struct error *error);
size_t input_lines_number(const struct input_lines *lines);    /* of the last line given, from 1 */
const char *input_lines_name(const struct input_lines *lines); /* the path, or "standard input" */

enum {
	INPUT_LINE_MAX = 1024 * 1024, /* bytes; no row may be longer, so no line need be */
};

#endif
