/* Asking block lists. What their answers mean is for the judges, who have the table of codes. */
#include "rule/lists.h"

#include "base/arena.h"
#include "names/block_list.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "rule/mx.h"

#include <string.h>

const char *
lists_ip_label(const struct ip *ip, struct arena *arena)
{
	char reverse[IP_REVERSE_MAX];
	const char *suffix;

	ip_reverse_name(ip, reverse);
	suffix = strstr(reverse, ip->family == 4 ? ".in-addr" : ".ip6");
	return arena_string_n(arena, reverse, (size_t)(suffix - reverse));
}

const char *
lists_name_of(const struct facts *facts, const char *domain, struct arena *arena)
{
	char registrable[SUFFIX_NAME_SIZE];

	if (!suffix_list_registrable(facts->run->suffixes, domain, registrable))
		return domain;
	return arena_string(arena, registrable);
}

static void
evaluate(struct facts *facts, const char *label, unsigned kind, struct arena *arena,
    struct list_words *out)
{
	const struct run_facts *run = facts->run;

	out->count = 0;
	out->at = arena_zeroed(arena, run->list_count, sizeof *out->at);
	for (size_t i = 0; i < run->list_count; i++) {
		const struct list_health *list = &run->lists[i];
		struct list_word *word = &out->at[out->count];
		const struct list_question question = { list, kind, label };

		if ((list->tested & kind) == 0)
			continue;
		out->count++;
		word->list = list;
		word->kind = kind;
		if ((list->passed_start & kind) == 0)
			continue;
		word->answer = facts_listed(facts, &question, DNS_A);
		if (word->answer != NULL && word->answer->status == DNS_DATA)
			word->text = facts_listed(facts, &question, DNS_TXT);
	}
}

void
lists_evaluate_ip(
    struct facts *facts, const struct ip *ip, struct arena *arena, struct list_words *out)
{
	evaluate(facts, lists_ip_label(ip, arena), block_list_kind_of(ip), arena, out);
}

void
lists_evaluate_name(
    struct facts *facts, const char *name, struct arena *arena, struct list_words *out)
{
	evaluate(facts, name, BLOCK_LIST_DOMAIN, arena, out);
}

static bool
is_found(const struct listed_hosts *hosts, const char *name)
{
	for (size_t i = 0; i < hosts->count; i++)
		if (strcmp(hosts->at[i].name, name) == 0)
			return true;
	return false;
}

void
lists_find_hosts(
    struct facts *facts, const struct mx_result *mx, struct arena *arena, struct listed_hosts *out)
{
	const struct providers *providers = facts->run->providers;

	out->count = 0;
	out->at = arena_zeroed(arena, mx->host_count, sizeof *out->at);
	for (size_t i = 0; i < mx->host_count; i++) {
		const struct mx_host *host = &mx->hosts[i];
		const char *name = lists_name_of(facts, host->name, arena);

		if (providers != NULL && providers_match(providers, host->name) != NULL)
			continue;
		if (!is_found(out, name))
			out->at[out->count++] = (struct listed_host){ .name = name, .host = host };
	}
}

void
lists_evaluate_hosts(struct facts *facts, struct arena *arena, struct listed_hosts *hosts)
{
	for (size_t i = 0; i < hosts->count; i++)
		lists_evaluate_name(facts, hosts->at[i].name, arena, &hosts->at[i].lists);
}
