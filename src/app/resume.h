#ifndef MXSWEEP_APP_RESUME_H
#define MXSWEEP_APP_RESUME_H

#include "fact/facts.h"

struct arena;
struct error;
struct night;

/*
 * What an earlier part of the run has stored of it; false when there was none. Its clock and its
 * seed are those of the whole run.
 */
bool resume_load(struct night *night, struct arena *arena, struct run_facts *earlier_out);

/* Are as many resolvers asked as then? Answers are recorded by their numbers. -1 with exit code 64.
 */
int resume_check(const struct run_facts *earlier, const struct run_facts *run, struct error *error);

/*
 * What both parts have seen of the resolvers: honest is who has shown it once and has never lied,
 * and signatures are checked by those that did so both times.
 */
void resume_resolvers(const struct run_facts *earlier, struct run_facts *run);

#endif
