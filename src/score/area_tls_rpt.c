/* Area tls_rpt: where reports about failed TLS go. */
#include "base/arena.h"
#include "score/check.h"

static bool
gate(const struct judged *j, struct finding *out)
{
	if (area_mta_sts.gate(j, out))
		return true;
	if (dns_is_answer(j->e->tls_rpt.txt))
		return false;
	*out = finding_of_dns(j->e->tls_rpt.txt);
	return true;
}

static bool
uses_dane(const struct dane_result *dane)
{
	for (size_t i = 0; i < dane->host_count; i++)
		if (dane_host_protects(&dane->hosts[i]))
			return true;
	return false;
}

static struct finding
judge_present(const struct judged *j)
{
	if (j->e->tls_rpt.records > 0)
		return finding_pass(NULL);
	if (mta_sts_record_valid(&j->e->mta_sts))
		return finding_warn("MTA-STS is in use");
	return uses_dane(&j->e->dane) ? finding_warn("DANE is in use") : finding_info(NULL);
}

static struct finding
judge_single(const struct judged *j)
{
	size_t records = j->e->tls_rpt.records;

	if (records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return records == 1 ? finding_pass(NULL)
			    : finding_fail(arena_printf(j->arena, "%zu records", records));
}

static struct finding
judge_syntax(const struct judged *j)
{
	const struct tls_rpt_result *tls_rpt = &j->e->tls_rpt;

	if (tls_rpt->records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (tls_rpt->problem != NULL)
		return finding_fail(tls_rpt->problem);
	return tls_rpt->extensions > 0 ? finding_info("unknown fields are ignored")
				       : finding_pass(NULL);
}

static struct finding
judge_report_domain_mail(const struct judged *j)
{
	const struct tls_rpt_result *tls_rpt = &j->e->tls_rpt;
	const struct dns_answer *unknown = NULL;

	if (tls_rpt->records > 1)
		return finding_after("tls_rpt.single");
	if (tls_rpt->domain_count == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	for (size_t i = 0; i < tls_rpt->domain_count; i++) {
		const struct tls_rpt_domain *at = &tls_rpt->domains[i];

		if (at->takes == TAKES_NO_MAIL)
			return finding_warn(at->name);
		if (at->takes == TAKES_MAIL_UNKNOWN)
			unknown = at->answer;
	}
	return unknown == NULL ? finding_pass(NULL) : finding_of_dns(unknown);
}

static const struct check checks[] = {
	{ .id = "tls_rpt.present",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_present,
	    .title = "Reports about failed TLS are asked for",
	    .rule = "pass: a TXT at _smtp._tls of the domain that begins `v=TLSRPTv1`. info: none. "
		    "warn: none, while MTA-STS or DANE is in use",
	    .advice = "Publish {record} at _smtp._tls.{d}: \"v=TLSRPTv1; rua=mailto:\" and a "
		      "mailbox that is read",
	    .ref = "RFC 8460 3" },
	{ .id = "tls_rpt.single",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_single,
	    .title = "There is exactly one TLS-RPT record",
	    .rule = "pass: one. fail: several count as none",
	    .advice = "Keep one record at _smtp._tls.{d}",
	    .ref = "RFC 8460 3" },
	{ .id = "tls_rpt.syntax",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_syntax,
	    .title = "The TLS-RPT record is well-formed",
	    .rule = "pass: the version first, and a rua= with a valid mailto: or https: address. "
		    "info: unknown fields. fail: otherwise",
	    .advice = "Correct the record at _smtp._tls.{d}: {value}",
	    .ref = "RFC 8460 3" },
	{ .id = "tls_rpt.report-domain-mail",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_report_domain_mail,
	    .title = "Mail with TLS reports can arrive",
	    .rule = "pass: each domain of a mailto: has MX or address, and no null MX. warn: one "
		    "cannot receive mail",
	    .advice = "Name a mailbox that exists in rua=: {value} takes no mail",
	    .ref = "RFC 8460 3; RFC 5321 5.1" },
};

const struct check_area area_tls_rpt = { "tls_rpt", checks, sizeof checks / sizeof checks[0],
	gate };
