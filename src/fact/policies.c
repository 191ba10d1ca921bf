/* Policy files: shared, queued at the limiter, fetched once, or twice when that failed. */
#include "fact/policies.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/heap.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/policy_fact.h"
#include "net/https.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	AT_ONE_ADDRESS = 4,       /* fetches at once: some hosts serve the policies of thousands */
	SHORTAGE_RETRY_MS = 1000, /* descriptors or ports ran out: they come back as others end */
	SHORTAGE_TRIES = 120,
	ADDRESS_BUDGETS = LIMITER_BUDGETS_MAX - 1,
	KEY_SIZE = 64,
};

static const char policy_path[] = "/.well-known/mta-sts.txt"; /* RFC 8461 3.3 */

struct policy {
	struct heap_node due; /* in `later`; first member */
	struct policies *policies;
	struct limiter_ticket ticket;
	struct https_fetch *running;
	struct ip ips[HTTPS_ADDRESSES_MAX];
	size_t ip_count;
	unsigned shortages;
	unsigned looks;
	bool closed;        /* final */
	struct strbuf fact; /* as encoded so far; empty once nothing can be added to it */
	char host[];
};

struct policies {
	struct policies_options options;
	struct limiter *limiter;
	struct map all;
	struct heap later; /* what is to be fetched again, by when it is due */
	struct loop_timer *timer;
	struct strbuf key;
	struct policies_counts counts;
	uint64_t connected; /* hosts that took a connection */
	bool closed;
};

/* ---- later */

static void
set_timer(struct policies *policies)
{
	const struct heap_node *first = heap_first(&policies->later);
	uint64_t now = loop_now(policies->options.loop);

	if (first != NULL)
		loop_timer_start(policies->timer, first->time > now ? first->time - now : 0, 0);
}

static void
enter_due(void *user)
{
	struct policies *policies = user;
	struct heap_node *first;

	while ((first = heap_first(&policies->later)) != NULL &&
	    first->time <= loop_now(policies->options.loop)) {
		struct policy *policy = (struct policy *)first;

		heap_remove(&policies->later, first);
		limiter_enter(policies->limiter, &policy->ticket);
	}
	set_timer(policies);
}

static void
enter_later(struct policy *policy, uint64_t wait_ms)
{
	struct policies *policies = policy->policies;

	heap_set(&policies->later, &policy->due, loop_now(policies->options.loop) + wait_ms);
	set_timer(policies);
}

/* ---- a look */

/* Another look at the host can tell more; none helps while there is no root to be trusted here. */
static bool
wants_second_look(const struct policy *policy, const struct https_observation *seen)
{
	return !https_fetched(seen) && seen->end != HTTPS_NO_ROOTS && !policy->policies->closed &&
	    policy->looks < POLICY_LOOKS_MAX && policy->policies->options.second_look_ms > 0;
}

static const struct strbuf *
key_of(const struct policy *policy)
{
	struct strbuf *key = &policy->policies->key;

	strbuf_reset(key);
	fact_key_policy(key, policy->host);
	return key;
}

/* One that is to be looked at again is stored all the same: the run may be ended meanwhile. */
static void
store(struct policy *policy)
{
	struct policies *policies = policy->policies;
	const struct strbuf *key = key_of(policy);

	if (policies->connected > 0)
		fact_policy_set_path_open(&policy->fact);
	night_put_fact(
	    policies->options.night, key->at, key->length, policy->fact.at, policy->fact.length);
}

/* Nothing is added to it any more, but that the path is open. */
static void
close_policy(struct policy *policy)
{
	policy->closed = true;
	if (policy->policies->connected > 0)
		strbuf_free(&policy->fact);
}

/* A host has taken a connection, the first of the run: so those before it were to blame. */
static void
open_path(struct policies *policies)
{
	struct policy *policy;
	size_t cursor = 0;

	while ((policy = map_next(&policies->all, &cursor)) != NULL) {
		if (!policy->closed || policy->fact.length == 0)
			continue;
		store(policy);
		strbuf_free(&policy->fact);
	}
}

static void
note_connections(struct policies *policies, unsigned count)
{
	bool first = policies->connected == 0 && count > 0;

	policies->connected += count;
	if (first)
		open_path(policies);
}

static void
note_look(struct policy *policy, const struct https_observation *seen)
{
	if (policy->looks++ == 0)
		fact_encode_policy(&policy->fact);
	fact_encode_policy_look(&policy->fact, seen);
	note_connections(policy->policies, seen->connected);
}

static void
on_fetched(void *user, const struct https_observation *seen)
{
	struct policy *policy = user;
	struct policies *policies = policy->policies;

	policy->running = NULL;
	limiter_leave(policies->limiter, &policy->ticket);
	if (seen->end == HTTPS_SHORTAGE && !policies->closed &&
	    policy->shortages++ < SHORTAGE_TRIES) {
		enter_later(policy, SHORTAGE_RETRY_MS); /* ours, never the host's */
		return;
	}
	note_look(policy, seen);
	store(policy);
	if (wants_second_look(policy, seen)) {
		enter_later(policy, policies->options.second_look_ms);
		return;
	}
	close_policy(policy);
	policies->counts.done++;
	policies->counts.open--;
	policies->options.done(policies->options.user);
}

static void
on_granted(void *user)
{
	struct policy *policy = user;
	const struct https_request request = {
		.host = policy->host,
		.path = policy_path,
		.addresses = policy->ips,
		.address_count = policy->ip_count,
	};

	policy->running =
	    https_fetch_start(policy->policies->options.https, &request, on_fetched, policy);
}

