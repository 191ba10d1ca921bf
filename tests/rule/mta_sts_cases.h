#ifndef MXSWEEP_TESTS_RULE_MTA_STS_CASES_H
#define MXSWEEP_TESTS_RULE_MTA_STS_CASES_H

#include "rule/rule_case.h"

#define STS "_mta-sts.a.com TXT "

#define STS_HOST "mta-sts.a.com A 8.8.8.8\n"
#define STS_POLICY "mta-sts.a.com POLICY |"
#define STS_GOOD "look=200 text/plain|body=version: STSv1~mode: enforce~mx: mx.a.com~max_age: 9~"

/*
 * STATUS RECORDS [id=ID] [extensions=N] [problem]; the policy host: STATUS [alias]
 * [at ADDRESS...] [not NETWORK]; the look that stands: END STATUS [flap] [MODE MAX-AGE PATTERNS]
 * [problem].
 */
static const struct rule_case mta_sts_cases[] = {
	{ "as it should be", "a.com", STS "v=STSv1; id=20260101\nmta-sts.a.com A 8.8.8.8\n",
	    "data 1 id=20260101; data at 8.8.8.8" },
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
	    "data 1 id=a alias; data alias at 8.8.8.8" },
	{ "aliases that lead nowhere", "a.com",
	    "_mta-sts.a.com CNAME x.b.com\nmta-sts.a.com CNAME y.b.com\n",
	    "nxdomain 0 dangles; nxdomain dangles" },
	{ "aliases that lead to other data", "a.com",
	    "_mta-sts.a.com CNAME x.b.com\nmta-sts.a.com CNAME x.b.com\nx.b.com MX 0 .\n",
	    "nodata 0 dangles; nodata dangles" },
	{ "a policy host whose alias has IPv6 alone", "a.com",
	    "mta-sts.a.com CNAME x.b.com\nx.b.com AAAA 2001:4860:4860::8888\n",
	    "nxdomain 0; data alias" },

	/* ---- which addresses */
	{ "both families, the lowest first", "a.com",
	    STS "v=STSv1; id=a\nmta-sts.a.com A 8.8.8.8\nmta-sts.a.com A 8.8.4.4\n"
		"mta-sts.a.com AAAA 2001:4860:4860::8888\n",
	    "data 1 id=a; data at 8.8.4.4 8.8.8.8 2001:4860:4860::8888" },
	{ "no more than four", "a.com",
	    STS "v=STSv1; id=a\nmta-sts.a.com A 8.0.0.5\nmta-sts.a.com A 8.0.0.3\n"
		"mta-sts.a.com A 8.0.0.1\nmta-sts.a.com A 8.0.0.4\nmta-sts.a.com A 8.0.0.6\n"
		"mta-sts.a.com A 8.0.0.2\nmta-sts.a.com AAAA 2001:4860:4860::8888\n",
	    "data 1 id=a; data at 8.0.0.1 8.0.0.2 8.0.0.3 8.0.0.4" },
	{ "none that is public", "a.com",
	    STS "v=STSv1; id=a\nmta-sts.a.com A 10.0.0.1\nmta-sts.a.com AAAA ::1\n",
	    "data 1 id=a; data not ::1/128" },
	{ "one that is public, beside an IPv4-mapped one", "a.com",
	    STS "v=STSv1; id=a\nmta-sts.a.com A 8.8.8.8\n"
		"mta-sts.a.com AAAA ::ffff:8.8.4.4\n",
	    "data 1 id=a; data at 8.8.8.8 not ::ffff:0:0/96" },
	{ "IPv6 fails, IPv4 is there", "a.com",
	    STS "v=STSv1; id=a\n" STS_HOST "mta-sts.a.com AAAA TIMEOUT\n",
	    "data 1 id=a; data at 8.8.8.8" },
	{ "a record whose host does not exist", "a.com", STS "v=STSv1; id=a\n",
	    "data 1 id=a; nxdomain" },

	/* ---- what was fetched */
	{ "a policy", "a.com", STS "v=STSv1; id=a\n" STS_HOST STS_POLICY STS_GOOD "\n",
	    "data 1 id=a; data at 8.8.8.8; answered 200 enforce 9 1" },
	{ "a policy of a record that is none", "a.com",
	    STS "v=STSv1; id=-\n" STS_HOST STS_POLICY STS_GOOD "\n",
	    "data 1 problem an id that is not 1 to 32 letters and digits, at offset 9; data" },
	{ "a policy at the second look", "a.com",
	    STS "v=STSv1; id=a\n" STS_HOST STS_POLICY "look=timeout|" STS_GOOD "\n",
	    "data 1 id=a; data at 8.8.8.8; answered 200 flap enforce 9 1" },
	{ "no policy twice: what got further stands", "a.com",
	    STS "v=STSv1; id=a\n" STS_HOST STS_POLICY "look=404|look=timeout\n",
	    "data 1 id=a; data at 8.8.8.8; answered 404" },
	{ "the same the other way round", "a.com",
	    STS "v=STSv1; id=a\n" STS_HOST STS_POLICY "look=no_route|look=name\n",
	    "data 1 id=a; data at 8.8.8.8; name 0" },
	{ "a file that is no policy", "a.com",
	    STS "v=STSv1; id=a\n" STS_HOST STS_POLICY "look=200|body=<html>~\n",
	    "data 1 id=a; data at 8.8.8.8; answered 200 - 0 0 problem a line without a colon" },
	{ "an empty file", "a.com", STS "v=STSv1; id=a\n" STS_HOST STS_POLICY "look=200\n",
	    "data 1 id=a; data at 8.8.8.8; answered 200 - 0 0 problem there is no version" },
};

#endif
