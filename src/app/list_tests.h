#ifndef MXSWEEP_APP_LIST_TESTS_H
#define MXSWEEP_APP_LIST_TESTS_H

#include "fact/facts.h"
#include "names/block_list.h"

#include <stddef.h>

struct arena;
struct dns_client;
struct list_tests;

/*
 * Is a block list alive and does it tell listed from not listed (RFC 5782 5)? For each list and
 * kind: the zone has NS or SOA; the positive test point gives an address in 127/8 that is no error
 * code; the negative test point, a random name or address, gives NXDOMAIN. Anything else fails.
 */

/* The lists that are asked without a key and without a word of the user; zones live in the table.
 */
size_t list_tests_choose(
    const struct block_lists *lists, struct arena *arena, struct list_health **health_out);

/* How many questions one test of the list is. */
unsigned list_tests_questions(const struct block_list *list);

/* Sets bits of `passed` (one number for each list) and calls back once, from the loop. */
typedef void (*list_tests_done_fn)(void *user);
struct list_tests *list_tests_start(const struct block_lists *lists,
    const struct list_health *health, size_t count, const struct run_facts *run, uint64_t draw,
    struct dns_client *dns, unsigned *passed, list_tests_done_fn done, void *user);
void list_tests_free(struct list_tests *tests); /* not before `done`, or after dns_client_free */

#endif
