/* Area mta_sts: whether the MX hosts are what the policy promises (RFC 8461 4.1, 4.2). */
#include "base/arena.h"
#include "score/mta_sts_judges.h"
#include "score/refusal.h"

/* In mode none a policy asks nothing of anybody. */
static bool
asks_nothing(const struct judged *j, struct finding *out)
{
	if (mta_sts_has_no_policy(j, out))
		return true;
	*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return j->e->mta_sts.policy.mode == MTA_STS_NONE;
}

/* A broken promise: mail is refused in mode enforce, and reported in mode testing. */
static struct finding
broken(const struct judged *j, const char *value)
{
	return j->e->mta_sts.policy.mode == MTA_STS_ENFORCE ? finding_fail(value)
							    : finding_warn(value);
}

struct finding
mta_sts_judge_mx_match(const struct judged *j)
{
	struct finding finding;

	if (asks_nothing(j, &finding))
		return finding;
	if (mta_sts_policy_covers(&j->e->mta_sts.policy, j->host->name))
		return finding_pass(NULL);
	return broken(j,
	    arena_printf(j->arena, "no pattern covers %s, in mode %s", j->host->name,
		mta_sts_mode_text(j->e->mta_sts.policy.mode)));
}

struct finding
mta_sts_judge_unused_pattern(const struct judged *j)
{
	const struct mta_sts_policy *policy = &j->e->mta_sts.policy;
	const char *unused = "";
	struct finding finding;

	if (asks_nothing(j, &finding))
		return finding;
	for (size_t i = 0; i < policy->pattern_count; i++) {
		bool used = false;

		for (size_t k = 0; k < j->e->mx.host_count; k++)
			used = used ||
			    mta_sts_pattern_covers(policy->patterns[i], j->e->mx.hosts[k].name);
		if (!used)
			unused = arena_printf(j->arena, "%s%s%s", unused,
			    *unused == '\0' ? "" : " ", policy->patterns[i]);
	}
	return *unused == '\0' ? finding_pass(NULL) : finding_info(unused);
}

/* ---- mta_sts.mx-certificate */

/*
 * Was there TLS? What the checks of the session say holds here as well, a second look included;
 * where they were not tested, for the session's own reason.
 */
static bool
has_no_tls(const struct judged *j, struct finding *out)
{
	static const struct {
		const char *id, *problem;
	} steps[] = {
		{ "smtp.starttls", "STARTTLS is not offered" },
		{ "tls.handshake", "the TLS handshake fails" },
	};

	if (area_smtp.gate(j, out))
		return true;
	if (j->address->looks.better->secure)
		return false;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		*out = check_find(steps[i].id)->judge(j);
		if (out->outcome == OUTCOME_PASS)
			continue;
		if (out->outcome == OUTCOME_FAIL)
			*out = broken(j, steps[i].problem);
		else if (out->reason == REASON_PREREQUISITE)
			*out = finding_untested(
			    refusal_of_session(j->address->looks.better, j->e->run));
		return true;
	}
	*out = finding_untested(refusal_of_session(j->address->looks.better, j->e->run));
	return true;
}

/* What senders that hold to the policy would object to; NULL when nothing. */
static const char *
objection(const struct judged *j, const struct cert_verdict *chain)
{
	int64_t now = j->e->run->now;

	if (!chain->readable)
		return "a certificate that cannot be read";
	if (chain->trust != CERT_TRUSTED)
		return arena_printf(
		    j->arena, "the certificate is not trusted: %s", cert_trust_text(chain->trust));
	if (chain->name != CERT_NAME_MATCHES)
		return arena_printf(j->arena, "the certificate does not name %s", j->host->name);
	if (chain->leaf.not_after < now)
		return "the certificate has expired";
	return chain->leaf.not_before > now ? "the certificate is not valid yet" : NULL;
}

struct finding
mta_sts_judge_mx_certificate(const struct judged *j)
{
	const struct cert_verdict *chain;
	struct finding finding;
	const char *problem;

	if (asks_nothing(j, &finding))
		return finding;
	if (!mta_sts_policy_covers(&j->e->mta_sts.policy, j->host->name))
		return finding_after("mta_sts.mx-match"); /* see mx-match */
	if (judged_is_stood_for(j, &finding) || has_no_tls(j, &finding))
		return finding;
	if (j->address->looks.better->chain_length == 0)
		return broken(j, "no certificate");
	chain = j->address->tls.chain;
	if (chain == NULL)
		return finding_untested(REASON_NOT_RECORDED);
	if (chain->readable && chain->trust == CERT_UNTRUSTED)
		return finding_untested(REASON_NO_TRUST_STORE);
	problem = objection(j, chain);
	return problem == NULL ? finding_pass(NULL) : broken(j, problem);
}
