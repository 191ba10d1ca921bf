/* The face that rules see, over whichever source is behind it. */
#include "fact/facts.h"

#include "base/ip.h"
#include "names/provider.h"
#include "wire/dns_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POLICY_ADDRESSES_MAX = 64 };

static const struct dns_answer *
not_recorded(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	static const struct dns_answer answer = { .status = DNS_NOT_RECORDED };

	(void)facts;
	(void)name;
	(void)type;
	(void)confirmed;
	return &answer;
}

const struct facts_source facts_nothing = { .dns = not_recorded };

/* ---- who is contacted */

static bool
names_it(const char *entry, const char *name)
{
	return entry[0] == '.' ? dns_name_at_or_below(name, entry + 1) : strcmp(entry, name) == 0;
}

bool
run_no_touch(const struct run_facts *run, const char *name, const struct ip *ip)
{
	const struct no_touch *list = &run->no_touch;

	for (size_t i = 0; name != NULL && i < list->names.count; i++)
		if (names_it(list->names.at[i], name))
			return true;
	for (size_t i = 0; ip != NULL && i < list->network_count; i++)
		if (ip_in_network(ip, &list->networks[i]))
			return true;
	return false;
}

bool
run_is_own(const struct run_facts *run, const char *mx_name)
{
	for (size_t i = 0; i < run->visits.own.count; i++)
		if (dns_name_at_or_below(mx_name, run->visits.own.at[i]))
			return true;
	return false;
}

static int
compare_key(const void *key, const void *sample)
{
	return strcmp(key, ((const struct session_sample *)sample)->key);
}

const struct session_sample *
run_sample(const struct run_facts *run, const char *key)
{
	if (run->sample_count == 0)
		return NULL;
	return bsearch(key, run->samples, run->sample_count, sizeof *run->samples, compare_key);
}

/* Some providers are not connected to at all (their row's `probe` is none). */
static bool
may_be_contacted(const struct run_facts *run, const char *mx_name, const struct ip *ip)
{
	const struct provider *provider =
	    run->providers == NULL ? NULL : providers_match(run->providers, mx_name);

	return !run_no_touch(run, mx_name, ip) &&
	    (provider == NULL || provider->probe != PROVIDER_PROBE_NONE ||
		run_is_own(run, mx_name));
}

bool
run_opted_in(const struct run_facts *run, const char *id)
{
	for (size_t i = 0; i < run->visits.opt_in.count; i++)
		if (strcmp(run->visits.opt_in.at[i], id) == 0)
			return true;
	return false;
}

static const struct dns_answer *
ask(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	const struct dns_answer *answer = facts->source->dns(facts, name, type, confirmed);

	if (answer == NULL)
		facts->unknown++;
	return answer;
}

const struct dns_answer *
facts_dns(struct facts *facts, const char *name, enum dns_type type)
{
	return ask(facts, name, type, false);
}

const struct dns_answer *
facts_dns_confirmed(struct facts *facts, const char *name, enum dns_type type)
{
	return ask(facts, name, type, true);
}

const struct dns_answer *
facts_listed(struct facts *facts, const struct list_question *question, enum dns_type type)
{
	char name[LIST_NAME_SIZE];
	const struct dns_answer *answer;

	if (facts->source->listed == NULL && list_question_name(question, name))
		return ask(facts, name, type, false);
	answer = facts->source->listed == NULL ? not_recorded(facts, "", type, false)
					       : facts->source->listed(facts, question, type);
	if (answer == NULL)
		facts->unknown++;
	return answer;
}

bool
list_question_name(const struct list_question *question, char name[LIST_NAME_SIZE])
{
	int length = snprintf(name, LIST_NAME_SIZE, "%s.%s", question->label, question->list->zone);

	return length > 0 && length < LIST_NAME_SIZE;
}

const char *
list_fault_text(enum list_fault fault)
{
	static const char *const texts[LIST_FAULT_COUNT] = {
#define X(name, text) [name] = (text),
		LIST_FAULT_MAP(X)
#undef X
	};

	return texts[fault];
}

