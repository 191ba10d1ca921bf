/* Sessions with fakes on loopback: second looks, witnesses, what is held, what was had before. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/looks.h"
#include "fact/night.h"
#include "fact/session_budgets.h"
#include "fact/session_order.h"
#include "fact/sessions.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "net/limiter.h"
#include "net/loop.h"
#include "net/stream.h"
#include "smtp/fake_server.h"
#include "smtp/session_notes.h"

#include <stdio.h>
#include <string.h>

enum {
	WAIT_MS = 300, /* for the second look */
	LATE_MS = 2000,
	TOO_LONG_MS = 10000,
	DONE_MAX = 40,
};

#define NAME "mx.a.com"
#define GOOD "<220 mx.a.com\r\n", ">EHLO", "<250 mx.a.com\r\n", ">QUIT", "<221 bye\r\n"

struct fixture {
	struct loop *loop;
	struct loop_timer *timer, *too_long;
	struct limiter *limiter;
	struct providers *providers;
	struct suffix_list *suffixes;
	struct session_budgets *budgets;
	struct night *night;
	struct sessions *sessions;
	struct sessions_options options;
	struct run_facts run;
	struct fake_server *server;
	struct arena arena;
	struct {
		enum session_look look;
		struct ip ip;
		uint64_t at; /* milliseconds */
	} done[DONE_MAX];
	size_t done_count, greeted, blocked;
	enum session_again again; /* what is said of every first look that is not good */
};

static struct ip
address(unsigned last)
{
	uint8_t octets[4] = { 127, 0, 0, (uint8_t)last };

	return ip_from_octets(octets, sizeof octets);
}

static struct fixture *the_fixture; /* `again` is pure, and has no user */

static enum session_again
again(enum session_look look, const struct smtp_observation *seen, const struct run_facts *run)
{
	(void)run;
	if (look == LOOK_RELAY)
		return seen->forms[0].rcpt.code == 250 ? AGAIN_LATER : AGAIN_NEVER;
	return seen->ehlo.code == 250 ? AGAIN_NEVER : the_fixture->again;
}

/* One form, to the domain that the visit is about. */
static void
plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out)
{
	struct smtp_form *form = arena_zeroed(arena, 1, sizeof *form);

	(void)run;
	if (look_row(visit->look)->behind == BEHIND_TLS)
		return;
	*form = (struct smtp_form){ "one", "", visit->domain == NULL ? "x" : visit->domain };
	visit_out->forms = form;
	visit_out->form_count = 1;
}

static void
on_done(void *user, const struct subject *session)
{
	struct fixture *f = user;

	assert_true(f->done_count < DONE_MAX);
	f->done[f->done_count].look = session->look;
	f->done[f->done_count].ip = session->ip;
	f->done[f->done_count++].at = loop_now(f->loop);
}

static void
on_greet(void *user, const char *witness)
{
	struct fixture *f = user;
	struct ip ip = address(1);

	f->greeted++;
	sessions_greet(f->sessions, &ip, witness);
	sessions_greet_end(f->sessions);
}

static void
on_blocked(void *user)
{
	((struct fixture *)user)->blocked++;
}

static void
on_night_failed(void *user, const struct error *error)
{
	(void)user;
	fail_msg("%s", error->text);
}

/* Looked at often: when nothing is under way any more, the loop stops. */
static void
on_timer(void *user)
{
	struct fixture *f = user;

	if (sessions_idle(f->sessions))
		loop_stop(f->loop);
}

static void
on_too_long(void *user)
{
	(void)user;
	fail_msg("it never ends");
}

static void
run_until_idle(struct fixture *f)
{
	loop_timer_start(f->timer, 20, 20);
	loop_timer_start(f->too_long, TOO_LONG_MS, 0);
	loop_run(f->loop);
	loop_timer_stop(f->timer);
	loop_timer_stop(f->too_long);
}

