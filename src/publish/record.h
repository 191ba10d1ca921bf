#ifndef MXSWEEP_PUBLISH_RECORD_H
#define MXSWEEP_PUBLISH_RECORD_H

#include "wire/dns_message.h"

struct strbuf;

/* A record to publish, or one that is. Texts are borrowed. */
struct publish_record {
	enum dns_type type;
	const char *text; /* TXT: all its strings joined; but for MX, else the RDATA as text */
	const char *host; /* MX: "" is the root, which makes a null MX (RFC 7505 3) */
	uint16_t preference;
};

/*
 * The RDATA as a zone file has it (RFC 1035 5.1): text in strings of at most 255 octets (RFC 1035
 * 3.3), each in quotes; quotes and backslashes escaped, other octets that are not printable as
 * \DDD.
 */
void publish_record_write(struct strbuf *out, const struct publish_record *record);

/* The RDATA as the form of a web panel takes it: text as it is, an exchange with its preference. */
void publish_record_write_plain(struct strbuf *out, const struct publish_record *record);

bool publish_record_equal(const struct publish_record *a, const struct publish_record *b);

#endif
