/*
 * The session as a table of steps: to enter a step is to send its command, and its reply chooses
 * the next. What the session saw is written down before QUIT is sent; QUIT can change nothing of
 * it.
 */
#include "smtp/session.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "net/loop.h"
#include "net/stream.h"
#include "smtp/session_notes.h"
#include "wire/smtp_reply.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COMMAND_MAX = 512 + 1 }; /* RFC 5321 4.5.3.1.4 */

struct smtp_session {
	struct loop *loop;
	struct smtp_session_options options;
	struct stream *stream;
	struct loop_timer *timer;
	struct smtp_reply reply;
	struct arena arena;
	struct smtp_observation seen;
	struct smtp_form_seen *forms; /* those of `seen` */
	size_t form;                  /* that is tried */
	enum smtp_stage stage;
	bool concluded; /* `seen` has its end */
	bool parted;    /* QUIT was answered */
	uint64_t started, connected,
	    deadline; /* loop milliseconds; the last of the whole session */
	smtp_done_fn done;
	void *user;
};

struct smtp_step {
	const char *command; /* NULL = nothing is sent; %s = our name, or a path of the form */
	size_t limit;        /* offset into struct smtp_limits */
	void (*on_reply)(struct smtp_session *session);
};

static void enter(struct smtp_session *session, enum smtp_stage stage);

static void
note_total(struct smtp_session *session)
{
	session->seen.total_ms = (uint32_t)(loop_now(session->loop) - session->started);
}

static void
note_connect(struct smtp_session *session)
{
	session->seen.connect_ms = (uint32_t)(loop_now(session->loop) - session->started);
	session->seen.scanner_busy = loop_lagged_since(session->loop, session->started);
}

/* The session is over: tells its owner, whose callback is the last thing that touches `seen`. */
static void
finish(struct smtp_session *session)
{
	if (!session->parted)
		note_total(session);
	stream_close(session->stream);
	loop_timer_free(session->timer);
	session->done(session->user, &session->seen);
	smtp_reply_free(&session->reply);
	arena_free(&session->arena);
	free(session);
}

/* Writes down how it ended; the first word counts, whatever QUIT brings. */
static void
conclude(struct smtp_session *session, enum smtp_end end)
{
	if (session->concluded)
		return;
	session->concluded = true;
	session->seen.end = end;
	session->seen.stage = session->stage;
}

static void
end(struct smtp_session *session, enum smtp_end how)
{
	conclude(session, how);
	finish(session);
}

static void
say_goodbye(struct smtp_session *session, enum smtp_end how)
{
	conclude(session, how);
	enter(session, SMTP_QUIT);
}

static void
note_reply(struct smtp_session *session, struct smtp_heard *heard)
{
	session_note_reply(&session->reply, &session->arena, heard);
}

static void
on_greeting(struct smtp_session *session)
{
	note_reply(session, &session->seen.greeting);
	session->seen.greeting_ms = (uint32_t)(loop_now(session->loop) - session->connected);
	if (session->reply.code != 220)
		say_goodbye(session, SMTP_END_REPLY);
	else if (session->options.visit.greeting_alone)
		say_goodbye(session, SMTP_END_COMPLETE);
	else
		enter(session, SMTP_EHLO);
}

/* Hello was said in the way that stands: now the forms, if there are any left. */
static void
next_form(struct smtp_session *session)
{
	if (session->form < session->seen.form_count)
		enter(session, SMTP_MAIL);
	else
		say_goodbye(session, SMTP_END_COMPLETE);
}

static void
after_hello(struct smtp_session *session)
{
	if (session->seen.offers_starttls && !session->seen.secure)
		enter(session, SMTP_STARTTLS);
	else
		next_form(session);
}

static void
on_ehlo(struct smtp_session *session)
{
	int code = session->reply.code;

	note_reply(session, &session->seen.ehlo);
	if (session->reply.passed_over) /* what came before is the rest of the greeting */
		session->seen.greeting.uncoded_line = true;
	session->seen.offers_starttls =
	    code == 250 && smtp_ehlo_keyword(session->reply.text.at, "STARTTLS") != NULL;
	if (code == 250)
		after_hello(session);
	else if (code >= 500 && code < 600)
		enter(session, SMTP_HELO);
	else
		say_goodbye(session, SMTP_END_REPLY);
}

static void
on_helo(struct smtp_session *session)
{
	if (session->reply.code != 250) {
		say_goodbye(session, SMTP_END_REPLY); /* the reply to EHLO stays what was heard */
		return;
	}
	note_reply(session, &session->seen.ehlo);
	session->seen.only_helo = true;
	after_hello(session);
}

static void
shake_hands(struct smtp_session *session)
{
	const struct smtp_session_options *options = &session->options;

	enter(session, SMTP_TLS);
	stream_start_tls(session->stream, options->tls, options->visit.versions, options->mx_name);
}

