/* Area dkim: the key records under the row's selectors. */
#include "base/arena.h"
#include "score/check.h"

static bool
gate(const struct judged *j, struct finding *out)
{
	const struct evaluation *e = j->e;

	if (e->sends_unknown != NULL)
		*out = finding_of_dns(e->sends_unknown);
	else if (e->existence_unknown != NULL && e->dkim.usable == 0)
		*out = finding_of_dns(e->existence_unknown);
	else if (!role_sends(e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else
		return false;
	return true;
}

/* A selector of the row without a usable key; NULL when all are good. */
static const struct dkim_key *
bad_key(const struct dkim_result *dkim)
{
	for (size_t i = 0; i < dkim->count; i++) {
		const struct dkim_key *key = &dkim->keys[i];

		if (dns_is_negative(key->answer) ||
		    (key->text != NULL && (key->fault == DKIM_UNUSABLE || key->revoked)))
			return key;
	}
	return NULL;
}

static struct finding
judge_without_selectors(const struct dkim_result *dkim)
{
	if (dkim->node != NULL && dkim->node->status == DNS_NXDOMAIN)
		return finding_warn("_domainkey does not exist: there is no key");
	return finding_untested(REASON_NO_SELECTOR_KNOWN);
}

static struct finding
judge_selectors(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;
	const struct dkim_key *bad = bad_key(dkim);

	if (dkim->count == 0)
		return judge_without_selectors(dkim);
	if (bad != NULL)
		return finding_fail(arena_printf(j->arena, "%s: %s", bad->selector,
		    bad->text == NULL  ? "no record"
			: bad->revoked ? "revoked"
				       : bad->problem));
	for (size_t i = 0; i < dkim->count; i++)
		if (!dns_is_answer(dkim->keys[i].answer))
			return finding_of_dns(dkim->keys[i].answer);
	return finding_pass(arena_printf(j->arena, "%zu", dkim->usable));
}

static bool
key_settled(const struct judged *j, struct finding *out)
{
	const struct dns_answer *answer = j->key->answer;

	if (j->key->text != NULL)
		return false;
	*out = dns_is_answer(answer) ? finding_not_applicable(CAUSE_PREREQUISITE_FAILED)
				     : finding_of_dns(answer);
	return true;
}

static struct finding
judge_syntax(const struct judged *j)
{
	struct finding settled;

	if (key_settled(j, &settled))
		return settled;
	switch (j->key->fault) {
	case DKIM_UNUSABLE:
		return finding_fail(j->key->problem);
	case DKIM_UNTIDY:
		return finding_warn(j->key->problem);
	case DKIM_SOUND:
		break;
	}
	return finding_pass(NULL);
}

static struct finding
judge_single_record(const struct judged *j)
{
	struct finding settled;

	if (key_settled(j, &settled))
		return settled;
	return j->key->records == 1 ? finding_pass(NULL)
				    : finding_warn(arena_printf(j->arena, "%zu", j->key->records));
}

static const struct check checks[] = {
	{ .id = "dkim.selectors",
	    .class = CLASS_CRITICAL,
	    .point = POINT_DKIM,
	    .judge = judge_selectors,
	    .title = "A usable DKIM key is published",
	    .rule = "pass: each selector of the row has a usable key. fail: a selector of the row "
		    "has none. "
		    "warn: no selector given, and no key can exist. not_tested: no selector given",
	    .advice = "Sign mail for {d} and publish the key; name the selector in the column "
		      "`selectors`. {value}",
	    .ref = "RFC 6376 3.6.2.1; RFC 8020 2" },
	{ .id = "dkim.syntax",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_DKIM,
	    .judge = judge_syntax,
	    .title = "The key record is well-formed",
	    .rule = "pass: a valid tag list, v=DKIM1 first or absent, a p= that decodes. warn: "
		    "what verifiers "
		    "forgive. fail: otherwise",
	    .advice = "Publish the key of {subject} again: {value}",
	    .ref = "RFC 6376 3.2, 3.6.1" },
	{ .id = "dkim.single-record",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = judge_single_record,
	    .title = "One record at the selector",
	    .rule = "pass: one TXT. warn: several; which one is used is undefined",
	    .advice = "Leave one TXT at {subject}._domainkey.{d}",
	    .ref = "RFC 6376 3.6.2.2" },
};

const struct check_area area_dkim = { "dkim", checks, sizeof checks / sizeof checks[0], gate };
