/* From (address, MX name) to budgets. */
#include "fact/session_budgets.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/map.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "net/limiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_MAX = 320,
	DEFAULT_AT_ONCE = 2,  /* sessions at once for the hosts of one registrable domain */
	FAMILY_GAP_MS = 5000, /* between a session by IPv4 and one by IPv6 with the same host */
	SITE_PREFIX_IPV4 = 3, /* octets of the network that makes a site: /24 */
	SITE_PREFIX_IPV6 = 6, /* /48 */
};

/* What the table says of an address, learned from the hosts that were seen there. */
struct tenancy {
	struct ip ip;
	const struct provider *provider;
};

struct session_budgets {
	struct limiter *limiter;
	const struct providers *providers;
	const struct suffix_list *suffixes;
	unsigned sessions_max;
	const struct ip *sources;
	size_t source_count;
	uint64_t seed[2];
	struct map tenancies;
};

struct session_budgets *
session_budgets_new(struct limiter *limiter, const struct providers *providers,
    const struct suffix_list *suffixes, unsigned sessions_max)
{
	struct session_budgets *budgets = alloc_zeroed(1, sizeof *budgets);

	budgets->limiter = limiter;
	budgets->providers = providers;
	budgets->suffixes = suffixes;
	budgets->sessions_max = sessions_max;
	map_init(&budgets->tenancies);
	return budgets;
}

void
session_budgets_free(struct session_budgets *budgets)
{
	struct tenancy *tenancy;
	size_t cursor = 0;

	if (budgets == NULL)
		return;
	while ((tenancy = map_next(&budgets->tenancies, &cursor)) != NULL)
		free(tenancy);
	map_free(&budgets->tenancies);
	free(budgets);
}

/* ---- our own addresses */

void
session_budgets_speak_from(
    struct session_budgets *budgets, const struct ip *sources, size_t count, const uint64_t seed[2])
{
	budgets->sources = sources;
	budgets->source_count = count;
	memcpy(budgets->seed, seed, sizeof budgets->seed);
}

static size_t
count_sources(const struct session_budgets *budgets, unsigned family)
{
	size_t count = 0;

	for (size_t i = 0; i < budgets->source_count; i++)
		count += budgets->sources[i].family == family;
	return count;
}

struct ip
session_budgets_source(
    const struct session_budgets *budgets, const struct ip *ip, const char *mx_name)
{
	size_t count = count_sources(budgets, ip->family);
	char key[KEY_MAX], text[IP_TEXT_MAX];
	uint64_t turn;

	if (count == 0)
		return (struct ip){ 0 };
	snprintf(key, sizeof key, "%s %s", ip_format(ip, text), mx_name);
	turn = hash_keyed(budgets->seed[0], budgets->seed[1], key, strlen(key)) % count;
	for (size_t i = 0;; i++)
		if (budgets->sources[i].family == ip->family && turn-- == 0)
			return budgets->sources[i];
}

/* Makes the key that of our address, where there are several. */
static void
add_source(const struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    char key[KEY_MAX])
{
	struct ip source = session_budgets_source(budgets, ip, mx_name);
	char text[IP_TEXT_MAX];
	size_t used = strlen(key);

	if (count_sources(budgets, ip->family) > 1)
		snprintf(key + used, KEY_MAX - used, " from %s", ip_format(&source, text));
}

/* ---- theirs */

/* The provider of the host by its name, else the one whose hosts were seen at the address. */
static const struct provider *
provider_at(struct session_budgets *budgets, const struct ip *ip, const char *mx_name)
{
	const struct provider *provider = providers_match(budgets->providers, mx_name);
	struct tenancy *tenancy = map_get(&budgets->tenancies, ip, sizeof *ip);

	if (provider == NULL)
		return tenancy == NULL ? NULL : tenancy->provider;
	if (tenancy == NULL) {
		tenancy = alloc_zeroed(1, sizeof *tenancy);
		tenancy->ip = *ip;
		tenancy->provider = provider;
		map_put(&budgets->tenancies, &tenancy->ip, sizeof tenancy->ip, tenancy);
	}
	return provider;
}

const struct provider *
session_budgets_row(struct session_budgets *budgets, const struct ip *ip, const char *mx_name)
{
	return provider_at(budgets, ip, mx_name);
}

void
session_budgets_learn(struct session_budgets *budgets, const struct ip *ip, const char *host)
{
	provider_at(budgets, ip, host);
}

static void
draw_on(struct session_budgets *budgets, struct limiter_ticket *ticket, const char *key,
    struct limiter_caps caps)
{
	ticket->budgets[ticket->count++] = limiter_budget(budgets->limiter, key, caps);
}

