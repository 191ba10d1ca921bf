#ifndef MXSWEEP_APP_INPUT_H
#define MXSWEEP_APP_INPUT_H

#include "base/error.h"
#include "fact/facts.h"

#include <stdbool.h>
#include <stddef.h>

struct input; /* an open input */

struct input_options {
	const char *column;          /* name of the domain column, or NULL: find it */
	const char *encoding;        /* as iconv(1) names it, or NULL: find it */
	const char *const *reserved; /* names of our own output columns, ended by NULL; or NULL */
};

/*
 * The columns that are carried through: all but the domain's, known ones included, in their order,
 * named as they will be printed. One that is called `domain` or is reserved becomes input_NAME, one
 * without a name column_N by its place in the file, and a name seen before gets _2, _3, ... Names
 * are compared without case.
 */
struct input_header {
	bool present; /* the file has a header row */
	size_t count;
	const char *const *names;
};

struct input_row {
	size_t line;              /* where the row begins in the file, from 1 */
	const char *domain;       /* the cell as it stands there: may be empty, or no domain */
	size_t cell_count;        /* as many as the header has names */
	const char *const *cells; /* "" where the row is too short */
	const char *known[KNOWN_COUNT]; /* NULL when the file has no such column */
};

/*
 * Opens a CSV file or plain list ("-" is standard input) and settles delimiter, encoding, header
 * and columns from its first rows. The first row is a header when a cell of it is named as the
 * domain column or when no cell of it is a mail domain. Names of columns are compared without case,
 * blanks, hyphens and underscores. The domain column is the one that `column` names; else one
 * called domain, domains, domain name or domain names; else the first whose cells are mostly
 * domains.
 *
 * Gives -1 with exit code 66 when the file cannot be opened, is no text, or no column holds
 * domains, 64 when `column` or `encoding` does not exist, and 65, as input_next, when not even one
 * row can be read. An empty file is an input without rows. `options` need not outlive the call.
 */
int input_open(
    const char *path, const struct input_options *options, struct input **out, struct error *error);
const struct input_header *input_header(const struct input *input); /* lives as long as the input */

/*
 * The next row: 1, and it is borrowed until the next call; 0 at the end; -1 with exit code 65 when
 * the input cannot be read on: a row longer than 1 MiB, an end inside quotes, a read that fails.
 * After 0 or -1 the answer stays the same. Text is UTF-8 as far as the file is; a NUL becomes
 * U+FFFD. Blank lines and lines that begin with '#' are no rows.
 */
int input_next(struct input *input, struct input_row *row_out, struct error *error);
void input_close(struct input *input);

#endif
