/* Visits for one question each: versions of TLS, commands in clear, ports of submission. */
#include "rule/tls_visits.h"

#include "rule/mx.h"

/* Who answers what came in clear does so at once; the way there and back is a part of a second. */
enum { LISTEN_MS = 2000 };

enum { PORT_SUBMISSIONS = 465, PORT_SUBMISSION = 587 };

void
tls_visits_evaluate(struct facts *facts, const struct ip *ip, struct tls_visits *out)
{
	const struct run_facts *run = facts->run;

	if (run_opted_in(run, OLD_VERSIONS_CHECK)) {
		out->only_1_0 = facts_session(facts, LOOK_TLS_1_0, ip, NULL);
		out->only_1_1 = facts_session(facts, LOOK_TLS_1_1, ip, NULL);
	}
	if (run_opted_in(run, INJECTION_CHECK))
		out->injection = facts_session(facts, LOOK_INJECTION, ip, NULL);
	if (run_opted_in(run, SUBMISSION_CHECK)) {
		out->port_465 = facts_session(facts, LOOK_PORT_465, ip, NULL);
		out->port_587 = facts_session(facts, LOOK_PORT_587, ip, NULL);
	}
}

static void
share(struct facts *facts, enum session_look look, const struct ip *ip, const char *mx_name)
{
	const struct facts_visit visit = { look, ip, mx_name, NULL };

	facts_share_visit(facts, &visit);
}

void
tls_visits_share(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	if (run_opted_in(facts->run, INJECTION_CHECK))
		share(facts, LOOK_INJECTION, ip, mx_name);
	if (run_opted_in(facts->run, OLD_VERSIONS_CHECK))
		share(facts, LOOK_TLS_1_0, ip, mx_name);
}

/* NULL: nowhere. */
static const struct ip *
first_contact(const struct facts *facts, const struct mx_host *host)
{
	for (size_t i = 0; i < host->address_count; i++)
		if (facts_not_public(facts, &host->addresses[i]) == NULL)
			return &host->addresses[i];
	return NULL;
}

void
tls_visits_share_submission(struct facts *facts, const struct mx_host *host)
{
	const struct ip *ip;

	if (!run_opted_in(facts->run, SUBMISSION_CHECK))
		return;
	ip = first_contact(facts, host);
	if (ip == NULL)
		return;
	share(facts, LOOK_PORT_465, ip, host->name);
	share(facts, LOOK_PORT_587, ip, host->name);
}

void
tls_visits_plan(enum session_look look, struct smtp_visit *visit_out)
{
	static const struct smtp_visit visits[LOOK_COUNT] = {
		[LOOK_TLS_1_0] = { .versions = TLS_VERSION_1_0_ALONE },
		[LOOK_TLS_1_1] = { .versions = TLS_VERSION_1_1_ALONE },
		[LOOK_INJECTION] = { .listen_ms = LISTEN_MS },
		[LOOK_PORT_465] = { .port = PORT_SUBMISSIONS, .tls_at_once = true },
		[LOOK_PORT_587] = { .port = PORT_SUBMISSION },
	};

	*visit_out = visits[look];
}

enum session_again
tls_visits_again(const struct smtp_observation *only_1_0)
{
	return only_1_0->secure || only_1_0->end == SMTP_END_TLS ? AGAIN_RESTED : AGAIN_NEVER;
}
