#ifndef MXSWEEP_RULE_RELAY_H
#define MXSWEEP_RULE_RELAY_H

#include "rule/visits.h"

struct mx_result;

/*
 * The open-relay test (RFC 5321 3.6.2, RFC 2505 2.1): will the server take mail from one stranger
 * for another? Three forms, never followed by DATA: from and to addresses of the operator that the
 * server has nothing to do with; the same with the null sender; and the control, to a domain that
 * cannot exist. With the opt-in check relay.extended come forms that are known to slip through.
 */
#define RELAY_PLAIN "stranger"
#define RELAY_NULL "null-sender"
#define RELAY_CONTROL "control"
#define RELAY_EXTENDED_CHECK "relay.extended"

enum { RELAY_FORMS = 3 }; /* the rest of a visit's forms are the extended ones */

struct relay_result {
	enum visit_leave leave;
	const char *obstacle; /* why the addresses are not fit for this host; NULL: they are */
	const struct smtp_observation *first, *again; /* NULL: not had */
};

/* What was seen at (address, MX name), or why nothing was. */
void relay_evaluate(struct facts *facts, const struct ip *ip, const char *mx_name,
    struct arena *arena, struct relay_result *out);

/* Is it to be tested? False while that is not known. */
bool
relay_wanted(struct facts *facts, const struct ip *ip, const char *mx_name, struct arena *scratch);

void relay_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out);

/* Once more where a stranger's mail was taken, and the control was not. */
enum session_again relay_again(const struct smtp_observation *seen, const struct run_facts *run);

#endif
