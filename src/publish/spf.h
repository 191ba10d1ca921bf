#ifndef MXSWEEP_PUBLISH_SPF_H
#define MXSWEEP_PUBLISH_SPF_H

#include "publish/wishes.h"

struct arena;

/*
 * An SPF record (RFC 7208): the terms of those that are published, then those to add, before `all`
 * and the modifiers. Of several `all` the one added last holds, else the most cautious one. With
 * nothing published it begins as `v=spf1 mx ~all` where the domain has exchanges. Terms are not
 * judged here. NULL when a wish cannot be met.
 */
const char *publish_spf(const char *const *published, size_t count, bool has_exchanges,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_remarks *remarks);

#endif
