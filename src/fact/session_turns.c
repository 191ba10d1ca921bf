/* Sessions where time may not suffice: in which order they are had, and which are left. */
#include "base/alloc.h"
#include "fact/session_order.h"
#include "fact/session_state.h"
#include "net/loop.h"

#include <stdlib.h>

void
session_enter_in_turn(struct session *session)
{
	struct sessions *sessions = session->sessions;

	if (!sessions->options.ordered || sessions->begun || sessions->closed) {
		session_enter(session);
		return;
	}
	session->state = ORDERED;
	sessions->counts.waiting++;
}

/* ---- what a session is worth */

void
session_weigh(struct session *session)
{
	struct sessions *sessions = session->sessions;

	if (!sessions->options.ordered || sessions->begun || session->is_weighed)
		return;
	session->is_weighed = true;
	session->next_weighed = sessions->weighed;
	sessions->weighed = session;
}

void
session_unweigh(struct session *session)
{
	struct session **at = &session->sessions->weighed;

	if (!session->is_weighed)
		return;
	while (*at != session)
		at = &(*at)->next_weighed;
	*at = session->next_weighed;
	session->is_weighed = false;
}

static size_t
count_weighed(const struct sessions *sessions)
{
	size_t count = 0;

	for (const struct session *at = sessions->weighed; at != NULL; at = at->next_weighed)
		count++;
	return count;
}

static void
add_domain(struct session *session, uint64_t number, size_t needed)
{
	session->is_weighed = false;
	if (number == 0)
		return;
	session->domains += SESSION_ORDER_DOMAIN / needed;
	if (session->first_domain == 0 || number < session->first_domain)
		session->first_domain = number;
}

void
sessions_note_domain(struct sessions *sessions, uint64_t number)
{
	size_t needed = count_weighed(sessions);

	for (struct session *at = sessions->weighed; at != NULL; at = at->next_weighed)
		add_domain(at, number, needed);
	sessions->weighed = NULL;
}

/* ---- their turns */

static size_t
count_ordered(const struct sessions *sessions)
{
	const struct session *session;
	size_t cursor = 0, count = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		count += session->state == ORDERED;
	return count;
}

static struct session_turn *
make_turns(struct sessions *sessions, size_t count)
{
	struct session_turn *turns = alloc_zeroed(count + 1, sizeof *turns);
	struct session *session;
	size_t cursor = 0, made = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL) {
		if (session->state != ORDERED)
			continue;
		turns[made++] = (struct session_turn){ .domains = session->domains,
			.first_domain = session->first_domain,
			.provider = session->provider,
			.session = session };
	}
	return turns;
}

void
sessions_begin(struct sessions *sessions)
{
	size_t count = count_ordered(sessions);
	struct session_turn *turns;

	if (sessions->begun || sessions->closed || sessions->cancelled)
		return;
	sessions->begun = true;
	turns = make_turns(sessions, count);
	session_order_sort(turns, count);
	for (size_t i = 0; i < count; i++) {
		sessions->counts.waiting--;
		session_enter(turns[i].session);
	}
	free(turns);
}

/* ---- what is left */

static bool
waits_for_its_turn(const struct session *session)
{
	return session->state == WAITING || session->state == ORDERED || session->state == KEPT;
}

void
sessions_close(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	sessions->closed = true;
	limiter_drop_waiting(sessions->options.limiter);
	loop_timer_stop(sessions->due);
	loop_timer_stop(sessions->half_open);
	loop_timer_stop(sessions->doubt);
	loop_timer_stop(sessions->retry);
	for (session = sessions->retrying; session != NULL; session = session->next)
		session->state = WAITING; /* and in no queue */
	sessions->retrying = NULL;
	while ((session = map_next(&sessions->all, &cursor)) != NULL) {
		if (!waits_for_its_turn(session))
			continue;
		*(session->state == KEPT ? &sessions->counts.kept : &sessions->counts.waiting) -= 1;
		session->state = LEFT;
	}
}

/* One that is under way when all is over will not be recorded. */
static bool
is_left(const struct session *session)
{
	return session->state == ORDERED || session->state == LEFT ||
	    (session->state == RUNNING && session->sessions->closed);
}

void
sessions_each_left(const struct sessions *sessions, session_left_fn fn, void *user)
{
	const struct session *session;
	size_t cursor = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL) {
		const struct session_left left = { &session->ip, session->mx_name, session->look,
			session->domains, session->first_domain };

		if (is_left(session))
			fn(user, &left);
	}
}
