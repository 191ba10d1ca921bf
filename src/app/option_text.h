#ifndef MXSWEEP_APP_OPTION_TEXT_H
#define MXSWEEP_APP_OPTION_TEXT_H

#include "app/options.h"

struct strbuf;

/*
 * The value of an option as one would write it, ended by NUL; of a list each entry likewise, and of
 * an empty list, or of a text that is not there, nothing. Two options have the same text when they
 * mean the same, however they were written.
 */
void option_text(const struct options *options, const struct option_row *row, struct strbuf *out);

#endif