static void
open_night(struct fixture *f)
{
	struct error error;

	if (night_create(NULL, &f->night, &error) != 0)
		fail_msg("%s", error.text);
	night_gather_begin(f->night, f->loop, on_night_failed, f);
}

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	struct error error;

	f->loop = loop_new();
	f->timer = loop_timer_new(f->loop, on_timer, f);
	f->too_long = loop_timer_new(f->loop, on_too_long, f);
	f->limiter = limiter_new(f->loop, 1);
	if (providers_load(SOURCE_DIR "/tests/lab/providers.tsv", &f->providers, &error) != 0 ||
	    suffix_list_open(NULL, &f->suffixes, &error) != 0)
		fail_msg("%s", error.text);
	f->budgets = session_budgets_new(f->limiter, f->providers, f->suffixes, 100);
	open_night(f);
	f->again = AGAIN_LATER;
	f->options = (struct sessions_options){
		.loop = f->loop,
		.limiter = f->limiter,
		.budgets = f->budgets,
		.night = f->night,
		.run = &f->run,
		.session = { .ehlo_name = "scan.test",
		    .limits = { 1000, 200, 1000, 1000, 1000, 1000, 3000 } },
		.late = { 1000, LATE_MS, 1000, 1000, 1000, 1000, LATE_MS + 2000 },
		.again = again,
		.plan = plan,
		.second_look_ms = WAIT_MS,
		.done = on_done,
		.greet = on_greet,
		.blocked = on_blocked,
		.user = f,
	};
	the_fixture = f;
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	struct error error;

	sessions_free(f->sessions);
	session_budgets_free(f->budgets);
	limiter_free(f->limiter);
	providers_free(f->providers);
	suffix_list_close(f->suffixes);
	assert_int_equal(night_gather_end(f->night, &error), 0);
	night_close(f->night);
	loop_timer_free(f->timer);
	loop_timer_free(f->too_long);
	loop_free(f->loop);
	arena_free(&f->arena);
	test_free(f);
	return 0;
}

static void
start(struct fixture *f, const char *const *script)
{
	f->server = fake_server_start(script);
	f->options.session.port = fake_server_port(f->server);
	f->sessions = sessions_new(&f->options);
}

static void
share(struct fixture *f, unsigned last, const char *name)
{
	struct ip ip = address(last);

	sessions_share(f->sessions, &ip, name);
}

static const struct smtp_observation *
seen(struct fixture *f, enum session_look look, unsigned last)
{
	struct ip ip = address(last);

	return sessions_seen(f->sessions, look, &ip, NAME, &f->arena);
}

static void
a_second_look_is_a_fact_beside_the_first(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", "&", GOOD, NULL };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	share(f, 1, NAME); /* no session more for that */
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->done_count, 2);
	assert_int_equal(f->done[0].look, LOOK_FIRST);
	assert_int_equal(f->done[1].look, LOOK_SECOND);
	assert_true(f->done[1].at - f->done[0].at >= WAIT_MS);
	assert_int_equal(seen(f, LOOK_FIRST, 1)->greeting.code, 554);
	assert_int_equal(seen(f, LOOK_SECOND, 1)->ehlo.code, 250);
	assert_int_equal(sessions_counts(f->sessions).done, 2);
}

static void
what_is_good_is_not_looked_at_again(void **state)
{
	static const char *const script[] = { GOOD, NULL };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->done_count, 1);
	assert_int_equal(sessions_counts(f->sessions).second_looks, 0);
}

static void
no_second_looks_when_they_are_off(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", NULL };
	struct fixture *f = *state;

	f->options.second_look_ms = 0;
	start(f, script);
	share(f, 1, NAME);
	run_until_idle(f);
	fake_server_end(f->server);
	assert_int_equal(f->done_count, 1);
	assert_null(seen(f, LOOK_SECOND, 1));
}

static void
the_second_look_has_the_patience_of_late_greetings(void **state)
{
	static const char *const script[] = { "#", "&", "~600", GOOD, NULL };
	struct fixture *f = *state;

	f->again = AGAIN_LATER_PATIENTLY;
	start(f, script);
	share(f, 1, NAME);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(seen(f, LOOK_FIRST, 1)->end, SMTP_END_TIMEOUT);
	assert_true(smtp_greeted(seen(f, LOOK_SECOND, 1)));
	assert_true(seen(f, LOOK_SECOND, 1)->greeting_ms >= 500);
}

struct left {
	size_t count;
	uint64_t domains[DONE_MAX];
};

static void
on_left(void *user, const struct session_left *session)
{
	struct left *left = user;

	left->domains[session->ip->octets[3]] = session->domains;
	left->count++;
}

