/* Area smtp: the ports at which users hand in their mail (opt-in). */
#include "base/arena.h"
#include "score/refusal.h"
#include "score/tls_visit_judges.h"
#include "score/visit_findings.h"

/* How a port answers, in words. */
static const char *
words_of(const struct smtp_observation *seen, struct arena *arena)
{
	if (seen == NULL)
		return "not looked at";
	if (seen->secure)
		return arena_printf(
		    arena, "%s%s", seen->starttls.code != 0 ? "STARTTLS, " : "", seen->tls_version);
	if (seen->end == SMTP_END_TLS)
		return seen->starttls.code != 0 ? "STARTTLS fails" : "no TLS at once";
	if (seen->stage == SMTP_CONNECT)
		return seen->end == SMTP_END_REFUSED ? "closed" : "no answer";
	return smtp_greeted(seen) && seen->end == SMTP_END_COMPLETE ? "no TLS"
								    : smtp_end_text(seen->end);
}

static bool
has_answered(const struct smtp_observation *seen)
{
	return seen != NULL && (seen->stage > SMTP_CONNECT || seen->end == SMTP_END_REFUSED);
}

static const struct address_result *
address_of(const struct judged *j)
{
	for (size_t i = 0; i < j->e->address_count; i++)
		if (j->e->addresses[i].host == j->host && j->e->addresses[i].special == NULL)
			return &j->e->addresses[i];
	return NULL;
}

/* Silence at both may be our own network's. */
static struct finding
judge_at(const struct judged *j)
{
	const struct tls_visits *visits = &j->address->visits;
	const char *value = arena_printf(j->arena, "465: %s; 587: %s",
	    words_of(visits->port_465, j->arena), words_of(visits->port_587, j->arena));
	struct finding finding;

	if (area_smtp.gate(j, &finding) || !visit_was_had(j, visits->port_465, &finding))
		return finding;
	if (has_answered(visits->port_465) || has_answered(visits->port_587))
		return finding_info(value);
	return finding_untested_value(refusal_of_session(visits->port_465, j->e->run), value);
}

struct finding
judge_submission_ports(const struct judged *j)
{
	struct judged at = *j;
	struct finding finding;

	if (judged_without_address(j, &finding))
		return finding;
	at.address = address_of(j);
	return at.address == NULL ? finding_untested(REASON_NON_ROUTABLE_TARGET) : judge_at(&at);
}
