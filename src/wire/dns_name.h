#ifndef MXSWEEP_WIRE_DNS_NAME_H
#define MXSWEEP_WIRE_DNS_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct strbuf;

enum {
	DNS_NAME_WIRE_MAX = 255,  /* RFC 1035 2.3.4 */
	DNS_NAME_TEXT_MAX = 1013, /* each of 253 octets may need four characters, and the NUL */
};

/*
 * Names as text: lower case, no trailing dot, the root as ".". An octet that is no letter, digit,
 * hyphen or underscore stands as \DDD (RFC 1035 5.1), so that any name of a stranger is printable.
 */

/* Reads a name at the reader's place, compression followed; false (and the reader failed) if bad.
 */
bool dns_name_read(struct buf *message, char text_out[DNS_NAME_TEXT_MAX]);

/* Appends the uncompressed wire form; false when the text is no name of legal length. */
bool dns_name_write(struct strbuf *out, const char *text);

/*
 * From octets as people and records write them: dots between labels, one more at the end ignored,
 * every other octet for itself. False when a label is empty or too long, or the whole is.
 */
bool dns_name_from_octets(const char *octets, size_t length, char text_out[DNS_NAME_TEXT_MAX]);

bool dns_name_at_or_below(const char *name, const char *ancestor);
const char *dns_name_parent(const char *name); /* points into name; NULL for a single label */
size_t dns_name_labels(const char *name);

#endif
