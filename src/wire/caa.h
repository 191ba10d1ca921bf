#ifndef MXSWEEP_WIRE_CAA_H
#define MXSWEEP_WIRE_CAA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A CAA record (RFC 8659 4.1), which points into its data. */
struct caa {
	bool critical; /* whoever does not know the tag must not issue */
	bool known;    /* the tag is a registered one */
	const char *tag;
	size_t tag_length;
	const char *value;
	size_t value_length;
	const char *problem; /* what is wrong with it, or NULL; static */
};

struct caa caa_read(const uint8_t *octets, size_t length);

#endif
