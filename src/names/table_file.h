#ifndef MXSWEEP_NAMES_TABLE_FILE_H
#define MXSWEEP_NAMES_TABLE_FILE_H

#include <stddef.h>

struct arena;
struct error;

enum { TABLE_COLUMNS_MAX = 16 };

/* The line that is being read. */
struct table_place {
	const char *path;
	size_t line;
	struct error *error;
};

/* Takes the fields of a row, as many as there are columns; -1 with the error of the place set. */
typedef int (*table_row_fn)(void *user, const struct table_place *place, char *const *fields);

struct table_form {
	const char *const *columns; /* as the header must name them */
	size_t column_count;
	table_row_fn take_row;
};

/*
 * Reads a table of data: UTF-8, fields separated by tabs, lines that begin with # left out, the
 * first other line names the columns. The fields live in the arena. -1 with `error` set
 * ("FILE:LINE: what is wrong, what would be right"): EX_NOINPUT when it cannot be read, EX_CONFIG
 * when it is not such a table.
 */
int table_file_read(const struct table_form *form, const char *path, struct arena *arena,
    void *user, struct error *error);

/* -1 and "FILE:LINE: COLUMN: 'TEXT' FAULT", where the fault says what would be right. */
int table_place_fault(
    const struct table_place *place, const char *column, const char *text, const char *fault);

#endif
