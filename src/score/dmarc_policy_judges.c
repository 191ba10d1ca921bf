/* What is said of a DMARC policy, and of mail that must satisfy it. */
#include "score/dmarc_judges.h"

#include "base/arena.h"

#include <string.h>
#include <strings.h>

enum { SPF_LOOKUPS_ALLOWED = 10 }; /* RFC 7208 4.6.4 */

/* The first policy tag that is missing or bad, as text; NULL when all is well. */
static const char *
policy_problem(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	const struct tag *p = tag_list_find_any_case(&record->tags, "p");
	const struct tag *bad = record->p == DMARC_NO_POLICY ? p
	    : record->bad_sp != NULL                         ? record->bad_sp
							     : record->bad_np;

	if (p == NULL)
		return "p= is missing";
	return bad == NULL ? NULL
			   : arena_printf(j->arena, "%s=%.40s is no policy", bad->name, bad->value);
}

struct finding
dmarc_judge_policy_valid(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	struct finding settled;
	const char *problem;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	problem = policy_problem(j);
	if (problem == NULL)
		return finding_pass(dmarc_located(j, dmarc_policy_text(record->p)));
	problem = dmarc_located(j, problem);
	return record->rua.valid > 0 ? finding_warn(problem) : finding_fail(problem);
}

/* A record without a policy is no DMARC at all: another check has told. */
static bool
has_no_policy(const struct judged *j, struct finding *out)
{
	if (dmarc_has_no_record(j, out))
		return true;
	*out = finding_after("dmarc.policy-valid");
	return j->e->dmarc.stated[DMARC_THE_NAME] == DMARC_NO_POLICY;
}

struct finding
dmarc_judge_policy_strength(const struct judged *j)
{
	enum dmarc_policy policy = j->e->dmarc.effective[DMARC_THE_NAME];
	struct finding settled;
	const char *text;

	if (has_no_policy(j, &settled))
		return settled;
	text = dmarc_located(j, dmarc_policy_text(policy));
	return dmarc_policy_enforced(policy) ? finding_pass(text) : finding_warn(text);
}

/* ---- names below the domain */

/* sp= and np= of a record that is not that of the organizational domain are never read. */
static struct finding
judge_idle_tags(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;

	if (record->sp == DMARC_NO_POLICY && record->np == DMARC_NO_POLICY)
		return finding_pass(NULL);
	if (!dmarc_below_known(&j->e->dmarc))
		return finding_of_dns(j->e->dmarc.walk.transient);
	return finding_info(
	    arena_printf(j->arena, "sp= and np= have no effect: the organizational domain is %s",
		j->e->dmarc.walk.organizational));
}

static bool
holds_below(const struct dmarc_result *dmarc)
{
	return dmarc->location != DMARC_OWN ||
	    (dmarc_below_known(dmarc) &&
		strcmp(dmarc->walk.organizational, dmarc->applying->name) == 0);
}

static const char *
comparison(const struct judged *j, const char *name, enum dmarc_policy policy)
{
	return dmarc_located(j,
	    arena_printf(j->arena, "%s is %s, while p=%s", name, dmarc_policy_text(policy),
		dmarc_policy_text(j->e->dmarc.record.p)));
}

struct finding
dmarc_judge_subdomain_policy(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	enum dmarc_policy sp = dmarc_record_policy(record, DMARC_SUBDOMAINS);
	enum dmarc_policy np = dmarc_record_policy(record, DMARC_NONEXISTENT);
	struct finding settled;

	if (has_no_policy(j, &settled))
		return settled;
	if (!dmarc_record_policies_valid(record))
		return finding_pass(NULL); /* all is none */
	if (!holds_below(&j->e->dmarc))
		return judge_idle_tags(j);
	if (dmarc_policy_enforced(record->p) && sp == DMARC_POLICY_NONE)
		return finding_warn(comparison(j, "the policy of subdomains", sp));
	if (dmarc_policy_enforced(record->p) && np == DMARC_POLICY_NONE)
		return finding_warn(comparison(j, "the policy of names that do not exist", np));
	if (sp < record->p)
		return finding_info(comparison(j, "the policy of subdomains", sp));
	return np < record->p
	    ? finding_info(comparison(j, "the policy of names that do not exist", np))
	    : finding_pass(NULL);
}

static bool
states_enforcement(const struct dmarc_record *record)
{
	for (int name = 0; name < DMARC_NAME_COUNT; name++)
		if (dmarc_policy_enforced(dmarc_record_policy(record, (enum dmarc_name)name)))
			return true;
	return false;
}

struct finding
dmarc_judge_test_mode(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	const struct tag *test = tag_list_find_any_case(&record->tags, "t");
	struct finding settled;

	if (has_no_policy(j, &settled))
		return settled;
	if (test == NULL || strcasecmp(test->value, "n") == 0)
		return finding_pass(NULL);
	if (!record->testing)
		return finding_info(
		    dmarc_located(j, arena_printf(j->arena, "t=%.60s is ignored", test->value)));
	return states_enforcement(record) ? finding_warn(dmarc_located(j, "t=y"))
					  : finding_pass(NULL);
}

