/* Whether the resolvers still answer. */
#include "app/resolvers_watch.h"

#include "app/resolvers.h"
#include "base/alloc.h"
#include "base/log.h"
#include "dns/client.h"
#include "fact/facts.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	WATCH_MS = 500,
	SILENCE_MS = 3000,     /* with no answer at all ... */
	SILENT_QUESTIONS = 20, /* ... to this many questions */
	CANARY_AFTER_MS = 1000,
	CANARY_MS = 1500, /* patience: it is over before silence counts */
	NAME_SIZE = 256 + RANDOM_LABEL_SIZE,
};

/* Behind the numbers of all other random names of a run. */
static const uint64_t canary_number = (uint64_t)1 << 40;

struct resolvers_watch {
	struct resolvers_watch_options options;
	struct loop_timer *timer;
	struct dns_client *canary;   /* NULL: it was not needed yet, or cannot be had */
	uint64_t received, sent, at; /* when something was last heard */
	bool silent;                 /* when it was looked last */
	bool told, lost;
};

static uint64_t
messages(const struct resolvers_watch *watch)
{
	return dns_client_counts(watch->options.dns).received +
	    (watch->canary == NULL ? 0 : dns_client_counts(watch->canary).received);
}

/* Whatever it says: that it came is counted. */
static void
on_canary(void *user, const struct dns_answer *answer)
{
	(void)user;
	(void)answer;
}

/* A name that no cache holds, so that it is not the cache that answers. */
static void
ask_canary(struct resolvers_watch *watch)
{
	const struct resolvers_watch_options *o = &watch->options;
	char label[RANDOM_LABEL_SIZE], name[NAME_SIZE];
	struct error error;

	if (watch->canary == NULL &&
	    resolvers_open_brief(o->options, o->loop, CANARY_MS, &watch->canary, &error) != 0)
		return;
	if (dns_client_counts(watch->canary).in_flight > 0)
		return;
	run_random_label(o->run, canary_number + loop_now(o->loop), label);
	snprintf(name, sizeof name, "%s.%s", label, o->zone);
	for (unsigned i = 0; i < dns_client_resolvers(watch->canary); i++)
		dns_client_ask_only(watch->canary, name, DNS_A, i, on_canary, watch);
}

static void
note_silence(struct resolvers_watch *watch, uint64_t silent_ms)
{
	watch->silent = true;
	if (!watch->told)
		log_warn(
		    "no resolver answers any more: what is asked meanwhile counts as not tested");
	watch->told = true;
	if (watch->lost || silent_ms < watch->options.patience_ms)
		return;
	watch->lost = true;
	watch->options.lost(watch->options.user);
}

static void
on_watch(void *user)
{
	struct resolvers_watch *watch = user;
	struct dns_client_counts counts = dns_client_counts(watch->options.dns);
	uint64_t now = loop_now(watch->options.loop), received = messages(watch);

	if (received != watch->received || counts.in_flight == 0) {
		watch->silent = watch->silent && received == watch->received;
		watch->received = received;
		watch->sent = counts.sent;
		watch->at = now;
		return;
	}
	if (now - watch->at >= CANARY_AFTER_MS)
		ask_canary(watch);
	if (now - watch->at >= SILENCE_MS && counts.sent - watch->sent >= SILENT_QUESTIONS)
		note_silence(watch, now - watch->at);
}

struct resolvers_watch *
resolvers_watch_new(const struct resolvers_watch_options *options)
{
	struct resolvers_watch *watch = alloc_zeroed(1, sizeof *watch);

	watch->options = *options;
	watch->at = loop_now(options->loop);
	watch->timer = loop_timer_new(options->loop, on_watch, watch);
	loop_timer_start(watch->timer, WATCH_MS, WATCH_MS);
	return watch;
}

bool
resolvers_watch_silent(const struct resolvers_watch *watch)
{
	return watch->silent && messages(watch) == watch->received;
}

void
resolvers_watch_free(struct resolvers_watch *watch)
{
	if (watch == NULL)
		return;
	loop_timer_free(watch->timer);
	dns_client_free(watch->canary);
	free(watch);
}
