#ifndef MXSWEEP_TESTS_RULE_MX_CASES_H
#define MXSWEEP_TESTS_RULE_MX_CASES_H

#include "rule/rule_case.h"

/* Rows marked mox come from that project (smtpclient/gather_test.go). */
static const struct rule_case mx_cases[] = {
	{ "one host", "a.com", "a.com MX 10 mx.a.com\nmx.a.com A 192.0.2.1\n",
	    "data; 10 mx.a.com 192.0.2.1" },
	{ "by preference, then by name", "a.com",
	    "a.com MX 20 c.a.com\na.com MX 10 b.a.com\na.com MX 10 a.a.com\na.a.com A 192.0.2.1\n"
	    "b.a.com A 192.0.2.2\nc.a.com A 192.0.2.3\n",
	    "data; 10 a.a.com 192.0.2.1; 10 b.a.com 192.0.2.2; 20 c.a.com 192.0.2.3" },
	{ "addresses in their order, IPv4 first", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com AAAA 2001:db8::2\nmx.a.com AAAA 2001:db8::1\n"
	    "mx.a.com A 192.0.2.2\nmx.a.com A 192.0.2.1\n",
	    "data; 10 mx.a.com 192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2" },
	{ "more than eight addresses", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com A 192.0.2.10\nmx.a.com A 192.0.2.9\n"
	    "mx.a.com A 192.0.2.8\nmx.a.com A 192.0.2.7\nmx.a.com A 192.0.2.6\n"
	    "mx.a.com A 192.0.2.5\nmx.a.com A 192.0.2.4\nmx.a.com A 192.0.2.3\n"
	    "mx.a.com A 192.0.2.2\n",
	    "data; 10 mx.a.com 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6 192.0.2.7 "
	    "192.0.2.8 192.0.2.9 of 9" },
	{ "implicit, IPv4", "a.com", "a.com A 192.0.2.1\n",
	    "nodata implicit; 0 a.com 192.0.2.1" }, /* mox: justhost */
	{ "implicit, IPv6", "a.com", "a.com AAAA 2001:db8::1\n",
	    "nodata implicit; 0 a.com 2001:db8::1" },
	{ "implicit while one family is silent", "a.com", "a.com A 192.0.2.1\na.com AAAA TIMEOUT\n",
	    "nodata implicit; 0 a.com AAAA:timeout 192.0.2.1" },
	{ "neither MX nor address", "a.com", "a.com TXT x\n", "nodata A:nodata AAAA:nodata" },
	{ "no MX, and addresses that nobody knows", "a.com",
	    "a.com TXT x\na.com A SERVFAIL\na.com AAAA TIMEOUT\n",
	    "nodata A:servfail AAAA:timeout" },
	{ "no MX, no IPv4, and no word of IPv6", "a.com", "a.com TXT x\na.com AAAA TIMEOUT\n",
	    "nodata A:nodata AAAA:timeout" },
	{ "missing", "a.com", "b.com A 192.0.2.1\n", "nxdomain missing" },
	{ "an empty non-terminal is not missing", "a.com", "www.a.com A 192.0.2.1\n",
	    "nodata A:nodata AAAA:nodata" },
	{ "an alias to a missing name is not missing", "a.com", "a.com CNAME gone.b.com\n",
	    "nxdomain" }, /* mox: danglingcname */
	{ "an alias to a name with MX", "a.com",
	    "a.com CNAME b.com\nb.com MX 10 mx.b.com\nmx.b.com A 192.0.2.1\n",
	    "data; 10 mx.b.com 192.0.2.1" },
	{ "an alias loop", "a.com", "a.com CNAME b.com\nb.com CNAME a.com\n",
	    "servfail" },                                            /* mox: cnameloop */
	{ "no answer", "a.com", "a.com MX SERVFAIL\n", "servfail" }, /* mox: temperror-mx */
	{ "silence", "a.com", "a.com ? TIMEOUT\n", "timeout" },
	{ "resolvers disagree", "a.com", "a.com MX UNCONFIRMED\n", "unconfirmed" },
	{ "null MX", "a.com", "a.com MX 0 .\n", "data null 0 alone" },
	{ "null MX with a preference", "a.com", "a.com MX 10 .\n", "data null 10 alone" }, /* mox */
	{ "null MX beside another", "a.com",
	    "a.com MX 0 .\na.com MX 10 mx.a.com\nmx.a.com A 192.0.2.1\n",
	    "data null 0; 10 mx.a.com 192.0.2.1" },
	{ "null MX twice", "a.com", "a.com MX 10 .\na.com MX 0 .\n", "data null 0 alone" },
	{ "a domain with a null MX is asked for no address", "a.com",
	    "a.com MX 0 .\na.com A 192.0.2.1\n", "data null 0 alone" },
	{ "the same name twice", "a.com",
	    "a.com MX 20 mx.a.com\na.com MX 10 mx.a.com\nmx.a.com A 192.0.2.1\n",
	    "data; 10 mx.a.com x2 192.0.2.1" },
	{ "an alias as host", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com CNAME real.b.com\nreal.b.com A 192.0.2.1\n",
	    "data; 10 mx.a.com ->real.b.com 192.0.2.1" },
	{ "an alias that dangles", "a.com", "a.com MX 10 mx.a.com\nmx.a.com CNAME gone.b.com\n",
	    "data; 10 mx.a.com A:nxdomain AAAA:nxdomain ->gone.b.com" },
	{ "an alias loop as host", "a.com",
	    "a.com MX 10 x.a.com\nx.a.com CNAME y.a.com\ny.a.com CNAME x.a.com\n",
	    "data; 10 x.a.com A:servfail AAAA:servfail ->x.a.com" },
	{ "a host that does not exist", "a.com", "a.com MX 10 gone.b.com\n",
	    "data; 10 gone.b.com A:nxdomain AAAA:nxdomain" },
	{ "A silent, AAAA there", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com A TIMEOUT\nmx.a.com AAAA 2001:db8::1\n",
	    "data; 10 mx.a.com A:timeout 2001:db8::1" },
	{ "A silent, no AAAA", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com A TIMEOUT\nmx.a.com AAAA NODATA\n",
	    "data; 10 mx.a.com A:timeout AAAA:nodata" },
	{ "a mapped address stays what the record holds", "a.com",
	    "a.com MX 10 mx.a.com\nmx.a.com AAAA ::ffff:192.0.2.1\n",
	    "data; 10 mx.a.com ::ffff:192.0.2.1" },
	{ "an address is not looked up", "a.com", "a.com MX 10 192.0.2.1\na.com MX 20 a.com.1\n",
	    "data; 10 192.0.2.1 address; 20 a.com.1 address" },
	{ "localhost is not looked up", "a.com", "a.com MX 10 localhost\n",
	    "data; 10 localhost single-label reserved" },
	{ "reserved names are not looked up", "a.com",
	    "a.com MX 1 a.local\na.com MX 2 a.test\na.com MX 3 a.example\na.com MX 4 a.internal\n"
	    "a.com MX 5 a.onion\na.com MX 6 ms1.msv1.invalid\n",
	    "data; 1 a.local reserved; 2 a.test reserved; 3 a.example reserved; 4 a.internal "
	    "reserved; 5 a.onion reserved; 6 ms1.msv1.invalid invalid" },
	{ "names that end in the letters of a reserved one", "a.com",
	    "a.com MX 1 mx.contest\na.com MX 2 mx.example.com\n",
	    "data; 1 mx.contest A:nxdomain AAAA:nxdomain; 2 mx.example.com A:nxdomain "
	    "AAAA:nxdomain" },
	{ "odd names are looked up", "a.com",
	    "a.com MX 10 mx_1.a.com\na.com MX 20 -x.a.com\nmx_1.a.com A 192.0.2.1\n"
	    "-x.a.com A 192.0.2.2\n",
	    "data; 10 mx_1.a.com underscore 192.0.2.1; 20 -x.a.com illegal 192.0.2.2" },
	{ "ten hosts are looked up, of twelve", "a.com",
	    "a.com MX 10 b.a.com\na.com MX 11 c.a.com\na.com MX 12 d.a.com\na.com MX 13 e.a.com\n"
	    "a.com MX 14 f.a.com\na.com MX 15 g.a.com\na.com MX 16 h.a.com\na.com MX 17 i.a.com\n"
	    "a.com MX 18 j.a.com\na.com MX 19 k.a.com\na.com MX 20 l.a.com\na.com MX 9 m.a.com\n"
	    "k.a.com A 192.0.2.1\nl.a.com A 192.0.2.1\n",
	    "data; 9 m.a.com A:nxdomain AAAA:nxdomain; 10 b.a.com A:nxdomain AAAA:nxdomain; "
	    "11 c.a.com A:nxdomain AAAA:nxdomain; 12 d.a.com A:nxdomain AAAA:nxdomain; "
	    "13 e.a.com A:nxdomain AAAA:nxdomain; 14 f.a.com A:nxdomain AAAA:nxdomain; "
	    "15 g.a.com A:nxdomain AAAA:nxdomain; 16 h.a.com A:nxdomain AAAA:nxdomain; "
	    "17 i.a.com A:nxdomain AAAA:nxdomain; 18 j.a.com A:nxdomain AAAA:nxdomain; "
	    "19 k.a.com beyond; 20 l.a.com beyond" },
};

#endif
