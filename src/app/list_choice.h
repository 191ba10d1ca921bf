#ifndef MXSWEEP_APP_LIST_CHOICE_H
#define MXSWEEP_APP_LIST_CHOICE_H

#include "app/options.h"
#include "fact/facts.h"

struct arena;
struct block_lists;

/*
 * The block lists of a run: those that are on, and those that need a key, which have LIST_NO_KEY
 * where the options give none. Zones live in the table.
 */
size_t lists_choose(const struct options *options, const struct block_lists *table,
    struct arena *arena, struct list_health **health_out);

#endif
