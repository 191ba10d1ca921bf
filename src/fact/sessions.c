/* Sessions: shared, queued at the limiter, had once, and once more where that may tell more. */
#include "fact/sessions.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "fact/codec.h"
#include "fact/session_budgets.h"
#include "fact/session_state.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SHORTAGE_RETRY_MS = 1000, /* descriptors or ports ran out: they come back as sessions end */
	SHORTAGE_TRIES = 120,
};

uint64_t
sessions_now(const struct sessions *sessions)
{
	return loop_now(sessions->options.loop);
}

/* ---- one session */

void
session_enter(struct session *session)
{
	struct sessions *sessions = session->sessions;

	if (sessions->closed) {
		session->state = LEFT;
		return;
	}
	if (sessions->blocked) {
		session->state = HELD;
		sessions->counts.held++;
		return;
	}
	session->state = WAITING;
	sessions->counts.waiting++;
	limiter_enter(sessions->options.limiter, &session->ticket);
}

static void
enter_again(void *user)
{
	struct sessions *sessions = user;
	struct session *session = sessions->retrying;

	sessions->retrying = NULL;
	while (session != NULL) {
		struct session *next = session->next;

		sessions->counts.waiting--;
		session_enter(session);
		session = next;
	}
}

/* Our own shortage is never the host's fault: the session goes back to its queue. */
static void
retry_later(struct session *session)
{
	struct sessions *sessions = session->sessions;

	session->state = RESTING;
	session->next = sessions->retrying;
	sessions->retrying = session;
	sessions->counts.waiting++;
	loop_timer_start(sessions->retry, SHORTAGE_RETRY_MS, 0);
}

static struct session_value *
value_of(struct session *session, enum session_look look)
{
	return &session->values[look_row(look)->first == look ? FIRST_VALUE : AGAIN_VALUE];
}

/* Rules ask what the ordinary sessions saw; of the others nobody does before the finish. */
static bool
is_asked_for(enum session_look look)
{
	return look_row(look)->first == LOOK_FIRST;
}

/* What was never begun tells nothing of the way there. */
static bool
was_begun(const struct smtp_observation *seen)
{
	return seen->end != SMTP_END_RATE_LIMITED;
}

static void
record(struct session *session, const struct smtp_observation *seen)
{
	struct sessions *sessions = session->sessions;
	struct smtp_observation told = *seen;
	struct session_value *value;

	if (!look_row(session->look)->other_port && was_begun(seen))
		egress_note(sessions->egress, session->provider, &session->ip, seen,
		    sessions_now(sessions));
	if (session->look == LOOK_SECOND && was_begun(seen))
		told.witnesses =
		    egress_witnesses(sessions->egress, session->provider, sessions_now(sessions));
	value = value_of(session, session->look);
	session_value_free(value);
	session_store_put(sessions->store, &session->key, session->look, &told, value);
	if (!is_asked_for(session->look))
		session_value_free(value);
	sessions->counts.done += was_begun(seen);
	session->state = RESTING;
}

/* A second look that was never begun changes nothing: what the first saw stands. */
void
session_conclude(struct session *session, const struct smtp_observation *seen)
{
	struct sessions *sessions = session->sessions;
	struct subject subject = session_subject(session);

	if (was_begun(seen) || session->look == look_row(session->look)->first)
		record(session, seen);
	session->state = RESTING;
	if (!session_plan_second_look(session, seen, sessions_now(sessions)))
		session_follow(session, seen);
	sessions_check_egress(sessions);
	if (subject.look == LOOK_WITNESS)
		sessions_greet_end(sessions);
	sessions->options.done(sessions->options.user, &subject);
}

static void
on_done(void *user, const struct smtp_observation *seen)
{
	struct session *session = user;
	struct sessions *sessions = session->sessions;

	session->running = NULL;
	sessions->counts.running--;
	session_peaks_end(sessions->peaks, &session->ticket);
	limiter_leave(sessions->options.limiter, &session->ticket);
	if (seen->end == SMTP_END_SHORTAGE && !sessions->closed &&
	    session->tries++ < SHORTAGE_TRIES)
		retry_later(session);
	else if (!session_learn(session, seen) || !session_defer(session))
		session_conclude(session, seen);
}

static void
draw(struct session *session)
{
	struct session_budgets *budgets = session->sessions->options.budgets;

	session_budgets_fill(budgets, &session->ip, session->mx_name, &session->ticket);
	session->row = session_budgets_row(budgets, &session->ip, session->mx_name);
	session->provider = session_budgets_provider(budgets, &session->ip, session->mx_name);
}

