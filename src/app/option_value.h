#ifndef MXSWEEP_APP_OPTION_VALUE_H
#define MXSWEEP_APP_OPTION_VALUE_H

#include "app/options.h"

/*
 * Puts the value of one option into its member, by the kind of its row. A value "@FILE" of a kind
 * that takes several stands for one value a line of the file. Gives -1 with exit code 64 (66: the
 * file cannot be read) and a text that says what is wrong and what would be right, but not where it
 * stands.
 */
int option_value_set(
    struct options *options, const struct option_row *row, const char *text, struct error *error);
bool option_value_is_list(const struct option_row *row); /* each value adds to it */
void option_value_clear(struct options *options, const struct option_row *row); /* of a list */

/* The limits of a session, by their names in --smtp-timeout. */
struct option_limit {
	const char *name;
	size_t offset; /* in struct option_smtp_timeouts */
};
extern const struct option_limit option_limits[];
extern const size_t option_limit_count;

char *option_value_trim(char *text); /* cuts blanks and the line end off, in place */

#endif
