#ifndef MXSWEEP_RULE_SPF_EXPAND_H
#define MXSWEEP_RULE_SPF_EXPAND_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct strbuf;

/* What the letters of macros stand for (RFC 7208 7.2). */
struct spf_macro_values {
	const char *sender;        /* s: local part, "@" and domain */
	const char *local;         /* l */
	const char *sender_domain; /* o */
	const char *domain;        /* d: whose record is being read */
	const char *helo;          /* h */
	const char *validated;     /* p: must be set where that letter occurs */
	const struct ip *ip;       /* i, c and v */
	int64_t now;               /* t: Unix seconds */
};

/*
 * Appends the expansion of a macro string that passed spf_macro_check (RFC 7208 7.3). The receiver
 * (r) is "unknown": whoever asks here receives no mail.
 */
void spf_expand(const char *text, size_t length, const struct spf_macro_values *values,
    struct arena *scratch, struct strbuf *out);

#endif
