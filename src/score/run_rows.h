#ifndef MXSWEEP_SCORE_RUN_ROWS_H
#define MXSWEEP_SCORE_RUN_ROWS_H

#include "score/check.h"

/* The rows of the area run: what the facts of a run say of the scanner itself. Pure. */
struct run_row {
	const struct check *check;
	const char *subject; /* an address of ours, a list; NULL: the run */
	struct finding finding;
};

struct run_rows {
	struct run_row *at; /* in the order of the area's checks; in the arena */
	size_t count;
};

void run_rows_judge(const struct run_facts *run, struct arena *arena, struct run_rows *out);

/* Is there something to know: it fails, or could not be tested though it was asked for? */
bool run_row_is_telling(const struct run_row *row);

/* Of whom, why it was not tested, and what was seen: "192.0.2.1: list_unavailable". */
const char *run_row_words(const struct run_row *row, struct arena *arena);

/* What is wrong with our name at one of our addresses, in words; NULL when nothing is. */
const char *
run_rows_own_name(const struct run_facts *run, const struct own_address *own, struct arena *arena);

#endif
