#ifndef MXSWEEP_APP_MANUAL_H
#define MXSWEEP_APP_MANUAL_H

#include <stdio.h>

/* The tables of commands and options in other forms. */
void manual_page(FILE *out);       /* mxsweep(1), as mdoc(7) */
void manual_completion(FILE *out); /* a script for bash to read */

#endif
