#ifndef MXSWEEP_BASE_ESCAPE_H
#define MXSWEEP_BASE_ESCAPE_H

#include <stddef.h>

struct arena;

/* What strangers wrote, fit for people: control characters, NUL included, as \xNN; in the arena. */
char *escape_controls(struct arena *arena, const char *text, size_t length);

#endif
