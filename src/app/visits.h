#ifndef MXSWEEP_APP_VISITS_H
#define MXSWEEP_APP_VISITS_H

#include "app/options.h"
#include "fact/facts.h"

struct night;

/* Do the options of the relay test fit together? -1 with exit code 64. */
int visits_check(const struct options *options, struct error *error);

/*
 * What the options allow and ask for, among the facts of the run, which borrow from options and
 * arena. -1 with exit code 64 where an address of the relay test lies in a domain of the rows: who
 * hosts them takes mail for it. Says so where the test is left out for want of addresses.
 */
int visits_set(const struct options *options, struct night *night, struct arena *arena,
    struct run_facts *run, struct error *error);

/* Who is never contacted. */
void no_touch_set(const struct options *options, struct arena *arena, struct run_facts *run);

#endif
