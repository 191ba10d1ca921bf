#ifndef MXSWEEP_APP_RUN_TESTS_H
#define MXSWEEP_APP_RUN_TESTS_H

#include "app/options.h"
#include "app/tables.h"

struct dns_client;
struct limiter;
struct list_desk;
struct loop;
struct run_facts;
struct run_tests;
struct state;

/*
 * What is tested before the rows: whether the resolvers are honest (run.resolver-honest), where our
 * own name leads (run.own-name), what the block lists say of their test points (RFC 5782 5), and of
 * our own addresses (run.own-listing). The lists are tested once more behind the rows, and
 * between whenever the desk where they are asked wants it.
 */
struct run_tests_options {
	const struct options *options;
	const struct tables *tables;
	struct loop *loop;
	struct dns_client *dns;          /* whom it trusts is set */
	struct dns_client *list_dns;     /* that block lists are asked through */
	struct limiter *limiter;         /* of their ceilings */
	struct state *state;             /* of earlier nights; NULL: none */
	const struct run_facts *earlier; /* part of the run; NULL: there was none */
	struct run_facts *run;    /* its honest resolvers, lists and own addresses are filled in */
	const struct ip *sources; /* from which sessions are had; none: our name is not looked at */
	size_t source_count;
	void (*tested)(void *user, bool resolver_answers); /* of those before the rows */
	void (*tested_again)(void *user); /* may come from inside run_tests_again */
	void *user;
};

/* NULL with an error when the names of the probes cannot be read. */
struct run_tests *run_tests_start(const struct run_tests_options *options, struct error *error);
void run_tests_again(struct run_tests *tests); /* once, however often it is called */
/* In which random names are asked to see whether anybody answers. */
const char *run_tests_uncached_zone(const struct run_tests *tests);
/* Where block lists are asked; NULL when none is. Once `tested` has come. */
struct list_desk *run_tests_desk(struct run_tests *tests);
void run_tests_end(struct run_tests *tests); /* what is open is over; before dns_client_free */
void
run_tests_free(struct run_tests *tests); /* NULL is none; after dns_client_free and limiter_free */

#endif
