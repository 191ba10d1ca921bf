#ifndef MXSWEEP_FACT_SESSIONS_H
#define MXSWEEP_FACT_SESSIONS_H

#include "fact/facts.h"
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
 * The port-25 sessions of a run: one for each (address, MX name), and a second look at what may
 * have been our own fault. They wait at the limiter for their turn; what they saw goes to the night
 * file and stays in memory as bytes.
 *
 *   second look  had after a wait, through the same budgets; a fact of its own beside the first
 *   sample       of a host that stands for others: it waits until the hosts of all rows are known
 *   witness      a host that is greeted and left, to know whether port 25 leaves this network
 *   held         not begun, for it does not (run.egress-25): one of them is tried now and then
 *   visit        for a purpose of its own (looks.h): it comes when the session at its address and
 * MX name is over and EHLO was accepted there, and never where it was not
 *   ordered      first ones wait for sessions_begin, so that those come first that complete the
 * most domains (session_order.h)
 */
struct sessions_options {
	struct loop *loop;
	struct limiter *limiter; /* nobody else's: what waits there is dropped */
	struct session_budgets *budgets;
	struct night *night;
	const struct run_facts *run;
	struct smtp_session_options session; /* what all share; address and name are filled in */
	struct smtp_limits late; /* for those that were connected to and did not greet */
	session_again_fn again;  /* NULL: there are no second looks */
	session_plan_fn plan;    /* of visits; NULL: there are none */
	uint64_t second_look_ms; /* the wait for them; 0: there are none */
	uint64_t half_open_ms;   /* between two tries while sessions are held; 0: ten minutes */
	const char *const *witnesses; /* names of hosts; not two of one provider */
	size_t witness_count;
	bool ordered;  /* sessions_begin will come */
	bool recorded; /* the night file may hold sessions already: they are not had again */

	/* Callbacks. `greet` asks for the address of a witness, so that sessions_greet is called
	   with it; when all that is over, whatever came of it, sessions_greet_end. */
	void (*done)(void *user, const struct subject *session);
	void (*greet)(void *user, const char *witness);
	void (*blocked)(void *user); /* sessions are held from now on */
	void *user;
};

struct sessions *sessions_new(const struct sessions_options *options);
void sessions_free(struct sessions *sessions);

void sessions_share(struct sessions *sessions, const struct ip *ip, const char *mx_name);
/* The hosts of all rows have been shared: those that waited for this are had. */
void sessions_rows_known(struct sessions *sessions);
/* Whose host is at the address. */
void sessions_share_tenant(struct sessions *sessions, const struct ip *ip, const char *host);
void sessions_share_visit(struct sessions *sessions, const struct facts_visit *visit);
/* Greets some of the witnesses, whoever needs them or not. */
void sessions_greet_witnesses(struct sessions *sessions);
void sessions_greet(struct sessions *sessions, const struct ip *ip, const char *witness);
void sessions_greet_end(struct sessions *sessions);

/* What it saw, decoded into the arena; NULL when it was not had yet. */
const struct smtp_observation *sessions_seen(struct sessions *sessions, enum session_look look,
    const struct ip *ip, const char *mx_name, struct arena *arena);
/* What it saw is needed in memory no more; the session is not had again. */
void sessions_forget(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *mx_name);

/* A domain has asked for all its sessions, those that were shared since the last such call. It is
 * told by its number, in the order of the input; 0: they were none of a domain. */
void sessions_note_domain(struct sessions *sessions, uint64_t number);
void
sessions_begin(struct sessions *sessions); /* ordered ones have their turns; only once counts */

/* None is begun any more: what waits is left. Those that are under way may end. */
void sessions_close(struct sessions *sessions);

/* A session or visit whose turn has not come. */
struct session_left {
	const struct ip *ip;
	const char *mx_name;
	enum session_look look;
	uint64_t domains, first_domain; /* see session_order.h; 0 where there is no order */
};
typedef void (*session_left_fn)(void *user, const struct session_left *left);
/* All that are ordered, or were left or are not over when sessions were closed; in no order. */
void sessions_each_left(const struct sessions *sessions, session_left_fn fn, void *user);

void sessions_cancel(struct sessions *sessions); /* no more callbacks, no new ones */

struct sessions_counts {
	uint64_t done;   /* of all kinds */
	uint64_t visits; /* that were asked for */
	size_t running, waiting;
	size_t held;
	size_t kept;               /* until the rows are known */
	uint64_t eased;            /* refusals for which a provider is pressed less */
	size_t second_looks;       /* that are not due yet */
	uint64_t second_look_left; /* milliseconds until the next of them */
};
struct sessions_counts sessions_counts(const struct sessions *sessions);
bool sessions_idle(const struct sessions *sessions); /* nothing is under way or will be */

/* What the sessions so far tell of the run: run.egress-25,
 * run.path-honest, run.provider-concurrency. What is set is borrowed from
 * the sessions and the arena. */
void sessions_tell(const struct sessions *sessions, struct arena *arena, struct run_facts *run);

#endif