/* ---- what an earlier part of the run has seen */

/* How much of the wait is left; a clock that was set back makes it all of it. */
static uint64_t
wait_left(const struct policy *policy, const struct https_observation *seen)
{
	uint64_t wait = policy->policies->options.second_look_ms;
	int64_t age = (int64_t)time(NULL) - seen->seen_at;

	if (age <= 0)
		return wait;
	return (uint64_t)age * 1000 < wait ? wait - (uint64_t)age * 1000 : 0;
}

static bool
is_of_run(const struct policy *policy, const struct https_observation *seen)
{
	return seen->seen_at >= policy->policies->options.began;
}

static void
take_up(struct policy *policy, const struct policy_fact *had)
{
	const struct https_observation *last = &had->looks[had->look_count - 1];

	policy->looks = (unsigned)had->look_count;
	for (size_t i = 0; i < had->look_count; i++)
		if (is_of_run(policy, &had->looks[i]))
			note_connections(policy->policies, had->looks[i].connected);
	if (!wants_second_look(policy, last)) {
		close_policy(policy);
		if (!is_of_run(policy, last)) /* no connection of today lays blame on it */
			strbuf_free(&policy->fact);
		return;
	}
	policy->policies->counts.open++;
	enter_later(policy, wait_left(policy, last));
}

/* False when it has none on record, or what cannot be read. */
static bool
was_looked_for(struct policy *policy)
{
	struct policies *policies = policy->policies;
	const struct strbuf *key = key_of(policy);
	struct arena arena = { 0 };
	struct policy_fact had;
	bool found;

	if (!policies->options.recorded)
		return false;
	found = night_fact(policies->options.night, key->at, key->length, &policy->fact) &&
	    fact_decode_policy(policy->fact.at, policy->fact.length, &arena, &had);
	if (found)
		take_up(policy, &had);
	else
		strbuf_free(&policy->fact);
	arena_free(&arena);
	return found;
}

/* ---- sharing */

static void
draw_on_budgets(struct policy *policy)
{
	struct limiter *limiter = policy->policies->limiter;
	struct limiter_ticket *ticket = &policy->ticket;
	char key[KEY_SIZE], text[IP_TEXT_MAX];

	ticket->granted = on_granted;
	ticket->user = policy;
	ticket->budgets[ticket->count++] = limiter_budget(limiter, "policies",
	    (struct limiter_caps){ .at_once = policy->policies->options.at_once });
	for (size_t i = 0; i < policy->ip_count && i < ADDRESS_BUDGETS; i++) {
		snprintf(key, sizeof key, "policies %s", ip_format(&policy->ips[i], text));
		ticket->budgets[ticket->count++] = limiter_budget(
		    limiter, key, (struct limiter_caps){ .at_once = AT_ONE_ADDRESS });
	}
}

void
policies_share(struct policies *policies, const char *host, const struct ip *ips, size_t count)
{
	size_t length = strlen(host) + 1;
	struct policy *policy;

	if (policies->closed || map_get_string(&policies->all, host) != NULL)
		return;
	policy = alloc_zeroed(1, sizeof *policy + length);
	policy->policies = policies;
	policy->ip_count = count < HTTPS_ADDRESSES_MAX ? count : HTTPS_ADDRESSES_MAX;
	memcpy(policy->ips, ips, policy->ip_count * sizeof *ips);
	memcpy(policy->host, host, length);
	map_put_string(&policies->all, policy->host, policy);
	draw_on_budgets(policy);
	if (was_looked_for(policy))
		return;
	policies->counts.open++;
	limiter_enter(policies->limiter, &policy->ticket);
}

/* ---- all of them */

void
policies_close(struct policies *policies)
{
	struct policy *policy;
	size_t cursor = 0;

	policies->closed = true;
	loop_timer_stop(policies->timer);
	limiter_drop_waiting(policies->limiter);
	while ((policy = map_next(&policies->all, &cursor)) != NULL) {
		if (policy->running != NULL || policy->closed)
			continue;
		policies->counts.open--;
		policies->counts.done += policy->looks > 0;
		close_policy(policy);
	}
}

void
policies_cancel(struct policies *policies)
{
	struct policy *policy;
	size_t cursor = 0;

	policies->closed = true;
	loop_timer_stop(policies->timer);
	limiter_drop_waiting(policies->limiter);
	while ((policy = map_next(&policies->all, &cursor)) != NULL)
		https_fetch_cancel(&policy->running);
	policies->counts.open = 0;
}

struct policies_counts
policies_counts(const struct policies *policies)
{
	return policies->counts;
}

struct policies *
policies_new(const struct policies_options *options)
{
	struct policies *policies = alloc_zeroed(1, sizeof *policies);

	policies->options = *options;
	policies->limiter = limiter_new(options->loop, 0); /* there is no gap to be drawn */
	map_init(&policies->all);
	policies->timer = loop_timer_new(options->loop, enter_due, policies);
	return policies;
}

void
policies_free(struct policies *policies)
{
	struct policy *policy;
	size_t cursor = 0;

	while ((policy = map_next(&policies->all, &cursor)) != NULL) {
		https_fetch_cancel(&policy->running);
		strbuf_free(&policy->fact);
		free(policy);
	}
	map_free(&policies->all);
	limiter_free(policies->limiter);
	heap_free(&policies->later);
	loop_timer_free(policies->timer);
	strbuf_free(&policies->key);
	free(policies);
}
