#ifndef MXSWEEP_APP_SPLIT_H
#define MXSWEEP_APP_SPLIT_H

#include "app/options.h"
#include "app/rows.h"
#include "app/sinks.h"

struct split;

/* Is the column there? -1 with exit code 64 when it is asked for and not. */
int split_check(
    const struct options *options, const struct carried_columns *columns, struct error *error);

/*
 * One set of files for each value of a carried column (--split-by, --split-dir): DIR/VALUE/NAME for
 * each file that another option names. Only one set is open at a time, however many values there
 * are: rows are noted by value when they come by, and read again value by value.
 *
 * NULL in *split_out when the options ask for none; -1 with exit code 64 when the column is not
 * there. `options` and `columns` are borrowed.
 */
int split_new(const struct options *options, const struct carried_columns *columns,
    struct split **split_out, struct error *error);
void split_free(struct split *split); /* NULL is fine */

/* In input order, ids from 1 on; `cell_count` cells. -1 with exit code 64 for too many values. */
int
split_note(struct split *split, size_t cell_count, const char *const *cells, struct error *error);

/* The rows of the next value, in input order; false at the end. */
bool split_next(struct split *split, const int64_t **ids_out, size_t *count_out);
/* The sinks of that value; as sinks_open. */
int split_open(struct split *split, struct sinks *sinks_out, struct error *error);

/* A name for the folder of a value: letters, digits and `._-`, nothing that a file system takes for
 * something else; what had to be changed for that, or is `marked`, has a digest behind it. */
const char *split_folder(const char *value, bool marked, struct arena *arena);

#endif
