#ifndef MXSWEEP_NAMES_IDNA_H
#define MXSWEEP_NAMES_IDNA_H

#include <stdbool.h>
#include <stddef.h>

enum {
	IDNA_ASCII_SIZE = 254,
	IDNA_UNICODE_SIZE = 1024, /* 253 octets of A-labels give at most some 950 of UTF-8 */
	IDNA_PROBLEM_SIZE = 160,
};

/*
 * Internationalised names (IDNA2008, RFC 5891, with the mapping of UTS 46, not transitional).
 */

/*
 * The lower-case ASCII form. Labels that are ASCII already are only lower-cased: that they are
 * legal is for host_name_valid to say, and an A-label that stands for nothing (RFC 5890 2.3.2.1) is
 * still a name of the DNS. False, `ascii_out` empty and `problem_out` filled when the text is no
 * UTF-8, has a NUL, has a label that IDNA does not allow, or gives more than 253 octets.
 */
bool idna_to_ascii(const char *name, size_t length, char ascii_out[IDNA_ASCII_SIZE],
    char problem_out[IDNA_PROBLEM_SIZE]);

/* The form for people; a copy of `ascii` where its A-labels do not lead back to themselves. */
void idna_to_unicode(const char *ascii, char unicode_out[IDNA_UNICODE_SIZE]);

/* The octets of a dot at the start of `text`: ASCII or one of UTS 46 2.3; 0 if there is none. */
size_t idna_dot(const char *text, size_t length);

#endif
