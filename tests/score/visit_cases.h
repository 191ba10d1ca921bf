#ifndef MXSWEEP_TESTS_SCORE_VISIT_CASES_H
#define MXSWEEP_TESTS_SCORE_VISIT_CASES_H

#include "score/judge_case.h"

#define VISITED MX "8.8.8.8 SMTP mx.a.com \n"
#define BOX "box.net MX 10 in.box.net\nin.box.net A 9.9.9.9\n"
#define PROBES BOX "8.8.8.8 RELAY mx.a.com "
#define ONCE_MORE "8.8.8.8 RELAY2 mx.a.com |after=900"
#define REFUSES "|form=stranger 250 554 5.7.1 Relay access denied|form=null-sender 250 554 no"
#define NO_CONTROL "|form=control 250 550 no\n"
#define TAKES "|form=stranger 250 250 ok|form=null-sender 250 250 ok"
#define BOUNCES "|form=stranger 250 550 no|form=null-sender 250 250 ok"
#define OWN_HOSTS "relay=own|own=a.com|relay-from=p@box.net|relay-to=q@box.net"
#define EXTENDED OWN_HOSTS "|opt-in=relay.extended"
#define ALL_OPTED                                                                                  \
	"own=a.com|opt-in=smtp.null-sender|opt-in=smtp.postmaster|opt-in=smtp.abuse|"              \
	"opt-in=smtp.domain-hosted"
#define SENT VISITED "8.8.8.8 SENDER mx.a.com "
#define ASKED VISITED "8.8.8.8 RECIPIENTS a.com "

