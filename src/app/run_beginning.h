#ifndef MXSWEEP_APP_RUN_BEGINNING_H
#define MXSWEEP_APP_RUN_BEGINNING_H

#include "app/options.h"
#include "app/own_name.h"
#include "app/rescan.h"
#include "app/sources.h"
#include "app/tables.h"
#include "base/arena.h"
#include "fact/facts.h"

struct dns_client;
struct night;

/* What the facts of a run borrow from while it gathers; zero before. */
struct run_beginning {
	struct arena arena; /* of the whole run; the caller frees it */
	struct sources sources;
	char ehlo_name[OWN_NAME_SIZE];
	struct run_facts earlier; /* what a part of the run before this one has stored */
	bool resumed;             /* there was one */
	struct rescan *rescan; /* the earlier night of --since; NULL: none; the caller closes it */
};

/* Fills in what is true of the run before its first packet: its time and seed, and what the options
 * say. -1 with an error when they do not fit this machine or the rows of the night file. */
int run_beginning_set(const struct options *options, const struct tables *tables,
    struct night *night, const struct dns_client *dns, struct run_beginning *beginning,
    struct run_facts *run, struct error *error);

/*
 * Sessions that this process has not had itself tell nothing of today's way out, but they are
 * judged by theirs: where nothing is known yet, what was known of it then holds on.
 */
void run_beginning_way_out(const struct run_beginning *beginning, struct run_facts *run);

#endif
