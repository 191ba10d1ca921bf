#ifndef MXSWEEP_APP_INPUT_COLUMNS_H
#define MXSWEEP_APP_INPUT_COLUMNS_H

#include "app/input.h"
#include "base/arena.h"

enum {
	INPUT_COLUMNS_MAX = 1024,    /* wider is no list of domains, but a file of another kind */
	INPUT_COLUMN_NONE = 1 << 30, /* the file has no such column */
};

/* A row as it was read. */
struct input_cells {
	size_t line;
	size_t count;
	const char *const *at;
};

/* Which column is what. Zeroed before use; its memory is in the arena. */
struct input_columns {
	struct arena arena;
	struct input_header header;
	size_t width;              /* columns of the file, the domain's included */
	size_t domain;             /* its place, from 0 */
	size_t known[KNOWN_COUNT]; /* places, or INPUT_COLUMN_NONE */
};

/*
 * Settles the columns from the first rows of the file `name`; the rows are not kept. Gives -1 with
 * exit code 64 when there is no column as named, 66 when none holds domains.
 */
int input_columns_settle(const char *name, const struct input_options *options,
    const struct input_cells *rows, size_t row_count, struct input_columns *columns_out,
    struct error *error);

/* The row by its columns; `cells` has room for as many as the header names. */
void input_columns_apply(const struct input_columns *columns, const struct input_cells *row,
    const char **cells, struct input_row *row_out);

#endif
