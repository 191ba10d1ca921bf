#ifndef MXSWEEP_REPORT_TERMINAL_H
#define MXSWEEP_REPORT_TERMINAL_H

#include "report/row.h"

#include <stdbool.h>
#include <stdio.h>

enum { TERMINAL_WIDTH = 80 }; /* columns; only what cannot be broken is longer */

struct terminal {
	FILE *out;
	bool colour;
};

/* A scorecard for a person at a terminal: the points, then what is wrong and what to do. */
struct sink *scorecard_terminal_open(FILE *out, bool colour);

/* What strangers wrote must not steer the terminal. */
void terminal_print_safe(FILE *out, const char *text, size_t length);

/* Words, wrapped at the width; the first begins at `column`, further lines at `indent`. Gives the
 * column behind the last. */
size_t terminal_print_words(FILE *out, size_t indent, size_t column, const char *text);

void terminal_print_outcome(const struct terminal *terminal, enum outcome outcome, int width);

bool terminal_has_colour(void); /* standard output is a terminal, and NO_COLOR does not object */

/* One row of a table: outcome, id, what was seen, and what to do (NULL: nothing). */
void terminal_print_row(FILE *out, bool colour, enum outcome outcome, const char *id,
    const char *value, const char *advice);

#endif