static void
on_starttls(struct smtp_session *session)
{
	size_t left;

	note_reply(session, &session->seen.starttls);
	if (session->reply.code != 220) {
		if (session->seen.form_count > 0 && session->reply.code != 421)
			next_form(session); /* nothing has changed by it (RFC 3207 4) */
		else
			say_goodbye(session, SMTP_END_REPLY);
		return;
	}
	stream_bytes(session->stream, &left);
	session->seen.early_octets = left > 0;
	shake_hands(session);
}

static void
on_ehlo_again(struct smtp_session *session)
{
	note_reply(session, &session->seen.ehlo_again);
	if (session->reply.code == 250)
		next_form(session);
	else
		say_goodbye(session, SMTP_END_COMPLETE);
}

static void
on_unasked(struct smtp_session *session)
{
	session->seen.injected = true;
	note_reply(session, &session->seen.ehlo_again);
	say_goodbye(session, SMTP_END_COMPLETE);
}

/* ---- forms */

static struct smtp_form_seen *
current_form(struct smtp_session *session)
{
	return &session->forms[session->form];
}

/* A server that shuts down is asked nothing more. */
static void
go_on(struct smtp_session *session, enum smtp_stage next)
{
	if (session->reply.code == 421)
		say_goodbye(session, SMTP_END_REPLY);
	else
		enter(session, next);
}

static void
on_mail(struct smtp_session *session)
{
	struct smtp_form_seen *form = current_form(session);
	bool accepted = session->reply.code >= 200 && session->reply.code < 300;

	note_reply(session, &form->mail);
	go_on(session, accepted && form->form.to != NULL ? SMTP_RCPT : SMTP_RSET);
}

static void
on_rcpt(struct smtp_session *session)
{
	note_reply(session, &current_form(session)->rcpt);
	go_on(session, SMTP_RSET);
}

/* Where the transaction cannot be taken back, no other is begun in it. */
static void
on_rset(struct smtp_session *session)
{
	session->form++;
	if (session->reply.code == 250)
		next_form(session);
	else
		say_goodbye(session, SMTP_END_REPLY);
}

/*
 * A server counts its connections, and closes this one when it has counted it out (RFC 5321
 * 4.1.1.10): who comes back before that is one too many. A busy one takes its time.
 */
static void
on_goodbye(struct smtp_session *session)
{
	note_total(session);
	session->parted = true;
	stream_part(session->stream);
	loop_timer_start(session->timer, session->options.limits.quit, 0);
}

/* ---- the steps */

static const struct smtp_step steps[SMTP_STAGE_COUNT] = {
	[SMTP_CONNECT] = { NULL, offsetof(struct smtp_limits, connect), NULL },
	[SMTP_GREETING] = { NULL, offsetof(struct smtp_limits, greeting), on_greeting },
	[SMTP_EHLO] = { "EHLO %s\r\n", offsetof(struct smtp_limits, ehlo), on_ehlo },
	[SMTP_HELO] = { "HELO %s\r\n", offsetof(struct smtp_limits, ehlo), on_helo },
	[SMTP_STARTTLS] = { "STARTTLS\r\n", offsetof(struct smtp_limits, starttls), on_starttls },
	[SMTP_TLS] = { NULL, offsetof(struct smtp_limits, tls), NULL },
	[SMTP_EHLO_AGAIN] = { "EHLO %s\r\n", offsetof(struct smtp_limits, ehlo), on_ehlo_again },
	[SMTP_MAIL] = { "MAIL FROM:<%s>\r\n", offsetof(struct smtp_limits, ehlo), on_mail },
	[SMTP_RCPT] = { "RCPT TO:<%s>\r\n", offsetof(struct smtp_limits, ehlo), on_rcpt },
	[SMTP_RSET] = { "RSET\r\n", offsetof(struct smtp_limits, ehlo), on_rset },
	[SMTP_QUIT] = { "QUIT\r\n", offsetof(struct smtp_limits, quit), on_goodbye },
	[SMTP_LISTEN] = { NULL, 0, on_unasked },
};

static const char starttls_and_more[] = "STARTTLS\r\nNOOP\r\n";
static const char *
command_word(struct smtp_session *session)
{
	if (session->stage == SMTP_MAIL)
		return current_form(session)->form.from;
	return session->stage == SMTP_RCPT ? current_form(session)->form.to
					   : session->options.ehlo_name;
}

static void
send_command(struct smtp_session *session, const char *command)
{
	char line[COMMAND_MAX];
	const char *word = strstr(command, "%s");
	int length = snprintf(line, sizeof line, "%.*s%s%s",
	    word == NULL ? (int)strlen(command) : (int)(word - command), command,
	    word == NULL ? "" : command_word(session), word == NULL ? "" : word + 2);

	assert(length < (int)sizeof line); /* names and paths have their bounds */
	stream_write(session->stream, line, (size_t)length);
}

static unsigned
limit_of(const struct smtp_session *session)
{
	const char *limits = (const char *)&session->options.limits;

	return session->stage == SMTP_LISTEN
	    ? session->options.visit.listen_ms
	    : *(const unsigned *)(const void *)(limits + steps[session->stage].limit);
}

