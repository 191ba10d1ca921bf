#ifndef MXSWEEP_WIRE_SMTP_REPLY_H
#define MXSWEEP_WIRE_SMTP_REPLY_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	SMTP_REPLY_LINES_MAX = 100,       /* the longest EHLO reply seen has some 30 */
	SMTP_REPLY_LINE_USUAL = 512,      /* RFC 5321 4.5.3.1.5, line end included */
	SMTP_REPLY_LINE_MAX = 2048,       /* longer than allowed, yet met: noted up to here */
	SMTP_REPLY_TOTAL_MAX = 64 * 1024, /* no server needs this much to say hello */
};

enum smtp_reply_state {
	SMTP_REPLY_MORE, /* the reply has not ended yet */
	SMTP_REPLY_DONE,
	SMTP_REPLY_BAD, /* this is no SMTP; `fault` says why */
};

enum smtp_reply_fault {
	SMTP_REPLY_SOUND,
	SMTP_REPLY_NO_CODE,      /* the first line does not begin with three digits */
	SMTP_REPLY_NO_SEPARATOR, /* neither blank, hyphen nor line end after the code */
	SMTP_REPLY_LINE_TOO_LONG,
	SMTP_REPLY_TOO_MANY_LINES,
	SMTP_REPLY_TOO_LARGE,
};

/*
 * One reply (RFC 5321 4.2), read as its octets come. Where the pieces are cut makes no difference.
 *
 * Lines behind the first may lack their code, as those of old servers do; where the reply before
 * this one ended too early, such lines stand before the first as well, and `passes_over` reads on.
 * `text` holds the lines without their codes, joined by '\n'; `text.at` is never NULL between init
 * and free. Control octets other than the tab stand in it as '?', octets above 127 as they came.
 * After BAD it ends with what the bad line had up to the octet that made it bad, code included.
 */
struct smtp_reply {
	enum smtp_reply_state state;
	enum smtp_reply_fault fault;
	int code; /* of the first line, or of a later one that refuses (4xx, 5xx) */
	struct strbuf text;
	size_t lines;      /* that have ended */
	size_t octets;     /* line ends included */
	bool bare_lf;      /* a line ended without CR */
	bool mixed_codes;  /* a later line has another code than the first */
	bool uncoded_line; /* a later line has no code: it is text, and ends nothing */
	bool passes_over;  /* set by the caller: lines without a code may come before the first */
	bool passed_over;  /* some did; they are in no text */
	bool long_line;    /* a line has more than SMTP_REPLY_LINE_USUAL octets */
	bool odd_octets;   /* controls or octets above 127, which RFC 5321 4.2 does not allow */

	/* Where in the line the reader stands. */
	char start[4]; /* three digits and the separator */
	size_t column; /* octets of the line, line end apart */
	bool in_passed_over;
	size_t line_octets;
	bool after_cr;
};

void smtp_reply_init(struct smtp_reply *reply);
void smtp_reply_reset(struct smtp_reply *reply); /* for the next reply; keeps the memory */
void smtp_reply_free(struct smtp_reply *reply);

/*
 * Gives the octets used: all of them while the state is MORE, else never one beyond the end of the
 * reply (or beyond the octet that made it BAD), so that the caller sees what came unasked after it.
 */
size_t smtp_reply_feed(struct smtp_reply *reply, const void *bytes, size_t length);

/* Do the octets begin as a reply does, as far as they have come? */
bool smtp_reply_may_begin(const char *bytes, size_t length);

const char *smtp_reply_fault_text(enum smtp_reply_fault fault);

/* The first word of the first line of `text`; false, and `out` empty, if none fits. */
bool smtp_reply_first_word(const char *text, char *out, size_t size);

#endif
