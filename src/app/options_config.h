#ifndef MXSWEEP_APP_OPTIONS_CONFIG_H
#define MXSWEEP_APP_OPTIONS_CONFIG_H

#include "app/options.h"

/*
 * Reads an INI file: lines "name = value" with the names of the long options, blank lines, and
 * comment lines that begin with '#' or ';'. A flag may stand alone or be on or off. Blanks around
 * name and value and one pair of double quotes around a value are no part of them. Options that
 * `command` does not take are left alone, so that one file serves all commands. Paths in it are
 * relative to the working folder. Gives -1 with exit code 78, or 66 when the file cannot be read.
 */
int options_config_read(
    struct options *options, const struct command *command, const char *path, struct error *error);

#endif
