/* Which visits are wanted, what is said on them, and what came of it. */
#include "rule/visits.h"

#include "names/provider.h"
#include "rule/about_us.h"
#include "rule/recipients.h"
#include "rule/relay.h"
#include "rule/second_look.h"
#include "rule/tls_visits.h"

#include <string.h>

/* ---- where */

static bool
is_provider(const struct run_facts *run, const char *mx_name)
{
	return run->providers != NULL && providers_match(run->providers, mx_name) != NULL;
}

enum visit_leave
visit_leave_own(const struct run_facts *run, const char *mx_name)
{
	if (!run_is_own(run, mx_name))
		return VISIT_NOT_OWN;
	return is_provider(run, mx_name) ? VISIT_PROVIDER : VISIT_WANTED;
}

enum visit_leave
visit_leave_relay(const struct run_facts *run, const char *mx_name)
{
	const struct run_visits *visits = &run->visits;

	if (visits->relay == RELAY_OFF)
		return VISIT_OFF;
	if (visits->relay == RELAY_OWN &&
	    (mx_name == NULL ? visits->own.count == 0 : !run_is_own(run, mx_name)))
		return VISIT_NOT_OWN;
	if (mx_name != NULL && is_provider(run, mx_name))
		return VISIT_PROVIDER;
	return visits->relay_from == NULL || visits->relay_to == NULL ? VISIT_OFF : VISIT_WANTED;
}

static void
share(struct facts *facts, struct facts_visit visit)
{
	facts_share_visit(facts, &visit);
}

void
visits_share(struct facts *facts, const struct ip *ip, const char *mx_name, const char *domain,
    struct arena *scratch)
{
	const struct run_facts *run = facts->run;
	bool own = visit_leave_own(run, mx_name) == VISIT_WANTED;

	if (relay_wanted(facts, ip, mx_name, scratch))
		share(facts, (struct facts_visit){ LOOK_RELAY, ip, mx_name, NULL });
	if (own && run_opted_in(run, NULL_SENDER_CHECK))
		share(facts, (struct facts_visit){ LOOK_NULL_SENDER, ip, mx_name, NULL });
	if (own && recipients_wanted(run))
		share(facts, (struct facts_visit){ LOOK_RECIPIENTS, ip, mx_name, domain });
	tls_visits_share(facts, ip, mx_name);
}

/* ---- what is said, and whether it is said again */

void
visits_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out)
{
	switch (visit->look) {
	case LOOK_RELAY:
	case LOOK_RELAY_AGAIN:
		relay_plan(visit, run, arena, visit_out);
		break;
	case LOOK_NULL_SENDER:
	case LOOK_NULL_SENDER_AGAIN:
		null_sender_plan(arena, visit_out);
		break;
	case LOOK_RECIPIENTS:
		recipients_plan(visit, run, arena, visit_out);
		break;
	case LOOK_TLS_1_0:
	case LOOK_TLS_1_1:
	case LOOK_INJECTION:
	case LOOK_PORT_465:
	case LOOK_PORT_587:
		tls_visits_plan(visit->look, visit_out);
		break;
	case LOOK_FIRST:
	case LOOK_SECOND:
	case LOOK_WITNESS:
	case LOOK_COUNT:
		break;
	}
}

enum session_again
visits_again(
    enum session_look look, const struct smtp_observation *seen, const struct run_facts *run)
{
	switch (look) {
	case LOOK_FIRST:
		return second_look_again(seen, run);
	case LOOK_RELAY:
		return relay_again(seen, run);
	case LOOK_NULL_SENDER:
		return null_sender_again(seen, run);
	case LOOK_TLS_1_0:
		return tls_visits_again(seen);
	default:
		return AGAIN_NEVER;
	}
}

/* ---- what came of it */

const struct smtp_heard *
visit_form_heard(const struct smtp_form_seen *form)
{
	return form->rcpt.code != 0 ? &form->rcpt : &form->mail;
}

enum form_word
visit_form_word(const struct smtp_observation *seen, const struct smtp_form_seen *form,
    const struct run_facts *run)
{
	const struct smtp_heard *heard = visit_form_heard(form);

	if (heard->code == 0 ||
	    (heard->code < 300 && heard == &form->mail && form->form.to != NULL))
		return FORM_UNANSWERED;
	if (heard->code < 300)
		return FORM_ACCEPTED;
	if (heard->code < 500)
		return FORM_DEFERRED;
	return about_client(seen, heard, run) ? FORM_TURNED_US_AWAY : FORM_REFUSED;
}

const struct smtp_form_seen *
visit_form(const struct smtp_observation *seen, const char *name)
{
	for (size_t i = 0; seen != NULL && i < seen->form_count; i++)
		if (strcmp(seen->forms[i].form.name, name) == 0)
			return &seen->forms[i];
	return NULL;
}
