#ifndef MXSWEEP_RULE_SPF_NAME_H
#define MXSWEEP_RULE_SPF_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A domain as macros see it, and as the DNS is asked for it. */
struct spf_name {
	const char *octets; /* without the dot at the end */
	const char *text;   /* see dns_name.h; NULL when the octets are no legal name */
};

void
spf_name_make(struct arena *arena, const char *octets, size_t length, struct spf_name *name_out);

/* The same of an expansion: labels go from its left until 253 octets are left (RFC 7208 7.3). */
void spf_name_make_fitting(
    struct arena *arena, const char *octets, size_t length, struct spf_name *name_out);

#endif
