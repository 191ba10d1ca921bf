#ifndef MXSWEEP_FACT_RUN_FACTS_H
#define MXSWEEP_FACT_RUN_FACTS_H

#include "fact/facts.h"

struct arena;
struct error;
struct night;

/* What is true of the run, as rows of the night file's meta table: text that a person can read. */
int run_facts_store(struct night *night, const struct run_facts *run, struct error *error);
int run_facts_load(
    struct night *night, struct arena *arena, struct run_facts *run_out, struct error *error);

/* Had gathering begun, so that there are facts of the run? Has it come to its end? */
bool run_facts_begun(struct night *night);
bool run_facts_complete(struct night *night);

#endif
