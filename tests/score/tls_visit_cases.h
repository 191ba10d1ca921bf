#ifndef MXSWEEP_TESTS_SCORE_TLS_VISIT_CASES_H
#define MXSWEEP_TESTS_SCORE_TLS_VISIT_CASES_H

#include "score/judge_case.h"

#define SPOKEN MX "8.8.8.8 SMTP mx.a.com \n"
#define NO_SHAKE "|end=tls|at=tls|error=tlsv1 alert protocol version\n"
#define NOT_HERE "|end=tls|at=tls|error=no protocols available\n"
#define SPEAKS_1_0 "8.8.8.8 TLS10 mx.a.com "
#define SPEAKS_1_1 "8.8.8.8 TLS11 mx.a.com "
#define INJECTED "8.8.8.8 INJECTION mx.a.com "
#define AT_465 "8.8.8.8 PORT465 mx.a.com "
#define AT_587 "8.8.8.8 PORT587 mx.a.com "
#define OLD "opt-in=tls.old-versions"
#define INJECT "opt-in=tls.injection"
#define PORTS "opt-in=smtp.submission-ports"

/* Opt-in checks of areas tls and smtp that each have visits of their own. */
static const struct judge_case tls_visit_cases[] = {
	{ "nobody asks",
	    SPOKEN SPEAKS_1_0 "|version=TLSv1\n" INJECTED "|injected\n" AT_465 "\n" AT_587 "\n", "",
	    "tls.old-versions=not_tested:opt_in_off tls.injection=not_tested:opt_in_off "
	    "smtp.submission-ports=not_tested:opt_in_off" },
	{ "not had", SPOKEN, OLD "|" INJECT "|" PORTS,
	    "tls.old-versions=not_tested:not_recorded tls.injection=not_tested:not_recorded "
	    "smtp.submission-ports=not_tested:not_recorded" },
	{ "the run was interrupted before", SPOKEN, OLD "|" INJECT "|" PORTS "|interrupted",
	    "tls.old-versions=not_tested:cancelled tls.injection=not_tested:cancelled "
	    "smtp.submission-ports=not_tested:cancelled" },
	{ "there was no TLS", MX "8.8.8.8 SMTP mx.a.com |notls\n", OLD "|" INJECT,
	    "tls.old-versions=not_tested:prerequisite tls.injection=not_tested:prerequisite" },
	{ "there is no TLS",
	    MX "8.8.8.8 SMTP mx.a.com |notls\n8.8.8.8 SMTP2 mx.a.com |notls|after=900\n",
	    OLD "|" INJECT,
	    "tls.old-versions=not_applicable:prerequisite_failed "
	    "tls.injection=not_applicable:prerequisite_failed" },
	{ "it only sends", SPOKEN, OLD "|" INJECT "|" PORTS "|role=send-only",
	    "tls.old-versions=not_applicable:role tls.injection=not_applicable:role "
	    "smtp.submission-ports=not_applicable:role" },

	/* ---- old versions */
	{ "both are refused", SPOKEN SPEAKS_1_0 NO_SHAKE SPEAKS_1_1 NO_SHAKE, OLD,
	    "tls.old-versions=pass" },
	{ "both are accepted", SPOKEN SPEAKS_1_0 "|version=TLSv1\n" SPEAKS_1_1 "|version=TLSv1.1\n",
	    OLD, "tls.old-versions=warn" },
	{ "1.0 is accepted", SPOKEN SPEAKS_1_0 "|version=TLSv1\n" SPEAKS_1_1 NO_SHAKE, OLD,
	    "tls.old-versions=warn" },
	{ "1.1 is accepted", SPOKEN SPEAKS_1_0 NO_SHAKE SPEAKS_1_1 "|version=TLSv1.1\n", OLD,
	    "tls.old-versions=warn" },
	{ "1.0 is accepted, and 1.1 not looked at", SPOKEN SPEAKS_1_0 "|version=TLSv1\n", OLD,
	    "tls.old-versions=warn" },
	{ "the ordinary session speaks one", MX "8.8.8.8 SMTP mx.a.com |version=TLSv1.1\n", OLD,
	    "tls.old-versions=warn" },
	{ "this machine speaks neither", SPOKEN SPEAKS_1_0 NOT_HERE SPEAKS_1_1 NOT_HERE, OLD,
	    "tls.old-versions=not_tested:tls_unsupported_here" },
	{ "this machine speaks but one", SPOKEN SPEAKS_1_0 NOT_HERE SPEAKS_1_1 NO_SHAKE, OLD,
	    "tls.old-versions=not_tested:tls_unsupported_here" },
	{ "1.0 is refused, and 1.1 not looked at", SPOKEN SPEAKS_1_0 NO_SHAKE, OLD,
	    "tls.old-versions=not_tested:not_recorded" },
	{ "silence in the handshake", SPOKEN SPEAKS_1_0 NO_SHAKE SPEAKS_1_1 "|end=timeout|at=tls\n",
	    OLD, "tls.old-versions=not_tested:reply_timeout" },
	{ "deferred", SPOKEN SPEAKS_1_0 "|end=reply|at=greeting|greeting=421 busy\n", OLD,
	    "tls.old-versions=not_tested:deferred_421" },

	/* ---- commands in clear */
	{ "they are forgotten", SPOKEN INJECTED "\n", INJECT, "tls.injection=pass" },
	{ "one is answered", SPOKEN INJECTED "|at=listen|again=250 2.0.0 ok|injected\n", INJECT,
	    "tls.injection=fail" },
	{ "closed while nothing is said", SPOKEN INJECTED "|end=closed|at=listen\n", INJECT,
	    "tls.injection=pass" },
	{ "the two together are no handshake", SPOKEN INJECTED NO_SHAKE, INJECT,
	    "tls.injection=pass" },
	{ "the two together are refused",
	    SPOKEN INJECTED "|end=reply|at=starttls|tls=554 no pipelining\n", INJECT,
	    "tls.injection=pass" },
	{ "deferred within", SPOKEN INJECTED "|end=reply|at=starttls|tls=454 later\n", INJECT,
	    "tls.injection=not_tested:deferred_4xx" },
	{ "silence", SPOKEN INJECTED "|end=timeout|at=greeting|greeting=0\n", INJECT,
	    "tls.injection=not_tested:greeting_timeout" },

	/* ---- ports of submission */
	{ "both answer", SPOKEN AT_465 "|tls=0\n" AT_587 "\n", PORTS,
	    "smtp.submission-ports=info" },
	{ "both are closed",
	    SPOKEN AT_465 "|end=refused|at=connect\n" AT_587 "|end=refused|at=connect\n", PORTS,
	    "smtp.submission-ports=info" },
	{ "one is silent",
	    SPOKEN AT_465 "|end=timeout|at=connect\n" AT_587 "|end=refused|at=connect\n", PORTS,
	    "smtp.submission-ports=info" },
	{ "both are silent",
	    SPOKEN AT_465 "|end=timeout|at=connect\n" AT_587 "|end=timeout|at=connect\n", PORTS,
	    "smtp.submission-ports=not_tested:connect_timeout" },
	{ "no route from here",
	    SPOKEN AT_465 "|end=no_route|at=connect\n" AT_587 "|end=no_route|at=connect\n", PORTS,
	    "smtp.submission-ports=not_tested:net_unreachable" },
	{ "the host has no address", "a.com MX 10 mx.a.com\nmx.a.com A NODATA\n", PORTS,
	    "smtp.submission-ports=not_applicable:prerequisite_failed" },
	{ "the host's address is private", "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", PORTS,
	    "smtp.submission-ports=not_tested:non_routable_target" },
};

#endif
