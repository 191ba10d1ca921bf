#ifndef MXSWEEP_PUBLISH_WISHES_H
#define MXSWEEP_PUBLISH_WISHES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct publish_words {
	char *const *at;
	size_t count;
};

/* What people want of a record. */
struct publish_wishes {
	struct publish_words set;    /* NAME=VALUE, of tags and fields */
	struct publish_words add;    /* terms of SPF */
	struct publish_words remove; /* terms of SPF */
};

enum { PUBLISH_REMARKS_MAX = 16 };

/* What is said beside a record; a problem is why there is none. */
struct publish_remarks {
	const char *at[PUBLISH_REMARKS_MAX];
	size_t count;
	const char *problem;
};

void publish_remark(struct publish_remarks *remarks, struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
