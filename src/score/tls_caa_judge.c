/* Area tls: who may issue certificates for a mail host. */
#include "base/arena.h"
#include "score/tls_judges.h"

struct finding
judge_tls_caa(const struct judged *j)
{
	const struct caa_result *caa = &j->e->caa[j->host - j->e->mx.hosts];
	struct finding settled;

	if (judged_without_address(j, &settled))
		return settled;
	if (caa->cut)
		return finding_untested(REASON_BUDGET);
	if (dns_is_negative(caa->answer))
		return finding_info("none");
	if (!dns_is_answer(caa->answer))
		return finding_of_dns(caa->answer);
	if (caa->problem != NULL)
		return finding_warn(arena_printf(j->arena, "at %s: %s", caa->owner, caa->problem));
	return finding_pass(arena_printf(j->arena, "at %s", caa->owner));
}
