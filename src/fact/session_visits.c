/* Visits for a purpose, each behind the session at its address and MX name. */
#include "fact/session_state.h"

/* As they were asked for. */
static struct session *
in_order(struct session *last)
{
	struct session *first = NULL;

	while (last != NULL) {
		struct session *before = last->next;

		last->next = first;
		first = last;
		last = before;
	}
	return first;
}

/* Behind a session that is over. */
static void
begin(struct session *visit, const struct session *session)
{
	const struct look_row *row = look_row(visit->look);

	if (session->followed < (row->behind == BEHIND_TLS ? FOLLOWED_SECURE : FOLLOWED_PLAIN))
		return;
	if (row->rested)
		session_enter_rested(visit);
	else
		session_enter(visit);
}

void
session_follow(struct session *session, const struct smtp_observation *seen)
{
	struct session *follower = in_order(session->followers);

	session->followed = seen->ehlo.code != 250 ? FOLLOWED_NEVER
	    : seen->secure                         ? FOLLOWED_SECURE
						   : FOLLOWED_PLAIN;
	session->followers = NULL;
	while (follower != NULL) {
		struct session *next = follower->next;

		begin(follower, session);
		follower = next;
	}
}

/* Behind a session that is not over yet. */
static void
wait_for(struct session *visit, struct session *session)
{
	visit->next = session->followers;
	session->followers = visit;
}

void
sessions_share_visit(struct sessions *sessions, const struct facts_visit *visit)
{
	struct session *session = sessions_find(sessions, LOOK_FIRST, visit->ip, visit->mx_name);
	struct session *follower;

	if (sessions->cancelled || session == NULL || sessions->options.plan == NULL ||
	    sessions_find(sessions, visit->look, visit->ip, visit->domain) != NULL)
		return;
	follower = sessions_add(sessions, visit);
	sessions->counts.visits++;
	if (session_was_had(follower))
		return;
	if (session->followed == FOLLOWED_LATER)
		wait_for(follower, session);
	else
		begin(follower, session);
}
