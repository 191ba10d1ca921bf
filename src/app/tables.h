#ifndef MXSWEEP_APP_TABLES_H
#define MXSWEEP_APP_TABLES_H

#include "app/options.h"
#include "score/check.h"
#include "score/scorecard.h"

/* The tables that rules and judges consult: providers, DKIM selectors, words of refusals, public
 * suffixes, block lists, root certificates; what is demanded, excused, and how it counts. */
struct tables {
	struct providers *providers;
	struct pressure_words *pressure;
	struct selectors *selectors;
	struct refusals *refusals;
	struct suffix_list *suffixes;
	struct block_lists *lists;
	struct cert_verifier *certificates;
	struct profiles *profiles; /* those that were chosen; NULL: none */
	struct waivers *waivers;   /* of the file; NULL: none */
	struct weights *weights;   /* NULL: those built in */
	struct judge_tables judge; /* the same, as judges see them */
};

int tables_load(const struct options *options, struct tables *tables_out, struct error *error);
void tables_free(struct tables *tables);

/* Puts those that rules consult among the facts of the run, which borrows them. */
void tables_lend(const struct tables *tables, struct run_facts *run);

/* Which areas are judged, how deep, and by what: as the options and the chosen profiles say.
 * Borrows from both. */
struct scorecard_options tables_judging(const struct tables *tables, const struct options *options);

/* Where a shipped table lies: installed beside the program, or in the tree it was built in. */
const char *tables_shipped_path(const char *name, struct arena *arena);

#endif
