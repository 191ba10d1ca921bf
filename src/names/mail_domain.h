#ifndef MXSWEEP_NAMES_MAIL_DOMAIN_H
#define MXSWEEP_NAMES_MAIL_DOMAIN_H

#include "names/host_name.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	MAIL_DOMAIN_MAX = 253,
	MAIL_DOMAIN_UNICODE_SIZE = 1024,
};

/* A domain as it stands in a customer's list, made fit for the DNS. */
struct mail_domain {
	char ascii[MAIL_DOMAIN_MAX + 1];        /* lower-case A-labels, no trailing dot */
	char unicode[MAIL_DOMAIN_UNICODE_SIZE]; /* for people */
	bool changed;                           /* differs from the input by more than blanks */
	char problem[HOST_NAME_PROBLEM_SIZE];   /* "it ...", for people; then the rest is empty */
};

/*
 * Reads one domain: blanks around it, `scheme://` with user, port, path and the like, `mailto:`,
 * `user@` and one trailing dot are cut off, the rest is lower-cased and converted by IDNA2008; what
 * is left must be a host name of at least two labels (RFC 1123 2.1, RFC 5321 2.3.5). False when it
 * is none.
 */
bool mail_domain_parse(const char *text, size_t length, struct mail_domain *out);

#endif
