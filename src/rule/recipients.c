/* The null sender, and recipients of a domain, at the operator's own hosts. */
#include "rule/recipients.h"

#include "base/arena.h"

bool
recipients_wanted(const struct run_facts *run)
{
	return run_opted_in(run, POSTMASTER_CHECK) || run_opted_in(run, ABUSE_CHECK) ||
	    run_opted_in(run, HOSTED_CHECK);
}

void
recipients_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out)
{
	struct smtp_form *forms = arena_zeroed(arena, 2, sizeof *forms);
	const char *from = run->visits.relay_from == NULL ? "" : run->visits.relay_from;
	size_t count = 0;

	if (run_opted_in(run, POSTMASTER_CHECK) || run_opted_in(run, HOSTED_CHECK))
		forms[count++] = (struct smtp_form){ POSTMASTER_FORM, from,
			arena_printf(arena, "postmaster@%s", visit->domain) };
	if (run_opted_in(run, ABUSE_CHECK))
		forms[count++] = (struct smtp_form){ ABUSE_FORM, from,
			arena_printf(arena, "abuse@%s", visit->domain) };
	visit_out->forms = forms;
	visit_out->form_count = count;
}

void
null_sender_plan(struct arena *arena, struct smtp_visit *visit_out)
{
	struct smtp_form *form = arena_zeroed(arena, 1, sizeof *form);

	*form = (struct smtp_form){ NULL_SENDER_FORM, "", NULL };
	visit_out->forms = form;
	visit_out->form_count = 1;
}

enum session_again
null_sender_again(const struct smtp_observation *seen, const struct run_facts *run)
{
	const struct smtp_form_seen *form = visit_form(seen, NULL_SENDER_FORM);

	return form != NULL && visit_form_word(seen, form, run) == FORM_REFUSED ? AGAIN_LATER
										: AGAIN_NEVER;
}

void
recipients_evaluate(struct facts *facts, const struct ip *ip, const char *mx_name,
    const char *domain, struct recipients_result *out)
{
	out->leave = visit_leave_own(facts->run, mx_name);
	if (out->leave != VISIT_WANTED)
		return;
	out->sender = facts_session(facts, LOOK_NULL_SENDER, ip, mx_name);
	out->sender_again = facts_session(facts, LOOK_NULL_SENDER_AGAIN, ip, mx_name);
	out->recipients = facts_session(facts, LOOK_RECIPIENTS, ip, domain);
}
