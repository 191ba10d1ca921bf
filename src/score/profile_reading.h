#ifndef MXSWEEP_SCORE_PROFILE_READING_H
#define MXSWEEP_SCORE_PROFILE_READING_H

#include "score/profile.h"

/* What the files profile_file.c and profile_rules.c share: a profile while it is read. */

enum { PROFILE_RULES_MAX = 256 }; /* more than there are checks */

enum profile_section {
	PROFILE_SECTION_HEAD,
	PROFILE_SECTION_MUST,
	PROFILE_SECTION_SHOULD,
	PROFILE_SECTION_UNSEEN
};

/* A file under way. */
struct profile_reading {
	struct arena *arena;
	const char *path, *name;
	size_t line;
	enum profile_section section;
	unsigned keys; /* of the head, that were given: 1 << place in its table */
	struct profile *profile;
	struct profile_rule *rules;
	const char **unseen;
	struct error *error;
};

/* -1 and "FILE:LINE: 'TEXT' WHAT", which says what would be right. */
int profile_fault(const struct profile_reading *r, const char *text, const char *what);

char *profile_trim(char *text); /* without the blanks around it, in place */

/* A line of [must] or [should], without its note; it is cut in place. */
int profile_read_rule(struct profile_reading *r, char *line);

#endif
