/* Area bimi: the record of a logo, and whether DMARC allows it to show. Nothing is fetched. */
#include "base/arena.h"
#include "score/check.h"

#include <stdlib.h>

static bool
gate(const struct judged *j, struct finding *out)
{
	if (j->e->sends_unknown != NULL)
		*out = finding_of_dns(j->e->sends_unknown);
	else if (!role_sends(j->e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else if (!dns_is_answer(j->e->bimi.txt))
		*out = finding_of_dns(j->e->bimi.txt);
	else
		return false;
	return true;
}

static struct finding
judge_record(const struct judged *j)
{
	const struct bimi_result *bimi = &j->e->bimi;

	if (bimi->records == 0)
		return finding_info("none");
	if (bimi->records > 1)
		return finding_warn(arena_printf(j->arena, "%zu records", bimi->records));
	if (bimi->problem != NULL)
		return finding_warn(bimi->problem);
	return finding_pass(bimi->declined ? "declined" : NULL);
}

/* Why DMARC is not enforced for the name and what lies below it; NULL when it is. */
static const char *
policy_problem(const struct dmarc_result *dmarc)
{
	const struct tag *percent = tag_list_find_any_case(&dmarc->record.tags, "pct");

	if (!dmarc_policy_enforced(dmarc->stated[DMARC_THE_NAME]))
		return "the DMARC policy is none";
	if (dmarc_below_known(dmarc) && !dmarc_policy_enforced(dmarc->stated[DMARC_SUBDOMAINS]))
		return "the DMARC policy of subdomains is none";
	if (dmarc->record.testing)
		return "the DMARC record says t=y";
	if (percent != NULL && strtol(percent->value, NULL, 10) < 100)
		return "the DMARC record says pct below 100";
	return NULL;
}

static struct finding
judge_dmarc_ready(const struct judged *j)
{
	const struct dmarc_result *dmarc = &j->e->dmarc;
	const char *problem;

	if (j->e->bimi.records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (dmarc->applying == NULL && dmarc->walk.transient != NULL)
		return finding_of_dns(dmarc->walk.transient);
	problem = dmarc->applying == NULL ? "no DMARC record applies" : policy_problem(dmarc);
	return problem == NULL ? finding_pass(NULL) : finding_warn(problem);
}

static const struct check checks[] = {
	{ .id = "bimi.record",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_record,
	    .title = "The BIMI record is well-formed",
	    .rule = "pass: one valid record at default._bimi of the domain, or one that declines "
		    "(`l=; a=;`). info: none. warn: several, bad syntax, a location that is no "
		    "https:, an unknown avp=",
	    .advice = "Correct the record at default._bimi.{d}: {value}",
	    .ref = "draft-brand-indicators-for-message-identification" },
	{ .id = "bimi.dmarc-ready",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_dmarc_ready,
	    .title = "DMARC is strict enough for BIMI",
	    .rule = "pass: policy quarantine or reject for the name and its subdomains. warn: "
		    "none for either, t=y, or pct below 100",
	    .advice = "Enforce DMARC first: {value}",
	    .ref = "draft-brand-indicators-for-message-identification" },
};

const struct check_area area_bimi = { "bimi", checks, sizeof checks / sizeof checks[0], gate };
