#ifndef MXSWEEP_BASE_ESCAPE_H
#define MXSWEEP_BASE_ESCAPE_H

#include <stddef.h>

struct arena;

/*
 * What strangers wrote, fit for people and terminals: the octets of control characters, NUL and
 * those above ASCII (U+0080 to U+009F) included, as \xNN; in the arena.
 */
char *escape_controls(struct arena *arena, const char *text, size_t length);

#endif
