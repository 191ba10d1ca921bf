#ifndef MXSWEEP_REPORT_WORST_ROWS_H
#define MXSWEEP_REPORT_WORST_ROWS_H

#include "base/heap.h"
#include "report/row.h"

#include <stddef.h>

/* The rows with the lowest scores, and of equals the first, however many there are in all. Rows
 * that pass are not among them. */
struct worst_row {
	struct heap_node node; /* first member; the better a row, the less */
	uint64_t line;
	char *domain, *advice;
	char *failed, *warned; /* ids of checks, separated by blanks */
	enum verdict verdict;
	int score;
	char grade[3];
};

struct worst_rows {
	struct heap heap;
	size_t most;
};
void worst_rows_add(struct worst_rows *rows, const struct report_row *row);
/* The best of those that are left; NULL when there is none. The caller frees it. */
struct worst_row *worst_rows_take(struct worst_rows *rows);
void worst_row_free(struct worst_row *row);
void worst_rows_free(struct worst_rows *rows);

#endif
