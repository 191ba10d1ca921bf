#ifndef MXSWEEP_APP_TABLES_H
#define MXSWEEP_APP_TABLES_H

#include "app/options.h"
#include "score/check.h"

/* The tables that rules and judges consult: providers, DKIM selectors, words of refusals, public suffixes, block
 * lists, root certificates. */
struct tables {
	struct providers *providers;
	struct selectors *selectors;
	struct refusals *refusals;
	struct suffix_list *suffixes;
	struct block_lists *lists;
	struct cert_verifier *certificates;
	struct judge_tables judge; /* the same, as judges see them */
};

int tables_load(const struct options *options, struct tables *tables_out, struct error *error);
void tables_free(struct tables *tables);

/* Puts those that rules consult among the facts of the run, which borrows them. */
void tables_lend(const struct tables *tables, struct run_facts *run);

/* Where a shipped table lies: installed beside the program, or in the tree it was built in. */
const char *tables_shipped_path(const char *name, struct arena *arena);

#endif