/* Area relay, and the checks of area smtp to opt in. */
static const struct judge_case visit_cases[] = {
	/* ---- whether it is made */
	{ "nobody asks", VISITED, "",
	    "relay.open=not_tested:opt_in_off relay.extended=not_tested:opt_in_off "
	    "smtp.null-sender=not_tested:opt_in_off smtp.postmaster=not_tested:opt_in_off "
	    "smtp.abuse=not_tested:opt_in_off smtp.domain-hosted=not_tested:opt_in_off" },
	{ "own hosts, and none is marked", VISITED, "relay=own",
	    "relay.open=not_tested:not_own_host relay.extended=not_tested:opt_in_off" },
	{ "none is marked, and the domain has no hosts", "a.com A NODATA\n", "relay=own",
	    "relay.open=not_tested:not_own_host" },
	{ "another's host", VISITED BOX,
	    "relay=own|own=b.com|relay-from=p@box.net|relay-to=q@box.net|"
	    "opt-in=smtp.null-sender|opt-in=smtp.abuse",
	    "relay.open=not_tested:not_own_host smtp.null-sender=not_tested:not_own_host "
	    "smtp.abuse=not_tested:not_own_host" },
	{ "a name that only ends like an own one", VISITED BOX,
	    "relay=own|own=x.a.com|relay-from=p@box.net|relay-to=q@box.net",
	    "relay.open=not_tested:not_own_host" },
	{ "without addresses", VISITED, "relay=own|own=a.com", "relay.open=not_tested:opt_in_off" },
	{ "off", VISITED BOX, "relay=off|own=a.com|relay-from=p@box.net|relay-to=q@box.net",
	    "relay.open=not_tested:opt_in_off" },
	{ "a provider's host, marked as own",
	    "a.com MX 1 aspmx.l.google.com\naspmx.l.google.com A 8.8.8.8\n"
	    "8.8.8.8 SMTP aspmx.l.google.com \n",
	    "relay=all|own=google.com|relay-from=p@box.net|relay-to=q@box.net|"
	    "opt-in=relay.extended|opt-in=smtp.null-sender|opt-in=smtp.postmaster",
	    "relay.open=not_applicable:provider_managed "
	    "relay.extended=not_applicable:provider_managed "
	    "smtp.null-sender=not_applicable:provider_managed "
	    "smtp.postmaster=not_applicable:provider_managed" },
	{ "it takes mail for the recipient", VISITED "box.net MX 10 mx.a.com\n", OWN_HOSTS,
	    "relay.open=not_tested:prerequisite" },
	{ "so does another name at its address",
	    VISITED "box.net MX 10 in.box.net\nin.box.net A 8.8.8.8\n", OWN_HOSTS,
	    "relay.open=not_tested:prerequisite" },
	{ "it takes mail for the sender", VISITED BOX "probe.net MX 10 mx.a.com\n",
	    "relay=own|own=a.com|relay-from=p@probe.net|relay-to=q@box.net",
	    "relay.open=not_tested:prerequisite" },
	{ "nobody takes mail for the recipient", VISITED, OWN_HOSTS,
	    "relay.open=not_tested:prerequisite" },
	{ "its EHLO is refused", MX BOX "8.8.8.8 SMTP mx.a.com |end=reply|at=ehlo|ehlo=421 busy\n",
	    OWN_HOSTS, "relay.open=not_tested:deferred_421" },
	{ "it was never visited", VISITED BOX, OWN_HOSTS, "relay.open=not_tested:not_recorded" },
	{ "the run was interrupted", VISITED BOX, OWN_HOSTS "|interrupted",
	    "relay.open=not_tested:cancelled" },
	{ "without sessions", MX BOX, OWN_HOSTS "|sessions=no", "relay.open=not_tested:skipped" },
	{ "it only sends", MX BOX, OWN_HOSTS "|role=send-only|opt-in=smtp.postmaster",
	    "relay.open=not_applicable:role smtp.postmaster=not_applicable:role" },
	{ "no hosts", NULL_MX BOX, ALL_OPTED "|role=mail",
	    "smtp.postmaster=not_applicable:no_target" },

	/* ---- what it shows */
	{ "refused", VISITED PROBES REFUSES NO_CONTROL, OWN_HOSTS, "relay.open=pass" },
	{ "refused to strangers, everywhere", VISITED PROBES REFUSES NO_CONTROL,
	    "relay=all|relay-from=p@box.net|relay-to=q@box.net", "relay.open=pass" },
	{ "refused at MAIL",
	    VISITED PROBES "|form=stranger 550 0 no|form=null-sender 550 0 no" NO_CONTROL,
	    OWN_HOSTS, "relay.open=pass" },
	{ "accepted twice", VISITED PROBES TAKES NO_CONTROL ONCE_MORE TAKES NO_CONTROL, OWN_HOSTS,
	    "relay.open=fail" },
	{ "accepted twice, the control put off",
	    VISITED PROBES TAKES "|form=control 250 450 no such domain\n" ONCE_MORE TAKES
				 "|form=control 250 450 no such domain\n",
	    OWN_HOSTS, "relay.open=fail" },
	{ "accepted twice within a minute",
	    VISITED PROBES TAKES NO_CONTROL "8.8.8.8 RELAY2 mx.a.com |after=2" TAKES NO_CONTROL,
	    OWN_HOSTS, "relay.open=fail+provisional" },
	{ "accepted once", VISITED PROBES TAKES NO_CONTROL, OWN_HOSTS, "relay.open=warn" },
	{ "accepted, then refused", VISITED PROBES TAKES NO_CONTROL ONCE_MORE REFUSES NO_CONTROL,
	    OWN_HOSTS, "relay.open=warn+flap" },
	{ "accepted, then cut off",
	    VISITED PROBES TAKES NO_CONTROL ONCE_MORE "|end=closed|at=mail|form=stranger 0 0\n",
	    OWN_HOSTS, "relay.open=warn" },
	{ "everything is accepted", VISITED PROBES TAKES "|form=control 250 250 ok\n", OWN_HOSTS,
	    "relay.open=warn" },
	{ "accepted twice, the second time the control as well",
	    VISITED PROBES TAKES NO_CONTROL ONCE_MORE TAKES "|form=control 250 250 ok\n", OWN_HOSTS,
	    "relay.open=warn" },
	{ "accepted, and nothing said to the control", VISITED PROBES TAKES "|form=control 250 0\n",
	    OWN_HOSTS, "relay.open=warn" },
	{ "only bounces are accepted", VISITED PROBES BOUNCES NO_CONTROL, OWN_HOSTS,
	    "relay.open=warn" },
	{ "greylisted",
	    VISITED PROBES "|form=stranger 250 450 4.2.0 Greylisted|form=null-sender 250 450 later|"
			   "form=control 250 450 later\n",
	    OWN_HOSTS, "relay.open=not_tested:greylisted" },
	{ "bounces are greylisted",
	    VISITED PROBES "|form=stranger 250 550 no|form=null-sender 250 451 later" NO_CONTROL,
	    OWN_HOSTS, "relay.open=not_tested:greylisted" },
	{ "the sender is put off", VISITED PROBES "|form=stranger 451 0 later" NO_CONTROL,
	    OWN_HOSTS, "relay.open=not_tested:deferred_4xx" },
	{ "a full disk", VISITED PROBES "|form=stranger 250 452 full" NO_CONTROL, OWN_HOSTS,
	    "relay.open=not_tested:deferred_4xx" },
	{ "421", VISITED PROBES "|end=reply|at=rcpt|form=stranger 250 421 bye\n", OWN_HOSTS,
	    "relay.open=not_tested:deferred_421" },
	{ "421 behind the first form",
	    VISITED PROBES
	    "|end=reply|at=mail|form=stranger 250 550 no|form=null-sender 421 0 bye\n",
	    OWN_HOSTS, "relay.open=not_tested:deferred_421" },
	{ "closed", VISITED PROBES "|end=closed|at=mail|form=stranger 0 0\n", OWN_HOSTS,
	    "relay.open=not_tested:closed_early" },
	{ "it is about us",
	    VISITED PROBES "|form=stranger 250 554 5.7.1 Client [198.51.100.10] blocked using "
			   "bl.net" NO_CONTROL,
	    OWN_HOSTS, "relay.open=not_tested:refused_our_address" },
	{ "our address, but it is about relaying",
	    VISITED PROBES "|form=stranger 250 550 Relaying denied, [198.51.100.10]|"
			   "form=null-sender 250 550 Relaying denied, [198.51.100.10]" NO_CONTROL,
	    OWN_HOSTS, "relay.open=pass" },

	/* ---- forms that slip through */
	{ "no further form was tried", VISITED PROBES REFUSES NO_CONTROL, EXTENDED,
	    "relay.open=pass relay.extended=not_tested:not_recorded" },
	{ "all are refused",
	    VISITED PROBES REFUSES "|form=control 250 550 no|form=percent 250 550 no|form=bang 250 "
				   "501 what\n",
	    EXTENDED, "relay.open=pass relay.extended=pass" },
	{ "one is accepted",
	    VISITED PROBES REFUSES "|form=control 250 550 no|form=percent 250 250 ok|form=bang 250 "
				   "450 later\n",
	    EXTENDED, "relay.open=pass relay.extended=warn" },
	{ "one is put off",
	    VISITED PROBES REFUSES "|form=control 250 550 no|form=percent 250 550 no|form=bang 250 "
				   "450 later\n",
	    EXTENDED, "relay.open=pass relay.extended=not_tested:greylisted" },
	{ "cut off in the midst",
	    VISITED PROBES REFUSES
	    "|end=closed|at=mail|form=control 250 550 no|form=percent 250 550 "
	    "no|form=bang 0 0\n",
	    EXTENDED, "relay.open=pass relay.extended=not_tested:closed_early" },

	/* ---- the null sender */
	{ "bounces are taken", SENT "|form=null-sender 250 0 ok\n", ALL_OPTED,
	    "smtp.null-sender=pass" },
	{ "refused twice",
	    SENT "|form=null-sender 550 0 no\n8.8.8.8 SENDER2 mx.a.com "
		 "|after=900|form=null-sender 550 0 no\n",
	    ALL_OPTED, "smtp.null-sender=fail" },
	{ "refused twice within a minute",
	    SENT "|form=null-sender 550 0 no\n8.8.8.8 SENDER2 mx.a.com |form=null-sender 550 0 "
		 "no\n",
	    ALL_OPTED, "smtp.null-sender=fail+provisional" },
	{ "refused once", SENT "|form=null-sender 550 0 no\n", ALL_OPTED,
	    "smtp.null-sender=not_tested:unconfirmed" },
	{ "refused, then taken",
	    SENT "|form=null-sender 550 0 no\n8.8.8.8 SENDER2 mx.a.com "
		 "|after=900|form=null-sender 250 0 ok\n",
	    ALL_OPTED, "smtp.null-sender=pass+flap" },
	{ "refused, then put off",
	    SENT "|form=null-sender 550 0 no\n8.8.8.8 SENDER2 mx.a.com "
		 "|after=900|form=null-sender 450 0 later\n",
	    ALL_OPTED, "smtp.null-sender=not_tested:deferred_4xx" },
	{ "put off", SENT "|form=null-sender 451 0 later\n", ALL_OPTED,
	    "smtp.null-sender=not_tested:deferred_4xx" },

	/* ---- recipients */
	{ "postmaster and abuse are known",
	    ASKED "|form=postmaster 250 250 ok|form=abuse 250 250 ok\n", ALL_OPTED,
	    "smtp.postmaster=pass smtp.abuse=pass smtp.domain-hosted=pass" },
	{ "no such mailboxes",
	    ASKED "|form=postmaster 250 550 5.1.1 no such user|form=abuse 250 550 5.1.1 no such "
		  "user\n",
	    ALL_OPTED, "smtp.postmaster=warn smtp.abuse=info smtp.domain-hosted=pass" },
	{ "it does not know the domain",
	    ASKED "|form=postmaster 250 554 5.7.1 Relay access denied|form=abuse 250 554 5.7.1 "
		  "Relay access denied\n",
	    ALL_OPTED, "smtp.postmaster=warn smtp.abuse=info smtp.domain-hosted=fail" },
	{ "greylisted", ASKED "|form=postmaster 250 450 4.2.0 later|form=abuse 250 451 later\n",
	    ALL_OPTED,
	    "smtp.postmaster=not_tested:greylisted smtp.abuse=not_tested:greylisted "
	    "smtp.domain-hosted=not_tested:greylisted" },
	{ "two hosts, and one does not know the domain",
	    ASKED "|form=postmaster 250 250 ok\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n"
		  "8.8.4.4 SMTP b.a.com \n8.8.4.4 RECIPIENTS a.com |form=postmaster 250 550 "
		  "relaying denied\n",
	    ALL_OPTED, "smtp.postmaster=warn smtp.domain-hosted=fail" },
	{ "two hosts, and one is another's",
	    ASKED "|form=postmaster 250 250 ok\na.com MX 20 mx.b.com\nmx.b.com A 8.8.4.4\n"
		  "8.8.4.4 SMTP mx.b.com \n",
	    ALL_OPTED,
	    "smtp.postmaster=pass smtp.domain-hosted=pass "
	    "smtp.null-sender=not_tested:not_recorded" },
};

#endif
