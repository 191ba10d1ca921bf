/* The session against a scripted fake: every step, every way to end, nothing sent too early. */
#include "unit.h"

#include "net/loop.h"
#include "net/stream.h"
#include "smtp/fake_server.h"
#include "smtp/session.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SCRIPT_MAX = 16 };

struct session_case {
	const char *name;
	const char *script[SCRIPT_MAX];
	enum smtp_end end;
	enum smtp_stage stage;
	int greeting, ehlo, starttls;
	bool offers_starttls, only_helo;
	enum tls_versions versions;
	unsigned listen;
	bool tls_at_once;
	bool secure, injected, uncoded; /* of the greeting */
	int ehlo_again;
	const char *tls_version; /* NULL: any */
};

#define HELLO "<220 mx.a.test ESMTP\r\n", ">EHLO scan.test"
#define PLAIN "<250-mx.a.test\r\n250 SIZE\r\n"
#define BYE ">QUIT", "<221 bye\r\n"
#define OFFER HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS"
#define AGAIN ">EHLO scan.test", "<250 mx.a.test\r\n", BYE
#define OFFERED 220, 250, 220, .offers_starttls = true

static const struct session_case cases[] = {
	{ "a session without TLS", { HELLO, PLAIN, BYE }, SMTP_END_COMPLETE, SMTP_EHLO, 220, 250 },
	{ "a greeting of several lines",
	    { "<220-mx.a.test\r\n", "~30", "<220-no spam\r\n220 go\r\n", ">EHLO", PLAIN, BYE },
	    SMTP_END_COMPLETE, SMTP_EHLO, 220, 250 },
	{ "a greeting octet by octet",
	    { "<2", "~5", "<20", "~5", "< m", "~5", "<x\r", "~5", "<\n", ">EHLO", PLAIN, BYE },
	    SMTP_END_COMPLETE, SMTP_EHLO, 220, 250 },
	{ "421 as a greeting", { "<421 4.7.0 busy\r\n", BYE }, SMTP_END_REPLY, SMTP_GREETING, 421 },
	{ "554 as a greeting, and closed at once", { "<554 no\r\n", "!" }, SMTP_END_REPLY,
	    SMTP_GREETING, 554 },
	{ "closed without a word", { "!" }, SMTP_END_CLOSED, SMTP_GREETING },
	{ "closed in a line", { "<220 mx", "!" }, SMTP_END_CLOSED, SMTP_GREETING },
	{ "closed after EHLO", { HELLO, "!" }, SMTP_END_CLOSED, SMTP_EHLO, 220 },
	{ "silent", { "#" }, SMTP_END_TIMEOUT, SMTP_GREETING },
	{ "silent after EHLO", { HELLO, "#" }, SMTP_END_TIMEOUT, SMTP_EHLO, 220 },
	{ "HTTP", { "<HTTP/1.1 400 Bad Request\r\n", "#" }, SMTP_END_GARBAGE, SMTP_GREETING },
	{ "two replies at once", { "<220 a\r\n220 b\r\n", "#" }, SMTP_END_GARBAGE, SMTP_GREETING },
	{ "text behind the greeting", { "<220 a\r\nWelcome\r\n\r\n", ">EHLO", PLAIN, BYE },
	    SMTP_END_COMPLETE, SMTP_EHLO, 220, 250, .uncoded = true },
	{ "text behind the greeting, late",
	    { "<220 a\r\n", ">EHLO", "<24 hours a day\r\n", "~20", PLAIN, BYE }, SMTP_END_COMPLETE,
	    SMTP_EHLO, 220, 250, .uncoded = true },
	{ "text behind the greeting without end", { "<220 a\r\nWel", ">EHLO", "<come", "#" },
	    SMTP_END_TIMEOUT, SMTP_EHLO, 220 },
	{ "only HELO works",
	    { "<220 x\r\n", ">EHLO", "<502 what?\r\n", ">HELO scan.test", "<250 mx.a.test\r\n",
		BYE },
	    SMTP_END_COMPLETE, SMTP_HELO, 220, 250, .only_helo = true },
	{ "neither EHLO nor HELO",
	    { "<220 x\r\n", ">EHLO", "<502 what?\r\n", ">HELO", "<550 no\r\n", BYE },
	    SMTP_END_REPLY, SMTP_HELO, 220, 502 },
	{ "EHLO is deferred", { HELLO, "<451 later\r\n", BYE }, SMTP_END_REPLY, SMTP_EHLO, 220,
	    451 },
	{ "STARTTLS in lower case, refused for now",
	    { HELLO, "<250-mx\r\n250 starttls\r\n", ">STARTTLS", "<454 later\r\n", BYE },
	    SMTP_END_REPLY, SMTP_STARTTLS, 220, 250, 454, .offers_starttls = true },
	{ "a keyword that only begins like STARTTLS",
	    { HELLO, "<250-mx\r\n250 STARTTLSX\r\n", BYE }, SMTP_END_COMPLETE, SMTP_EHLO, 220,
	    250 },
	{ "the handshake fails",
	    { HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS", "<220 go\r\n",
		"<no TLS at all\r\n", "~50", "!" },
	    SMTP_END_TLS, SMTP_TLS, 220, 250, 220, .offers_starttls = true },
	{ "closed in the handshake",
	    { HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS", "<220 go\r\n", "~20", "!" },
	    SMTP_END_TLS, SMTP_TLS, 220, 250, 220, .offers_starttls = true },
	{ "silent in the handshake",
	    { HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS", "<220 go\r\n", "#" },
	    SMTP_END_TIMEOUT, SMTP_TLS, 220, 250, 220, .offers_starttls = true },
	{ "QUIT without an answer changes nothing", { HELLO, PLAIN, ">QUIT", "#" },
	    SMTP_END_COMPLETE, SMTP_EHLO, 220, 250 },
	{ "a session with TLS", { OFFER, "<220 go\r\n", "*", AGAIN }, SMTP_END_COMPLETE,
	    SMTP_EHLO_AGAIN, OFFERED, .secure = true, .ehlo_again = 250, .tls_version = "TLSv1.3" },
	{ "TLS 1.0 alone", { OFFER, "<220 go\r\n", "*", AGAIN }, SMTP_END_COMPLETE, SMTP_EHLO_AGAIN,
	    OFFERED, .versions = TLS_VERSION_1_0_ALONE, .secure = true, .ehlo_again = 250,
	    .tls_version = "TLSv1" },
	{ "TLS 1.1 alone", { OFFER, "<220 go\r\n", "*", AGAIN }, SMTP_END_COMPLETE, SMTP_EHLO_AGAIN,
	    OFFERED, .versions = TLS_VERSION_1_1_ALONE, .secure = true, .ehlo_again = 250,
	    .tls_version = "TLSv1.1" },
	{ "TLS 1.0 alone is refused", { OFFER, "<220 go\r\n", "*2", "!" }, SMTP_END_TLS, SMTP_TLS,
	    OFFERED, .versions = TLS_VERSION_1_0_ALONE },
	{ "TLS 1.1 alone is refused", { OFFER, "<220 go\r\n", "*2", "!" }, SMTP_END_TLS, SMTP_TLS,
	    OFFERED, .versions = TLS_VERSION_1_1_ALONE },
	{ "what went out in clear is forgotten", { OFFER, "<220 go\r\n", ">NOOP", "*", AGAIN },
	    SMTP_END_COMPLETE, SMTP_EHLO_AGAIN, OFFERED, .listen = 50, .secure = true,
	    .ehlo_again = 250 },
	{ "what went out in clear is answered there",
	    { OFFER, ">NOOP", "<220 go\r\n250 ok\r\n", "*", AGAIN }, SMTP_END_COMPLETE,
	    SMTP_EHLO_AGAIN, OFFERED, .listen = 50, .secure = true, .ehlo_again = 250 },
	{ "what went out in clear is answered within TLS",
	    { OFFER, "<220 go\r\n", ">NOOP", "*", "<250 2.0.0 fine\r\n", BYE }, SMTP_END_COMPLETE,
	    SMTP_LISTEN, OFFERED, .listen = 250, .secure = true, .injected = true,
	    .ehlo_again = 250 },
	{ "it is answered twice",
	    { OFFER, "<220 go\r\n", ">NOOP", "*", "<502 what\r\n502 what\r\n", BYE },
	    SMTP_END_COMPLETE, SMTP_LISTEN, OFFERED, .listen = 250, .secure = true,
	    .injected = true, .ehlo_again = 502 },
	{ "closed while nothing is said", { OFFER, "<220 go\r\n", ">NOOP", "*", "!" },
	    SMTP_END_CLOSED, SMTP_LISTEN, OFFERED, .listen = 250, .secure = true },
	{ "STARTTLS is refused with a command behind it",
	    { OFFER, "<554 5.5.0 no pipelining\r\n", ">NOOP", BYE }, SMTP_END_REPLY, SMTP_STARTTLS,
	    220, 250, 554, .offers_starttls = true, .listen = 50 },
	{ "TLS at once", { "*", HELLO, PLAIN, BYE }, SMTP_END_COMPLETE, SMTP_EHLO, 220, 250,
	    .tls_at_once = true, .secure = true, .tls_version = "TLSv1.3" },
	{ "TLS at once, and STARTTLS is offered in it",
	    { "*", HELLO, "<250-mx\r\n250 STARTTLS\r\n", BYE }, SMTP_END_COMPLETE, SMTP_EHLO, 220,
	    250, .offers_starttls = true, .tls_at_once = true, .secure = true },
	{ "a greeting in clear where TLS is spoken at once",
	    { "<220 mx.a.test ESMTP\r\n", "~50", "!" }, SMTP_END_TLS, SMTP_TLS,
	    .tls_at_once = true },
	{ "TLS at once, and then nothing", { "*", "#" }, SMTP_END_TIMEOUT, SMTP_GREETING,
	    .tls_at_once = true, .secure = true },
};

struct seen {
	struct loop *loop;
	const struct session_case *expected;
	int calls;
	uint32_t total_ms;
};

static void
on_done(void *user, const struct smtp_observation *o)
{
	struct seen *seen = user;
	const struct session_case *c = seen->expected;

	seen->calls++;
	seen->total_ms = o->total_ms;
	if (o->end != c->end || o->stage != c->stage)
		fail_msg("%s: ended %s at %s", c->name, smtp_end_text(o->end),
		    smtp_stage_text(o->stage));
	if (o->greeting.code != c->greeting || o->ehlo.code != c->ehlo ||
	    o->starttls.code != c->starttls)
		fail_msg("%s: heard %d, %d, %d", c->name, o->greeting.code, o->ehlo.code,
		    o->starttls.code);
	if (o->offers_starttls != c->offers_starttls || o->only_helo != c->only_helo)
		fail_msg("%s: STARTTLS or HELO", c->name);
	if (o->secure != c->secure || o->injected != c->injected ||
	    o->ehlo_again.code != c->ehlo_again)
		fail_msg("%s: secure %d, injected %d, then %d", c->name, o->secure, o->injected,
		    o->ehlo_again.code);
	if (o->greeting.uncoded_line != c->uncoded)
		fail_msg("%s: text without a code, %d", c->name, o->greeting.uncoded_line);
	if (c->tls_version != NULL)
		assert_string_equal(o->tls_version, c->tls_version);
	loop_stop(seen->loop);
}

static void
each_script_ends_as_it_should(void **state)
{
	static const struct smtp_limits limits = { 1000, 1000, 1000, 1000, 1000, 300, 8000 };
	struct tls_context *tls = tls_context_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct seen seen = { .loop = loop_new(), .expected = &cases[i] };
		struct fake_server *server = fake_server_start(cases[i].script);
		struct smtp_session_options options = {
			.port = fake_server_port(server),
			.mx_name = "mx.a.test",
			.ehlo_name = "scan.test",
			.limits = limits,
			.tls = tls,
			.visit = { .versions = cases[i].versions,
			    .listen_ms = cases[i].listen,
			    .tls_at_once = cases[i].tls_at_once },
		};
		const char *surprise;

		ip_parse("127.0.0.1", &options.ip);
		smtp_session_start(seen.loop, &options, on_done, &seen);
		assert_int_equal(seen.calls, 0); /* never from inside the call */
		loop_run(seen.loop);
		loop_free(seen.loop);
		surprise = fake_server_end(server);
		if (surprise != NULL)
			fail_msg("%s: the server got %s", cases[i].name, surprise);
		assert_int_equal(seen.calls, 1);
	}
	tls_context_free(tls);
}

/* ---- visits with forms */

#define FORM(from, mail, to, rcpt)                                                                 \
	">MAIL FROM:<" from ">\r\n", "<" mail "\r\n", ">RCPT TO:<" to ">\r\n", "<" rcpt "\r\n"
#define RSET ">RSET\r\n", "<250 ok\r\n"

struct form_case {
	const char *name;
	const char *script[40];
	enum smtp_end end;
	enum smtp_stage stage;
	int codes[3][2]; /* of MAIL and RCPT */
};

static const struct smtp_form forms[] = {
	{ "one", "a@a.test", "b@b.test" },
	{ "two", "", "b@b.test" },
	{ "three", "", NULL },
};

static const struct form_case form_cases[] = {
	{ "all refused",
	    { HELLO, PLAIN, FORM("a@a.test", "250 ok", "b@b.test", "550 no"), RSET,
		FORM("", "250 ok", "b@b.test", "550 no"), RSET, ">MAIL FROM:<>\r\n", "<250 ok\r\n",
		RSET, BYE },
	    SMTP_END_COMPLETE, SMTP_RSET, { { 250, 550 }, { 250, 550 }, { 250, 0 } } },
	{ "refused or put off at MAIL",
	    { HELLO, PLAIN, ">MAIL FROM:<a@a.test>\r\n", "<550 no\r\n", RSET, ">MAIL FROM:<>\r\n",
		"<451 later\r\n", RSET, ">MAIL FROM:<>\r\n", "<550 no\r\n", RSET, BYE },
	    SMTP_END_COMPLETE, SMTP_RSET, { { 550, 0 }, { 451, 0 }, { 550, 0 } } },
	{ "accepted: nothing follows but RSET",
	    { HELLO, PLAIN, FORM("a@a.test", "250 ok", "b@b.test", "250 ok"), RSET,
		FORM("", "250 ok", "b@b.test", "251 ok"), RSET, ">MAIL FROM:<>\r\n", "<250 ok\r\n",
		RSET, BYE },
	    SMTP_END_COMPLETE, SMTP_RSET, { { 250, 250 }, { 250, 251 }, { 250, 0 } } },
	{ "421 to MAIL", { HELLO, PLAIN, ">MAIL FROM:<a@a.test>\r\n", "<421 bye\r\n", BYE },
	    SMTP_END_REPLY, SMTP_MAIL, { { 421, 0 } } },
	{ "421 to RCPT", { HELLO, PLAIN, FORM("a@a.test", "250 ok", "b@b.test", "421 bye"), BYE },
	    SMTP_END_REPLY, SMTP_RCPT, { { 250, 421 } } },
	{ "RSET is refused",
	    { HELLO, PLAIN, FORM("a@a.test", "250 ok", "b@b.test", "550 no"), ">RSET\r\n",
		"<502 what?\r\n", BYE },
	    SMTP_END_REPLY, SMTP_RSET, { { 250, 550 } } },
	{ "closed after MAIL", { HELLO, PLAIN, ">MAIL FROM:<a@a.test>\r\n", "!" }, SMTP_END_CLOSED,
	    SMTP_MAIL, { { 0, 0 } } },
	{ "silent after RCPT",
	    { HELLO, PLAIN, ">MAIL FROM:<a@a.test>\r\n", "<250 ok\r\n", ">RCPT TO:<b@b.test>\r\n",
		"#" },
	    SMTP_END_TIMEOUT, SMTP_RCPT, { { 250, 0 } } },
	{ "two replies at once",
	    { HELLO, PLAIN, ">MAIL FROM:<a@a.test>\r\n", "<250 ok\r\n250 ok\r\n", "#" },
	    SMTP_END_GARBAGE, SMTP_MAIL, { { 0, 0 } } },
	{ "in clear where STARTTLS is put off",
	    { HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS", "<454 later\r\n",
		">MAIL FROM:<a@a.test>\r\n", "<421 bye\r\n", BYE },
	    SMTP_END_REPLY, SMTP_MAIL, { { 421, 0 } } },
	{ "421 to STARTTLS",
	    { HELLO, "<250-mx\r\n250 STARTTLS\r\n", ">STARTTLS", "<421 bye\r\n", BYE },
	    SMTP_END_REPLY, SMTP_STARTTLS, { { 0, 0 } } },
	{ "EHLO is put off", { HELLO, "<451 later\r\n", BYE }, SMTP_END_REPLY, SMTP_EHLO,
	    { { 0, 0 } } },
	{ "only HELO works",
	    { "<220 x\r\n", ">EHLO", "<502 what?\r\n", ">HELO scan.test", "<250 mx.a.test\r\n",
		">MAIL FROM:<a@a.test>\r\n", "<421 bye\r\n", BYE },
	    SMTP_END_REPLY, SMTP_MAIL, { { 421, 0 } } },
};

struct heard_forms {
	struct loop *loop;
	const struct form_case *expected;
};

static void
on_forms(void *user, const struct smtp_observation *o)
{
	const struct heard_forms *heard = user;
	const struct form_case *c = heard->expected;

	if (o->end != c->end || o->stage != c->stage)
		fail_msg("%s: ended %s at %s", c->name, smtp_end_text(o->end),
		    smtp_stage_text(o->stage));
	assert_int_equal(o->form_count, COUNT_OF(forms));
	for (size_t i = 0; i < o->form_count; i++) {
		const struct smtp_form_seen *form = &o->forms[i];

		assert_string_equal(form->form.name, forms[i].name);
		assert_non_null(form->rcpt.text);
		if (form->mail.code != c->codes[i][0] || form->rcpt.code != c->codes[i][1])
			fail_msg(
			    "%s: form %zu: %d, %d", c->name, i, form->mail.code, form->rcpt.code);
	}
	loop_stop(heard->loop);
}

static void
forms_are_tried_one_by_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(form_cases); i++) {
		struct heard_forms heard = { loop_new(), &form_cases[i] };
		struct fake_server *server = fake_server_start(form_cases[i].script);
		struct smtp_session_options options = {
			.port = fake_server_port(server),
			.mx_name = "mx.a.test",
			.ehlo_name = "scan.test",
			.limits = { 1000, 1000, 1000, 1000, 1000, 300, 8000 },
			.visit = { .forms = forms, .form_count = COUNT_OF(forms) },
		};
		const char *surprise;

		ip_parse("127.0.0.1", &options.ip);
		smtp_session_start(heard.loop, &options, on_forms, &heard);
		loop_run(heard.loop);
		loop_free(heard.loop);
		surprise = fake_server_end(server);
		if (surprise != NULL)
			fail_msg("%s: the server got %s", form_cases[i].name, surprise);
	}
}

