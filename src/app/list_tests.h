#ifndef MXSWEEP_APP_LIST_TESTS_H
#define MXSWEEP_APP_LIST_TESTS_H

#include "fact/facts.h"
#include "fact/list_desk.h"
#include "names/block_list.h"

#include <stddef.h>

struct list_tests;

/*
 * Is a block list alive and does it tell listed from not listed (RFC 5782 5)? For each list and
 * kind: the zone has NS or SOA; the positive test point gives an address in 127/8 that is no error
 * code; the negative test point, a random name or address, gives NXDOMAIN. Anything else fails.
 */
struct list_tests_options {
	const struct block_lists *table;
	const struct run_facts *run; /* its lists, and the seed of random labels */
	struct list_desk *desk;      /* that asks, and is told what came of it */
	/* A list has been tested; from the loop. */
	void (*tested)(void *user, size_t list, enum list_test_phase phase);
	void *user;
};

/* How many questions one test of the list is. */
unsigned list_tests_questions(const struct block_list *list);

struct list_tests *list_tests_new(const struct list_tests_options *options);
/* One list at a time may be tested more than once, one test after the other. */
void list_tests_begin(struct list_tests *tests, size_t list, enum list_test_phase phase);
void list_tests_free(struct list_tests *tests); /* after the desk's client is freed */

#endif
