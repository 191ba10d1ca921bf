#ifndef MXSWEEP_PUBLISH_TLS_H
#define MXSWEEP_PUBLISH_TLS_H

#include "publish/wishes.h"

#include <stdint.h>

struct mx_result;

/* A TLS-RPT record (RFC 8460 3); NULL when a wish cannot be met or no place of reports is named. */
const char *publish_tls_rpt(const char *published, const struct publish_wishes *wishes,
    struct arena *arena, struct publish_remarks *remarks);

/* What MTA-STS needs (RFC 8461 3): a record, and a file at the policy host. */
struct publish_mta_sts {
	const char *record;
	const char *policy; /* the text of the file, lines end in CRLF */
};

/*
 * The policy names the exchanges, in testing mode, until wishes say otherwise; the id of the record
 * is the time `now` (Unix seconds) in UTC. False when a wish cannot be met.
 */
bool publish_mta_sts(const struct mx_result *mx, int64_t now, const struct publish_wishes *wishes,
    struct arena *arena, struct publish_remarks *remarks, struct publish_mta_sts *out);

#endif