static void
start_timer(struct smtp_session *session)
{
	unsigned limit = limit_of(session);
	uint64_t now = loop_now(session->loop);
	uint64_t left = session->deadline > now ? session->deadline - now : 0;

	loop_timer_start(session->timer, limit < left ? limit : left, 0);
}

static void
enter(struct smtp_session *session, enum smtp_stage stage)
{
	session->stage = stage;
	smtp_reply_reset(&session->reply);
	session->reply.passes_over = stage == SMTP_EHLO;
	start_timer(session);
	if (stage == SMTP_STARTTLS && session->options.visit.listen_ms > 0)
		send_command(session, starttls_and_more);
	else if (steps[stage].command != NULL)
		send_command(session, steps[stage].command);
}

/* After a reply nothing may be left: who talks unasked is no SMTP server, or somebody on the path.
 */
static void
take_reply(struct smtp_session *session)
{
	size_t left = 0;
	const char *bytes = stream_bytes(session->stream, &left);

	if (!session_may_leave(session->stage, bytes, left))
		end(session, SMTP_END_GARBAGE);
	else
		steps[session->stage].on_reply(session);
}

static void
on_readable(struct smtp_session *session)
{
	size_t length;
	const char *bytes = stream_bytes(session->stream, &length);

	if (steps[session->stage].on_reply == NULL)
		return;
	stream_consume(session->stream, smtp_reply_feed(&session->reply, bytes, length));
	if (session->reply.state == SMTP_REPLY_DONE) {
		take_reply(session);
	} else if (session->reply.state == SMTP_REPLY_BAD) {
		if (session->stage == SMTP_GREETING)
			note_reply(session, &session->seen.greeting);
		end(session, SMTP_END_GARBAGE);
	}
}

static void
on_connect_failed(struct smtp_session *session)
{
	note_connect(session);
	end(session, session_end_of(stream_failure(session->stream)));
}

static void
on_secure(struct smtp_session *session)
{
	session_note_tls(session->stream, &session->arena, &session->seen);
	enter(session,
	    session->options.visit.tls_at_once         ? SMTP_GREETING
		: session->options.visit.listen_ms > 0 ? SMTP_LISTEN
						       : SMTP_EHLO_AGAIN);
}

static void
on_connected(struct smtp_session *session)
{
	session->connected = loop_now(session->loop);
	stream_local_ip(session->stream, &session->seen.local);
	note_connect(session);
	if (session->options.visit.tls_at_once)
		shake_hands(session);
	else
		enter(session, SMTP_GREETING);
}

static void
on_event(void *user, enum stream_event event)
{
	struct smtp_session *session = user;

	switch (event) {
	case STREAM_CONNECTED:
		on_connected(session);
		break;
	case STREAM_READABLE:
		on_readable(session);
		break;
	case STREAM_SECURE:
		on_secure(session);
		break;
	case STREAM_TLS_FAILED:
		session->seen.tls_error =
		    arena_string(&session->arena, stream_error_text(session->stream));
		end(session, SMTP_END_TLS);
		break;
	case STREAM_CLOSED:
		end(session, SMTP_END_CLOSED);
		break;
	case STREAM_FAILED:
		on_connect_failed(session);
		break;
	}
}

static void
on_timer(void *user)
{
	struct smtp_session *session = user;
	bool whole = loop_now(session->loop) >= session->deadline && session->stage > SMTP_CONNECT;

	if (session->stage == SMTP_LISTEN && !whole) {
		enter(session, SMTP_EHLO_AGAIN);
		return;
	}
	if (session->stage == SMTP_CONNECT)
		note_connect(session);
	end(session, whole ? SMTP_END_TOTAL : SMTP_END_TIMEOUT);
}

struct smtp_session *
smtp_session_start(
    struct loop *loop, const struct smtp_session_options *options, smtp_done_fn done, void *user)
{
	struct smtp_session *session = alloc_zeroed(1, sizeof *session);

	session->loop = loop;
	session->options = *options;
	session->done = done;
	session->user = user;
	session->started = loop_now(loop);
	session->deadline = session->started + options->limits.total;
	session_note_nothing(&session->seen);
	session->seen.seen_at = (int64_t)time(NULL);
	session->forms = smtp_forms_unanswered(&options->visit, &session->arena);
	session->seen.forms = session->forms;
	session->seen.form_count = options->visit.form_count;
	smtp_reply_init(&session->reply);
	session->timer = loop_timer_new(loop, on_timer, session);
	session->stream = stream_connect_from(loop, &options->source, &options->ip,
	    options->visit.port != 0 ? options->visit.port : options->port, on_event, session);
	enter(session, SMTP_CONNECT);
	return session;
}

void
smtp_session_cancel(struct smtp_session **session)
{
	struct smtp_session *gone = *session;

	if (gone == NULL)
		return;
	*session = NULL;
	stream_close(gone->stream);
	loop_timer_free(gone->timer);
	smtp_reply_free(&gone->reply);
	arena_free(&gone->arena);
	free(gone);
}
