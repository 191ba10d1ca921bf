#ifndef MXSWEEP_APP_GATHER_STATE_H
#define MXSWEEP_APP_GATHER_STATE_H

/* What the files of gathering share: what is had (gather.c), and what watches it (gather_watch.c).
 */
#include "app/gather.h"
#include "app/run_beginning.h"
#include "base/arena.h"
#include "fact/facts.h"

struct deadline;
struct dns_client;
struct graph;
struct history_facts;
struct https_client;
struct limiter;
struct loop;
struct loop_soon;
struct loop_timer;
struct provider_memory;
struct resolvers_watch;
struct run_tests;
struct session_budgets;
struct signals_question;
struct signals_watch;
struct state;
struct tls_context;

struct gathering {
	const struct options *options;
	const struct tables *tables;
	struct night *night;
	const struct rows_read *rows;
	struct gather_report *report;
	struct error *error;

	struct loop *loop;
	struct dns_client *dns;
	struct dns_client *list_dns;            /* of --list-resolver; NULL: the same */
	struct limiter *limiter, *list_limiter; /* of sessions; of what lists are asked */
	struct state *state;                    /* NULL: nothing outlives the run */
	struct provider_memory *memory;         /* NULL without a state */
	struct session_budgets *budgets;
	struct tls_context *tls;
	struct https_client *https;
	struct history_facts *history; /* NULL: none */
	struct graph *graph;           /* NULL until the resolvers were tested */
	struct run_tests *tests;
	struct loop_timer *progress;
	struct resolvers_watch *watch;
	struct signals_watch *signals;
	struct signals_question *question;
	struct loop_soon *refill;
	struct deadline *deadline; /* NULL: there is none */

	struct run_facts run;
	struct run_beginning beginning;
	struct arena arena; /* of the row that is being added */
	int64_t last_row;
	bool rows_ended;
	bool ending; /* all is had, and the last tests are made */
	uint64_t started;
};

/* Whom they need is known: of all, or of those that half of the time was enough for. */
void gathering_begin_sessions(struct gathering *g);
void gathering_watch_deadline(struct gathering *g);
void gathering_watch_resolvers(struct gathering *g); /* once their tests have begun */
void gathering_on_progress(void *user);              /* draws the line */
void gathering_on_question(void *user);              /* somebody asks where it is */

#endif
