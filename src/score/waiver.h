#ifndef MXSWEEP_SCORE_WAIVER_H
#define MXSWEEP_SCORE_WAIVER_H

#include "score/scorecard.h"

#include <stddef.h>

struct arena;
struct error;
struct waivers;

/*
 * What the operator excuses until a day: a check of one row, of some rows, or of all. What is
 * waived is not_applicable, and what was found all the same stands beside it.
 */

enum waiver_state {
	WAIVER_COUNTS,
	WAIVER_EXPIRED, /* its day is past */
	WAIVER_FAULTY,  /* an entry of the row's column that says no check and day */
};

struct waiver {
	const char *text; /* as written, of one that is faulty */
	const struct check *check;
	const char *until; /* the last day, as 2027-01-31 */
	enum waiver_state state;
};

/*
 * A file of lines `DOMAIN CHECK-ID DAY`, what follows is for people; DOMAIN may be * for all rows,
 * or *.example.com for the names below one. -1 with exit code 66 when it cannot be read, 78
 * ("FILE:LINE: ...") when a line says something else.
 */
int waivers_load(const char *path, struct waivers **out, struct error *error);
void waivers_free(struct waivers *waivers);

/* Those of the row: of its column `waivers` (CHECK-ID:DAY, separated by blanks) and of the file
 * (NULL: none). Reckoned from the start of the run. */
struct waiver_list
waivers_of_row(const struct waivers *waivers, const struct evaluation *e, struct arena *arena);

/* Takes what they excuse out of the results. */
void waivers_apply(struct scorecard *card, struct arena *arena);

#endif
