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

/* What is wrong with our name at one of our addresses, in words; NULL when nothing is. */
const char *
run_rows_own_name(const struct run_facts *run, const struct own_address *own, struct arena *arena);

#endif
