#ifndef MXSWEEP_PUBLISH_DMARC_H
#define MXSWEEP_PUBLISH_DMARC_H

#include "publish/wishes.h"

struct publish_text;

enum publish_dmarc_start {
	PUBLISH_DMARC_FIRST_STEP, /* p=none: reports come, and nothing is turned away */
	PUBLISH_DMARC_PARKED,     /* no mail is sent: whatever claims to be is to be rejected */
};

/*
 * A DMARC record (RFC 9989 4.7). It starts from the record that is published, where there is one:
 * its tags are kept, but for those that the RFC no longer defines. NULL when a wish cannot be met.
 */
const char *publish_dmarc(const char *published, enum publish_dmarc_start start,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_remarks *remarks);

#endif
