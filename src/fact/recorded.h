#ifndef MXSWEEP_FACT_RECORDED_H
#define MXSWEEP_FACT_RECORDED_H

#include "fact/facts.h"

struct arena;
struct night;
struct night_domain;
struct recorded;

/*
 * The facts of a night file, as rules see them at the finish: nothing is ever NULL, nothing is
 * asked. What the file does not hold is DNS_NOT_RECORDED, or DNS_CANCELLED when the run was
 * interrupted, or DNS_RATE_LIMITED when its deadline ended it. A negative of which no resolver
 * passed its honesty test is DNS_REWRITTEN.
 */
struct recorded *recorded_new(struct night *night, const struct run_facts *run);
void recorded_free(struct recorded *recorded);

/*
 * The facts for one domain (NULL for a row without one); answers are decoded into the arena. Valid
 * until the next call. The times are 0 where the domain was not gathered to its end.
 */
struct facts *recorded_facts(struct recorded *recorded, const char *domain, struct arena *arena,
    struct night_domain *times_out);

#endif
