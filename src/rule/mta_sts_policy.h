#ifndef MXSWEEP_RULE_MTA_STS_POLICY_H
#define MXSWEEP_RULE_MTA_STS_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	MTA_STS_POLICY_MAX = 64 << 10,  /* octets of a policy that are read (RFC 8461 3.3) */
	MTA_STS_MAX_AGE_MAX = 31557600, /* seconds: a year (RFC 8461 3.2) */
};

enum mta_sts_mode {
	MTA_STS_NO_MODE,
	MTA_STS_ENFORCE,
	MTA_STS_TESTING,
	MTA_STS_NONE,
};

enum mta_sts_policy_fault {
	MTA_STS_SOUND,
	MTA_STS_UNTIDY,   /* a field other than mx twice; the first counts */
	MTA_STS_UNUSABLE, /* it is no policy */
};

/* The text of a policy file (RFC 8461 3.2). Of one that is unusable, what was read before it. */
struct mta_sts_policy {
	enum mta_sts_policy_fault fault;
	const char *problem; /* the gravest, of several the first; NULL when sound */
	size_t problem_line; /* from 1; 0 when it is about the whole */
	enum mta_sts_mode mode;
	bool has_version, has_max_age;
	uint32_t max_age;            /* seconds */
	const char *const *patterns; /* the mx lines in their order, lower case */
	size_t pattern_count;
	size_t extensions; /* lines of keys that the standard does not know */
};

/* Lines end in LF or CRLF, the last may end with the text. Everything is copied into the arena. */
void mta_sts_policy_parse(
    struct arena *arena, const char *text, size_t length, struct mta_sts_policy *out);

/*
 * Does the pattern, in lower case, cover the host, in any letter case? It is the same name, or
 * `*.` and what remains of the host behind its first label (RFC 8461 4.1).
 */
bool mta_sts_pattern_covers(const char *pattern, const char *host);
bool mta_sts_policy_covers(const struct mta_sts_policy *policy, const char *host);

const char *mta_sts_mode_text(enum mta_sts_mode mode); /* NULL of MTA_STS_NO_MODE */

#endif
