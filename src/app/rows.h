#ifndef MXSWEEP_APP_ROWS_H
#define MXSWEEP_APP_ROWS_H

#include "app/options.h"
#include "rule/evaluation.h"

struct arena;
struct night;
struct night_row;

/* What was read of the input. */
struct rows_read {
	uint64_t rows, domains, invalid, again;
	uint64_t differing; /* of `again`: with other columns that steer them, so gathered anew */
	bool cut_short;     /* the input could not be read to its end; `problem` says why */
	struct error problem;
};

/*
 * Copies the rows of the input into the night file, with the names of the carried columns. An input
 * that breaks off is no error here: what came before it is swept and reported, and then said.
 */
int rows_import(const char *path, const struct options *options, struct night *night,
    struct rows_read *read_out, struct error *error);

/* The same for domains named on the command line. */
int rows_import_domains(const struct option_list *domains, struct night *night,
    struct rows_read *read_out, struct error *error);

/* What was read into a night file that is gone on with; false when it was not read to its end. */
bool rows_recall(struct night *night, struct rows_read *read_out);
/* Is that the list that was read into it? -1 with exit code 64 when it is another. */
int rows_compare(
    const char *path, const struct options *options, struct night *night, struct error *error);

/* What evaluation_run is told of a row; what it points to lives as long as the row. */
struct evaluation rows_evaluation(const struct night_row *row);

/* The names of the carried columns, in the arena. */
struct carried_columns {
	const char *const *names;
	size_t count;
};
struct carried_columns rows_carried_columns(struct night *night, struct arena *arena);

#endif
