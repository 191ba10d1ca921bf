#ifndef MXSWEEP_BASE_ASCII_H
#define MXSWEEP_BASE_ASCII_H

#include <stdbool.h>

/*
 * The classes of octets that the grammars of the RFCs name, whatever the locale and the signedness
 * of char; what <ctype.h> does with octets above 127 is left to both.
 */
static inline bool
ascii_is_digit(char octet)
{
	return octet >= '0' && octet <= '9';
}

static inline bool
ascii_is_upper(char octet)
{
	return octet >= 'A' && octet <= 'Z';
}

static inline bool
ascii_is_letter(char octet)
{
	return ascii_is_upper(octet) || (octet >= 'a' && octet <= 'z');
}

static inline char
ascii_lower(char octet)
{
	return ascii_is_upper(octet) ? (char)(octet - 'A' + 'a') : octet;
}

static inline void
ascii_lower_text(char *text)
{
	for (; *text != '\0'; text++)
		*text = ascii_lower(*text);
}

/* A control octet; the blank is none. */
static inline bool
ascii_is_control(char octet)
{
	return (octet >= 0 && octet < 0x20) || octet == 0x7f;
}

#endif
