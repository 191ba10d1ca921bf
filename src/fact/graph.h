#ifndef MXSWEEP_FACT_GRAPH_H
#define MXSWEEP_FACT_GRAPH_H

#include "fact/facts.h"
#include "fact/policies.h"
#include "fact/sessions.h"

#include <stddef.h>
#include <stdint.h>

struct dns_client;
struct graph;
struct list_desk;
struct loop;
struct night;

/*
 * The graph of a run while it gathers.
 *
 *   question  (name, type): asked once in a run, however many rules want it
 *   session   (address, MX name): had once in a run, and a second look at some; see sessions.h
 *   policy    of a policy host: fetched once in a run
 *   owner     a domain, an address or a session at which rules are run; it lives until they are
 * done task      one rule at one owner: what waits. It counts its open asks and runs again at zero
 *
 * When an owner is done, what it asked goes to the night file: facts at or below a domain's name
 * into that domain's blob, every other fact into a row of its own.
 */
struct graph_options {
	struct loop *loop;
	struct dns_client *dns;
	struct list_desk *desk; /* where block lists are asked; NULL: there are none */
	struct night *night;    /* between night_gather_begin and _end */
	const struct run_facts *run;
	const struct gather_rule *rules;
	size_t rule_count;
	size_t cache_bytes;               /* of answers that no owner holds */
	struct sessions_options sessions; /* loop, night, run and callbacks are filled in */
	struct policies_options policies; /* loop, night and callback are filled in */
	bool recorded; /* the night file may hold facts of an earlier part of the run, or of a night
			  before it: what counts of them is not gathered again */
	void (*domain_done)(void *user); /* a domain has left the window */
	void (*blocked)(void *user); /* port 25 does not leave this network: sessions are held */
	void (*idle)(void *user);    /* nothing is open any more */
	void *user;
};

struct graph *graph_new(const struct graph_options *options);
void graph_free(struct graph *graph); /* drops what is open */

/* The subject's strings are copied. Its facts join the domain's blob. */
void graph_add_domain(struct graph *graph, const struct subject *subject);

/* No domain comes any more, and none is open: sessions that waited for this begin. */
void graph_rows_known(struct graph *graph);
bool graph_is_idle(const struct graph *graph); /* nothing is open */

/* Greets some witnesses (see sessions.h); `idle` comes when that is over. False: none is greeted.
 */
bool graph_greet_witnesses(struct graph *graph);

struct sessions *graph_sessions(struct graph *graph); /* they stay the graph's */
/* No session and no fetch is begun from here on, and `idle` comes when what is under way has ended:
 * questions are still asked, for the domains that are open. */
void graph_close(struct graph *graph);

/* No look-up is started from here on, sessions are dropped, and nothing calls back. */
void graph_cancel(struct graph *graph);
/* Hands to the night file what is known and was not stored yet: all of it after graph_cancel. */
void graph_store_rest(struct graph *graph);

bool graph_is_idle(const struct graph *graph); /* nothing is open */

struct graph_counts {
	uint64_t domains_done, questions, confirmations, read_back, sessions_done, policies_done;
	size_t domains_open, sessions_running, sessions_waiting, policies_open;
	size_t sessions_held, sessions_kept;
	size_t second_looks;       /* that are not due yet */
	uint64_t second_look_left; /* milliseconds until the next of them */
	/* What block lists are, or would be, asked about: addresses, IPv4 and IPv6, and names. */
	uint64_t public_addresses[2], names;
};
struct graph_counts graph_counts(const struct graph *graph);

/* What the sessions so far tell of the run; what is set is borrowed until graph_free. */
void graph_tell(const struct graph *graph, struct arena *arena, struct run_facts *run);

#endif
