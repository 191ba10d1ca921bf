#ifndef MXSWEEP_APP_RUN_TESTS_H
#define MXSWEEP_APP_RUN_TESTS_H

#include "app/options.h"
#include "app/tables.h"

struct dns_client;
struct run_facts;
struct run_tests;

/*
 * What is tested before the rows, and once more behind them: whether the resolvers are honest
 * (run.resolver-honest), and what the block lists say of their test points (RFC 5782 5).
 */
struct run_tests_options {
	const struct options *options;
	const struct tables *tables;
	struct dns_client *dns; /* whom it trusts is set */
	struct run_facts *run;  /* its honest resolvers and its lists are filled in */
	void (*tested)(void *user, bool resolver_answers); /* of those before the rows */
	void (*tested_again)(void *user); /* may come from inside run_tests_again */
	void *user;
};

/* NULL with an error when the names of the probes cannot be read. */
struct run_tests *run_tests_start(const struct run_tests_options *options, struct error *error);
void run_tests_again(struct run_tests *tests); /* once, however often it is called */
void run_tests_free(struct run_tests *tests);  /* NULL is none; after dns_client_free */

#endif