/* ---- receivers that go by a suffix list */

static const char *
found_text(const struct judged *j, const char *location, enum dmarc_policy policy)
{
	const char *word = dmarc_policy_text(policy);

	if (location == NULL)
		return "no record";
	return arena_printf(
	    j->arena, "%s by _dmarc.%s", word == NULL ? "no policy" : word, location);
}

struct finding
dmarc_judge_discovery_agrees(const struct judged *j)
{
	const struct dmarc_result *dmarc = &j->e->dmarc;
	const struct dmarc_older *older = &dmarc->older;
	enum dmarc_policy policy = dmarc->stated[DMARC_THE_NAME];
	struct finding settled;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	if (older->organizational == NULL)
		return finding_untested(REASON_NO_DATA_FILE);
	if (!dmarc_below_known(dmarc))
		return finding_of_dns(dmarc->walk.transient);
	if (older->unanswered != NULL)
		return finding_of_dns(older->unanswered);
	if (policy != older->policy)
		return finding_warn(arena_printf(j->arena, "the walk finds %s, older receivers %s",
		    found_text(j, dmarc->applying->name, policy),
		    found_text(j, older->location, older->policy)));
	return strcmp(dmarc->walk.organizational, older->organizational) == 0
	    ? finding_pass(older->organizational)
	    : finding_info(
		  arena_printf(j->arena, "the organizational domain is %s, to older receivers %s",
		      dmarc->walk.organizational, older->organizational));
}

/* ---- mail that must pass */

enum signing {
	SIGNING_UNKNOWN,
	SIGNING_USABLE, /* a usable key is published */
	SIGNING_ABSENT, /* no key can exist */
};

static enum signing
signing_of(const struct evaluation *e)
{
	if (e->dkim.usable > 0)
		return SIGNING_USABLE;
	return e->dkim.node != NULL && e->dkim.node->status == DNS_NXDOMAIN ? SIGNING_ABSENT
									    : SIGNING_UNKNOWN;
}

/* One readable record that can let mail of the domain pass. */
static bool
spf_is_valid(const struct spf_result *spf)
{
	return spf->records == 1 && spf->record.error == SPF_NO_ERROR && !spf_denies_all(spf) &&
	    spf_tree_lookups(&spf->tree) <= SPF_LOOKUPS_ALLOWED;
}

static struct finding
judge_spf_alone(const struct judged *j, enum dmarc_policy policy)
{
	const struct spf_result *spf = &j->e->spf;

	if (policy == DMARC_REJECT)
		return finding_fail("no DKIM key, and the policy is reject");
	if (!dns_is_answer(spf->answer))
		return finding_of_dns(spf->answer);
	return spf_is_valid(spf) ? finding_warn("SPF alone: what is forwarded goes to quarantine")
				 : finding_fail("neither a DKIM key nor valid SPF");
}

struct finding
dmarc_judge_satisfiable(const struct judged *j)
{
	const struct evaluation *e = j->e;
	enum dmarc_policy policy = e->dmarc.effective[DMARC_THE_NAME];
	struct finding settled;

	if (e->sends_unknown != NULL)
		return finding_of_dns(e->sends_unknown);
	if (!role_sends(e->role))
		return finding_not_applicable(CAUSE_ROLE);
	if (has_no_policy(j, &settled))
		return settled;
	if (!dmarc_policy_enforced(policy))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	switch (signing_of(e)) {
	case SIGNING_ABSENT:
		return judge_spf_alone(j, policy);
	case SIGNING_UNKNOWN:
		return e->dkim.left_out != NULL ? finding_of_dns(e->dkim.left_out)
						: finding_untested(REASON_NO_SELECTOR_KNOWN);
	case SIGNING_USABLE:
		break;
	}
	if (!dns_is_answer(e->spf.answer))
		return finding_of_dns(e->spf.answer);
	return spf_is_valid(&e->spf) ? finding_pass(NULL) : finding_warn("DKIM alone");
}

struct finding
dmarc_judge_parked(const struct judged *j)
{
	static const char *const names[] = {
		[DMARC_THE_NAME] = "the domain",
		[DMARC_SUBDOMAINS] = "its subdomains",
		[DMARC_NONEXISTENT] = "names that do not exist",
	};
	const struct evaluation *e = j->e;
	struct finding settled;

	if (e->role != ROLE_PARKED && e->sends_unknown != NULL)
		return finding_of_dns(e->sends_unknown);
	if (e->role != ROLE_PARKED)
		return finding_not_applicable(CAUSE_ROLE);
	if (has_no_policy(j, &settled))
		return settled;
	for (int name = 0; name < DMARC_NAME_COUNT; name++) {
		enum dmarc_policy policy = e->dmarc.effective[name];

		if (name != DMARC_THE_NAME && !dmarc_below_known(&e->dmarc))
			return finding_of_dns(e->dmarc.walk.transient);
		if (policy != DMARC_REJECT)
			return finding_warn(dmarc_located(j,
			    arena_printf(j->arena, "%s for %s",
				policy == DMARC_NO_POLICY ? "no policy" : dmarc_policy_text(policy),
				names[name])));
	}
	return finding_pass(NULL);
}
