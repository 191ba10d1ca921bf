#ifndef MXSWEEP_BASE_UTF8_H
#define MXSWEEP_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD, for what is not a character */

/*
 * The length (1 to 4) of the UTF-8 sequence that the bytes begin with; 0 when they begin with none.
 * Strict as RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF.
 */
size_t utf8_length(const char *bytes, size_t length);
bool utf8_valid(const char *bytes, size_t length);

#endif
