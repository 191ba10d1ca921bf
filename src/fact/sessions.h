#ifndef MXSWEEP_FACT_SESSIONS_H
#define MXSWEEP_FACT_SESSIONS_H

#include "smtp/session.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct limiter;
struct loop;
struct night;
struct session_budgets;
struct sessions;

/*
 * The port-25 sessions of a run: one for each (address, MX name). They wait at the limiter for
 * their turn; what they saw goes to the night file and stays in memory as bytes.
 */
struct sessions_options {
	struct loop *loop;
	struct limiter *limiter;
	struct session_budgets *budgets;
	struct night *night;
	struct smtp_session_options session; /* what all share; address and name are filled in */
	void (*done)(void *user, const struct ip *ip, const char *mx_name);
	void *user;
};

struct sessions *sessions_new(const struct sessions_options *options);
void sessions_free(struct sessions *sessions);

void sessions_share(struct sessions *sessions, const struct ip *ip, const char *mx_name);
/* What it saw, decoded into the arena; NULL when it was not had yet. */
const struct smtp_observation *sessions_seen(
    struct sessions *sessions, const struct ip *ip, const char *mx_name, struct arena *arena);
/* What it saw is needed in memory no more; the session is not had again. */
void sessions_forget(struct sessions *sessions, const struct ip *ip, const char *mx_name);
void sessions_cancel(struct sessions *sessions); /* no more callbacks, no new ones */

struct sessions_counts {
	uint64_t done;
	size_t running, waiting;
};
struct sessions_counts sessions_counts(const struct sessions *sessions);

#endif
