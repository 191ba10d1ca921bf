/* Judges of area dkim: what is true of the domain. */
#include "base/arena.h"
#include "score/dkim_judges.h"

enum reason
dkim_reason_for_none(const struct dkim_result *dkim)
{
	if (dkim->left_out != NULL)
		return finding_of_dns(dkim->left_out).reason;
	return dkim->missed > 0 || dkim->node_is_wildcard ? REASON_WILDCARD_ANSWER
							  : REASON_NO_SELECTOR_KNOWN;
}

/* ---- dkim.selectors */

/* What is wrong with a selector of the row; NULL when nothing is, or nothing can be said. */
static const char *
problem_of(const struct dkim_key *key)
{
	if (key->wildcard)
		return NULL;
	if (dns_is_negative(key->answer))
		return "no record";
	return key->text == NULL ? NULL : dkim_record_unusable(&key->record);
}

static const char *
usable_selectors(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;
	const char *list = "";

	for (size_t i = 0; i < dkim->count; i++)
		if (dkim_key_is_usable(&dkim->keys[i]))
			list = arena_printf(j->arena, "%s%s%s", list, *list == '\0' ? "" : " ",
			    dkim->keys[i].selector);
	return list;
}

static struct finding
judge_without_key(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;

	if (dkim->count > 0 && dkim->left_out == NULL)
		return finding_untested_value(REASON_NO_SELECTOR_KNOWN,
		    arena_printf(j->arena, "%s has no usable key", dkim->keys[0].selector));
	if (dkim->no_node)
		return finding_warn("_domainkey does not exist: there is no key");
	return finding_untested(dkim_reason_for_none(dkim));
}

struct finding
dkim_judge_selectors(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;

	for (size_t i = 0; i < dkim->named; i++) {
		const char *problem = problem_of(&dkim->keys[i]);

		if (problem != NULL)
			return finding_fail(
			    arena_printf(j->arena, "%s: %s", dkim->keys[i].selector, problem));
	}
	for (size_t i = 0; i < dkim->named; i++) {
		if (!dns_is_answer(dkim->keys[i].answer))
			return finding_of_dns(dkim->keys[i].answer);
		if (dkim->keys[i].wildcard)
			return finding_untested(REASON_WILDCARD_ANSWER);
	}
	return dkim->usable > 0 ? finding_pass(usable_selectors(j)) : judge_without_key(j);
}

/* ---- dkim.node, dkim.parked */

struct finding
dkim_judge_node(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;

	if (dkim->node != NULL && !dns_is_answer(dkim->node))
		return finding_of_dns(dkim->node);
	if (dkim->node_is_wildcard)
		return finding_info("answered by a wildcard");
	return finding_info(dkim->no_node ? "does not exist" : "exists");
}

struct finding
dkim_judge_parked(const struct judged *j)
{
	const struct dns_answer *random = j->e->dkim.random;

	if (random == NULL)
		return finding_info(NULL);
	if (!dns_is_answer(random))
		return finding_of_dns(random);
	return wildcard_revokes(random, j->arena) ? finding_pass(NULL) : finding_info(NULL);
}