static void
on_total(void *user, const struct smtp_observation *o)
{
	assert_int_equal(o->end, SMTP_END_TOTAL);
	loop_stop(user);
}

static void
the_whole_session_has_a_limit(void **state)
{
	static const char *const script[] = { "<220-a\r\n", "~60", "<220-b\r\n", "~60",
		"<220-c\r\n", "~60", "<220-d\r\n", "~60", "<220-e\r\n", "#", NULL };
	struct loop *loop = loop_new();
	struct fake_server *server = fake_server_start(script);
	struct smtp_session_options options = {
		.port = fake_server_port(server),
		.mx_name = "mx.a.test",
		.ehlo_name = "scan.test",
		.limits = { 500, 5000, 500, 500, 500, 500, 150 },
	};

	(void)state;
	ip_parse("127.0.0.1", &options.ip);
	smtp_session_start(loop, &options, on_total, loop);
	loop_run(loop);
	loop_free(loop);
	assert_null(fake_server_end(server));
}

struct parting {
	struct loop *loop;
	uint64_t began;
	uint64_t waited; /* behind the goodbye, in milliseconds */
};

static void
on_parted(void *user, const struct smtp_observation *o)
{
	struct parting *parting = user;

	assert_int_equal(o->end, SMTP_END_COMPLETE);
	parting->waited = loop_now(parting->loop) - parting->began - o->total_ms;
	loop_stop(parting->loop);
}

