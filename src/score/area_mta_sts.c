/* Area mta_sts: its checks, and judges of the record and its policy host. */
#include "base/arena.h"
#include "score/mta_sts_judges.h"

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

/* That a target is gone is bad enough; that anyone can have it is said besides. */
static const char *
danger(const struct judged *j, const struct registration *target)
{
	switch (target->state) {
	case REGISTRATION_FREE:
		return arena_printf(j->arena, "; %s can be registered by anyone", target->domain);
	case REGISTRATION_PERHAPS:
		return arena_printf(j->arena, "; %s may be free to be registered", target->domain);
	default:
		return "";
	}
}

static const char *
dangling(const struct judged *j, const char *label, const struct dns_answer *answer,
    const struct registration *target)
{
	return arena_printf(j->arena, "%s.%s leads to %s, which %s%s", label, j->e->domain,
	    answer->canonical,
	    answer->status == DNS_NXDOMAIN ? "does not exist" : "has no such record",
	    danger(j, target));
}

static struct finding
judge_cname_target(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;
	const struct dns_answer *host = mta_sts_host_answer(mta_sts);

	if (alias_dangles(mta_sts->txt))
		return finding_fail(dangling(j, "_mta-sts", mta_sts->txt, &mta_sts->record_target));
	if (alias_dangles(host))
		return finding_fail(dangling(j, "mta-sts", host, &mta_sts->host_target));
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
	    .advice = "Publish {record} and a policy in testing mode; `mxsweep "
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
	{ .id = "mta_sts.fetch",
	    .class = CLASS_MAJOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_fetch,
	    .title = "The policy file can be had",
	    .rule = "pass: status 200, from a host whose certificate names it, is trusted and is "
		    "valid. fail: the host does not exist, or twice: a bad certificate, another "
		    "status, a redirect, more than 64 KiB, no answer in time (60 s). not_tested: "
		    "seen once only, or the host's address is not public",
	    .advice = "Repair the policy host mta-sts.{d}: {value}",
	    .ref = "RFC 8461 3.3" },
	{ .id = "mta_sts.media-type",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_media_type,
	    .title = "The policy file is plain text",
	    .rule = "pass: its media type is text/plain, with any parameters. warn: another, or "
		    "none",
	    .advice = "Serve mta-sts.txt at mta-sts.{d} as text/plain; its type is {value}",
	    .ref = "RFC 8461 3.2" },
	{ .id = "mta_sts.policy-syntax",
	    .class = CLASS_MAJOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_policy_syntax,
	    .title = "The policy file is a policy",
	    .rule = "pass: version STSv1, a mode, a max_age up to 31557600, an mx unless the mode "
		    "is none. warn: a field other than mx twice, where the first counts. fail: "
		    "otherwise",
	    .advice = "Correct the policy at mta-sts.{d}: {value}; `mxsweep record mta-sts {d}` "
		      "prints one",
	    .ref = "RFC 8461 3.2" },
	{ .id = "mta_sts.mode",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_mode,
	    .title = "The policy is enforced",
	    .rule = "pass: mode enforce. info: none; testing, when nights of --db show an id that "
		    "is younger than 90 days. warn: testing",
	    .advice = "Move the policy from {value} to enforce when the reports are clean, and "
		      "change the id of the record",
	    .ref = "RFC 8461 5" },
	{ .id = "mta_sts.max-age",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_max_age,
	    .title = "The policy is remembered for a while",
	    .rule = "pass: max_age of a day or more. warn: less",
	    .advice = "Set max_age to 604800 or more; it is {value}",
	    .ref = "RFC 8461 3.2" },
	{ .id = "mta_sts.mx-match",
	    .class = CLASS_CRITICAL,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_mx_match,
	    .title = "The policy covers the MX host",
	    .rule = "pass: a pattern covers it. fail: none does, in mode enforce: senders refuse "
		    "to deliver there. warn: the same in mode testing",
	    .advice = "Add `mx: {host}` to the policy and change the id of the record",
	    .ref = "RFC 8461 4.1" },
	{ .id = "mta_sts.mx-certificate",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_mx_certificate,
	    .title = "The MX host proves who it is, as the policy demands",
	    .rule = "pass: STARTTLS, and a certificate that is trusted, within its dates, and "
		    "names the MX host. fail: not so, in mode enforce: senders refuse to deliver. "
		    "warn: the same in mode testing. not_tested: as the session on port 25",
	    .advice = "Install a trusted certificate for {host}: {value}",
	    .ref = "RFC 8461 4.2" },
	{ .id = "mta_sts.unused-pattern",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_unused_pattern,
	    .title = "Each pattern of the policy covers an MX host",
	    .rule = "pass: so it is. info: a pattern covers none",
	    .advice = "Remove from the policy what covers no MX host: {value}",
	    .ref = "RFC 8461 4.1" },
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
	{ .id = "mta_sts.id-change",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = mta_sts_judge_id_change,
	    .title = "A changed policy has a changed id",
	    .rule = "pass: the policy file is that of the last night, or the id is another one as "
		    "well. warn: the file changed, and the id did not: senders do not fetch it. "
		    "not_tested: there is no earlier night of --db",
	    .advice = "Change the id of the record with every change of the policy",
	    .ref = "RFC 8461 3.1" },
	{ .id = "mta_sts.cname-target",
	    .class = CLASS_CRITICAL,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_cname_target,
	    .title = "Aliases of MTA-STS lead somewhere",
	    .rule = "pass: what the aliases at mta-sts and _mta-sts lead to answers. fail: a "
		    "target is gone, confirmed; whoever takes it over holds the policy. The value "
		    "says when anyone can register it",
	    .advice = "Remove the alias or restore its target: {value}",
	    .ref = "RFC 8461 8.2; RFC 8020 2" },
};

const struct check_area area_mta_sts = { "mta_sts", checks, sizeof checks / sizeof checks[0],
	gate };
