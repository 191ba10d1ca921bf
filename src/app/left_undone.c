/* What a deadline left undone, said once. */
#include "app/left_undone.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/map.h"
#include "fact/graph.h"
#include "fact/session_budgets.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_MOST = 5 }; /* providers in the line */

struct collecting {
	struct session_budgets *budgets;
	struct arena arena;
	struct map hosts, providers; /* by name */
	struct left_undone left;
};

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void
add_part(struct strbuf *out, uint64_t count, const char *what, const char *became)
{
	if (count == 0)
		return;
	strbuf_printf(out, "%s%" PRIu64 " %s%s %s", out->length > 0 ? "; " : "", count, what,
	    plural(count), became);
}

/* Behind a colon: those with the most hosts, then how many others there are. */
static void
add_providers(const struct left_undone *left, struct strbuf *out)
{
	uint64_t named = 0;

	for (size_t i = 0; i < left->provider_count && i < NAMED_MOST; i++) {
		strbuf_printf(out, "%s%s %" PRIu64, i == 0 ? " (hosts: " : ", ",
		    left->providers[i].name, left->providers[i].hosts);
		named += left->providers[i].hosts;
	}
	if (left->provider_count > NAMED_MOST)
		strbuf_printf(out, ", %zu other%s %" PRIu64, left->provider_count - NAMED_MOST,
		    plural(left->provider_count - NAMED_MOST), left->hosts - named);
	strbuf_printf(out, ")");
}

void
left_undone_text(const struct left_undone *left, struct strbuf *out)
{
	add_part(out, left->domains, "domain", "not asked about in full");
	if (left->sessions > 0) {
		add_part(out, left->sessions, "session", "at ");
		strbuf_printf(out, "%" PRIu64 " host%s of %zu provider%s not had", left->hosts,
		    plural(left->hosts), left->provider_count, plural(left->provider_count));
		add_providers(left, out);
	}
	add_part(out, left->second_looks, "second look", "not taken");
}

static struct left_undone_provider *
find_provider(struct collecting *c, const struct session_left *left)
{
	char name[SESSION_BUDGETS_NAME_SIZE];
	struct left_undone_provider *provider;

	session_budgets_name(c->budgets, left->ip, left->mx_name, name);
	provider = map_get_string(&c->providers, name);
	if (provider != NULL)
		return provider;
	provider = arena_zeroed(&c->arena, 1, sizeof *provider);
	provider->name = arena_string(&c->arena, name);
	map_put_string(&c->providers, provider->name, provider);
	return provider;
}

static void
on_left(void *user, const struct session_left *left)
{
	struct collecting *c = user;
	struct left_undone_provider *provider = find_provider(c, left);

	provider->sessions++;
	c->left.sessions++;
	if (map_get_string(&c->hosts, left->mx_name) != NULL)
		return;
	map_put_string(&c->hosts, arena_string(&c->arena, left->mx_name), provider);
	provider->hosts++;
	c->left.hosts++;
}

static int
by_hosts(const void *a, const void *b)
{
	const struct left_undone_provider *one = a, *other = b;

	if (one->hosts != other->hosts)
		return one->hosts > other->hosts ? -1 : 1;
	return strcmp(one->name, other->name);
}

static void
sort_providers(struct collecting *c)
{
	struct left_undone_provider *sorted =
	    arena_zeroed(&c->arena, c->providers.count + 1, sizeof *sorted);
	const struct left_undone_provider *provider;
	size_t cursor = 0;

	while ((provider = map_next(&c->providers, &cursor)) != NULL)
		sorted[c->left.provider_count++] = *provider;
	qsort(sorted, c->left.provider_count, sizeof *sorted, by_hosts);
	c->left.providers = sorted;
}

void
left_undone_say(struct graph *graph, struct session_budgets *budgets, uint64_t domains)
{
	struct collecting c = { .budgets = budgets };
	struct strbuf text = { 0 };

	map_init(&c.hosts);
	map_init(&c.providers);
	sessions_each_left(graph_sessions(graph), on_left, &c);
	sort_providers(&c);
	c.left.domains = domains;
	c.left.second_looks = graph_counts(graph).second_looks;
	left_undone_text(&c.left, &text);
	if (text.length > 0)
		log_warn("the deadline came first: %s", text.at);
	strbuf_free(&text);
	map_free(&c.hosts);
	map_free(&c.providers);
	arena_free(&c.arena);
}
