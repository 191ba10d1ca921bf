#ifndef MXSWEEP_APP_LIST_CHOICE_H
#define MXSWEEP_APP_LIST_CHOICE_H

#include "app/options.h"
#include "fact/facts.h"

struct arena;
struct block_lists;

/* The block lists of a run; zones live in the table. */
struct list_choice {
	struct list_health *health;
	const char **keys; /* of each; NULL: none */
	size_t count;
};

/*
 * Those that are on; those that --list-key gives a key (ZONE=FILE, ZONE=env:NAME) or, with
 * ZONE=registered, switches on; and those that have none and need one, which have LIST_NO_KEY. ZONE
 * is that of the table, with or without its {key}, or the end of several. -1 with an error that
 * says what would be right, and never the key: exit code 66 where a file cannot be read, 78 else.
 */
int list_choice_make(const struct options *options, const struct block_lists *table,
    struct arena *arena, struct list_choice *out, struct error *error);

#endif
