/* Our own way out, as the sessions show it. */
#include "fact/egress.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"
#include "names/host_name.h"
#include "wire/smtp_reply.h"

#include <stdlib.h>
#include <string.h>

enum {
	SITE_PREFIX_IPV4 = 3, /* octets */
	SITE_PREFIX_IPV6 = 6,
};

/* A provider that let us in. */
struct host_seen {
	struct list_link link; /* in the order of `at`, last one last */
	uint64_t provider;
	uint64_t at; /* milliseconds */
};

/* Unrelated hosts that show the same. */
struct likeness {
	uint64_t digest; /* of what they show */
	uint64_t providers[EGRESS_UNRELATED], networks[EGRESS_UNRELATED];
	unsigned count;
};

struct egress {
	uint64_t seed[2];
	struct map let_in; /* provider to struct host_seen */
	struct list recent;
	bool forbidden;
	struct ip targets[EGRESS_TARGETS];
	uint64_t providers[EGRESS_TARGET_PROVIDERS];
	size_t target_count, provider_count;
	struct map greetings; /* digest to struct likeness */
	struct likeness masked;
	char *shared_greeting;
};

struct egress *
egress_new(const uint64_t seed[2])
{
	struct egress *egress = alloc_zeroed(1, sizeof *egress);

	memcpy(egress->seed, seed, sizeof egress->seed);
	map_init(&egress->let_in);
	map_init(&egress->greetings);
	return egress;
}

static void
free_all(struct map *map)
{
	size_t cursor = 0;
	void *one;

	while ((one = map_next(map, &cursor)) != NULL)
		free(one);
	map_free(map);
}

void
egress_free(struct egress *egress)
{
	if (egress == NULL)
		return;
	free_all(&egress->let_in);
	free_all(&egress->greetings);
	free(egress->shared_greeting);
	free(egress);
}

/* ---- whether it leaves */

/* Told of later than others that came after it: of an earlier part of the run. */
static bool
is_late(const struct egress *egress, uint64_t now)
{
	return egress->recent.last != NULL &&
	    LIST_OWNER(egress->recent.last, struct host_seen, link)->at > now;
}

static void
note_success(struct egress *egress, uint64_t provider, uint64_t now)
{
	struct host_seen *seen = map_get(&egress->let_in, &provider, sizeof provider);

	if (seen == NULL) {
		seen = alloc_zeroed(1, sizeof *seen);
		seen->provider = provider;
		map_put(&egress->let_in, &seen->provider, sizeof seen->provider, seen);
	} else if (seen->at > now) {
		return;
	} else {
		list_remove(&egress->recent, &seen->link);
	}
	seen->at = now;
	if (is_late(egress, now))
		list_prepend(&egress->recent, &seen->link);
	else
		list_append(&egress->recent, &seen->link);
}

static void
note_target(struct egress *egress, uint64_t provider, const struct ip *ip)
{
	size_t i = 0, k = 0;

	while (i < egress->target_count && !ip_equal(&egress->targets[i], ip))
		i++;
	if (i == egress->target_count && i < EGRESS_TARGETS)
		egress->targets[egress->target_count++] = *ip;
	while (k < egress->provider_count && egress->providers[k] != provider)
		k++;
	if (k == egress->provider_count && k < EGRESS_TARGET_PROVIDERS)
		egress->providers[egress->provider_count++] = provider;
}

bool
egress_open(const struct egress *egress)
{
	return egress->recent.first != NULL;
}

bool
egress_doubtful(const struct egress *egress)
{
	return !egress_open(egress) &&
	    (egress->forbidden ||
		(egress->target_count == EGRESS_TARGETS &&
		    egress->provider_count == EGRESS_TARGET_PROVIDERS));
}

static bool
is_recent(const struct host_seen *seen, uint64_t now)
{
	return now - seen->at <= EGRESS_WITNESS_MS;
}

unsigned
egress_witnesses(const struct egress *egress, uint64_t provider, uint64_t now_ms)
{
	unsigned count = 0;

	for (struct list_link *at = egress->recent.last; at != NULL && count < WITNESSES_NEEDED;
	     at = at->previous) {
		const struct host_seen *seen = LIST_OWNER(at, struct host_seen, link);

		if (!is_recent(seen, now_ms))
			break;
		count += seen->provider != provider;
	}
	return count;
}

bool
egress_let_in(const struct egress *egress, uint64_t provider, uint64_t now_ms)
{
	const struct host_seen *seen = map_get(&egress->let_in, &provider, sizeof provider);

	return seen != NULL && is_recent(seen, now_ms);
}

/* ---- whether the path is honest */

static uint64_t
network_of(const struct egress *egress, const struct ip *ip)
{
	return hash_keyed(egress->seed[0], egress->seed[1], ip->octets,
	    ip->family == 4 ? SITE_PREFIX_IPV4 : SITE_PREFIX_IPV6);
}

/* One more that shows it, if it is related to none before. */
static void
add_host(struct likeness *alike, uint64_t provider, uint64_t network)
{
	for (unsigned i = 0; i < alike->count; i++)
		if (alike->providers[i] == provider || alike->networks[i] == network)
			return;
	if (alike->count == EGRESS_UNRELATED)
		return;
	alike->providers[alike->count] = provider;
	alike->networks[alike->count++] = network;
}

static struct likeness *
greeting_of(struct egress *egress, const char *form)
{
	uint64_t digest = hash_keyed(egress->seed[0], egress->seed[1], form, strlen(form));
	struct likeness *alike = map_get(&egress->greetings, &digest, sizeof digest);

	if (alike != NULL)
		return alike;
	alike = alloc_zeroed(1, sizeof *alike);
	alike->digest = digest;
	map_put(&egress->greetings, &alike->digest, sizeof alike->digest, alike);
	return alike;
}

/* "220 ready" says nothing of who has said it. */
static bool
names_host(const char *greeting)
{
	char word[HOST_NAME_SIZE], name[HOST_NAME_SIZE];

	return smtp_reply_first_word(greeting, word, sizeof word) &&
	    host_name_normalise(word, name) && host_name_valid(name, NULL);
}

static void
note_greeting(struct egress *egress, uint64_t provider, uint64_t network, const char *greeting)
{
	char form[SMTP_GREETING_FORM_SIZE];
	struct likeness *alike;

	if (!names_host(greeting) || egress->shared_greeting != NULL)
		return;
	smtp_greeting_form(greeting, form);
	alike = greeting_of(egress, form);
	add_host(alike, provider, network);
	if (alike->count == EGRESS_UNRELATED)
		egress->shared_greeting = alloc_string(form);
}

void
egress_note(struct egress *egress, uint64_t provider, const struct ip *ip,
    const struct smtp_observation *seen, uint64_t now_ms)
{
	uint64_t network = network_of(egress, ip);

	if (seen->stage == SMTP_CONNECT) {
		egress->forbidden = egress->forbidden || seen->end == SMTP_END_FORBIDDEN;
		if (seen->end != SMTP_END_NO_ROUTE && seen->end != SMTP_END_SHORTAGE)
			note_target(egress, provider, ip);
		return;
	}
	note_success(egress, provider, now_ms);
	if (smtp_greeting_is_masked(seen->greeting.text) || smtp_ehlo_is_masked(seen->ehlo.text))
		add_host(&egress->masked, provider, network);
	else if (seen->greeting.code != 0)
		note_greeting(egress, provider, network, seen->greeting.text);
}

const char *
egress_shared_greeting(const struct egress *egress)
{
	return egress->shared_greeting;
}

bool
egress_masked(const struct egress *egress)
{
	return egress->masked.count == EGRESS_UNRELATED;
}
