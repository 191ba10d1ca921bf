/* The first hosts in the order of a keyed hash: of each provider, and of each address. */
#include "fact/session_samples.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "fact/session_state.h"
#include "names/provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 320 };

struct member {
	uint64_t order;
	struct session *session;
};

/* In order; hosts with several addresses stand in it once for each. */
struct sample {
	size_t most; /* hosts */
	struct member *at;
	size_t count, capacity;
	bool of_address;
	bool cut; /* some were dropped */
	char key[];
};

struct session_samples {
	const struct run_facts *run;
	struct map by_key;
	bool released;
};

struct session_samples *
session_samples_new(const struct run_facts *run)
{
	struct session_samples *samples = alloc_zeroed(1, sizeof *samples);

	samples->run = run;
	map_init(&samples->by_key);
	return samples;
}

void
session_samples_free(struct session_samples *samples)
{
	struct sample *sample;
	size_t cursor = 0;

	if (samples == NULL)
		return;
	while ((sample = map_next(&samples->by_key, &cursor)) != NULL) {
		free(sample->at);
		free(sample);
	}
	map_free(&samples->by_key);
	free(samples);
}

static struct sample *
sample_of(struct session_samples *samples, const char *key, size_t most, bool of_address)
{
	struct sample *sample = map_get_string(&samples->by_key, key);

	if (sample != NULL)
		return sample;
	sample = alloc_zeroed(1, sizeof *sample + strlen(key) + 1);
	sample->most = most;
	sample->of_address = of_address;
	strcpy(sample->key, key);
	map_put_string(&samples->by_key, sample->key, sample);
	return sample;
}

static int
compare(const struct member *one, const struct member *other)
{
	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	return strcmp(one->session->mx_name, other->session->mx_name);
}

static void
insert(struct sample *sample, const struct member *member)
{
	size_t low = 0, high = sample->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (compare(&sample->at[middle], member) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (sample->count == sample->capacity) {
		sample->capacity = sample->capacity == 0 ? 2 : sample->capacity * 2;
		sample->at = alloc_resize(sample->at, sample->capacity * sizeof *sample->at);
	}
	memmove(&sample->at[low + 1], &sample->at[low], (sample->count - low) * sizeof *sample->at);
	sample->at[low] = *member;
	sample->count++;
}

static size_t
count_hosts(const struct sample *sample)
{
	size_t count = 0;

	for (size_t i = 0; i < sample->count; i++)
		count += i == 0 || compare(&sample->at[i - 1], &sample->at[i]) != 0;
	return count;
}

/* The last host has one session the less; it may have others, which follow with the next. */
static struct session *
cut(struct sample *sample)
{
	if (sample->count <= sample->most || count_hosts(sample) <= sample->most)
		return NULL;
	sample->cut = true;
	return sample->at[--sample->count].session;
}

static struct member
member_of(const struct session_samples *samples, struct session *session)
{
	const uint64_t *seed = samples->run->seed;
	const char *name = session->mx_name;

	return (struct member){ hash_keyed(seed[0], seed[1], name, strlen(name)), session };
}

static enum session_sampling
add_to(struct session_samples *samples, struct sample *sample, struct session *session,
    struct session **dropped_out)
{
	struct member member = member_of(samples, session);
	struct session *dropped;

	if (samples->released)
		return SAMPLING_DROPPED;
	if (sample->cut && compare(&sample->at[sample->count - 1], &member) < 0)
		return SAMPLING_DROPPED;
	insert(sample, &member);
	dropped = cut(sample);
	if (dropped == session)
		return SAMPLING_DROPPED;
	*dropped_out = dropped;
	return SAMPLING_KEPT;
}

/* The first name at an address need not wait: there may be no other. */
static enum session_sampling
add_to_address(
    struct session_samples *samples, struct session *session, struct session **dropped_out)
{
	char key[KEY_SIZE], text[IP_TEXT_MAX];
	struct sample *sample;

	snprintf(key, sizeof key, "address %s", ip_format(&session->ip, text));
	sample = sample_of(samples, key, ADDRESS_NAMES_MAX, true);
	if (sample->count > 0)
		return add_to(samples, sample, session, dropped_out);
	insert(sample, &(struct member){ member_of(samples, session).order, session });
	return SAMPLING_NONE;
}

enum session_sampling
session_samples_add(
    struct session_samples *samples, struct session *session, struct session **dropped_out)
{
	const struct provider *provider = samples->run->providers == NULL
	    ? NULL
	    : providers_match(samples->run->providers, session->mx_name);
	char key[KEY_SIZE];

	*dropped_out = NULL;
	if (run_is_own(samples->run, session->mx_name))
		return SAMPLING_NONE;
	if (provider == NULL || provider->probe != PROVIDER_PROBE_SAMPLE)
		return add_to_address(samples, session, dropped_out);
	snprintf(key, sizeof key, "provider %s", provider->name);
	return add_to(
	    samples, sample_of(samples, key, provider->sample, false), session, dropped_out);
}

void
session_samples_release(
    struct session_samples *samples, void (*enter)(void *user, struct session *session), void *user)
{
	const struct sample *sample;
	size_t cursor = 0;

	if (samples->released)
		return;
	samples->released = true;
	while ((sample = map_next(&samples->by_key, &cursor)) != NULL)
		for (size_t i = 0; i < sample->count; i++)
			if (sample->at[i].session->state == KEPT)
				enter(user, sample->at[i].session);
}

/* An address whose names all had their sessions needs no mention. */
static bool
is_told(const struct sample *sample)
{
	return !sample->of_address || sample->cut;
}

static void
tell(const struct sample *sample, struct arena *arena, struct session_sample *out)
{
	struct sampled_host *hosts = arena_zeroed(arena, sample->count, sizeof *hosts);

	for (size_t i = 0; i < sample->count; i++)
		hosts[i] = (struct sampled_host){ sample->at[i].session->mx_name,
			sample->at[i].session->ip };
	*out = (struct session_sample){ sample->key, hosts, sample->count };
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(
	    ((const struct session_sample *)a)->key, ((const struct session_sample *)b)->key);
}

void
session_samples_tell(
    const struct session_samples *samples, struct arena *arena, struct run_facts *run)
{
	const struct sample *sample;
	struct session_sample *out;
	size_t cursor = 0, count = 0;

	while ((sample = map_next(&samples->by_key, &cursor)) != NULL)
		count += is_told(sample);
	out = arena_zeroed(arena, count + 1, sizeof *out);
	cursor = count = 0;
	while ((sample = map_next(&samples->by_key, &cursor)) != NULL)
		if (is_told(sample))
			tell(sample, arena, &out[count++]);
	qsort(out, count, sizeof *out, by_key);
	run->samples = out;
	run->sample_count = count;
}
