/* Hosts that stand for others, at the finish. */
#include "rule/stand_in.h"

#include "names/provider.h"
#include "rule/second_look.h"

#include <stdio.h>
#include <string.h>

enum {
	KEY_SIZE = 320,
	FIRST_HOSTS = 2,    /* of a domain that are contacted where `probe` is first */
	STAND_INS_MAX = 16, /* that are looked at, for a row: the first mostly is fine */
};

static const struct provider *
provider_of(const struct run_facts *run, const char *host)
{
	return run->providers == NULL ? NULL : providers_match(run->providers, host);
}

static bool
is_of(const struct run_facts *run, const char *host, const struct provider *provider)
{
	const struct provider *other = provider_of(run, host);

	return other != NULL && strcmp(other->name, provider->name) == 0;
}

static bool
all_are_of(const struct run_facts *run, const struct mx_result *mx, const struct provider *provider)
{
	for (size_t i = 0; i < mx->host_count; i++)
		if (!is_of(run, mx->hosts[i].name, provider))
			return false;
	return true;
}

/* Its place among the hosts that the provider has in this domain. */
static size_t
place_of(const struct run_facts *run, const struct mx_result *mx, const struct mx_host *host,
    const struct provider *provider)
{
	size_t place = 0;

	for (const struct mx_host *other = mx->hosts; other < host; other++)
		place += is_of(run, other->name, provider);
	return place;
}

bool
stand_in_is_later(
    const struct run_facts *run, const struct mx_result *mx, const struct mx_host *host)
{
	const struct provider *provider = provider_of(run, host->name);

	return provider != NULL && provider->probe == PROVIDER_PROBE_FIRST &&
	    !run_is_own(run, host->name) && place_of(run, mx, host, provider) >= FIRST_HOSTS;
}

/* The best so far, with what it saw. */
struct choice {
	struct stand_in *out;
	const struct smtp_observation *seen;
	size_t looked_at;
};

/* By IPv6 nobody speaks for IPv4. */
static void
consider(struct facts *facts, const char *name, const struct ip *ip, unsigned family,
    struct choice *choice)
{
	const struct smtp_observation *better;
	struct session_looks looks;

	if (ip->family != family || choice->looked_at == STAND_INS_MAX)
		return;
	if (choice->seen != NULL &&
	    second_look_word(STAGE_HANDSHAKE, choice->seen, facts->run) == LOOK_GOOD)
		return;
	looks = second_look_at(facts, ip, name);
	if (looks.better == NULL || looks.better->end == SMTP_END_RATE_LIMITED)
		return;
	choice->looked_at++;
	better = choice->seen == NULL ? looks.better
				      : second_look_better(choice->seen, looks.better, facts->run);
	if (better == choice->seen)
		return;
	choice->seen = better;
	choice->out->mx_name = name;
	choice->out->ip = *ip;
}

static void
choose_of_sample(struct facts *facts, const struct session_sample *sample, const struct ip *ip,
    struct stand_in *out)
{
	struct choice choice = { .out = out };

	for (size_t i = 0; i < sample->count; i++)
		consider(facts, sample->at[i].name, &sample->at[i].ip, ip->family, &choice);
}

static void
choose_of_first(
    struct facts *facts, const struct mx_result *mx, const struct ip *ip, struct stand_in *out)
{
	struct choice choice = { .out = out };

	for (size_t i = 0; i < mx->host_count; i++)
		for (size_t k = 0; k < mx->hosts[i].address_count; k++)
			if (!stand_in_is_later(facts->run, mx, &mx->hosts[i]))
				consider(facts, mx->hosts[i].name, &mx->hosts[i].addresses[k],
				    ip->family, &choice);
}

static bool
holds(const struct session_sample *sample, const char *name, const struct ip *ip)
{
	for (size_t i = 0; i < sample->count; i++)
		if (strcmp(sample->at[i].name, name) == 0 && ip_equal(&sample->at[i].ip, ip))
			return true;
	return false;
}

static void
find_at_address(
    struct facts *facts, const struct mx_host *host, const struct ip *ip, struct stand_in *out)
{
	const struct session_sample *sample;
	char key[KEY_SIZE], text[IP_TEXT_MAX];

	snprintf(key, sizeof key, "address %s", ip_format(ip, text));
	sample = run_sample(facts->run, key);
	if (sample == NULL || holds(sample, host->name, ip) || run_is_own(facts->run, host->name))
		return;
	out->wanted = true;
	out->basis = BASIS_INHERITED;
	choose_of_sample(facts, sample, ip, out);
}

static void
find_of_provider(struct facts *facts, const struct mx_result *mx, const struct mx_host *host,
    const struct provider *provider, const struct ip *ip, struct stand_in *out)
{
	const struct session_sample *sample;
	char key[KEY_SIZE];

	snprintf(key, sizeof key, "provider %s", provider->name);
	sample = run_sample(facts->run, key);
	out->basis = BASIS_PROVIDER_SAMPLE;
	if (provider->probe == PROVIDER_PROBE_SAMPLE && sample != NULL)
		out->wanted = !holds(sample, host->name, ip);
	else
		out->wanted = provider->probe == PROVIDER_PROBE_NONE ||
		    stand_in_is_later(facts->run, mx, host);
	if (!out->wanted || !all_are_of(facts->run, mx, provider))
		return;
	if (provider->probe == PROVIDER_PROBE_SAMPLE)
		choose_of_sample(facts, sample, ip, out);
	else if (provider->probe == PROVIDER_PROBE_FIRST)
		choose_of_first(facts, mx, ip, out);
}

void
stand_in_find(struct facts *facts, const struct mx_result *mx, const struct mx_host *host,
    const struct ip *ip, struct stand_in *out)
{
	const struct provider *provider = provider_of(facts->run, host->name);

	*out = (struct stand_in){ .basis = BASIS_OBSERVED };
	if (provider != NULL && provider->probe != PROVIDER_PROBE_EACH &&
	    !run_is_own(facts->run, host->name))
		find_of_provider(facts, mx, host, provider, ip, out);
	else
		find_at_address(facts, host, ip, out);
}
