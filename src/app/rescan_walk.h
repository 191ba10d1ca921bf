#ifndef MXSWEEP_APP_RESCAN_WALK_H
#define MXSWEEP_APP_RESCAN_WALK_H

#include "app/options.h"
#include "app/tables.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "fact/noted.h"

struct gather_rule;
struct recorded;
struct walk_step;

/*
 * Walks the ways that gathering goes for a row, over the facts of an earlier night: which of them
 * it would ask for. What rows share is walked once for all.
 */
struct rescan_walk {
	struct noted noted;
	void (*used)(void *user, const struct noted_fact *fact);
	void *user;
	const struct gather_rule *rules;
	size_t rule_count;
	struct digest_map shared; /* addresses, names and sessions that were walked */
	struct walk_step *first, *last;
	struct arena kept;    /* of the rules */
	struct arena arena;   /* of the steps of one row */
	struct arena scratch; /* of one pass of a rule */
};

/* `used` is told of each fact, perhaps more than once. */
void rescan_walk_begin(struct rescan_walk *walk, const struct options *options,
    const struct tables *tables, void (*used)(void *user, const struct noted_fact *fact),
    void *user);
void rescan_walk_end(struct rescan_walk *walk);

/* The facts are those of the subject, a domain. */
void rescan_walk_row(struct rescan_walk *walk, struct facts *facts, const struct subject *subject);

#endif
