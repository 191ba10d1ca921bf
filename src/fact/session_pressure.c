/* What servers say of how often we come, and what we make of it. */
#include "base/log.h"
#include "fact/session_budgets.h"
#include "fact/session_state.h"
#include "names/pressure.h"

#include <string.h>
#include <time.h>

/* A second look that is refused for our sake is had again so often. */
enum { DEFERRALS_MAX = 2 };

/* What a form of a visit is told is about that form, unless the whole service is withdrawn. */
static const struct pressure_row *
refusal_in(const struct session *session, const struct smtp_observation *seen)
{
	const struct smtp_heard *heard = smtp_last_heard(seen);
	bool of_form =
	    seen->stage == SMTP_MAIL || seen->stage == SMTP_RCPT || seen->stage == SMTP_RSET;

	if (seen->end != SMTP_END_REPLY || (of_form && heard->code != 421))
		return NULL;
	return pressure_match(session->sessions->options.run->pressure, heard->code, heard->text);
}

/* Whoever waits less for second looks waits less here. */
static uint64_t
cool_ms(const struct sessions *sessions, const struct pressure_row *refusal)
{
	uint64_t cool = (uint64_t)refusal->cool_s * 1000, most = sessions->options.second_look_ms;

	return most > 0 && most < cool ? most : cool;
}

/* That of its provider or domain, and that of its address: which of the two it meant nobody knows.
 */
static void
press_less(struct session *session, const struct pressure_row *refusal)
{
	struct sessions *sessions = session->sessions;
	struct limiter *limiter = sessions->options.limiter;
	uint64_t cool = cool_ms(sessions, refusal);
	struct budget *group = session->ticket.budgets[SESSION_BUDGET_GROUP];
	bool was_closed = limiter_is_closed(group);

	limiter_ease(
	    limiter, &session->ticket, session->ticket.budgets[SESSION_BUDGET_ADDRESS], cool);
	if (limiter_ease(limiter, &session->ticket, group, cool))
		sessions->counts.eased++;
	if (refusal->night &&
	    session->row != NULL) /* one small host is no group to be left alone */
		limiter_close(limiter, group);
	if (limiter_is_closed(group) && !was_closed && session->row != NULL)
		log_warn(
		    "%s turns us away: no more sessions there in this run", limiter_key(group));
}

bool
session_learn(struct session *session, const struct smtp_observation *seen)
{
	const struct pressure_row *refusal = refusal_in(session, seen);

	if (refusal != NULL)
		press_less(session, refusal);
	else if (seen->ehlo.code != 0)
		limiter_praise(&session->ticket);
	return refusal != NULL;
}

bool
session_defer(struct session *session)
{
	if (session->look != look_row(session->look)->again ||
	    look_row(session->look)->first == session->look ||
	    limiter_is_closed(session->ticket.budgets[SESSION_BUDGET_GROUP]) ||
	    session->deferrals++ >= DEFERRALS_MAX)
		return false;
	session->state = RESTING;
	return session_look_again(session);
}

void
session_turned_away(void *user)
{
	struct session *session = user;
	const struct smtp_observation nothing = {
		.end = SMTP_END_RATE_LIMITED,
		.seen_at = (int64_t)time(NULL),
		.greeting.text = "",
		.ehlo.text = "",
		.starttls.text = "",
		.ehlo_again.text = "",
		.tls_error = "",
		.tls_version = "",
		.tls_cipher = "",
		.tls_group = "",
	};

	session->sessions->counts.waiting--;
	session_conclude(session, &nothing);
}