/* The first domain needs two of them, the second one of these, the third both and one more. */
static void
an_order_waits_for_all_domains(void **state)
{
	static const char *const script[] = { NULL };
	struct fixture *f = *state;
	struct left left = { 0 };

	f->options.ordered = true;
	start(f, script);
	share(f, 1, NAME);
	share(f, 2, NAME);
	sessions_note_domain(f->sessions, 1);
	share(f, 1, NAME);
	share(f, 1, NAME); /* the same domain, once more */
	sessions_note_domain(f->sessions, 2);
	share(f, 2, NAME);
	sessions_note_domain(f->sessions, 0); /* a pass that did not count */
	share(f, 1, NAME);
	share(f, 2, NAME);
	share(f, 3, NAME);
	sessions_note_domain(f->sessions, 3);
	sessions_each_left(f->sessions, on_left, &left);
	assert_int_equal(left.count, 3);
	assert_int_equal(left.domains[1], SESSION_ORDER_DOMAIN * 11 / 6);
	assert_int_equal(left.domains[2], SESSION_ORDER_DOMAIN * 5 / 6);
	assert_int_equal(left.domains[3], SESSION_ORDER_DOMAIN / 3);
	assert_int_equal(sessions_counts(f->sessions).waiting, 3);
	assert_false(sessions_idle(f->sessions));
	sessions_begin(f->sessions);
	run_until_idle(f);
	fake_server_end(f->server);
	assert_int_equal(sessions_counts(f->sessions).waiting, 0);
	assert_in_range(f->done_count, 3, 6); /* and second looks */
}

static void
what_is_closed_begins_nothing_more(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", NULL };
	struct fixture *f = *state;
	struct left left = { 0 };

	f->options.second_look_ms = 60000; /* it would be waited for */
	start(f, script);
	share(f, 1, NAME);
	while (f->done_count == 0)
		loop_run_once(f->loop);
	assert_false(sessions_idle(f->sessions));
	share(f, 2, NAME); /* waits at the limiter */
	sessions_close(f->sessions);
	share(f, 3, NAME);
	sessions_begin(f->sessions);
	assert_true(sessions_idle(f->sessions));
	run_until_idle(f);
	fake_server_end(f->server);
	sessions_each_left(f->sessions, on_left, &left);
	assert_int_equal(left.count, 2);
	assert_int_equal(f->done_count, 1);
	assert_int_equal(sessions_counts(f->sessions).second_looks, 1);
}

static const char *const witnesses[] = { "mx.one.com", "mx.two.com", "mx.three.com",
	"mx.four.com" };

static void
witnesses_are_greeted_and_left_for_those_who_refuse(void **state)
{
	static const char *const script[] = { "<220 a\r\n", ">QUIT", "<221 bye\r\n", "&",
		"<220 b\r\n", ">QUIT", "<221 bye\r\n", "&", "<220 c\r\n", ">QUIT", "<221 bye\r\n",
		NULL };
	struct fixture *f = *state;

	f->again = AGAIN_LATER_WITH_OTHERS;
	f->options.witnesses = witnesses;
	f->options.witness_count = COUNT_OF(witnesses);
	start(f, script);
	share(f, 2, NAME); /* where nobody listens */
	share(f, 3, NAME);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->greeted, WITNESSES_NEEDED);
	assert_int_equal(sessions_counts(f->sessions).done, 4 + WITNESSES_NEEDED);
	assert_int_equal(seen(f, LOOK_FIRST, 2)->witnesses, 0);
	assert_int_equal(seen(f, LOOK_SECOND, 2)->end, SMTP_END_REFUSED);
	assert_int_equal(seen(f, LOOK_SECOND, 2)->witnesses, WITNESSES_NEEDED);
	assert_int_equal(seen(f, LOOK_SECOND, 3)->witnesses, WITNESSES_NEEDED);
	sessions_tell(f->sessions, &f->arena, &f->run);
	assert_int_equal(f->run.egress, EGRESS_OPEN);
	assert_int_equal(f->blocked, 0);
}

static void
without_witnesses_the_second_look_comes_all_the_same(void **state)
{
	static const char *const script[] = { GOOD, NULL };
	struct fixture *f = *state;

	f->again = AGAIN_LATER_WITH_OTHERS;
	start(f, script);
	share(f, 2, NAME);
	share(f, 1, NAME);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->greeted, 0);
	assert_int_equal(seen(f, LOOK_SECOND, 2)->witnesses, 0); /* it was its own provider's */
}

static void
share_ten(struct fixture *f)
{
	for (unsigned i = 0; i < 10; i++) {
		char name[32];

		snprintf(name, sizeof name, "mx.p%u.com", i % 3);
		share(f, 2 + i, name);
	}
}

