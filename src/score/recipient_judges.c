/* The null sender, and recipients of the domain, at the operator's own hosts. */
#include "score/recipient_judges.h"

#include "base/arena.h"
#include "score/sighting.h"
#include "score/visit_findings.h"

#include <strings.h>
#include <string.h>

static struct finding
refused_once(const struct judged *j, const struct smtp_observation *seen)
{
	return finding_untested_value(REASON_UNCONFIRMED, visit_reply(j, seen, NULL_SENDER_FORM));
}

struct finding
judge_null_sender(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->recipients.sender;
	const struct smtp_observation *again = j->address->recipients.sender_again;
	struct finding finding;

	if (visit_was_left(j->address->recipients.leave, &finding) ||
	    !visit_was_had(j, seen, &finding))
		return finding;
	if (visit_word(j, seen, NULL_SENDER_FORM) == FORM_ACCEPTED)
		return finding_pass(visit_reply(j, seen, NULL_SENDER_FORM));
	if (visit_word(j, seen, NULL_SENDER_FORM) != FORM_REFUSED)
		return visit_undecided(j, seen, NULL_SENDER_FORM);
	if (again == NULL)
		return refused_once(j, seen);
	if (visit_word(j, again, NULL_SENDER_FORM) == FORM_REFUSED) {
		finding = finding_fail(visit_reply(j, again, NULL_SENDER_FORM));
		finding.provisional = sightings_are_near(seen, again);
		return finding;
	}
	if (visit_word(j, again, NULL_SENDER_FORM) != FORM_ACCEPTED)
		return visit_undecided(j, again, NULL_SENDER_FORM);
	finding = finding_pass(visit_reply(j, again, NULL_SENDER_FORM));
	finding.flap = true;
	return finding;
}

/* ---- recipients: each address of each host is asked; the worst that was said decides */

typedef struct finding (*refusal_fn)(const struct judged *at, const char *reply);

/* What one address said. */
static struct finding
judge_at(const struct judged *j, const char *form, refusal_fn refused)
{
	const struct recipients_result *recipients = &j->address->recipients;
	const struct smtp_observation *seen = recipients->recipients;
	struct finding finding;

	if (area_smtp.gate(j, &finding) || visit_was_left(recipients->leave, &finding) ||
	    !visit_was_had(j, seen, &finding))
		return finding;
	switch (visit_word(j, seen, form)) {
	case FORM_ACCEPTED:
		return finding_pass(visit_reply(j, seen, form));
	case FORM_REFUSED:
		return refused(j, visit_reply(j, seen, form));
	case FORM_UNANSWERED:
	case FORM_DEFERRED:
	case FORM_TURNED_US_AWAY:
		break;
	}
	return visit_undecided(j, seen, form);
}

static bool
is_worse(const struct finding *one, const struct finding *other)
{
	if (!outcome_is_tested(one->outcome))
		return false;
	return !outcome_is_tested(other->outcome) || outcome_is_worse(one->outcome, other->outcome);
}

static struct finding
judge_recipient(const struct judged *j, const char *form, refusal_fn refused)
{
	struct finding worst = finding_not_applicable(CAUSE_NO_TARGET);
	bool any = false;

	for (size_t i = 0; i < j->e->address_count; i++) {
		struct judged at = *j;
		struct finding said;

		at.address = &j->e->addresses[i];
		at.host = at.address->host;
		if (at.host == NULL)
			continue;
		said = judge_at(&at, form, refused);
		if (!any || is_worse(&said, &worst))
			worst = said;
		any = true;
	}
	return worst;
}

static const char *
with_host(const struct judged *at, const char *reply)
{
	return arena_printf(at->arena, "%s: %s", at->host->name, reply);
}

static struct finding
warn_of_refusal(const struct judged *at, const char *reply)
{
	return finding_warn(with_host(at, reply));
}

static struct finding
tell_of_refusal(const struct judged *at, const char *reply)
{
	return finding_info(with_host(at, reply));
}

/* Does it say that it does not know the domain, and not the mailbox alone (RFC 3463 3.2, 3.8)? */
static struct finding
fail_if_unknown(const struct judged *at, const char *reply)
{
	static const char *const words[] = { "5.7.1", "5.1.2", "relay", "rcpthost", "not hosted",
		"no such domain", "unknown domain", "domain not" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(reply, words[i]) != NULL)
			return finding_fail(with_host(at, reply));
	return finding_pass(with_host(at, reply));
}

struct finding
judge_postmaster(const struct judged *j)
{
	return judge_recipient(j, POSTMASTER_FORM, warn_of_refusal);
}

struct finding
judge_abuse(const struct judged *j)
{
	return judge_recipient(j, ABUSE_FORM, tell_of_refusal);
}

struct finding
judge_domain_hosted(const struct judged *j)
{
	return judge_recipient(j, POSTMASTER_FORM, fail_if_unknown);
}
