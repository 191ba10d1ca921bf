#ifndef MXSWEEP_RULE_DMARC_RECORD_H
#define MXSWEEP_RULE_DMARC_RECORD_H

#include "rule/uri.h"
#include "wire/tag_list.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { DMARC_URIS_MAX = 64 }; /* of one tag that are read; receivers need to honour two */

/* From weak to strict. */
enum dmarc_policy {
	DMARC_NO_POLICY, /* absent, or no policy word; as a result: DMARC does not apply */
	DMARC_POLICY_NONE,
	DMARC_QUARANTINE,
	DMARC_REJECT,
};

/* Whose mail a policy is about. */
enum dmarc_name {
	DMARC_THE_NAME,    /* at which the record lies */
	DMARC_SUBDOMAINS,  /* below it, that exist */
	DMARC_NONEXISTENT, /* below it, that do not */
	DMARC_NAME_COUNT,
};

/* A place that reports go to; without its obsolete size. */
struct dmarc_uri {
	const char *text;
	const char *host;   /* of a mail address; else NULL */
	enum uri_kind kind; /* all but URI_BAD are valid; mail alone is sent by everybody */
	bool sized;         /* `!size` stood behind it, which has no meaning any more */
};

/* The list of rua= or ruf=. */
struct dmarc_uris {
	const struct tag *tag; /* NULL when there is none */
	const struct dmarc_uri *at;
	size_t count; /* at most DMARC_URIS_MAX */
	size_t more;  /* beyond them */
	size_t valid; /* among `at` */
	size_t mail;  /* among these */
};

/* The record of a name (RFC 9989 4.7, 4.8). Of a tag that is given twice the first counts here. */
struct dmarc_record {
	struct tag_list tags;
	enum dmarc_policy p, sp, np;
	const struct tag *bad_sp, *bad_np; /* given, but no policy */
	bool testing;                      /* t=y */
	struct dmarc_uris rua, ruf;
};

/* Is it meant as a DMARC record: is its first tag v=DMARC1 (case-sensitive, RFC 9989 4.7)? */
bool dmarc_record_is(const char *text, size_t length);

void
dmarc_record_parse(const char *text, size_t length, struct arena *arena, struct dmarc_record *out);

/* A valid p=, and sp= and np= absent or valid. */
bool dmarc_record_policies_valid(const struct dmarc_record *record);

/*
 * What the record asks for (RFC 9989 4.10.1), without regard to t=. Where its policies are not
 * valid it acts as none when rua= has a valid URI; else there is no policy.
 */
enum dmarc_policy dmarc_record_policy(const struct dmarc_record *record, enum dmarc_name name);

/* One step weaker, as t=y asks for (RFC 9989 4.7). */
enum dmarc_policy dmarc_policy_lowered(enum dmarc_policy policy);

bool dmarc_policy_enforced(enum dmarc_policy policy);    /* quarantine or reject */
const char *dmarc_policy_text(enum dmarc_policy policy); /* "none" ...; NULL for none at all */

#endif