static void
sessions_are_held_when_nobody_lets_us_in(void **state)
{
	static const char *const script[] = { GOOD, NULL };
	struct fixture *f = *state;

	f->again = AGAIN_NEVER;
	f->options.half_open_ms = WAIT_MS;
	start(f, script);
	share_ten(f);
	run_until_idle(f);
	assert_int_equal(f->done_count, 10);
	assert_int_equal(f->blocked, 1);
	sessions_tell(f->sessions, &f->arena, &f->run);
	assert_int_equal(f->run.egress, EGRESS_BLOCKED);

	share(f, 1, NAME);
	share(f, 12, NAME); /* nobody there either: let in after the other, or tried before it */
	assert_int_equal(sessions_counts(f->sessions).held, 2);
	assert_true(sessions_idle(f->sessions)); /* nobody waits for them */
	while (f->done_count < 12)
		loop_run_once(f->loop);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->done_count, 12);
	assert_int_equal(sessions_counts(f->sessions).held, 0);
	sessions_tell(f->sessions, &f->arena, &f->run);
	assert_int_equal(f->run.egress, EGRESS_OPEN);
	assert_int_equal(f->blocked, 1);
}

static void
witnesses_are_asked_before_sessions_are_held(void **state)
{
	static const char *const script[] = { "<220 a\r\n", ">QUIT", "&", "<220 b\r\n", ">QUIT",
		"&", "<220 c\r\n", ">QUIT", NULL };
	struct fixture *f = *state;

	f->again = AGAIN_NEVER;
	f->options.witnesses = witnesses;
	f->options.witness_count = COUNT_OF(witnesses);
	start(f, script);
	share_ten(f);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->blocked, 0);
	sessions_tell(f->sessions, &f->arena, &f->run);
	assert_int_equal(f->run.egress, EGRESS_OPEN);
}

/* ---- visits */

#define VISIT(to, reply)                                                                           \
	"<220 mx.a.com\r\n", ">EHLO", "<250 mx.a.com\r\n", ">MAIL FROM:<>", "<250 ok\r\n",         \
	    ">RCPT TO:<" to ">", "<" reply "\r\n", ">RSET", "<250 ok\r\n", ">QUIT", "<221 bye\r\n"

static void
share_visit(struct fixture *f, enum session_look look, unsigned last, const char *domain)
{
	struct ip ip = address(last);

	sessions_share_visit(f->sessions, &(struct facts_visit){ look, &ip, NAME, domain });
}

static void
assert_looks(const struct fixture *f, const enum session_look *looks, size_t count)
{
	assert_int_equal(f->done_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(f->done[i].look, looks[i]);
}

static void
visits_come_behind_the_session_in_their_order(void **state)
{
	static const char *const script[] = { GOOD, "&", VISIT("x", "550 no"), "&",
		VISIT("b.com", "250 ok"), "&", VISIT("c.com", "250 ok"), NULL };
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_RELAY, LOOK_RECIPIENTS,
		LOOK_RECIPIENTS };
	struct fixture *f = *state;

	start(f, script);
	share_visit(f, LOOK_RELAY, 1, NULL); /* behind no session: never */
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	share_visit(f, LOOK_RELAY, 1, NULL);
	share_visit(f, LOOK_RECIPIENTS, 1, "b.com");
	share_visit(f, LOOK_RECIPIENTS, 1, "b.com");
	while (f->done_count == 0)
		loop_run_once(f->loop);
	share_visit(f, LOOK_RECIPIENTS, 1, "c.com"); /* the session is over already */
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
}

static void
a_visit_may_be_made_again(void **state)
{
	static const char *const script[] = { GOOD, "&", VISIT("x", "250 ok"), "&",
		VISIT("x", "550 no"), NULL };
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_RELAY, LOOK_RELAY_AGAIN };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
	assert_true(f->done[2].at - f->done[1].at >= WAIT_MS);
}

static void
nobody_is_visited_who_takes_no_hello(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", "&", "<554 no\r\n", "#", NULL };
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_SECOND };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	run_until_idle(f);
	share_visit(f, LOOK_RECIPIENTS, 1, "b.com");
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
}

static void
visits_wait_for_the_second_look(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", "&", GOOD, "&",
		VISIT("x", "550 no"), NULL };
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_SECOND, LOOK_RELAY };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
}

