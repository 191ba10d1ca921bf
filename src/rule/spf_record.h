#ifndef MXSWEEP_RULE_SPF_RECORD_H
#define MXSWEEP_RULE_SPF_RECORD_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * An SPF record as text, read by the whole grammar of RFC 7208 12. Pure: nothing is looked up.
 * Offsets count octets from the start of the record, from 0.
 */

enum spf_mechanism {
	SPF_ALL,
	SPF_INCLUDE,
	SPF_A,
	SPF_MX,
	SPF_PTR,
	SPF_IP4,
	SPF_IP6,
	SPF_EXISTS,
};

/* A domain-spec. */
struct spf_target {
	const char *spec;       /* as written, macros unexpanded; NULL where none is written */
	uint32_t macro_letters; /* see spf_macro_bit */
};

struct spf_term {
	enum spf_mechanism mechanism;
	char qualifier;            /* '+', '-', '~' or '?'; '+' where none is written */
	struct spf_target target;  /* include, a, mx, ptr, exists */
	struct ip_network network; /* ip4 and ip6, host bits as written */
	uint8_t ip4_length;        /* a and mx: prefix lengths, 32 and 128 where none is written */
	uint8_t ip6_length;
	const char *text; /* the whole term as written */
	size_t offset;
};

struct spf_modifier {
	struct spf_target target;
	const char *text; /* NULL when the record has no such modifier */
	size_t offset;
};

enum spf_error {
	SPF_NO_ERROR,
	SPF_ERROR_VERSION, /* does not begin with "v=spf1" and a blank or the end */
	SPF_ERROR_OCTET,   /* something else than printable ASCII */
	SPF_ERROR_UNKNOWN_MECHANISM,
	SPF_ERROR_QUALIFIER,         /* + - ~ ? before a modifier */
	SPF_ERROR_REPEATED_MODIFIER, /* redirect or exp a second time */
	SPF_ERROR_ARGUMENT_MISSING,
	SPF_ERROR_ARGUMENT_FORBIDDEN,
	SPF_ERROR_TARGET, /* no domain-spec */
	SPF_ERROR_MACRO,
	SPF_ERROR_IP4_ADDRESS,
	SPF_ERROR_IP6_ADDRESS,
	SPF_ERROR_IP4_LENGTH,
	SPF_ERROR_IP6_LENGTH,
	SPF_ERROR_DUAL_LENGTH,
};

struct spf_record {
	const struct spf_term *terms; /* the mechanisms in their order */
	size_t count;
	struct spf_modifier redirect;
	struct spf_modifier explanation;
	size_t unknown_modifiers;
	bool non_ascii_modifier; /* an unknown modifier has octets above 127 */

	/* The first term that is wrong. What stands before it has been read. */
	enum spf_error error;
	const char *error_text; /* for people: what is wrong, or what would be right */
	const char *error_term; /* the term, control octets as '?' */
	size_t error_offset;
};

/* Is it a record at all (RFC 7208 4.5): "v=spf1" in any case, then a blank or the end? */
bool spf_record_is(const char *text, size_t length);

/* True when the whole grammar holds. Everything in `out` lives in the arena. */
bool spf_record_parse(struct arena *arena, const char *text, size_t length, struct spf_record *out);

/* The first `all`, behind which nothing is read (RFC 7208 5.1); NULL if there is none. */
const struct spf_term *spf_record_all(const struct spf_record *record);

/* The redirect that counts: NULL as well when there is an `all` (RFC 7208 6.1). */
const struct spf_modifier *spf_record_redirect(const struct spf_record *record);

/* `v=spf1 -all` and nothing else; letter case and the number of blanks make no difference. */
bool spf_record_is_exactly_deny(const struct spf_record *record);

enum spf_passing {
	SPF_PASSES_NOTHING,    /* whatever the DNS says */
	SPF_PASSES_BY_TARGETS, /* only what a target of include or redirect lets pass */
	SPF_PASSES_SOME,       /* an own term can match with pass, if its names exist */
};

/* Of a record without error: can some sender pass? */
enum spf_passing spf_record_passing(const struct spf_record *record);

const char *spf_mechanism_name(enum spf_mechanism mechanism);

#endif
