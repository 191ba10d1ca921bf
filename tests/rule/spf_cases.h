#ifndef MXSWEEP_TESTS_RULE_SPF_CASES_H
#define MXSWEEP_TESTS_RULE_SPF_CASES_H

#include "rule/rule_case.h"

static const struct rule_case spf_cases[] = {
	{ "a record", "a.com", "a.com TXT v=spf1 mx -all\n", "data 1 passes" },
	{ "none", "a.com", "a.com A 192.0.2.1\n", "nodata 0" },
	{ "missing", "a.com", "", "nxdomain 0" },
	{ "no answer", "a.com", "a.com TXT SERVFAIL\n", "servfail 0" },
	{ "silence", "a.com", "a.com TXT TIMEOUT\n", "timeout 0" },
	{ "resolvers disagree", "a.com", "a.com TXT UNCONFIRMED\n", "unconfirmed 0" },
	{ "other texts do no harm", "a.com",
	    "a.com TXT google-site-verification=x\na.com TXT v=spf1 -all\na.com TXT\n",
	    "data 1 denies" },
	{ "only other texts", "a.com", "a.com TXT v=spf10 -all\na.com TXT  v=spf1 -all\n",
	    "data 0" },
	{ "two records", "a.com", "a.com TXT v=spf1 mx -all\na.com TXT v=spf1 a -all\n", "data 2" },
	{ "two identical records", "a.com", "a.com TXT v=spf1 -all\na.com TXT v=spf1 -all\n",
	    "data 2" },
	{ "behind an alias", "a.com", "a.com CNAME b.com\nb.com TXT v=spf1 -all\n",
	    "data 1 denies" },
	{ "upper case", "a.com", "a.com TXT V=SPF1 -ALL\n", "data 1 denies" },
	{ "a bad term", "a.com", "a.com TXT v=spf1 ipv4:192.0.2.1 -all\n", "data 1 error" },
	{ "denies with ~all", "a.com", "a.com TXT v=spf1 ~all\n", "data 1" },
	{ "nothing but the version", "a.com", "a.com TXT v=spf1\n", "data 1" },
	{ "only by its targets", "a.com", "a.com TXT v=spf1 redirect=b.com\n", "data 1 passes" },
	{ "nothing that it names is asked", "a.com",
	    "a.com TXT v=spf1 include:b.com exists:%{i}.c.com -all\n", "data 1 passes" },
};

#endif