/* Whose host is at the address may have become known while it waited: then it waits again, with
 * those of that provider. */
static bool
is_of_other_provider(struct session *session)
{
	struct sessions *sessions = session->sessions;

	if (session_budgets_row(sessions->options.budgets, &session->ip, session->mx_name) ==
	    session->row)
		return false;
	limiter_leave(sessions->options.limiter, &session->ticket);
	draw(session);
	sessions->counts.waiting--;
	session_enter(session);
	return true;
}

static void
on_granted(void *user)
{
	struct session *session = user;
	struct sessions *sessions = session->sessions;
	struct smtp_session_options options = sessions->options.session;
	const struct subject subject = session_subject(session);
	struct arena arena = { 0 };

	if (is_of_other_provider(session))
		return;
	sessions->counts.waiting--;
	sessions->counts.running++;
	session_peaks_begin(sessions->peaks, &session->ticket);
	session->state = RUNNING;
	options.ip = session->ip;
	options.source =
	    session_budgets_source(sessions->options.budgets, &session->ip, session->mx_name);
	options.mx_name = session->mx_name;
	options.visit.greeting_alone = session->look == LOOK_WITNESS;
	if (look_row(session->look)->behind != BEHIND_NOTHING)
		sessions->options.plan(&subject, sessions->options.run, &arena, &options.visit);
	if (session->look == LOOK_SECOND && session->second.kind == AGAIN_LATER_PATIENTLY)
		options.limits = sessions->options.late;
	session->running = smtp_session_start(sessions->options.loop, &options, on_done, session);
	arena_free(&arena);
}

/* The key of a session is that of the first of its kind. */
struct session *
sessions_find(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *name)
{
	strbuf_reset(&sessions->key);
	fact_key_session(&sessions->key, look_row(look)->first, ip, name);
	return map_get(&sessions->all, sessions->key.at, sessions->key.length);
}

struct subject
session_subject(const struct session *session)
{
	const char *domain = session->mx_name + strlen(session->mx_name) + 1;

	return (struct subject){ .kind = SUBJECT_SESSION,
		.domain = *domain == '\0' ? NULL : domain,
		.ip = session->ip,
		.mx_name = session->mx_name,
		.look = session->look };
}

struct session *
sessions_add(struct sessions *sessions, const struct facts_visit *visit)
{
	size_t length = strlen(visit->mx_name) + 1;
	const char *domain = visit->domain == NULL ? "" : visit->domain;
	struct session *session = alloc_zeroed(1, sizeof *session + length + strlen(domain) + 1);

	session->sessions = sessions;
	session->ip = *visit->ip;
	session->look = visit->look;
	memcpy(session->mx_name, visit->mx_name, length);
	memcpy(session->mx_name + length, domain, strlen(domain) + 1);
	strbuf_add(&session->key, sessions->key.at, sessions->key.length);
	session->ticket.granted = on_granted;
	session->ticket.closed = session_turned_away;
	session->ticket.user = session;
	map_put(&sessions->all, session->key.at, session->key.length, session);
	draw(session);
	return session;
}

/* ---- what an earlier part of the run had */

/* How long ago, in the loop's time; a clock that was set back makes it now. */
static uint64_t
ended_at(const struct sessions *sessions, const struct smtp_observation *seen)
{
	int64_t age = (int64_t)time(NULL) - seen->seen_at;
	uint64_t past = age > 0 ? (uint64_t)age * 1000 : 0;

	return past < sessions_now(sessions) ? sessions_now(sessions) - past : 0;
}

/* Whoever let us in then: port 25 left this network. That others did not says nothing of today, and
 * neither does what an earlier night has seen. */
static void
note_way_out(struct session *session, enum session_look look, const struct smtp_observation *seen)
{
	struct sessions *sessions = session->sessions;

	if (seen->stage != SMTP_CONNECT && !look_row(look)->other_port &&
	    seen->seen_at >= sessions->options.run->now)
		egress_note(sessions->egress, session->provider, &session->ip, seen,
		    ended_at(sessions, seen));
}

static void
tell(struct session *session, enum session_look look)
{
	struct sessions *sessions = session->sessions;
	struct subject subject = session_subject(session);

	subject.look = look;
	sessions->options.done(sessions->options.user, &subject);
	if (!is_asked_for(look))
		session_value_free(value_of(session, look));
}

