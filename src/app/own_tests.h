#ifndef MXSWEEP_APP_OWN_TESTS_H
#define MXSWEEP_APP_OWN_TESTS_H

#include "fact/facts.h"

struct block_lists;
struct dns_client;
struct list_desk;
struct loop;
struct own_tests;

/*
 * The scanner's own name and addresses (run.own-name, run.own-listing), asked of the resolvers as
 * those of any host are. What is found goes into the run facts, which borrow it until
 * own_tests_free. The callbacks come from the loop, once.
 */
struct own_tests_options {
	struct loop *loop;
	struct dns_client *dns;
	const struct block_lists *lists;
	struct run_facts *run;
	const struct ip *sources; /* at least one, at most OWN_ADDRESSES_MAX */
	size_t source_count;
	void *user;
};
typedef void (*own_tests_done_fn)(void *user);

struct own_tests *own_tests_new(const struct own_tests_options *options);
void own_tests_follow_name(struct own_tests *tests, own_tests_done_fn done);
/* Of the lists that passed their tests. An address that nobody outside sees is not asked about. */
void own_tests_ask_lists(struct own_tests *tests, struct list_desk *desk, own_tests_done_fn done);
void own_tests_free(struct own_tests *tests); /* NULL is none; before dns_client_free */

#endif