static void
site_key(const struct ip *ip, const char *provider, char key[KEY_MAX])
{
	struct ip network = *ip;
	size_t kept = ip->family == 4 ? SITE_PREFIX_IPV4 : SITE_PREFIX_IPV6;
	char text[IP_TEXT_MAX];

	memset(network.octets + kept, 0, sizeof network.octets - kept);
	snprintf(key, KEY_MAX, "site %s %s", provider, ip_format(&network, text));
}

static void
registrable_of(
    const struct session_budgets *budgets, const char *mx_name, char out[SUFFIX_NAME_SIZE])
{
	if (!suffix_list_registrable(budgets->suffixes, mx_name, out))
		snprintf(out, SUFFIX_NAME_SIZE, "%s", mx_name);
}

static void
registrable_key(const struct session_budgets *budgets, const char *mx_name, char key[KEY_MAX])
{
	char registrable[SUFFIX_NAME_SIZE];

	registrable_of(budgets, mx_name, registrable);
	snprintf(key, KEY_MAX, "domain %s", registrable);
}

/* The budget of the group that the provider's row names; false for groups that are one address. */
static bool
group_key(
    const struct provider *provider, const struct ip *ip, const char *mx_name, char key[KEY_MAX])
{
	switch (provider->group) {
	case PROVIDER_GROUP_PROVIDER:
		snprintf(key, KEY_MAX, "provider %s", provider->name);
		return true;
	case PROVIDER_GROUP_SITE:
		site_key(ip, provider->name, key);
		return true;
	case PROVIDER_GROUP_HOST:
		snprintf(key, KEY_MAX, "group %s", mx_name);
		return true;
	case PROVIDER_GROUP_IP:
		break;
	}
	return false;
}

/* A row whose group is the address caps each address; its rate holds for the domain of the MX. */
static void
draw_on_group(struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    struct limiter_ticket *ticket)
{
	const struct provider *provider = provider_at(budgets, ip, mx_name);
	struct limiter_caps address = { .at_once = 1 };
	struct limiter_caps group;
	char key[KEY_MAX], text[IP_TEXT_MAX];

	if (provider == NULL)
		provider = providers_find(budgets->providers, mx_name);
	group = (struct limiter_caps){ .at_once = provider->max_conn,
		.per_minute = provider->per_min,
		.gap_ms = provider->min_gap_ms };
	if (!group_key(provider, ip, mx_name, key)) {
		registrable_key(budgets, mx_name, key);
		address.at_once = provider->max_conn;
		group.at_once = DEFAULT_AT_ONCE;
	}
	add_source(budgets, ip, mx_name, key);
	draw_on(budgets, ticket, key, group);
	snprintf(key, sizeof key, "address %s", ip_format(ip, text));
	add_source(budgets, ip, mx_name, key);
	draw_on(budgets, ticket, key, address);
}

static uint64_t
digest_of(
    const struct provider *provider, const struct session_budgets *budgets, const char *mx_name)
{
	char key[KEY_MAX];

	if (provider != NULL)
		snprintf(key, sizeof key, "provider %s", provider->name);
	else
		registrable_key(budgets, mx_name, key);
	return hash_keyed(0, 0, key, strlen(key));
}

uint64_t
session_budgets_provider(struct session_budgets *budgets, const struct ip *ip, const char *mx_name)
{
	return digest_of(provider_at(budgets, ip, mx_name), budgets, mx_name);
}

void
session_budgets_name(struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    char out[SESSION_BUDGETS_NAME_SIZE])
{
	const struct provider *provider = provider_at(budgets, ip, mx_name);

	_Static_assert((int)SESSION_BUDGETS_NAME_SIZE == (int)SUFFIX_NAME_SIZE, "it may be one");
	if (provider == NULL)
		registrable_of(budgets, mx_name, out);
	else
		snprintf(out, SESSION_BUDGETS_NAME_SIZE, "%s", provider->name);
}

uint64_t
session_budgets_provider_of(const struct session_budgets *budgets, const char *mx_name)
{
	return digest_of(providers_match(budgets->providers, mx_name), budgets, mx_name);
}

void
session_budgets_fill(struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    struct limiter_ticket *ticket)
{
	char key[KEY_MAX];

	ticket->count = 0;
	ticket->kind = ip->family;
	snprintf(key, sizeof key, "host %s", mx_name);
	draw_on(budgets, ticket, key, (struct limiter_caps){ .kind_gap_ms = FAMILY_GAP_MS });
	draw_on_group(budgets, ip, mx_name, ticket);
	ticket->turns = ticket->budgets[SESSION_BUDGET_GROUP];
	draw_on(budgets, ticket, "all", (struct limiter_caps){ .at_once = budgets->sessions_max });
}
