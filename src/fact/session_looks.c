/* Second looks, the witnesses that they need, and sessions that are held since none gets through.
 */
#include "fact/session_budgets.h"
#include "fact/session_state.h"
#include "net/loop.h"

enum { HALF_OPEN_MS = 10 * 60 * 1000 };

/* ---- second looks */

static void
set_due_timer(struct sessions *sessions)
{
	uint64_t next = second_looks_next(&sessions->looks);

	if (next == UINT64_MAX || sessions->blocked || sessions->closed || sessions->cancelled)
		loop_timer_stop(sessions->due);
	else
		loop_timer_start(sessions->due,
		    next > sessions_now(sessions) ? next - sessions_now(sessions) : 0, 0);
}

bool
session_plan_second_look(
    struct session *session, const struct smtp_observation *seen, uint64_t since)
{
	struct sessions *sessions = session->sessions;
	const struct sessions_options *options = &sessions->options;
	enum session_look look = session->look;

	if (options->again == NULL || look_row(look)->again == look ||
	    !second_looks_add(&sessions->looks, &session->second,
		options->again(look, seen, options->run), since))
		return false;
	session->next_look = look_row(look)->again;
	set_due_timer(sessions);
	return true;
}

bool
session_look_again(struct session *session)
{
	struct sessions *sessions = session->sessions;

	session->next_look = session->look;
	if (!second_looks_add(
		&sessions->looks, &session->second, AGAIN_LATER, sessions_now(sessions)))
		return false;
	set_due_timer(sessions);
	return true;
}

void
session_enter_rested(struct session *session)
{
	struct sessions *sessions = session->sessions;

	session->next_look = session->look;
	second_looks_add(&sessions->looks, &session->second, AGAIN_RESTED, sessions_now(sessions));
	set_due_timer(sessions);
}

static void
begin_second_look(struct second_look *look)
{
	struct session *session = (struct session *)look;

	session->look = session->next_look;
	session->tries = 0;
	session_enter(session);
}

/* Up to WITNESSES_NEEDED of those that are no witnesses anyway. */
static void
greet_witnesses(struct sessions *sessions)
{
	const struct sessions_options *options = &sessions->options;
	unsigned chosen = 0;

	sessions->greetings++; /* or else the first could be the last */
	for (size_t i = 0; i < options->witness_count && chosen < WITNESSES_NEEDED; i++) {
		uint64_t provider =
		    session_budgets_provider_of(options->budgets, options->witnesses[i]);

		if (egress_let_in(sessions->egress, provider, sessions_now(sessions)))
			continue;
		chosen++;
		sessions->greetings++;
		options->greet(options->user, options->witnesses[i]);
	}
	sessions_greet_end(sessions);
}

void
sessions_greet_witnesses(struct sessions *sessions)
{
	if (second_looks_greet(&sessions->looks, sessions_now(sessions)))
		greet_witnesses(sessions);
}

static bool
lacks_witnesses(const struct session *session)
{
	const struct sessions *sessions = session->sessions;

	return session->second.kind == AGAIN_LATER_WITH_OTHERS &&
	    sessions->options.witness_count > 0 &&
	    egress_witnesses(sessions->egress, session->provider, sessions_now(sessions)) <
	    WITNESSES_NEEDED;
}

void
sessions_on_due(void *user)
{
	struct sessions *sessions = user;
	struct second_look *look;
	bool greet = false;

	while (!sessions->blocked &&
	    (look = second_looks_take(&sessions->looks, sessions_now(sessions))) != NULL) {
		enum second_look_advice advice = lacks_witnesses((struct session *)look)
		    ? second_looks_unwitnessed(&sessions->looks, look, sessions_now(sessions))
		    : SECOND_LOOK_GO;

		greet = greet || advice == SECOND_LOOK_GREET;
		if (advice == SECOND_LOOK_GO)
			begin_second_look(look);
	}
	if (greet)
		greet_witnesses(sessions);
	set_due_timer(sessions);
}