static void
take_up(struct session *session)
{
	struct sessions *sessions = session->sessions;
	enum session_look first = session->look, again = look_row(first)->again;
	struct session_value *second = &session->values[AGAIN_VALUE];
	struct arena arena = { 0 };
	const struct smtp_observation *seen =
	    session_value_read(&session->values[FIRST_VALUE], &arena);

	sessions->counts.waiting--;
	note_way_out(session, first, seen);
	if (again != first)
		session_store_get(sessions->store, &session->key, again, second);
	if (second->bytes != NULL) {
		session->look = again;
		seen = session_value_read(second, &arena);
		note_way_out(session, again, seen);
		session_follow(session, seen);
	} else if (!session_plan_second_look(session, seen, ended_at(sessions, seen))) {
		session_follow(session, seen);
	}
	arena_free(&arena);
	tell(session, first);
	if (session->look != first)
		tell(session, again);
}

static void
on_soon(void *user)
{
	struct sessions *sessions = user;
	struct session *session = sessions->taken_up;

	sessions->taken_up = NULL;
	while (session != NULL && !sessions->cancelled) {
		struct session *next = session->next;

		take_up(session);
		session = next;
	}
}

bool
session_was_had(struct session *session)
{
	struct sessions *sessions = session->sessions;
	struct session_value *first = &session->values[FIRST_VALUE];

	if (!sessions->options.recorded)
		return false;
	session_store_get(sessions->store, &session->key, session->look, first);
	if (first->bytes == NULL)
		return false;
	session->next = sessions->taken_up;
	sessions->taken_up = session;
	sessions->counts.waiting++;
	loop_soon_ask(sessions->soon);
	return true;
}

/* ---- all of them */

const struct smtp_observation *
sessions_seen(struct sessions *sessions, enum session_look look, const struct ip *ip,
    const char *mx_name, struct arena *arena)
{
	struct session *session = sessions_find(sessions, look, ip, mx_name);

	return session == NULL ? NULL : session_value_read(value_of(session, look), arena);
}

void
sessions_forget(
    struct sessions *sessions, enum session_look look, const struct ip *ip, const char *mx_name)
{
	struct session *session = sessions_find(sessions, look, ip, mx_name);

	if (session != NULL)
		session_value_free(value_of(session, look));
}

void
sessions_cancel(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	sessions->cancelled = true;
	limiter_drop_waiting(sessions->options.limiter);
	loop_timer_stop(sessions->due);
	loop_timer_stop(sessions->half_open);
	loop_timer_stop(sessions->doubt);
	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		smtp_session_cancel(&session->running);
	sessions->counts.running = sessions->counts.waiting = 0;
}

struct sessions_counts
sessions_counts(const struct sessions *sessions)
{
	struct sessions_counts counts = sessions->counts;
	uint64_t next = second_looks_next(&sessions->looks);

	counts.second_looks = second_looks_count(&sessions->looks);
	counts.second_look_left =
	    next != UINT64_MAX && next > sessions_now(sessions) ? next - sessions_now(sessions) : 0;
	return counts;
}

bool
sessions_idle(const struct sessions *sessions)
{
	return sessions->counts.running == 0 && sessions->counts.waiting == 0 &&
	    (sessions->blocked || sessions->closed || second_looks_count(&sessions->looks) == 0);
}

struct sessions *
sessions_new(const struct sessions_options *options)
{
	struct sessions *sessions = alloc_zeroed(1, sizeof *sessions);

	sessions->options = *options;
	sessions->looks.wait_ms = options->second_look_ms;
	map_init(&sessions->all);
	sessions->store = session_store_new(options->night);
	sessions->egress = egress_new(options->run->seed);
	sessions->peaks = session_peaks_new();
	sessions->samples = session_samples_new(options->run);
	sessions->retry = loop_timer_new(options->loop, enter_again, sessions);
	sessions->due = loop_timer_new(options->loop, sessions_on_due, sessions);
	sessions->half_open = loop_timer_new(options->loop, sessions_on_half_open, sessions);
	sessions->doubt = loop_timer_new(options->loop, sessions_on_doubt, sessions);
	sessions->soon = loop_soon_new(options->loop, on_soon, sessions);
	return sessions;
}

void
sessions_free(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		session_free(session);
	map_free(&sessions->all);
	session_store_free(sessions->store);
	egress_free(sessions->egress);
	session_peaks_free(sessions->peaks);
	session_samples_free(sessions->samples);
	second_looks_free(&sessions->looks);
	loop_timer_free(sessions->retry);
	loop_timer_free(sessions->due);
	loop_timer_free(sessions->half_open);
	loop_timer_free(sessions->doubt);
	loop_soon_free(sessions->soon);
	strbuf_free(&sessions->key);
	free(sessions);
}
