/* Sessions that are asked for: had at once, kept until the rows are known, or left to others. */
#include "base/alloc.h"
#include "fact/session_budgets.h"
#include "fact/session_state.h"

#include <stdlib.h>

void
session_free(struct session *session)
{
	smtp_session_cancel(&session->running);
	strbuf_free(&session->key);
	for (int i = 0; i < VALUES; i++)
		session_value_free(&session->values[i]);
	free(session);
}

static void
enter_or_take_up(struct session *session)
{
	if (!session_was_had(session))
		session_enter_in_turn(session);
}

/* Nobody asks for it, or for the visits behind it, any more. */
static void
drop(struct session *session)
{
	struct sessions *sessions = session->sessions;

	while (session->followers != NULL) {
		struct session *follower = session->followers;

		session->followers = follower->next;
		map_remove(&sessions->all, follower->key.at, follower->key.length);
		session_free(follower);
	}
	map_remove(&sessions->all, session->key.at, session->key.length);
	session_unweigh(session);
	session_free(session);
}

static void
begin(struct session *session)
{
	struct sessions *sessions = session->sessions;
	struct session *dropped;

	switch (session_samples_add(sessions->samples, session, &dropped)) {
	case SAMPLING_NONE:
		enter_or_take_up(session);
		break;
	case SAMPLING_KEPT:
		session->state = KEPT;
		sessions->counts.kept++;
		break;
	case SAMPLING_DROPPED:
		drop(session);
		break;
	}
	if (dropped != NULL && dropped->state == KEPT) {
		sessions->counts.kept--;
		drop(dropped);
	}
}

static void
enter_kept(void *user, struct session *session)
{
	struct sessions *sessions = user;

	sessions->counts.kept--;
	session->state = RESTING;
	enter_or_take_up(session);
}

void
sessions_rows_known(struct sessions *sessions)
{
	if (!sessions->cancelled)
		session_samples_release(sessions->samples, enter_kept, sessions);
}

void
sessions_share_tenant(struct sessions *sessions, const struct ip *ip, const char *host)
{
	session_budgets_learn(sessions->options.budgets, ip, host);
}

void
sessions_share(struct sessions *sessions, const struct ip *ip, const char *mx_name)
{
	struct facts_visit visit = { LOOK_FIRST, ip, mx_name, NULL };
	struct session *session;

	if (sessions->cancelled)
		return;
	session = sessions_find(sessions, LOOK_FIRST, ip, mx_name);
	if (session == NULL) {
		session = sessions_add(sessions, &visit);
		session_weigh(session);
		begin(session);
	} else {
		session_weigh(session);
	}
}
