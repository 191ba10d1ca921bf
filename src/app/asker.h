#ifndef MXSWEEP_APP_ASKER_H
#define MXSWEEP_APP_ASKER_H

#include "fact/facts.h"

struct arena;
struct asker;
struct dns_client;
struct list_desk;
struct loop;

/*
 * Runs rules over the DNS outside of a sweep, many at once. Each question is asked once, however
 * many rules need it, and its answer holds until it is forgotten. Of facts other than DNS
 * answers there are none. Without a client nothing is asked: every answer is DNS_NOT_RECORDED.
 */
struct asker *asker_new(struct loop *loop, struct dns_client *dns);
void asker_free(struct asker *asker); /* before its client; what is open calls back no more */

/* What is true of all rules that it runs; the caller may fill in what it knows besides. */
struct run_facts *asker_run_facts(struct asker *asker);

/* Where its rules ask block lists; it must have a client. */
void asker_use_desk(struct asker *asker, struct list_desk *desk);

/*
 * Gives back what the answers take, before the next rule begins; while rules are open nothing
 * happens. What is needed again is asked again.
 */
void asker_forget(struct asker *asker);

/* One pass of a rule; `arena` was emptied before. */
typedef void (*asker_pass_fn)(void *user, struct facts *facts, struct arena *arena);
/* The last pass was whole. What it left in the arena is there until the callback returns. */
typedef void (*asker_done_fn)(void *user);

/* `done` comes once, never from inside this call. */
void asker_run(struct asker *asker, asker_pass_fn pass, asker_done_fn done, void *user);

#endif
