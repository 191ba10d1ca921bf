#ifndef MXSWEEP_APP_DURATION_H
#define MXSWEEP_APP_DURATION_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Durations as people write them: a whole number and ms, s, m, h or d. */
bool duration_parse(const char *text, uint64_t *milliseconds_out);

/* -1 with exit code 64 and what would be right, when it is none or outside of the two. */
int duration_check(const char *text, uint64_t least, uint64_t most, uint64_t *milliseconds_out,
    struct error *error);

/* In the largest unit up to hours that needs no fraction. */
enum { DURATION_SIZE = 32 };
const char *duration_format(uint64_t milliseconds, char text[DURATION_SIZE]);

/* As on a clock, in whole seconds: 1:02:03, 0:05. */
const char *duration_clock(uint64_t milliseconds, char text[DURATION_SIZE]);

#endif
