/* Area domain: the row's name itself. */
#include "base/arena.h"
#include "score/check.h"

#include <string.h>

static struct finding
judge_name_valid(const struct judged *j)
{
	if (j->e->domain == NULL)
		return finding_fail(j->e->problem);
	if (j->e->changed)
		return finding_info(arena_printf(j->arena, "read as %s", j->e->domain));
	if (j->e->again)
		return finding_info("the domain stands in another row as well");
	return finding_pass(j->e->domain);
}

static struct finding
judge_exists(const struct judged *j)
{
	if (j->e->domain == NULL)
		return finding_untested(REASON_INVALID_INPUT);
	if (j->e->missing)
		return finding_fail("NXDOMAIN");
	if (!dns_is_answer(j->e->mx.mx) && j->e->mx.mx->status != DNS_NXDOMAIN)
		return finding_of_dns(j->e->mx.mx);
	return finding_pass(NULL);
}

/* The records of an alias are its target's; any answer at the name tells. */
static struct finding
judge_alias(const struct judged *j)
{
	const struct evaluation *e = j->e;
	const struct dns_answer *answer = dns_is_answer(e->mx.mx) ? e->mx.mx : e->spf.answer;

	if (!dns_is_answer(answer))
		return finding_of_dns(e->mx.mx);
	return answer->aliases > 0 ? finding_info(answer->canonical) : finding_pass(NULL);
}

static struct finding
judge_public_suffix(const struct judged *j)
{
	if (j->e->public_suffix)
		return finding_info("on the public suffix list");
	if (j->e->dmarc.location == DMARC_OWN && j->e->dmarc.applying->psd == 'y')
		return finding_info("by psd=y in its DMARC record");
	return j->e->run->suffixes == NULL ? finding_untested(REASON_NO_DATA_FILE)
					   : finding_pass(NULL);
}

/* What the records say against the role that the row declares; NULL when nothing does. */
static const char *
contradiction(const struct evaluation *e)
{
	if (e->role_unknown != NULL)
		return "the role column must say mail, receive-only, send-only or parked";
	if (!e->role_declared)
		return NULL;
	if (e->role == ROLE_PARKED && mx_usable(&e->mx) && !e->mx.implicit)
		return "parked, but it has an MX";
	if (e->role == ROLE_PARKED && spf_lets_some_pass(&e->spf))
		return "parked, but its SPF record lets senders pass";
	if (role_sends(e->role) && spf_denies_all(&e->spf))
		return "it is to send, but its SPF record is `v=spf1 -all`";
	if (role_receives(e->role) && e->mx.null_alone)
		return "it is to receive, but it has a null MX";
	return NULL;
}

static bool
was_for_mail(const struct evaluation *e)
{
	return e->history != NULL &&
	    history_fact_find(e->history, "role", role_text(ROLE_MAIL)) != NULL;
}

static struct finding
judge_role(const struct judged *j)
{
	const struct evaluation *e = j->e;
	const char *problem = contradiction(e);

	if (problem != NULL)
		return finding_warn(problem);
	if (!e->role_declared && !dns_is_answer(e->mx.mx))
		return finding_of_dns(e->mx.mx);
	if (!e->role_declared && !dns_is_answer(e->spf.answer))
		return finding_of_dns(e->spf.answer);
	if (!e->role_declared && e->role == ROLE_PARKED && was_for_mail(e))
		return finding_info("parked, derived; it was for mail the last night");
	return finding_pass(arena_printf(
	    j->arena, "%s, %s", role_text(e->role), e->role_declared ? "declared" : "derived"));
}

/* ---- domain.wildcard */

static struct finding
judge_catch_all(const struct judged *j, const struct dns_answer *random)
{
	const struct evaluation *e = j->e;

	if (!wildcard_denies(random, j->arena))
		return finding_warn(random->records[0].text);
	if (e->sends_unknown != NULL)
		return finding_of_dns(e->sends_unknown);
	return e->role == ROLE_PARKED ? finding_pass(random->records[0].text)
				      : finding_warn(random->records[0].text);
}

