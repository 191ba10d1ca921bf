#ifndef MXSWEEP_REPORT_MAIL_H
#define MXSWEEP_REPORT_MAIL_H

#include "base/strbuf.h"
#include "report/row.h"

/* What stands at the head of a mail. */
struct mail_head {
	const char *from, *to; /* addresses */
	const char *subject;   /* one line of UTF-8; NULL: the figures */
};

/*
 * The sweep as a mail (RFC 5322, MIME) on standard output, for `sendmail -t`: a text for people who
 * read text, and a short page. Sender and date are left to sendmail. Texts of the head are
 * borrowed.
 */
int mail_open(const struct mail_head *head, struct sink **sink_out, struct error *error);

/* Appends a header field; a value that is not ASCII is encoded (RFC 2047). */
void mail_field_add(struct strbuf *out, const char *name, const char *value);

#endif
