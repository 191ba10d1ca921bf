#ifndef MXSWEEP_TESTS_SCORE_SESSION_CASES_H
#define MXSWEEP_TESTS_SCORE_SESSION_CASES_H

#include "score/judge_case.h"

#define SESSION MX "8.8.8.8 SMTP mx.a.com "

/* Areas smtp and tls. */
static const struct judge_case session_cases[] = {
	{ "as it should be", SESSION "\n", "",
	    "smtp.connect=pass smtp.greeting=pass smtp.greeting-name=pass "
	    "smtp.greeting-matches=pass smtp.ehlo=pass smtp.ehlo-name=pass "
	    "smtp.name-resolves=pass smtp.starttls=pass smtp.time-connect=pass "
	    "smtp.time-greeting=pass smtp.time-total=pass tls.handshake=pass tls.version=pass "
	    "tls.expiry=pass" },
	{ "nobody asked for sessions", MX, "sessions=no",
	    "smtp.connect=not_tested:skipped tls.handshake=not_tested:skipped" },
	{ "nobody asked for sessions, and the address is private",
	    "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "sessions=no",
	    "smtp.connect=not_tested:skipped" },
	{ "the run was interrupted", MX, "interrupted", "smtp.connect=not_tested:cancelled" },
	{ "not recorded", MX, "", "smtp.connect=not_tested:not_recorded" },
	{ "it only sends", MX, "role=send-only",
	    "smtp.connect=not_applicable:role smtp.greeting=not_applicable:role "
	    "smtp.greeting-name=not_applicable:role smtp.greeting-matches=not_applicable:role "
	    "smtp.ehlo=not_applicable:role smtp.ehlo-name=not_applicable:role "
	    "smtp.name-resolves=not_applicable:role smtp.starttls=not_applicable:role "
	    "smtp.time-connect=not_applicable:role smtp.time-greeting=not_applicable:role "
	    "smtp.time-total=not_applicable:role tls.handshake=not_applicable:role "
	    "tls.version=not_applicable:role tls.expiry=not_applicable:role" },
	{ "connect timed out", SESSION "|end=timeout|at=connect\n", "",
	    "smtp.connect=not_tested:connect_timeout smtp.greeting=not_tested:prerequisite "
	    "smtp.greeting-name=not_tested:prerequisite "
	    "smtp.greeting-matches=not_tested:prerequisite smtp.ehlo=not_tested:prerequisite "
	    "smtp.ehlo-name=not_tested:prerequisite smtp.name-resolves=not_tested:prerequisite "
	    "smtp.starttls=not_tested:prerequisite smtp.time-connect=not_tested:prerequisite "
	    "smtp.time-greeting=not_tested:prerequisite smtp.time-total=not_tested:prerequisite "
	    "tls.handshake=not_tested:prerequisite tls.version=not_tested:prerequisite "
	    "tls.expiry=not_tested:prerequisite" },
	{ "refused, seen once", SESSION "|end=refused|at=connect\n", "",
	    "smtp.connect=not_tested:unconfirmed" },
	{ "unreachable, seen once", SESSION "|end=unreachable|at=connect\n", "",
	    "smtp.connect=not_tested:unconfirmed" },
	{ "no route from here", SESSION "|end=no_route|at=connect\n", "",
	    "smtp.connect=not_tested:net_unreachable" },
	{ "descriptors ran out here", SESSION "|end=shortage|at=connect\n", "",
	    "smtp.connect=not_tested:scanner_error" },
	{ "one of two is silent",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com |end=timeout|"
		    "at=connect\n",
	    "", "smtp.connect=pass smtp.greeting=pass" },

	{ "no greeting", SESSION "|end=timeout|at=greeting|greeting=0\n", "",
	    "smtp.connect=pass smtp.greeting=not_tested:greeting_timeout "
	    "smtp.ehlo=not_tested:greeting_timeout" },
	{ "drops of a tarpit", SESSION "|end=total|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:tarpit" },
	{ "closed", SESSION "|end=closed|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:closed_early" },
	{ "no SMTP, seen once", SESSION "|end=garbage|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:unconfirmed" },
	{ "deferred by 421", SESSION "|end=reply|at=greeting|greeting=421 too busy\n", "",
	    "smtp.greeting=not_tested:deferred_421" },
	{ "deferred by another 4xx", SESSION "|end=reply|at=greeting|greeting=450 later\n", "",
	    "smtp.greeting=not_tested:deferred_4xx" },
	{ "5xx, seen once", SESSION "|end=reply|at=greeting|greeting=554 no service\n", "",
	    "smtp.greeting=not_tested:unconfirmed" },
	{ "5xx about us",
	    SESSION "|end=reply|at=greeting|greeting=554 5.7.1 your IP is on a "
		    "Blocklist\n",
	    "", "smtp.greeting=not_tested:refused_our_address" },
	{ "421 about us", SESSION "|end=reply|at=greeting|greeting=421 poor reputation\n", "",
	    "smtp.greeting=not_tested:refused_our_address" },
	{ "5xx that names us", SESSION "|end=reply|at=greeting|greeting=554 scan.example.net: go\n",
	    "", "smtp.greeting=not_tested:refused_our_address" },

	{ "a literal as name", SESSION "|greeting=220 [8.8.8.8] hi\n", "",
	    "smtp.greeting-name=info smtp.greeting-matches=warn" },
	{ "a single label", SESSION "|greeting=220 localhost hi|ehlo=250 localhost~STARTTLS\n", "",
	    "smtp.greeting-name=warn smtp.greeting-matches=warn smtp.ehlo-name=warn "
	    "smtp.name-resolves=not_applicable:feature_absent" },
	{ "no name", SESSION "|greeting=220|ehlo=250\n", "",
	    "smtp.greeting-name=warn smtp.greeting-matches=warn smtp.ehlo-name=warn" },
	{ "another name of the house", SESSION "|greeting=220 x.a.com|ehlo=250 y.a.com\n", "",
	    "smtp.greeting-name=pass smtp.greeting-matches=info smtp.ehlo-name=info" },
	{ "the reverse name", SESSION "|greeting=220 b.com|ehlo=250 b.com\n8.8.8.8 PTR b.com\n", "",
	    "smtp.greeting-matches=pass smtp.ehlo-name=warn" },
	{ "a stranger's name", SESSION "|greeting=220 b.com|ehlo=250 b.com\n", "",
	    "smtp.greeting-matches=warn smtp.ehlo-name=warn smtp.name-resolves=fail" },
	{ "names of one provider",
	    "a.com MX 1 aspmx.l.google.com\naspmx.l.google.com A 8.8.8.8\n8.8.8.8 SMTP "
	    "aspmx.l.google.com |greeting=220 mx.google.com|ehlo=250 mx.google.com\n",
	    "", "smtp.greeting-matches=info smtp.ehlo-name=info" },
	{ "it leads elsewhere", SESSION "|ehlo=250 x.a.com\nx.a.com A 8.8.4.4\n", "",
	    "smtp.name-resolves=warn" },
	{ "where it leads is not known", SESSION "|ehlo=250 x.a.com\nx.a.com A TIMEOUT\n", "",
	    "smtp.name-resolves=not_tested:dns_timeout" },

	{ "only HELO", SESSION "|helo|notls|ehlo=250 mx.a.com\n", "",
	    "smtp.ehlo=warn smtp.ehlo-name=pass smtp.starttls=not_tested:unconfirmed" },
	{ "EHLO refused, seen once", SESSION "|end=reply|at=helo|ehlo=502 no\n", "",
	    "smtp.greeting=pass smtp.ehlo=not_tested:unconfirmed "
	    "smtp.starttls=not_tested:unconfirmed smtp.time-total=not_tested:unconfirmed" },
	{ "EHLO deferred", SESSION "|end=reply|at=ehlo|ehlo=421 busy\n", "",
	    "smtp.ehlo=not_tested:deferred_421" },
	{ "silence after EHLO", SESSION "|end=timeout|at=ehlo|ehlo=0\n", "",
	    "smtp.ehlo=not_tested:reply_timeout" },
	{ "no STARTTLS, seen once", SESSION "|notls\n", "",
	    "smtp.starttls=not_tested:unconfirmed tls.handshake=not_tested:prerequisite "
	    "tls.version=not_tested:prerequisite" },

	{ "slow", SESSION "|ms=2001 5001 30001\n", "",
	    "smtp.time-connect=info smtp.time-greeting=info smtp.time-total=info" },
	{ "just quick enough", SESSION "|ms=2000 5000 30000\n", "",
	    "smtp.time-connect=pass smtp.time-greeting=pass smtp.time-total=pass" },
	{ "very slow", SESSION "|ms=5001 30001 60001\n", "",
	    "smtp.time-connect=warn smtp.time-greeting=warn smtp.time-total=warn" },

	/* ---- tls */
	{ "454", SESSION "|end=reply|at=starttls|tls=454 not now\n", "",
	    "smtp.starttls=pass tls.handshake=not_tested:deferred_4xx" },
	{ "the handshake fails, seen once", SESSION "|end=tls|at=tls|error=no shared cipher\n", "",
	    "smtp.starttls=pass tls.handshake=not_tested:unconfirmed "
	    "tls.version=not_tested:prerequisite tls.expiry=not_tested:prerequisite" },
	{ "silence in the handshake", SESSION "|end=timeout|at=tls\n", "",
	    "tls.handshake=not_tested:reply_timeout" },
	{ "TLS 1.2", SESSION "|version=TLSv1.2\n", "", "tls.version=pass" },
	{ "TLS 1.0", SESSION "|version=TLSv1\n", "", "tls.version=warn" },
	{ "TLS 1.1", SESSION "|version=TLSv1.1\n", "", "tls.version=warn" },
	{ "SSL 3", SESSION "|version=SSLv3\n", "", "tls.version=fail" },
	{ "no certificate", SESSION "|noleaf\n", "", "tls.expiry=warn" },
	{ "31 days left", SESSION "\n", "now=1809321600", "tls.expiry=pass" },
	{ "30 days left", SESSION "\n", "now=1809408000", "tls.expiry=info" },
	{ "15 days left", SESSION "\n", "now=1810704000", "tls.expiry=info" },
	{ "14 days left", SESSION "\n", "now=1810790400", "tls.expiry=warn" },
	{ "expired", SESSION "\n", "now=1812000001", "tls.expiry=warn" },
	{ "not valid yet", SESSION "\n", "now=1794999999", "tls.expiry=warn" },
};

#endif