/* A server counts its connections until it has closed them itself. */
static void
a_session_lasts_until_the_server_has_closed(void **state)
{
	static const char *const scripts[][SCRIPT_MAX] = {
		{ HELLO, PLAIN, BYE, "~200", "!" },
		{ OFFER, "<220 go\r\n", "*", AGAIN, "~200", "!" },
	};
	struct tls_context *tls = tls_context_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		struct parting parting = { .loop = loop_new() };
		struct fake_server *server = fake_server_start(scripts[i]);
		struct smtp_session_options options = {
			.port = fake_server_port(server),
			.mx_name = "mx.a.test",
			.ehlo_name = "scan.test",
			.limits = { 5000, 5000, 5000, 5000, 5000, 5000, 20000 },
			.tls = tls,
		};

		ip_parse("127.0.0.1", &options.ip);
		parting.began = loop_now(parting.loop);
		smtp_session_start(parting.loop, &options, on_parted, &parting);
		loop_run(parting.loop);
		assert_in_range(parting.waited, 150, 4900);
		loop_free(parting.loop);
		assert_null(fake_server_end(server));
	}
	tls_context_free(tls);
}

static void
on_refused(void *user, const struct smtp_observation *o)
{
	assert_int_equal(o->end, SMTP_END_REFUSED);
	assert_int_equal(o->stage, SMTP_CONNECT);
	loop_stop(user);
}

