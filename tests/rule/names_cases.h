#ifndef MXSWEEP_TESTS_RULE_NAMES_CASES_H
#define MXSWEEP_TESTS_RULE_NAMES_CASES_H

#include "rule/rule_case.h"

static const struct rule_case names_cases[] = {
	{ "both are the host", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com\nmx.a.com A 192.0.2.1\n",
	    "mx.a.com mx.a.com mx.a.com back data" },
	{ "the EHLO name comes first", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 b.com hello|ehlo=250 c.com\nb.com A 192.0.2.1\n",
	    "b.com c.com c.com nowhere nxdomain" },
	{ "the greeting stands in", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 b.com hello|ehlo=250 hello\nb.com A 192.0.2.9\n",
	    "b.com hello b.com elsewhere data" },
	{ "letter case and a dot at the end", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 MX.A.COM.|ehlo=250 Mx.a.Com\n"
	    "mx.a.com A 192.0.2.1\n",
	    "mx.a.com mx.a.com mx.a.com back data" },
	{ "a U-label is its A-label", "192.0.2.1 mx.xn--mnchen-3ya.de",
	    "192.0.2.1 SMTP mx.xn--mnchen-3ya.de |greeting=220 MX.M\xc3\x9cnchen.de ESMTP|"
	    "ehlo=250 mx.m\xc3\xbcnchen.de hello\nmx.xn--mnchen-3ya.de A 192.0.2.1\n",
	    "mx.xn--mnchen-3ya.de mx.xn--mnchen-3ya.de mx.xn--mnchen-3ya.de back data" },
	{ "an address literal is no name", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 [192.0.2.1] hi|ehlo=250 [192.0.2.1]\n",
	    "[192.0.2.1] [192.0.2.1] -" },
	{ "single labels", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 localhost|ehlo=250 mail\n", "localhost mail -" },
	{ "stars of a middle box", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |greeting=220 ******|ehlo=250 mx.a.com\nmx.a.com TXT x\n",
	    "****** mx.a.com mx.a.com nowhere nodata" },
	{ "EHLO was refused", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |end=reply|at=ehlo|ehlo=502 b.com no\nmx.a.com A 192.0.2.1\n",
	    "mx.a.com - mx.a.com back data" },
	{ "nothing was heard", "192.0.2.1 mx.a.com",
	    "192.0.2.1 SMTP mx.a.com |end=timeout|at=connect\n", "- - -" },
	{ "no answer", "192.0.2.1 mx.a.com", "192.0.2.1 SMTP mx.a.com\nmx.a.com A TIMEOUT\n",
	    "mx.a.com mx.a.com mx.a.com unknown timeout" },
	{ "IPv6", "2001:db8::1 mx.a.com",
	    "2001:db8::1 SMTP mx.a.com\nmx.a.com AAAA 2001:db8::1\nmx.a.com A 192.0.2.1\n",
	    "mx.a.com mx.a.com mx.a.com back data" },
	{ "a name of the other family only", "2001:db8::1 mx.a.com",
	    "2001:db8::1 SMTP mx.a.com\nmx.a.com A 192.0.2.1\n",
	    "mx.a.com mx.a.com mx.a.com nowhere nodata" },
};

#endif
