/* Area relay: does a server take mail from one stranger for another? */
#include "base/arena.h"
#include "score/sighting.h"
#include "score/visit_findings.h"

/* What holds for the whole run, and for a host, comes before what was seen there: who was not asked
 * for is no gap in what is known. */
static bool
gate(const struct judged *j, struct finding *out)
{
	const char *host = j->host == NULL ? NULL : j->host->name;
	enum visit_leave leave = visit_leave_relay(j->e->run, host);

	if (visit_was_left(leave, out) || area_smtp.gate(j, out))
		return true;
	if (j->address == NULL || j->address->relay.obstacle == NULL)
		return false;
	*out = finding_untested_value(REASON_PREREQUISITE, j->address->relay.obstacle);
	return true;
}

static bool
is_refusal(enum form_word word)
{
	return word != FORM_ACCEPTED && word != FORM_UNANSWERED;
}

/* A server that takes a stranger's mail, and refuses the control. */
static bool
relays(const struct judged *j, const struct smtp_observation *seen)
{
	return visit_word(j, seen, RELAY_PLAIN) == FORM_ACCEPTED &&
	    is_refusal(visit_word(j, seen, RELAY_CONTROL));
}

static const char *
accepted(const struct judged *j, const struct smtp_observation *seen, const char *what)
{
	const char *form =
	    visit_word(j, seen, RELAY_PLAIN) == FORM_ACCEPTED ? RELAY_PLAIN : RELAY_NULL;

	return arena_printf(j->arena, "%s: %s: %s; %s: %s", what, form, visit_reply(j, seen, form),
	    RELAY_CONTROL, visit_reply(j, seen, RELAY_CONTROL));
}

static struct finding
judge_acceptance(const struct judged *j)
{
	const struct relay_result *relay = &j->address->relay;
	const struct smtp_observation *again = relay->again;
	struct finding finding;

	if (visit_word(j, relay->first, RELAY_CONTROL) == FORM_ACCEPTED)
		return finding_warn(accepted(j, relay->first, "it accepts every recipient"));
	if (!relays(j, relay->first) || again == NULL || !relays(j, again)) {
		finding = finding_warn(accepted(j, relay->first, "accepted once"));
		finding.flap = again != NULL && is_refusal(visit_word(j, again, RELAY_PLAIN));
		return finding;
	}
	finding = finding_fail(accepted(j, again, "accepted twice"));
	finding.provisional = sightings_are_near(relay->first, again);
	return finding;
}

static struct finding
judge_open(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->relay.first;
	enum form_word plain, null_sender;
	struct finding finding;

	if (!visit_was_had(j, seen, &finding))
		return finding;
	plain = visit_word(j, seen, RELAY_PLAIN);
	null_sender = visit_word(j, seen, RELAY_NULL);
	if (plain == FORM_ACCEPTED || null_sender == FORM_ACCEPTED)
		return judge_acceptance(j);
	if (plain != FORM_REFUSED)
		return visit_undecided(j, seen, RELAY_PLAIN);
	if (null_sender != FORM_REFUSED)
		return visit_undecided(j, seen, RELAY_NULL);
	return finding_pass(visit_reply(j, seen, RELAY_PLAIN));
}

static struct finding
judge_extended(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->relay.first;
	const char *open = NULL, *undecided = NULL;
	struct finding finding;

	if (!visit_was_had(j, seen, &finding))
		return finding;
	if (seen->form_count <= RELAY_FORMS)
		return finding_untested(REASON_NOT_RECORDED);
	for (size_t i = RELAY_FORMS; i < seen->form_count; i++) {
		const char *name = seen->forms[i].form.name;
		enum form_word word = visit_word(j, seen, name);

		if (word == FORM_ACCEPTED)
			open = open == NULL ? name : arena_printf(j->arena, "%s %s", open, name);
		else if (word != FORM_REFUSED && undecided == NULL)
			undecided = name;
	}
	if (open != NULL)
		return finding_warn(open);
	return undecided != NULL
	    ? visit_undecided(j, seen, undecided)
	    : finding_pass(arena_printf(j->arena, "%zu forms", seen->form_count - RELAY_FORMS));
}

static const struct check checks[] = {
	{ .id = "relay.open",
	    .class = CLASS_CRITICAL,
	    .stage = STAGE_OPT_IN,
	    .own_option = true,
	    .subject = OF_ADDRESS,
	    .point = POINT_RELAY,
	    .fatal = true,
	    .judge = judge_open,
	    .title = "The server takes no mail from strangers for strangers",
	    .rule =
		"Sender, or null sender, and recipient of --relay-from and --relay-to; then a "
		"control, to a domain that cannot exist; never DATA. pass: refused with 5xx. "
		"warn: accepted, but the control too, or accepted once only. fail: accepted in two "
		"sessions, the second after the wait of --second-look, and the control refused. "
		"not_tested: deferred or greylisted; not the operator's host (--own-mx), without "
		"--relay-test all",
	    .advice = "Restrict relaying on {host} to its own users and networks",
	    .ref = "RFC 5321 3.6.2, 7.9; RFC 2505 2.1" },
	{ .id = "relay.extended",
	    .class = CLASS_MINOR,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_extended,
	    .title = "No way of writing an address opens the server to strangers",
	    .rule = "14 forms: percent addresses, bang paths, source routes, quoted local parts, "
		    "the server's own name or address as sender. pass: all refused. warn: any "
		    "accepted",
	    .advice = "Have {host} refuse source routes and percent addresses: it accepted {value}",
	    .ref = "RFC 2505 2.1; RFC 5321 3.6.1" },
};

const struct check_area area_relay = { "relay", checks, sizeof checks / sizeof checks[0], gate };