/* The other types are looked at only where they were asked for. */
static struct finding
judge_other_types(const struct wildcard_others *others)
{
	const struct dns_answer *answers[] = { others->mx, others->a, others->aaaa };
	const char *const types[] = { "MX", "A", "AAAA" };

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
		if (answers[i]->status == DNS_DATA)
			return finding_info(types[i]);
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
		if (!dns_is_answer(answers[i]) && answers[i]->status != DNS_NOT_RECORDED)
			return finding_of_dns(answers[i]);
	return finding_pass(NULL);
}

static struct finding
judge_wildcard(const struct judged *j)
{
	const struct dkim_result *dkim = &j->e->dkim;
	const struct dns_answer *randoms[] = { dkim->below, dkim->random };
	struct finding found = finding_pass(NULL);

	for (size_t i = 0; i < sizeof randoms / sizeof randoms[0]; i++)
		if (randoms[i] != NULL && randoms[i]->status == DNS_DATA) {
			found = judge_catch_all(j, randoms[i]);
			if (found.outcome != OUTCOME_PASS)
				return found;
		}
	for (size_t i = 0; i < sizeof randoms / sizeof randoms[0]; i++)
		if (randoms[i] != NULL && !dns_is_answer(randoms[i]))
			return finding_of_dns(randoms[i]);
	return found.value != NULL ? found : judge_other_types(&j->e->wildcard);
}

static const struct check checks[] = {
	{ .id = "domain.name-valid",
	    .class = CLASS_CRITICAL,
	    .point = POINT_OTHER,
	    .always = true,
	    .judge = judge_name_valid,
	    .title = "The row holds a mail domain",
	    .rule =
		"pass: a legal name of two labels or more. info: the cell had to be changed (case, "
		"international form, user@, URL), or the name stands in another row. fail: "
		"anything else",
	    .advice = "Correct the name: {value}",
	    .ref = "RFC 1035 2.3.4; RFC 1123 2.1; RFC 5891; RFC 5321 2.3.5" },
	{ .id = "domain.exists",
	    .class = CLASS_CRITICAL,
	    .point = POINT_OTHER,
	    .always = true,
	    .fatal = true,
	    .judge = judge_exists,
	    .title = "The domain exists in the DNS",
	    .rule = "pass: an answer, with data or without. fail: NXDOMAIN, confirmed",
	    .advice = "Register {d} again, or take it off the list",
	    .ref = "RFC 8020 2; RFC 2308 2" },
	{ .id = "domain.public-suffix",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_public_suffix,
	    .title = "The domain is below a public suffix, and none itself",
	    .rule = "pass: below one. info: it is one, by the list or by psd=y in its own record: "
		    "without a role in its row, what hangs on a role is not asked of it",
	    .advice = "Check that a registry's suffix was really meant",
	    .ref = "RFC 9989 4.7" },
	{ .id = "domain.alias",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_alias,
	    .title = "The domain has records of its own",
	    .rule = "pass: no CNAME. info: it is an alias, and MX and TXT are the target's",
	    .advice = "Replace the CNAME at {d} by its own records",
	    .ref = "RFC 1034 3.6.2; RFC 2181 10.1; RFC 5321 5.1" },
	{ .id = "domain.role",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_role,
	    .title = "Its records agree with what the domain is for",
	    .rule = "pass: the role, declared by the row or derived from explicit records. info: "
		    "derived as parked, while it was for mail the last night of --db. warn: a "
		    "declared role contradicts the records",
	    .advice = "Correct the role column or the records: {value}",
	    .ref = "RFC 7505 4; RFC 7208 10.1" },
	{ .id = "domain.wildcard",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_wildcard,
	    .title = "Names that nobody set up have no records",
	    .rule =
		"Random names below the domain and below its _domainkey. pass: no TXT, or of a "
		"parked domain `v=spf1 -all` or an empty DKIM key. info: MX or addresses alone, "
		"looked for at depth deep. warn: another TXT",
	    .advice =
		"Remove the catch-all TXT of {d}: it forges SPF, DKIM and DMARC names. {value}",
	    .ref = "RFC 4592 2" },
};

const struct check_area area_domain = { "domain", checks, sizeof checks / sizeof checks[0], NULL };
