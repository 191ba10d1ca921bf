/* Findings that judges of visits share. */
#include "score/visit_findings.h"

#include "base/arena.h"
#include "score/refusal.h"
#include "score/sighting.h"

bool
visit_was_left(enum visit_leave leave, struct finding *out)
{
	switch (leave) {
	case VISIT_OFF:
		*out = finding_untested(REASON_OPT_IN_OFF);
		return true;
	case VISIT_NOT_OWN:
		*out = finding_untested(REASON_NOT_OWN_HOST);
		return true;
	case VISIT_PROVIDER:
		*out = finding_not_applicable(CAUSE_PROVIDER_MANAGED);
		return true;
	case VISIT_WANTED:
		break;
	}
	return false;
}

bool
visit_was_had(const struct judged *j, const struct smtp_observation *seen, struct finding *out)
{
	if (seen != NULL)
		return true;
	if (!sighting_reached(j, STAGE_EHLO, out))
		return false;
	*out = finding_untested(refusal_of_run(j->e->run));
	return false;
}

enum form_word
visit_word(const struct judged *j, const struct smtp_observation *seen, const char *form)
{
	const struct smtp_form_seen *found = visit_form(seen, form);

	return found == NULL ? FORM_UNANSWERED : visit_form_word(seen, found, j->e->run);
}

const char *
visit_reply(const struct judged *j, const struct smtp_observation *seen, const char *form)
{
	const struct smtp_form_seen *found = visit_form(seen, form);
	const struct smtp_heard *heard = found == NULL ? NULL : visit_form_heard(found);

	if (heard == NULL || heard->code == 0)
		return smtp_end_text(seen->end);
	return arena_printf(j->arena, "%d %s", heard->code, heard->text);
}

/* 450 and 451 to a recipient are the way of greylisting (RFC 6647 2.1). */
static enum reason
reason_of_deferral(const struct smtp_form_seen *form)
{
	const struct smtp_heard *heard = visit_form_heard(form);

	if (heard->code == 421)
		return REASON_DEFERRED_421;
	return heard == &form->rcpt && (heard->code == 450 || heard->code == 451)
	    ? REASON_GREYLISTED
	    : REASON_DEFERRED_4XX;
}

struct finding
visit_undecided(const struct judged *j, const struct smtp_observation *seen, const char *form)
{
	enum reason reason = refusal_of_session(seen, j->e->run);

	switch (visit_word(j, seen, form)) {
	case FORM_DEFERRED:
		reason = reason_of_deferral(visit_form(seen, form));
		break;
	case FORM_TURNED_US_AWAY:
		reason = REASON_REFUSED_OUR_ADDRESS;
		break;
	case FORM_UNANSWERED:
	case FORM_ACCEPTED:
	case FORM_REFUSED:
		break;
	}
	return finding_untested_value(reason, visit_reply(j, seen, form));
}
