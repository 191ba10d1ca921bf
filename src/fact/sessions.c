/* Sessions: shared, queued at the limiter, had once. */
#include "fact/sessions.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/session_budgets.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>

enum {
	SHORTAGE_RETRY_MS = 1000, /* descriptors or ports ran out: they come back as sessions end */
	SHORTAGE_TRIES = 120,
};

struct session {
	struct sessions *sessions;
	struct limiter_ticket ticket;
	struct smtp_session *running;
	struct ip ip;
	struct session *next_retry;
	unsigned tries;
	uint8_t *value; /* the encoded observation; NULL until it is there */
	size_t length;
	struct strbuf key;
	char mx_name[];
};

struct sessions {
	struct sessions_options options;
	struct map all;
	struct strbuf key, value;
	struct digest_map certificates; /* that went to the night file */
	struct loop_timer *retry;
	struct session *retrying;
	struct sessions_counts counts;
	bool cancelled;
};

static void
enter_again(void *user)
{
	struct sessions *sessions = user;
	struct session *session = sessions->retrying;

	sessions->retrying = NULL;
	while (session != NULL) {
		struct session *next = session->next_retry;

		limiter_enter(sessions->options.limiter, &session->ticket);
		session = next;
	}
}

/* Our own shortage is never the host's fault: the session goes back to its queue. */
static void
retry_later(struct session *session)
{
	struct sessions *sessions = session->sessions;

	session->next_retry = sessions->retrying;
	sessions->retrying = session;
	sessions->counts.waiting++;
	loop_timer_start(sessions->retry, SHORTAGE_RETRY_MS, 0);
}

/* Each certificate once, however many servers show it. */
static void
record_certificate(struct sessions *sessions, const struct cert_served *shown)
{
	struct strbuf *key = &sessions->key;

	if (digest_map_get(&sessions->certificates, shown->digest, CERT_DIGEST_SIZE, NULL))
		return;
	digest_map_put(&sessions->certificates, shown->digest, CERT_DIGEST_SIZE, 0);
	strbuf_reset(key);
	fact_key_certificate(key, shown->digest);
	night_put_fact(sessions->options.night, key->at, key->length, shown->der, shown->size);
}

static void
record(struct session *session, const struct smtp_observation *seen)
{
	struct sessions *sessions = session->sessions;
	struct strbuf *value = &sessions->value;

	strbuf_reset(value);
	fact_encode_session(value, seen);
	session->length = value->length;
	session->value = alloc_bytes(value->length);
	memcpy(session->value, value->at, value->length);
	night_put_fact(sessions->options.night, session->key.at, session->key.length,
	    session->value, session->length);
	for (size_t i = 0; i < seen->chain_length; i++)
		record_certificate(sessions, &seen->chain[i]);
	sessions->counts.done++;
}

static void
on_done(void *user, const struct smtp_observation *seen)
{
	struct session *session = user;
	struct sessions *sessions = session->sessions;

	session->running = NULL;
	sessions->counts.running--;
	limiter_leave(sessions->options.limiter, &session->ticket);
	if (seen->end == SMTP_END_SHORTAGE && session->tries++ < SHORTAGE_TRIES) {
		retry_later(session);
		return;
	}
	record(session, seen);
	sessions->options.done(sessions->options.user, &session->ip, session->mx_name);
}

static void
on_granted(void *user)
{
	struct session *session = user;
	struct sessions *sessions = session->sessions;
	struct smtp_session_options options = sessions->options.session;

	sessions->counts.waiting--;
	sessions->counts.running++;
	options.ip = session->ip;
	options.mx_name = session->mx_name;
	session->running = smtp_session_start(sessions->options.loop, &options, on_done, session);
}

static struct session *
find(struct sessions *sessions, const struct ip *ip, const char *mx_name)
{
	strbuf_reset(&sessions->key);
	fact_key_session(&sessions->key, ip, mx_name);
	return map_get(&sessions->all, sessions->key.at, sessions->key.length);
}

void
sessions_share(struct sessions *sessions, const struct ip *ip, const char *mx_name)
{
	size_t length = strlen(mx_name) + 1;
	struct session *session;

	if (sessions->cancelled || find(sessions, ip, mx_name) != NULL)
		return;
	session = alloc_zeroed(1, sizeof *session + length);
	session->sessions = sessions;
	session->ip = *ip;
	memcpy(session->mx_name, mx_name, length);
	strbuf_add(&session->key, sessions->key.at, sessions->key.length);
	session->ticket.granted = on_granted;
	session->ticket.user = session;
	map_put(&sessions->all, session->key.at, session->key.length, session);
	session_budgets_fill(sessions->options.budgets, ip, session->mx_name, &session->ticket);
	sessions->counts.waiting++;
	limiter_enter(sessions->options.limiter, &session->ticket);
}

const struct smtp_observation *
sessions_seen(
    struct sessions *sessions, const struct ip *ip, const char *mx_name, struct arena *arena)
{
	const struct session *session = find(sessions, ip, mx_name);
	struct smtp_observation *seen;

	if (session == NULL || session->value == NULL)
		return NULL;
	seen = arena_bytes(arena, sizeof *seen);
	if (!fact_decode_session(session->value, session->length, arena, seen))
		abort(); /* we have encoded it ourselves */
	return seen;
}

void
sessions_forget(struct sessions *sessions, const struct ip *ip, const char *mx_name)
{
	struct session *session = find(sessions, ip, mx_name);

	if (session == NULL)
		return;
	free(session->value);
	session->value = NULL;
}

void
sessions_cancel(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	sessions->cancelled = true;
	limiter_drop_waiting(sessions->options.limiter);
	while ((session = map_next(&sessions->all, &cursor)) != NULL)
		smtp_session_cancel(&session->running);
	sessions->counts.running = sessions->counts.waiting = 0;
}

struct sessions_counts
sessions_counts(const struct sessions *sessions)
{
	return sessions->counts;
}

struct sessions *
sessions_new(const struct sessions_options *options)
{
	struct sessions *sessions = alloc_zeroed(1, sizeof *sessions);

	sessions->options = *options;
	map_init(&sessions->all);
	digest_map_init(&sessions->certificates);
	sessions->retry = loop_timer_new(options->loop, enter_again, sessions);
	return sessions;
}

void
sessions_free(struct sessions *sessions)
{
	struct session *session;
	size_t cursor = 0;

	while ((session = map_next(&sessions->all, &cursor)) != NULL) {
		smtp_session_cancel(&session->running);
		strbuf_free(&session->key);
		free(session->value);
		free(session);
	}
	map_free(&sessions->all);
	digest_map_free(&sessions->certificates);
	loop_timer_free(sessions->retry);
	strbuf_free(&sessions->key);
	strbuf_free(&sessions->value);
	free(sessions);
}
