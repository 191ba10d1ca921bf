/* Area mta_sts: the record of the policy. The policy itself is not fetched. */
#include "base/arena.h"
#include "score/check.h"

static bool
gate(const struct judged *j, struct finding *out)
{
	if (j->e->receives_unknown != NULL)
		*out = finding_of_dns(j->e->receives_unknown);
	else if (!role_receives(j->e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else
		return false;
	return true;
}

static struct finding
judge_present(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;

	if (!dns_is_answer(mta_sts->txt))
		return finding_of_dns(mta_sts->txt);
	return mta_sts->records > 0 ? finding_pass(NULL) : finding_info(NULL);
}

static struct finding
judge_record(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;

	if (!dns_is_answer(mta_sts->txt))
		return finding_of_dns(mta_sts->txt);
	if (mta_sts->records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (mta_sts->records > 1)
		return finding_fail(arena_printf(j->arena, "%zu records", mta_sts->records));
	if (mta_sts->problem != NULL)
		return finding_fail(mta_sts->problem);
	return mta_sts->extensions > 0 ? finding_info(arena_printf(j->arena,
					     "id %s, beside fields that are ignored", mta_sts->id))
				       : finding_pass(arena_printf(j->arena, "id %s", mta_sts->id));
}

/* A policy host without a record: nobody comes to fetch its policy. */
static struct finding
judge_txt_missing(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;
	const struct dns_answer *host = mta_sts_host_answer(mta_sts);

	if (!dns_is_answer(mta_sts->txt))
		return finding_of_dns(mta_sts->txt);
	if (mta_sts->records > 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (host->status == DNS_DATA || host->aliases > 0)
		return finding_warn(arena_printf(j->arena, "mta-sts.%s %s", j->e->domain,
		    host->aliases > 0 ? "is an alias" : "has an address"));
	return dns_is_answer(host) ? finding_pass(NULL) : finding_of_dns(host);
}

static const char *
dangling(const struct judged *j, const char *label, const struct dns_answer *answer)
{
	return arena_printf(j->arena, "%s.%s leads to %s, which %s", label, j->e->domain,
	    answer->canonical,
	    answer->status == DNS_NXDOMAIN ? "does not exist" : "has no such record");
}

static struct finding
judge_cname_target(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;
	const struct dns_answer *host = mta_sts_host_answer(mta_sts);

	if (alias_dangles(mta_sts->txt))
		return finding_fail(dangling(j, "_mta-sts", mta_sts->txt));
	if (alias_dangles(host))
		return finding_fail(dangling(j, "mta-sts", host));
	if (!dns_is_answer(mta_sts->txt))
		return finding_of_dns(mta_sts->txt);
	if (!dns_is_answer(host))
		return finding_of_dns(host);
	return mta_sts->txt->aliases > 0 || host->aliases > 0
	    ? finding_pass(mta_sts->txt->aliases > 0 ? mta_sts->txt->canonical : host->canonical)
	    : finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

static const struct check checks[] = {
	{ .id = "mta_sts.present",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_present,
	    .title = "An MTA-STS record is published",
	    .rule = "pass: a TXT that begins `v=STSv1;`. info: none",
	    .advice = "Publish `{record:mta-sts}` and a policy in testing mode; `mxsweep "
		      "record mta-sts {d}` prints both",
	    .ref = "RFC 8461 3.1" },
	{ .id = "mta_sts.record",
	    .class = CLASS_MAJOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_record,
	    .title = "The MTA-STS record is one, and well-formed",
	    .rule = "pass: exactly one, with an id of 1 to 32 letters and digits. info: unknown "
		    "fields. fail: several, a missing or bad id, bad fields: that is no policy",
	    .advice = "Correct the record at _mta-sts.{d}: {value}",
	    .ref = "RFC 8461 3.1" },
	{ .id = "mta_sts.txt-missing",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_txt_missing,
	    .title = "A policy host has its record",
	    .rule = "pass: neither record nor policy host. warn: mta-sts. of the domain is there, "
		    "but no record: the policy is never used",
	    .advice = "Publish the record at _mta-sts.{d}, or remove the policy host: {value}",
	    .ref = "RFC 8461 3.1" },
	{ .id = "mta_sts.cname-target",
	    .class = CLASS_CRITICAL,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_cname_target,
	    .title = "Aliases of MTA-STS lead somewhere",
	    .rule = "pass: what the aliases at mta-sts and _mta-sts lead to answers. fail: a "
		    "target is gone, confirmed; whoever takes it over holds the policy",
	    .advice = "Remove the alias or restore its target: {value}",
	    .ref = "RFC 8461 8.2; RFC 8020 2" },
};

const struct check_area area_mta_sts = { "mta_sts", checks, sizeof checks / sizeof checks[0],
	gate };
