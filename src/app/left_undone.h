#ifndef MXSWEEP_APP_LEFT_UNDONE_H
#define MXSWEEP_APP_LEFT_UNDONE_H

#include "base/strbuf.h"

#include <stddef.h>
#include <stdint.h>

struct graph;
struct session_budgets;

/* What a deadline left: of sessions, how many at how many hosts of whom. */
struct left_undone_provider {
	const char *name;
	uint64_t sessions, hosts;
};

struct left_undone {
	uint64_t domains; /* of which not all questions were asked */
	uint64_t sessions, hosts;
	uint64_t second_looks;
	const struct left_undone_provider *providers; /* the most hosts first */
	size_t provider_count;
};

/* One line for people, empty when nothing was left; the pure half of saying it. */
void left_undone_text(const struct left_undone *left, struct strbuf *out);

/* Says what the graph, which was closed, has left; nothing when that is nothing. */
void left_undone_say(struct graph *graph, struct session_budgets *budgets, uint64_t domains);

#endif
