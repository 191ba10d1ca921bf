#ifndef MXSWEEP_CERT_TLSA_H
#define MXSWEEP_CERT_TLSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum tlsa_usage {
	TLSA_DANE_TA = 2, /* of an authority that the server shows */
	TLSA_DANE_EE = 3, /* of the server's own certificate */
};

enum tlsa_selector {
	TLSA_WHOLE = 0, /* the certificate */
	TLSA_KEY = 1,   /* its SubjectPublicKeyInfo */
	TLSA_SELECTOR_COUNT,
};

enum tlsa_type {
	TLSA_FULL = 0,
	TLSA_SHA256 = 1,
	TLSA_SHA512 = 2,
	TLSA_TYPE_COUNT,
};

/* A TLSA record (RFC 6698 2.1), read from its data, to which it points. */
struct tlsa {
	const uint8_t *octets; /* all of them */
	size_t length;
	uint8_t usage, selector, type;
	const uint8_t *data; /* NULL when the record is too short to hold any */
	size_t size;
	bool usable; /* for SMTP, by the looks of it (RFC 7672 3.1.3) */
};

struct tlsa tlsa_read(const uint8_t *octets, size_t length);

/* As in a zone file: "3 1 1 abcd...", long data cut; what holds no data as in RFC 3597 5. */
const char *tlsa_text(const struct tlsa *tlsa, struct arena *arena);

#endif
