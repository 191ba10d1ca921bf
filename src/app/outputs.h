#ifndef MXSWEEP_APP_OUTPUTS_H
#define MXSWEEP_APP_OUTPUTS_H

#include "app/options.h"

#include <stdbool.h>

/*
 * Are the files that a run is to write all different, from each other and from the input (NULL:
 * from none), and can they be made? Asked before the first packet: a night must not end with files
 * that cannot be written. -1 with exit code 64 or 73.
 */
int outputs_check(const struct options *options, const char *input, struct error *error);

/* Does a file appear there, not something written directly? NULL: no. */
bool outputs_is_file(const char *path);

/* What a mail cannot be without. -1 with exit code 64. */
int outputs_check_mail(const struct options *options, struct error *error);

#endif
