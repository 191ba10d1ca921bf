#ifndef MXSWEEP_FACT_SESSION_STATE_H
#define MXSWEEP_FACT_SESSION_STATE_H

/* What sessions.c and session_looks.c share. */
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/egress.h"
#include "fact/second_looks.h"
#include "fact/session_store.h"
#include "fact/sessions.h"
#include "net/limiter.h"

enum session_state {
	RESTING, /* had, or not due yet */
	WAITING,
	RUNNING,
	HELD,
};

struct session {
	struct second_look second; /* first member */
	struct sessions *sessions;
	struct limiter_ticket ticket;
	struct smtp_session *running;
	struct ip ip;
	uint64_t provider;
	struct session *next; /* of those that are tried again, or taken up */
	unsigned tries;
	enum session_state state;
	enum session_look look; /* that is had */
	struct session_value values[LOOK_COUNT];
	struct strbuf key;
	char mx_name[];
};

struct sessions {
	struct sessions_options options;
	struct map all;
	struct strbuf key;
	struct session_store *store;
	struct egress *egress;
	struct second_looks looks;
	struct loop_timer *retry, *due, *half_open, *doubt;
	struct loop_soon *soon;
	struct session *retrying, *taken_up;
	struct sessions_counts counts;
	unsigned greetings; /* of witnesses, that are not over */
	bool witnessed;     /* they have been greeted once */
	bool doubted;       /* whether port 25 leaves this network */
	bool blocked, cancelled;
};

/* Puts it into the queue of the limiter, or with those that are held. */
void session_enter(struct session *session);
/* Plans a second look at what the first saw, where that is worth one; `since` is when it ended. */
void session_plan_second_look(
    struct session *session, const struct smtp_observation *seen, uint64_t since);
/* After each observation: sessions are held, witnesses greeted, sessions released. */
void sessions_check_egress(struct sessions *sessions);
void sessions_on_due(void *user);       /* of the timer of second looks */
void sessions_on_half_open(void *user); /* of the timer of what is held */
void sessions_on_doubt(void *user);     /* of the timer of doubt */

uint64_t sessions_now(const struct sessions *sessions);
struct session *sessions_find(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *mx_name);
/* Of the key that was looked for last. */
struct session *sessions_add(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *mx_name);

#endif