/* Times are whole seconds: a test of the same second may stand before it or behind. */
bool
list_answer_counts(const struct list_question *question, int64_t seen_at, int64_t run_began_at)
{
	const struct list_health *list = question->list;

	if (seen_at > 0 && seen_at < run_began_at)
		return true;
	for (size_t i = 0; i < list->test_count; i++) {
		if (list->tests[i].at < seen_at)
			continue;
		if ((list->tests[i].passed & question->kind) == 0)
			return false;
		if (list->tests[i].at > seen_at)
			return true;
	}
	return (list->passed_end & question->kind) != 0;
}

enum answer_security
answer_security_of(const struct run_facts *run, const struct dns_answer *answer)
{
	if (answer->resolvers == 0 || (answer->resolvers & ~run->validating_resolvers) != 0)
		return ANSWER_UNCHECKED;
	return answer->authentic ? ANSWER_SECURE : ANSWER_INSECURE;
}

const struct smtp_observation *
facts_session(struct facts *facts, enum session_look look, const struct ip *ip, const char *name)
{
	if (facts->source->session == NULL)
		return NULL;
	return facts->source->session(facts, look, ip, name);
}

bool
facts_certificate(struct facts *facts, struct cert_served *served)
{
	return facts->source->certificate != NULL && facts->source->certificate(facts, served);
}

const struct policy_fact *
facts_policy(struct facts *facts, const char *host)
{
	return facts->source->policy == NULL ? NULL : facts->source->policy(facts, host);
}

void
facts_share_address(struct facts *facts, const struct ip *ip)
{
	if (facts->unknown == 0)
		facts->source->share_address(facts, ip);
}

void
facts_share_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	if (facts->unknown == 0 && facts->run->sessions &&
	    !run_own_name_forbids(facts->run, ip->family) &&
	    may_be_contacted(facts->run, mx_name, ip))
		facts->source->share_session(facts, ip, mx_name);
}

void
facts_share_visit(struct facts *facts, const struct facts_visit *visit)
{
	if (facts->unknown == 0 && facts->run->sessions && facts->source->share_visit != NULL)
		facts->source->share_visit(facts, visit);
}

bool
facts_is_allowed(const struct facts *facts, const struct ip *ip)
{
	for (size_t i = 0; i < facts->run->allowed_count; i++)
		if (ip_in_network(ip, &facts->run->allowed[i]))
			return true;
	return false;
}

void
facts_share_name(struct facts *facts, const char *name)
{
	if (facts->unknown == 0 && facts->run->list_count > 0)
		facts->source->share_name(facts, name);
}

void
facts_share_policy(struct facts *facts, const char *host, const struct ip *ips, size_t count)
{
	struct ip kept[POLICY_ADDRESSES_MAX];
	size_t kept_count = 0;

	if (facts->unknown > 0 || !facts->run->policies || facts->source->share_policy == NULL ||
	    run_no_touch(facts->run, host, NULL))
		return;
	for (size_t i = 0; i < count && kept_count < POLICY_ADDRESSES_MAX; i++)
		if (!run_no_touch(facts->run, NULL, &ips[i]))
			kept[kept_count++] = ips[i];
	if (kept_count > 0)
		facts->source->share_policy(facts, host, kept, kept_count);
}

void
facts_share_tenant(struct facts *facts, const struct ip *ip, const char *host)
{
	if (facts->unknown == 0 && facts->source->share_tenant != NULL)
		facts->source->share_tenant(facts, ip, host);
}

const char *
facts_not_public(const struct facts *facts, const struct ip *ip)
{
	return facts_is_allowed(facts, ip) ? NULL : ip_special_purpose(ip);
}

bool
own_name_is_wrong(enum own_name_state state)
{
	return state >= OWN_NAME_NOT_FULL;
}

bool
run_own_name_forbids(const struct run_facts *run, unsigned family)
{
	for (size_t i = 0; i < run->own_count && !run->ehlo_unchecked; i++)
		if (run->own[i].ip.family == family && own_name_is_wrong(run->own[i].name))
			return true;
	return false;
}
