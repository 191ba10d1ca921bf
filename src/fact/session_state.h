#ifndef MXSWEEP_FACT_SESSION_STATE_H
#define MXSWEEP_FACT_SESSION_STATE_H

/* What sessions.c, session_looks.c and session_visits.c share. */
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/egress.h"
#include "fact/looks.h"
#include "fact/second_looks.h"
#include "fact/session_peaks.h"
#include "fact/session_samples.h"
#include "fact/session_store.h"
#include "fact/sessions.h"
#include "net/limiter.h"

enum session_state {
	RESTING, /* had, or not due yet */
	ORDERED, /* has no turn before sessions_begin */
	WAITING,
	RUNNING,
	HELD,
	KEPT, /* until the rows are known */
	LEFT, /* its turn had not come when sessions were closed */
};

/* What becomes of the visits behind a session. */
enum session_followed {
	FOLLOWED_LATER,  /* it is not over */
	FOLLOWED_NEVER,  /* there is nobody to visit */
	FOLLOWED_PLAIN,  /* EHLO was accepted, and TLS was not had */
	FOLLOWED_SECURE, /* it was */
};

enum { FIRST_VALUE, AGAIN_VALUE, VALUES }; /* of what was seen */

struct session {
	struct second_look second; /* first member */
	struct sessions *sessions;
	struct limiter_ticket ticket;
	struct smtp_session *running;
	struct ip ip;
	const struct provider *row; /* of the table, by which it was drawn; NULL: none */
	uint64_t provider;
	struct session *next; /* of those that are tried again, taken up, or follow another */
	struct session *next_weighed;
	bool is_weighed;
	struct session *followers;      /* visits that wait for it, the last one first */
	uint64_t domains, first_domain; /* see session_order.h */
	unsigned tries, deferrals;
	enum session_state state;
	enum session_followed followed;
	enum session_look look;      /* that is had */
	enum session_look next_look; /* that is had when its time has come */
	struct session_value values[VALUES];
	struct strbuf key;
	char mx_name[]; /* and behind its NUL the domain that it is about, or nothing */
};

struct sessions {
	struct sessions_options options;
	struct map all;
	struct strbuf key;
	struct session_store *store;
	struct egress *egress;
	struct session_peaks *peaks;
	struct session_samples *samples;
	struct second_looks looks;
	struct loop_timer *retry, *due, *half_open, *doubt;
	struct loop_soon *soon;
	struct session *retrying, *taken_up;
	struct session *weighed; /* those of the domain that is being weighed, by next_weighed */
	struct sessions_counts counts;
	unsigned greetings; /* of witnesses, that are not over */
	bool witnessed;     /* they have been greeted once */
	bool doubted;       /* whether port 25 leaves this network */
	bool begun;         /* the ordered ones have been entered */
	bool blocked, closed, cancelled;
};

void session_free(struct session *session); /* it is in no map or queue */

/* Had by an earlier part of the run: it is taken up later, for the rule that shares it has not
 * ended. */
bool session_was_had(struct session *session);

/* Puts it into the queue of the limiter, or with those that are held. */
void session_enter(struct session *session);
/* Plans a second look at what the first saw, where that is worth one; `since` is when it ended. Is
 * there one? */
bool session_plan_second_look(
    struct session *session, const struct smtp_observation *seen, uint64_t since);
/* Has the same look again after the wait of second looks; false: there are none. */
bool session_look_again(struct session *session);
/* What was seen is final: it is recorded, and what follows it begins. */
void session_conclude(struct session *session, const struct smtp_observation *seen);
/* Was it refused since we come too often? Then its provider and its address are pressed less. */
bool session_learn(struct session *session, const struct smtp_observation *seen);
/* A look that was refused so, and not the first, is had once more; false: it was the last. */
bool session_defer(struct session *session);
void session_turned_away(void *user); /* at the limiter, for its provider is left alone */
/* Puts it with the ordered ones, where there is an order, else enters it. */
void session_enter_in_turn(struct session *session);
/* The domain that is being weighed needs it. */
void session_weigh(struct session *session);
void session_unweigh(struct session *session); /* it is given up */
/* Enters it after a rest. */
void session_enter_rested(struct session *session);
/* After each observation: sessions are held, witnesses greeted, sessions released. */
void sessions_check_egress(struct sessions *sessions);
void sessions_on_due(void *user);       /* of the timer of second looks */
void sessions_on_half_open(void *user); /* of the timer of what is held */
void sessions_on_doubt(void *user);     /* of the timer of doubt */

uint64_t sessions_now(const struct sessions *sessions);
/* The name is the MX name, or the domain that a visit is about. */
struct session *sessions_find(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *name);
/* Of the key that was looked for last. */
struct session *sessions_add(struct sessions *sessions, const struct facts_visit *visit);
struct subject session_subject(const struct session *session);

/* What follows it is begun, or is given up, by what it saw; nothing yet where it is had again. */
void session_follow(struct session *session, const struct smtp_observation *seen);

#endif