static void
a_closed_port_refuses(void **state)
{
	static const char *const nothing[] = { NULL };
	struct loop *loop = loop_new();
	struct smtp_session_options options = {
		.mx_name = "mx.a.test",
		.ehlo_name = "scan.test",
		.limits = { 500, 500, 500, 500, 500, 500, 500 },
	};
	struct fake_server *server = fake_server_start(nothing);
	struct smtp_session *session;

	(void)state;
	ip_parse("127.0.0.1", &options.ip);
	options.port = fake_server_port(server);
	session = smtp_session_start(loop, &options, on_refused, loop);
	smtp_session_cancel(&session); /* of a session that has hardly begun */
	assert_null(session);
	fake_server_end(server); /* now nothing listens there */
	smtp_session_start(loop, &options, on_refused, loop);
	loop_run(loop);
	loop_free(loop);
}

static void
keywords_are_whole_words(void **state)
{
	(void)state;
	assert_null(smtp_ehlo_keyword("STARTTLS", "STARTTLS")); /* the first line is a name */
	assert_non_null(smtp_ehlo_keyword("mx\nSIZE 10\nStartTLS", "STARTTLS"));
	assert_non_null(smtp_ehlo_keyword("mx\nSIZE 10\nX", "SIZE"));
	assert_null(smtp_ehlo_keyword("mx\nSIZEX\nX", "SIZE"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_script_ends_as_it_should),
		cmocka_unit_test(forms_are_tried_one_by_one),
		cmocka_unit_test(the_whole_session_has_a_limit),
		cmocka_unit_test(a_session_lasts_until_the_server_has_closed),
		cmocka_unit_test(a_closed_port_refuses),
		cmocka_unit_test(keywords_are_whole_words),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
