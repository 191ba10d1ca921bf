#ifndef MXSWEEP_TESTS_RULE_TLS_RPT_CASES_H
#define MXSWEEP_TESTS_RULE_TLS_RPT_CASES_H

#include "rule/rule_case.h"

#define RPT "_smtp._tls.a.com TXT "

/* STATUS RECORDS USABLE/URIS [extensions=N] [problem], then each mail domain behind ';'. */
static const struct rule_case tls_rpt_cases[] = {
	{ "as it should be", "a.com", RPT "v=TLSRPTv1; rua=mailto:t@a.com\na.com MX 10 mx.a.com\n",
	    "data 1 1/1; a.com takes" },
	{ "none", "a.com", "a.com A 8.8.8.8\n", "nxdomain 0 0/0" },
	{ "no answer", "a.com", RPT "SERVFAIL\n", "servfail 0 0/0" },
	{ "other texts", "a.com", RPT "v=spf1 -all\n" RPT "v=TLSRPTv10; rua=mailto:t@a.com\n",
	    "data 0 0/0" },
	{ "https", "a.com", RPT "v=TLSRPTv1;rua=https://a.com/x\n", "data 1 1/1" },
	{ "two records: nothing is sent, so nothing is asked", "a.com",
	    RPT "v=TLSRPTv1;rua=mailto:t@a.com\n" RPT "v=TLSRPTv1;rua=https://a.com/x\n",
	    "data 2 1/1; a.com unknown" },
	{ "of several, those count whose version ends with a semicolon", "a.com",
	    RPT "v=TLSRPTv1\n" RPT "v=TLSRPTv1; rua=https://a.com/x\n", "data 1 1/1" },
	{ "the version alone", "a.com", RPT "v=TLSRPTv1\n", "data 1 0/0 problem no rua" },
	{ "several places", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@a.com , mailto:u@B.com\t,https://c.com,mailto:x@a.com; "
		"x=1\na.com MX 10 mx.a.com\nb.com MX 0 .\n",
	    "data 1 4/4 extensions=1; a.com takes; b.com not" },
	{ "a mail domain that has an address", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com\nb.com A 8.8.8.8\n", "data 1 1/1; b.com takes" },
	{ "a mail domain with IPv6 alone", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com\nb.com AAAA 2001:4860:4860::8888\n",
	    "data 1 1/1; b.com takes" },
	{ "a mail domain that is not there", "a.com", RPT "v=TLSRPTv1; rua=mailto:t@b.com\n",
	    "data 1 1/1; b.com not" },
	{ "a mail domain without MX and address", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com\nb.com TXT x\n", "data 1 1/1; b.com not" },
	{ "a mail domain of which nothing is known", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com\nb.com MX TIMEOUT\n", "data 1 1/1; b.com unknown" },
	{ "a mail domain without MX, its address is not known", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com\nb.com TXT x\nb.com AAAA TIMEOUT\n",
	    "data 1 1/1; b.com unknown" },
	{ "more mail domains than are looked at", "a.com",
	    RPT "v=TLSRPTv1; rua=mailto:t@b.com,mailto:t@c.com,mailto:t@d.com,mailto:t@e.com,"
		"mailto:t@f.com\nb.com MX 0 .\nc.com MX 0 .\nd.com MX 0 .\ne.com MX 0 .\n",
	    "data 1 5/5; b.com not; c.com not; d.com not; e.com not" },
	{ "by an alias", "a.com",
	    "_smtp._tls.a.com CNAME a.b.com\na.b.com TXT v=TLSRPTv1; rua=https://b.com/x\n",
	    "data 1 1/1" },
};

#endif
