#ifndef MXSWEEP_APP_PORT25_H
#define MXSWEEP_APP_PORT25_H

#include "app/options.h"
#include "app/tables.h"
#include "fact/sessions.h"

struct arena;

/* How sessions at port 25 are had, by the options: their limits, second looks, witnesses. What it
 * does not set (loop, limiter, budgets, name, TLS) is the caller's. */
void port25_set(const struct options *options, const struct tables *tables,
    const struct run_facts *run, struct arena *arena, struct sessions_options *out);

unsigned port25_without_route(void); /* bit n: this machine has no route for family n (4, 6) */

#endif
