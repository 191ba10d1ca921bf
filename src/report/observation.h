#ifndef MXSWEEP_REPORT_OBSERVATION_H
#define MXSWEEP_REPORT_OBSERVATION_H

#include "report/row.h"
#include "rule/key_values.h"

struct arena;

/* What is kept of a row's night, to be compared with other nights. Times are none of it. */
struct observation {
	const char *domain;
	const char *verdict;
	int score; /* SCORE_NONE: nothing was tested */
	int confidence;
	const char *grade;
	struct key_values values;
	const char *role;     /* NULL where it is not known */
	const char *listed;   /* "list what, list what"; "": on none; NULL: no list was had */
	const char *outcomes; /* of a stored one: a letter for each check, by its number */
};

void observation_of(const struct report_row *row, struct arena *arena, struct observation *out);

/* Does what the check says hang on the nights before? Then it is no news of the domain. */
bool observation_leaves_out(const struct check *check);

/*
 * One letter for an outcome, that of its name: P I W F T (not_tested) N (not_applicable), and '-'
 * where the check was not asked for.
 */
char observation_letter(const struct check_result *result);
const char *observation_letter_text(char letter); /* "pass"; "" of '-' */

#endif
