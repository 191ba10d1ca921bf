#ifndef MXSWEEP_RULE_SPF_MACRO_H
#define MXSWEEP_RULE_SPF_MACRO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The parts of a macro string (RFC 7208 7.1). Whoever checks one and whoever expands one walk
 * through the same parts.
 */
enum spf_macro_kind {
	SPF_MACRO_END,
	SPF_MACRO_LITERAL, /* `text` stands for itself; its octets are not checked here */
	SPF_MACRO_ESCAPE,  /* %%, %_ or %-: `text` is what it stands for */
	SPF_MACRO_EXPAND,  /* %{...} */
	SPF_MACRO_BAD,     /* `fault` says why, for people */
};

enum { SPF_MACRO_DIGITS_MAX = 128 }; /* larger numbers read as this: no name has more parts */

struct spf_macro {
	const char *text; /* LITERAL (inside the string) and ESCAPE; not NUL-terminated */
	size_t length;
	char letter;        /* EXPAND: lower case, one of s l o d i p v h c r t */
	bool url_escape;    /* the letter was written in upper case */
	bool reverse;       /* "r" */
	unsigned digits;    /* keep that many parts from the right; 0 = all */
	char delimiters[8]; /* where to split, each once; "." when none is written */
	const char *fault;
};

/* The part at *position, which moves behind it. Start from 0; after END or BAD do not go on. */
enum spf_macro_kind
spf_macro_next(const char *text, size_t length, size_t *position, struct spf_macro *out);

/* Macro letters as a set. */
uint32_t spf_macro_bit(char letter); /* 'a' to 'z' */

/* Does what the letters stand for depend on the sender or the client, not on the record alone? */
bool spf_macro_is_dynamic(uint32_t letters);

enum spf_macro_place {
	SPF_MACRO_IN_TARGET,   /* a domain-spec: c, r and t are not allowed (RFC 7208 7.2) */
	SPF_MACRO_IN_MODIFIER, /* an unknown modifier: every letter, and octets above 127 */
	SPF_MACRO_IN_TEXT,     /* an explain-string: every letter, and blanks */
};

struct spf_macro_use {
	uint32_t letters;      /* that are expanded */
	bool non_ascii;        /* has octets above 127 */
	size_t last_macro_end; /* behind the last %..., 0 if there is none */
	const char *fault;     /* for people; NULL when the string is well-formed */
	bool illegal_octet;    /* the fault is an octet that may not occur, not a bad macro */
	size_t fault_at;       /* its offset in the string */
};

/* Checks a whole macro string; false when it is not well-formed in that place. */
bool spf_macro_check(
    const char *text, size_t length, enum spf_macro_place place, struct spf_macro_use *out);

/* Does a string that passed the check end as a domain-spec must (RFC 7208 7.1)? */
bool spf_macro_ends_domain(const char *text, size_t length, const struct spf_macro_use *use);

#endif
