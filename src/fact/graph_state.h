#ifndef MXSWEEP_FACT_GRAPH_STATE_H
#define MXSWEEP_FACT_GRAPH_STATE_H

/* What the files of the graph share: owners (graph.c), what their tasks see (graph_view.c). */
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/list.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "fact/graph.h"
#include "fact/questions.h"

struct owner {
	struct list_link link; /* in the owners of the graph */
	struct graph *graph;
	struct arena arena; /* its subject's strings, its tasks, what it has asked */
	struct subject subject;
	uint64_t number;
	uint64_t started; /* loop milliseconds */
	unsigned open;    /* tasks that are not done */
	struct question **asked;
	size_t asked_count, asked_capacity;
};

struct task {
	struct owner *owner;
	const struct gather_rule *rule;
	unsigned open; /* asks that wait for an answer */
};

struct graph {
	struct graph_options options;
	struct questions *questions;
	struct sessions *sessions;
	struct policies *policies;
	struct digest_map shared; /* addresses and names that have or had an owner */
	struct list owners;
	struct pool memory;   /* of owners and their arenas */
	struct arena scratch; /* of the pass that runs */
	struct arena spare;   /* for a pass inside it */
	struct strbuf blob;
	struct loop_soon *soon; /* to say that nothing is open */
	uint64_t domains_done;
	size_t domains_open;
	uint64_t owners_made;
	uint64_t public_addresses[2], names; /* that were shared; IPv4 and IPv6 */
	bool cancelled;
};

/* A new owner begins with a pass of each rule of its kind. */
void graph_add_owner(struct graph *graph, const struct subject *subject);
void graph_run_task(struct task *task);
void graph_owner_done(struct owner *owner); /* the last of its tasks is */

#endif