void
sessions_greet(struct sessions *sessions, const struct ip *ip, const char *witness)
{
	struct facts_visit visit = { LOOK_WITNESS, ip, witness, NULL };
	struct session *session;

	if (sessions->cancelled || sessions->closed)
		return;
	session = sessions_find(sessions, LOOK_WITNESS, ip, witness);
	if (session == NULL)
		session = sessions_add(sessions, &visit);
	if (session->state != RESTING)
		return;
	sessions->greetings++;
	session_enter(session);
}

void
sessions_greet_end(struct sessions *sessions)
{
	struct second_look *look;

	if (sessions->cancelled || --sessions->greetings > 0)
		return;
	sessions->witnessed = true;
	look = second_looks_greeted(&sessions->looks, sessions_now(sessions));
	while (look != NULL) {
		struct second_look *next = look->next;

		begin_second_look(look);
		look = next;
	}
	sessions_check_egress(sessions);
}

/* ---- whether port 25 leaves this network */

static void
hold_all(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	limiter_drop_waiting(sessions->options.limiter);
	while ((session = map_next(&sessions->all, &cursor)) != NULL) {
		if (session->state != WAITING)
			continue;
		session->state = HELD;
		sessions->counts.waiting--;
		sessions->counts.held++;
	}
}

static void
release(struct session *session)
{
	session->sessions->counts.held--;
	session_enter(session);
}

static void
release_all(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	sessions->blocked = false;
	loop_timer_stop(sessions->half_open);
	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		if (session->state == HELD)
			release(session);
	set_due_timer(sessions);
}

/* One is tried: when it is let in, all others follow. */
void
sessions_on_half_open(void *user)
{
	struct sessions *sessions = user;
	struct session *session;
	size_t cursor = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		if (session->state == HELD)
			break;
	if (session == NULL)
		return;
	sessions->blocked = false;
	release(session);
	sessions->blocked = true;
}

static void
block(struct sessions *sessions)
{
	uint64_t pause = sessions->options.half_open_ms;

	sessions->blocked = true;
	hold_all(sessions);
	pause = pause == 0 ? HALF_OPEN_MS : pause;
	loop_timer_start(sessions->half_open, pause, pause);
	set_due_timer(sessions);
	sessions->options.blocked(sessions->options.user);
}

/* Witnesses have the last word. */
static void
decide(struct sessions *sessions)
{
	if (sessions->blocked || !egress_doubtful(sessions->egress))
		return;
	if (sessions->options.witness_count == 0 || sessions->witnessed)
		block(sessions);
	else if (second_looks_greet(&sessions->looks, sessions_now(sessions)))
		greet_witnesses(sessions);
}

void
sessions_on_doubt(void *user)
{
	decide(user);
}

/* Those that are under way may be let in yet: they get the time for it. */
void
sessions_check_egress(struct sessions *sessions)
{
	bool under_way = sessions->counts.running + sessions->counts.waiting > 0;

	if (egress_open(sessions->egress)) {
		if (sessions->blocked)
			release_all(sessions);
	} else if (egress_doubtful(sessions->egress)) {
		if (!under_way || sessions->witnessed) {
			decide(sessions);
		} else if (!sessions->doubted) {
			sessions->doubted = true;
			loop_timer_start(
			    sessions->doubt, sessions->options.session.limits.connect, 0);
		}
	}
}

void
sessions_tell(const struct sessions *sessions, struct arena *arena, struct run_facts *run)
{
	session_peaks_tell(sessions->peaks, arena, run);
	session_samples_tell(sessions->samples, arena, run);
	run->egress = egress_open(sessions->egress) ? EGRESS_OPEN
	    : sessions->blocked                     ? EGRESS_BLOCKED
						    : EGRESS_UNKNOWN;
	run->keywords_masked = egress_masked(sessions->egress);
	run->shared_greeting = egress_shared_greeting(sessions->egress);
}
