#ifndef MXSWEEP_APP_OPTIONS_HELP_H
#define MXSWEEP_APP_OPTIONS_HELP_H

#include "app/option_table.h"

#include <stdio.h>

/* The text of `mxsweep COMMAND --help`, or with NULL that of `mxsweep --help`. */
void options_help(FILE *out, const struct command *command);
void options_version(FILE *out, const char *version); /* of `mxsweep --version` */

#endif