#define SECURE                                                                                     \
	"<220 mx.a.com\r\n", ">EHLO", "<250-mx.a.com\r\n250 STARTTLS\r\n", ">STARTTLS",            \
	    "<220 go\r\n", "*", ">EHLO", "<250 mx.a.com\r\n", ">QUIT", "<221 bye\r\n"

static void
visits_about_tls_come_where_there_is_some(void **state)
{
	static const char *const script[] = { GOOD, NULL };
	static const enum session_look looks[] = { LOOK_FIRST };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	share_visit(f, LOOK_INJECTION, 1, NULL);
	run_until_idle(f);
	share_visit(f, LOOK_TLS_1_0, 1, NULL); /* the session is over already */
	assert_true(sessions_idle(f->sessions));
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
}

static void
who_is_asked_for_versions_is_left_in_peace_before(void **state)
{
	static const char *const script[] = { SECURE, "&", SECURE, NULL };
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_INJECTION };
	struct fixture *f = *state;
	struct tls_context *tls = tls_context_new();
	struct sessions_counts counts;

	f->options.session.tls = tls;
	f->options.second_look_ms = 0; /* --second-look off is no matter */
	start(f, script);
	share(f, 1, NAME);
	share_visit(f, LOOK_TLS_1_0, 1, NULL);
	share_visit(f, LOOK_INJECTION, 1, NULL);
	while (f->done_count < COUNT_OF(looks))
		loop_run_once(f->loop);
	assert_null(fake_server_end(f->server));
	assert_looks(f, looks, COUNT_OF(looks));
	counts = sessions_counts(f->sessions);
	assert_int_equal(counts.running + counts.waiting, 0);
	assert_int_equal(counts.second_looks, 1);
	assert_true(counts.second_look_left > 5000 && counts.second_look_left <= 10000);
	assert_false(sessions_idle(f->sessions));
	sessions_cancel(f->sessions);
	tls_context_free(tls);
}

/* Of a run that was interrupted between a visit and its repetition. */
static void
visits_that_were_made_are_not_made_again(void **state)
{
	static const char *const first[] = { GOOD, "&", VISIT("x", "250 ok"), NULL };
	static const char *const second[] = { VISIT("x", "550 no"), "&", VISIT("b.com", "250 ok"),
		NULL };
	struct fixture *f = *state;
	struct error error;
	struct ip ip = address(1);
	struct strbuf key = { 0 }, value = { 0 };

	start(f, first);
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	while (f->done_count < 2)
		loop_run_once(f->loop);
	fake_server_end(f->server);
	sessions_cancel(f->sessions);
	sessions_free(f->sessions);
	assert_int_equal(night_gather_end(f->night, &error), 0);

	night_gather_begin(f->night, f->loop, on_night_failed, f);
	f->options.recorded = true;
	f->done_count = 0;
	f->options.second_look_ms = 1;
	start(f, second);
	share(f, 1, NAME);
	share_visit(f, LOOK_RELAY, 1, NULL);
	run_until_idle(f);
	share_visit(f, LOOK_RECIPIENTS, 1, "b.com");
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->done_count, 4); /* two that were taken up, and two */
	assert_int_equal(f->done[2].look, LOOK_RELAY_AGAIN);
	assert_int_equal(f->done[3].look, LOOK_RECIPIENTS);
	assert_int_equal(night_gather_end(f->night, &error), 0);
	fact_key_session(&key, LOOK_RELAY_AGAIN, &ip, NAME);
	assert_true(night_fact(f->night, key.at, key.length, &value));
	night_gather_begin(f->night, f->loop, on_night_failed, f);
	strbuf_free(&key);
	strbuf_free(&value);
}

