#ifndef MXSWEEP_FACT_PROVIDER_MEMORY_H
#define MXSWEEP_FACT_PROVIDER_MEMORY_H

#include <stdint.h>

struct limiter;
struct provider_memory;
struct state;

/*
 * What was learned of the limits of providers, from one run to the next: how often the caps of
 * their budgets were halved at its end. It is of use for a week.
 */
enum { PROVIDER_MEMORY_S = 7 * 24 * 60 * 60 };

/* Reads what is of use at `now` (seconds since 1970), and gives it to the limiter, which borrows
 * it. */
struct provider_memory *
provider_memory_new(struct state *state, struct limiter *limiter, int64_t now);

/* Puts what the limiter knows by now into the state; it is not saved yet. */
void provider_memory_put(
    struct provider_memory *memory, struct state *state, struct limiter *limiter, int64_t now);
void provider_memory_free(struct provider_memory *memory); /* NULL does nothing */

#endif
