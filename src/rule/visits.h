#ifndef MXSWEEP_RULE_VISITS_H
#define MXSWEEP_RULE_VISITS_H

#include "fact/facts.h"

/*
 * Visits besides the ordinary session: to which hosts they are made, what is said there, and
 * whether they are made again. They need the operator's consent; hosts of known providers get none,
 * whatever the options say.
 */
enum visit_leave {
	VISIT_OFF, /* nobody asks for it, or without the addresses that it needs */
	VISIT_WANTED,
	VISIT_NOT_OWN,  /* the host is not marked as the operator's */
	VISIT_PROVIDER, /* the host is one of a known provider */
};

/* May the relay test be made at this host? NULL: at any host at all. */
enum visit_leave visit_leave_relay(const struct run_facts *run, const char *mx_name);

/* May what opt-in checks need, at this host? */
enum visit_leave visit_leave_own(const struct run_facts *run, const char *mx_name);

/* Asks for all visits that are wanted at (address, MX name) and for the domain. */
void visits_share(struct facts *facts, const struct ip *ip, const char *mx_name, const char *domain,
    struct arena *scratch);

/* As sessions ask: a session_plan_fn and a session_again_fn. */
void visits_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out);
enum session_again visits_again(
    enum session_look look, const struct smtp_observation *seen, const struct run_facts *run);

/* What became of a form. */
enum form_word {
	FORM_UNANSWERED,
	FORM_ACCEPTED,
	FORM_DEFERRED,       /* 4xx */
	FORM_REFUSED,        /* 5xx */
	FORM_TURNED_US_AWAY, /* 5xx for our sake: our address, our name, a block list */
};
enum form_word visit_form_word(const struct smtp_observation *seen,
    const struct smtp_form_seen *form, const struct run_facts *run);

/* The reply that decided it: that to RCPT, where there is one. */
const struct smtp_heard *visit_form_heard(const struct smtp_form_seen *form);

/* NULL when the visit was not made or had no such form. */
const struct smtp_form_seen *visit_form(const struct smtp_observation *seen, const char *name);

#endif
