#ifndef MXSWEEP_BASE_HEX_H
#define MXSWEEP_BASE_HEX_H

#include <stddef.h>

struct arena;

/* Two lower-case digits for each octet, in the arena. */
char *hex_text(struct arena *arena, const void *octets, size_t size);

#endif
