/* Area tls: old versions, and commands that came in clear (opt-in). */
#include "score/tls_visit_judges.h"

#include "base/arena.h"
#include "score/refusal.h"
#include "score/tls_judges.h"
#include "score/visit_findings.h"

#include <string.h>

enum version_word {
	VERSION_ACCEPTED,
	VERSION_REFUSED,
	VERSION_NOT_SPOKEN_HERE,
	VERSION_UNKNOWN,
};

/* All versions and suites together were spoken before: what fails now is refused. */
static enum version_word
word_of(const struct judged *j, const struct smtp_observation *visit, const char *negotiated)
{
	if (strcmp(j->address->looks.better->tls_version, negotiated) == 0 ||
	    (visit != NULL && visit->secure))
		return VERSION_ACCEPTED;
	if (visit == NULL || visit->end != SMTP_END_TLS)
		return VERSION_UNKNOWN;
	return smtp_tls_is_not_spoken_here(visit) ? VERSION_NOT_SPOKEN_HERE : VERSION_REFUSED;
}

/* Why a visit tells nothing. */
static struct finding
untold(const struct judged *j, const struct smtp_observation *visit)
{
	struct finding finding;

	if (!visit_was_had(j, visit, &finding))
		return finding;
	return finding_untested_value(
	    refusal_of_session(visit, j->e->run), smtp_stage_text(visit->stage));
}

struct finding
judge_tls_old_versions(const struct judged *j)
{
	const struct tls_visits *visits = &j->address->visits;
	enum version_word old, less_old;
	struct finding finding;

	if (!tls_judges_secure(j, &finding))
		return finding;
	old = word_of(j, visits->only_1_0, "TLSv1");
	less_old = word_of(j, visits->only_1_1, "TLSv1.1");
	if (old == VERSION_ACCEPTED || less_old == VERSION_ACCEPTED)
		return finding_warn(old != VERSION_ACCEPTED ? "TLS 1.1"
			: less_old != VERSION_ACCEPTED      ? "TLS 1.0"
							    : "TLS 1.0 and 1.1");
	if (old == VERSION_REFUSED && less_old == VERSION_REFUSED)
		return finding_pass(NULL);
	if (old == VERSION_UNKNOWN || less_old == VERSION_UNKNOWN)
		return untold(j, old == VERSION_UNKNOWN ? visits->only_1_0 : visits->only_1_1);
	return finding_untested(REASON_TLS_UNSUPPORTED_HERE);
}

/* Who refuses what came in one packet, or takes it for TLS, obeys no command of it. */
struct finding
judge_tls_injection(const struct judged *j)
{
	const struct smtp_observation *visit = j->address->visits.injection;
	struct finding finding;

	if (!tls_judges_secure(j, &finding) || !visit_was_had(j, visit, &finding))
		return finding;
	if (visit->injected)
		return finding_fail(arena_printf(
		    j->arena, "%d %s", visit->ehlo_again.code, visit->ehlo_again.text));
	if (visit->secure)
		return finding_pass(NULL);
	if (visit->end == SMTP_END_TLS)
		return finding_pass("the handshake fails");
	if (visit->stage == SMTP_STARTTLS && visit->starttls.code >= 500)
		return finding_pass("STARTTLS is refused");
	return untold(j, visit);
}
