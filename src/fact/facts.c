/* The face that rules see, over whichever source is behind it. */
#include "fact/facts.h"

#include <stdio.h>
#include <string.h>

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
	    !run_own_name_forbids(facts->run, ip->family))
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
	if (facts->unknown == 0 && facts->run->policies && facts->source->share_policy != NULL)
		facts->source->share_policy(facts, host, ips, count);
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