/* The first part of a run that was interrupted, and what is left of it. */
static void
what_was_had_is_not_had_again(void **state)
{
	static const char *const first[] = { "<554 no\r\n", "#", NULL };
	static const char *const second[] = { GOOD, NULL };
	struct fixture *f = *state;
	struct error error;

	start(f, first);
	share(f, 1, NAME);
	while (f->done_count == 0)
		loop_run_once(f->loop);
	fake_server_end(f->server);
	sessions_cancel(f->sessions);
	sessions_free(f->sessions);
	assert_int_equal(night_gather_end(f->night, &error), 0);

	night_gather_begin(f->night, f->loop, on_night_failed, f);
	f->options.recorded = true;
	f->done_count = 0;
	start(f, second);
	share(f, 1, NAME);
	assert_int_equal(f->done_count, 0); /* never from inside the call */
	run_until_idle(f);
	assert_null(fake_server_end(f->server)); /* whose only visitor was the second look */
	assert_int_equal(f->done_count, 2);
	assert_int_equal(f->done[0].look, LOOK_FIRST);
	assert_int_equal(seen(f, LOOK_FIRST, 1)->greeting.code, 554);
	assert_int_equal(seen(f, LOOK_SECOND, 1)->ehlo.code, 250);

	sessions_free(f->sessions); /* and once more: nothing is left to be had */
	assert_int_equal(night_gather_end(f->night, &error), 0);
	night_gather_begin(f->night, f->loop, on_night_failed, f);
	f->done_count = 0;
	f->sessions = sessions_new(&f->options);
	share(f, 1, NAME);
	run_until_idle(f);
	assert_int_equal(f->done_count, 2);
	assert_int_equal(sessions_counts(f->sessions).done, 0);
	assert_int_equal(seen(f, LOOK_SECOND, 1)->ehlo.code, 250);
}

/* Its provider had turned too many away. */
static void
what_was_never_begun_is_begun(void **state)
{
	static const char *const script[] = { GOOD, NULL };
	struct smtp_observation never;
	struct fixture *f = *state;
	struct strbuf key = { 0 }, value = { 0 };
	struct ip ip = address(1);
	struct error error;

	session_note_nothing(&never);
	never.end = SMTP_END_RATE_LIMITED;
	fact_key_session(&key, LOOK_FIRST, &ip, NAME);
	fact_encode_session(&value, &never);
	night_put_fact(f->night, key.at, key.length, value.at, value.length);
	assert_int_equal(night_gather_end(f->night, &error), 0);
	night_gather_begin(f->night, f->loop, on_night_failed, f);
	f->options.recorded = true;
	start(f, script);
	share(f, 1, NAME);
	run_until_idle(f);
	assert_null(fake_server_end(f->server));
	assert_int_equal(f->done_count, 1);
	assert_int_equal(seen(f, LOOK_FIRST, 1)->ehlo.code, 250);
	strbuf_free(&key);
	strbuf_free(&value);
}

static void
nothing_comes_after_the_end(void **state)
{
	static const char *const script[] = { "<554 no\r\n", "#", NULL };
	struct fixture *f = *state;

	start(f, script);
	share(f, 1, NAME);
	while (f->done_count == 0)
		loop_run_once(f->loop);
	assert_int_equal(sessions_counts(f->sessions).second_looks, 1);
	sessions_cancel(f->sessions);
	share(f, 1, "mx.b.com");
	loop_timer_start(f->timer, (uint64_t)WAIT_MS * 2, 0);
	while (loop_now(f->loop) - f->done[0].at < (uint64_t)WAIT_MS * 2)
		loop_run_once(f->loop);
	assert_int_equal(f->done_count, 1);
	fake_server_end(f->server);
}

#define SESSIONS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SESSIONS_TEST(a_second_look_is_a_fact_beside_the_first),
		SESSIONS_TEST(what_is_good_is_not_looked_at_again),
		SESSIONS_TEST(no_second_looks_when_they_are_off),
		SESSIONS_TEST(an_order_waits_for_all_domains),
		SESSIONS_TEST(what_is_closed_begins_nothing_more),
		SESSIONS_TEST(the_second_look_has_the_patience_of_late_greetings),
		SESSIONS_TEST(witnesses_are_greeted_and_left_for_those_who_refuse),
		SESSIONS_TEST(without_witnesses_the_second_look_comes_all_the_same),
		SESSIONS_TEST(sessions_are_held_when_nobody_lets_us_in),
		SESSIONS_TEST(witnesses_are_asked_before_sessions_are_held),
		SESSIONS_TEST(visits_come_behind_the_session_in_their_order),
		SESSIONS_TEST(a_visit_may_be_made_again),
		SESSIONS_TEST(nobody_is_visited_who_takes_no_hello),
		SESSIONS_TEST(visits_wait_for_the_second_look),
		SESSIONS_TEST(visits_about_tls_come_where_there_is_some),
		SESSIONS_TEST(who_is_asked_for_versions_is_left_in_peace_before),
		SESSIONS_TEST(visits_that_were_made_are_not_made_again),
		SESSIONS_TEST(what_was_had_is_not_had_again),
		SESSIONS_TEST(what_was_never_begun_is_begun),
		SESSIONS_TEST(nothing_comes_after_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
