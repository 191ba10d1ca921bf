/* Area mx: each host that an MX names. */
#include "score/mx_target_judges.h"

#include "base/arena.h"

/* A host beyond the tenth is not looked up; a name that nobody can be asked for is judged as it
 * stands. */
static bool
host_settled(const struct judged *j, struct finding *out)
{
	const struct mx_host *host = j->host;

	if (host->beyond_budget) {
		*out = finding_untested(REASON_BUDGET);
		return true;
	}
	if (host->looked_up && !dns_is_answer(mx_host_answer(host))) {
		*out = finding_of_dns(mx_host_answer(host));
		return true;
	}
	return false;
}

struct finding
mx_judge_target_resolves(const struct judged *j)
{
	struct finding settled;

	if (host_settled(j, &settled))
		return settled;
	if (j->host->fault == HOST_NAME_ADDRESS)
		return finding_after("mx.target-not-address");
	if (!j->host->looked_up)
		return finding_fail("a reserved name, which the public DNS does not have");
	if (j->host->addresses_published == 0)
		return finding_fail(dns_status_text(j->host->a->status));
	return finding_pass(arena_printf(j->arena, "%zu", j->host->addresses_published));
}

struct finding
mx_judge_target_not_cname(const struct judged *j)
{
	struct finding settled;

	if (host_settled(j, &settled))
		return settled;
	if (j->host->alias_target != NULL)
		return finding_fail(j->host->alias_target);
	return finding_pass(NULL);
}

struct finding
mx_judge_target_not_address(const struct judged *j)
{
	return j->host->fault == HOST_NAME_ADDRESS ? finding_fail(j->host->name)
						   : finding_pass(NULL);
}

struct finding
mx_judge_target_name_valid(const struct judged *j)
{
	switch (j->host->fault) {
	case HOST_NAME_OK:
		return finding_pass(NULL);
	case HOST_NAME_ADDRESS:
		return finding_after("mx.target-not-address");
	case HOST_NAME_UNDERSCORE:
		return finding_warn("it has an underscore");
	case HOST_NAME_SINGLE_LABEL:
		return finding_warn("it is a single label");
	case HOST_NAME_ILLEGAL:
	case HOST_NAME_EMPTY_LABEL:
		break;
	}
	return finding_fail("it has octets that no host name may have");
}

struct finding
mx_judge_target_reserved(const struct judged *j)
{
	switch (j->host->reserved) {
	case NAME_RESERVED:
		return finding_fail(j->host->name);
	case NAME_INVALID:
		return finding_warn(j->host->name);
	case NAME_ORDINARY:
		break;
	}
	return finding_pass(NULL);
}

struct finding
mx_judge_target_registrable(const struct judged *j)
{
	const struct mx_host *host = j->host;
	struct finding settled;

	if (host_settled(j, &settled))
		return settled;
	if (!host->looked_up)
		return finding_not_applicable(CAUSE_NO_TARGET);
	return judged_registration(&host->registration, host->registration.domain);
}
