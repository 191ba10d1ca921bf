/* Area dnssec: what a validating resolver says without being asked for more. */
#include "score/check.h"

/* The MX question tells whether the domain's own data are signed. */
static bool
gate(const struct judged *j, struct finding *out)
{
	return area_mx.gate(j, out);
}

static struct finding
judge_signed(const struct judged *j)
{
	const struct dnssec_result *dnssec = &j->e->dnssec;

	if (!dns_is_answer(dnssec->ds))
		return finding_of_dns(dnssec->ds);
	if (dnssec->own == ANSWER_UNCHECKED)
		return finding_untested(REASON_NO_VALIDATING_RESOLVER);
	if (dnssec->ds->status != DNS_DATA)
		return finding_info(
		    dnssec->own == ANSWER_SECURE ? "within a signed zone above it" : "no DS");
	return dnssec->own == ANSWER_SECURE
	    ? finding_pass(NULL)
	    : finding_info("a DS, but no signature that resolvers accept");
}

static struct finding
judge_mx_host_signed(const struct judged *j)
{
	struct finding settled;

	if (judged_without_address(j, &settled))
		return settled;
	switch (j->e->dane.hosts[j->host - j->e->mx.hosts].addresses) {
	case ANSWER_SECURE:
		return finding_pass(NULL);
	case ANSWER_INSECURE:
		return finding_info("not signed");
	case ANSWER_UNCHECKED:
		break;
	}
	return finding_untested(REASON_NO_VALIDATING_RESOLVER);
}

static const struct check checks[] = {
	{ .id = "dnssec.signed",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_signed,
	    .title = "The domain is signed",
	    .rule = "pass: a DS at the parent, and the resolver vouches for the domain's answers. "
		    "info: no DS",
	    .advice = "Sign the zone of {d} and hand the DS to the registry",
	    .ref = "RFC 4035 4.3" },
	{ .id = "dnssec.mx-host-signed",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_mx_host_signed,
	    .title = "The addresses of the MX host are signed",
	    .rule = "pass: the resolver vouches for them. info: they are not",
	    .advice = "Ask the operator of {host} to sign its zone",
	    .ref = "RFC 7672 2.2.2" },
};

const struct check_area area_dnssec = { "dnssec", checks, sizeof checks / sizeof checks[0], gate };
