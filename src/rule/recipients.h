#ifndef MXSWEEP_RULE_RECIPIENTS_H
#define MXSWEEP_RULE_RECIPIENTS_H

#include "rule/visits.h"

/*
 * What the operator's own hosts say to the null sender (RFC 5321 4.5.5), and to recipients of the
 * domain: postmaster (4.5.1) and abuse (RFC 2142 4). Opt-in checks, by these ids.
 */
#define NULL_SENDER_CHECK "smtp.null-sender"
#define POSTMASTER_CHECK "smtp.postmaster"
#define ABUSE_CHECK "smtp.abuse"
#define HOSTED_CHECK "smtp.domain-hosted"

#define NULL_SENDER_FORM "null-sender"
#define POSTMASTER_FORM "postmaster"
#define ABUSE_FORM "abuse"

struct recipients_result {
	enum visit_leave leave;
	const struct smtp_observation *sender, *sender_again; /* visits to the address */
	const struct smtp_observation *recipients;            /* for the domain; NULL: not had */
};
void recipients_evaluate(struct facts *facts, const struct ip *ip, const char *mx_name,
    const char *domain, struct recipients_result *out);

bool recipients_wanted(const struct run_facts *run);
void recipients_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out);

void null_sender_plan(struct arena *arena, struct smtp_visit *visit_out);
/* Once more where it was refused for good, and not for our sake. */
enum session_again
null_sender_again(const struct smtp_observation *seen, const struct run_facts *run);

#endif
