#ifndef MXSWEEP_TESTS_RULE_MTA_STS_CASES_H
#define MXSWEEP_TESTS_RULE_MTA_STS_CASES_H

#include "rule/rule_case.h"

#define STS "_mta-sts.a.com TXT "

/* STATUS RECORDS [id=ID] [extensions=N] [problem], then the policy host behind ';'. */
static const struct rule_case mta_sts_cases[] = {
	{ "as it should be", "a.com", STS "v=STSv1; id=20260101\nmta-sts.a.com A 8.8.8.8\n",
	    "data 1 id=20260101; data" },
	{ "nothing at all", "a.com", "a.com A 8.8.8.8\n", "nxdomain 0; nxdomain" },
	{ "a policy host with IPv6 alone", "a.com", "mta-sts.a.com AAAA 2001:4860:4860::8888\n",
	    "nxdomain 0; data" },
	{ "a policy host without address", "a.com", "mta-sts.a.com TXT x\n", "nxdomain 0; nodata" },
	{ "other texts", "a.com",
	    STS "v=spf1 -all\n" STS "v=STSv10; id=a\n" STS "x v=STSv1; id=a\n",
	    "data 0; nxdomain" },
	{ "a record beside other texts", "a.com", STS "v=spf1 -all\n" STS "v=STSv1; id=a\n",
	    "data 1 id=a; nxdomain" },
	{ "two records", "a.com", STS "v=STSv1; id=a\n" STS "v=STSv1; id=b\n",
	    "data 2 id=a; nxdomain" },
	{ "a bad id", "a.com", STS "v=STSv1; id=a-b\n",
	    "data 1 problem an id that is not 1 to 32 letters and digits, at offset 9; nxdomain" },
	{ "extensions", "a.com", STS "v=STSv1; id=a; x=y; z.z=1\n",
	    "data 1 id=a extensions=2; nxdomain" },
	{ "no answer", "a.com", STS "TIMEOUT\nmta-sts.a.com ? SERVFAIL\n", "timeout 0; servfail" },
	{ "IPv4 fails", "a.com", "mta-sts.a.com A TIMEOUT\n", "nxdomain 0; timeout" },
	{ "IPv6 fails", "a.com", "mta-sts.a.com A NODATA\nmta-sts.a.com AAAA TIMEOUT\n",
	    "nxdomain 0; timeout" },
	{ "by aliases", "a.com",
	    "_mta-sts.a.com CNAME a.com.sts.b.com\na.com.sts.b.com TXT v=STSv1; id=a\n"
	    "mta-sts.a.com CNAME p.b.com\np.b.com A 8.8.8.8\n",
	    "data 1 id=a alias; data alias" },
	{ "aliases that lead nowhere", "a.com",
	    "_mta-sts.a.com CNAME x.b.com\nmta-sts.a.com CNAME y.b.com\n",
	    "nxdomain 0 dangles; nxdomain dangles" },
	{ "aliases that lead to other data", "a.com",
	    "_mta-sts.a.com CNAME x.b.com\nmta-sts.a.com CNAME x.b.com\nx.b.com MX 0 .\n",
	    "nodata 0 dangles; nodata dangles" },
	{ "a policy host whose alias has IPv6 alone", "a.com",
	    "mta-sts.a.com CNAME x.b.com\nx.b.com AAAA 2001:4860:4860::8888\n",
	    "nxdomain 0; data alias" },
};

#endif
