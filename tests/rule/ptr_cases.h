#ifndef MXSWEEP_TESTS_RULE_PTR_CASES_H
#define MXSWEEP_TESTS_RULE_PTR_CASES_H

#include "rule/rule_case.h"

/* Rows marked mox come from that project (iprev/iprev_test.go). */
static const struct rule_case ptr_cases[] = {
	{ "it leads back", "192.0.2.1", "192.0.2.1 PTR a.com\na.com A 192.0.2.1\n",
	    "data a.com; confirmed a.com" },
	{ "IPv6 leads back", "2001:db8::1",
	    "2001:db8::1 PTR basic6.example\nbasic6.example AAAA 2001:db8::1\n",
	    "data basic6.example; confirmed basic6.example" }, /* mox */
	{ "no name", "10.0.0.2", "", "nxdomain" },             /* mox */
	{ "no name, IPv6", "2001:db8::2", "", "nxdomain" },    /* mox */
	{ "the node is there, without PTR", "192.0.2.1", "192.0.2.1 TXT x\n", "nodata" },
	{ "silence", "192.0.2.1", "192.0.2.1 PTR TIMEOUT\n", "timeout" },
	{ "resolvers disagree", "192.0.2.1", "192.0.2.1 PTR UNCONFIRMED\n", "unconfirmed" },
	{ "it leads elsewhere", "192.0.2.1", "192.0.2.1 PTR a.com\na.com A 192.0.2.2\n",
	    "data a.com" },
	{ "it leads nowhere", "192.0.2.1", "192.0.2.1 PTR a.com\n", "data a.com" },
	{ "one address of several", "192.0.2.1",
	    "192.0.2.1 PTR a.com\na.com A 192.0.2.2\na.com A 192.0.2.1\n",
	    "data a.com; confirmed a.com" },
	{ "only the address of the other family", "192.0.2.1",
	    "192.0.2.1 PTR a.com\na.com AAAA 2001:db8::1\n", "data a.com" },
	{ "a mapped address is the IPv4 one", "::ffff:192.0.2.1",
	    "192.0.2.1 PTR a.com\na.com A 192.0.2.1\n", "data a.com; confirmed a.com" },
	{ "the second name leads back", "192.0.2.1",
	    "192.0.2.1 PTR b.com\n192.0.2.1 PTR a.com\nb.com A 192.0.2.1\n",
	    "data a.com b.com; confirmed b.com" },
	{ "names are sorted, so the first that leads back is always the same", "192.0.2.1",
	    "192.0.2.1 PTR c.com\n192.0.2.1 PTR b.com\nb.com A 192.0.2.1\nc.com A 192.0.2.1\n",
	    "data b.com c.com; confirmed b.com" },
	{ "the same name twice", "192.0.2.1",
	    "192.0.2.1 PTR a.com\n192.0.2.1 PTR a.com\na.com A 192.0.2.1\n",
	    "data a.com; confirmed a.com" },
	{ "a transient error is no answer", "192.0.2.1", "192.0.2.1 PTR a.com\na.com A SERVFAIL\n",
	    "data a.com; transient servfail" },
	{ "a hit behind a transient error", "192.0.2.1",
	    "192.0.2.1 PTR a.com\n192.0.2.1 PTR b.com\na.com A TIMEOUT\nb.com A 192.0.2.1\n",
	    "data a.com b.com; confirmed b.com; transient timeout" },
	{ "a miss behind a transient error", "192.0.2.1",
	    "192.0.2.1 PTR a.com\n192.0.2.1 PTR b.com\na.com A TIMEOUT\nb.com A 192.0.2.2\n",
	    "data a.com b.com; transient timeout" },
	{ "classless delegation (RFC 2317)", "192.0.2.1",
	    "192.0.2.1 CNAME 1.0/25.2.0.192.in-addr.arpa\n1.0/25.2.0.192.in-addr.arpa PTR a.com\n"
	    "a.com A 192.0.2.1\n",
	    "data a.com; confirmed a.com" },
	{ "a name that is an alias", "192.0.2.1",
	    "192.0.2.1 PTR a.com\na.com CNAME b.com\nb.com A 192.0.2.1\n",
	    "data a.com; confirmed a.com" },
	{ "ten names are looked at, of twelve", "192.0.2.1",
	    "192.0.2.1 PTR l.com\n192.0.2.1 PTR k.com\n192.0.2.1 PTR j.com\n192.0.2.1 PTR i.com\n"
	    "192.0.2.1 PTR h.com\n192.0.2.1 PTR g.com\n192.0.2.1 PTR f.com\n192.0.2.1 PTR e.com\n"
	    "192.0.2.1 PTR d.com\n192.0.2.1 PTR c.com\n192.0.2.1 PTR b.com\n192.0.2.1 PTR a.com\n"
	    "k.com A 192.0.2.1\n",
	    "data a.com b.com c.com d.com e.com f.com g.com h.com i.com j.com of 12" },
	{ "the tenth leads back", "192.0.2.1",
	    "192.0.2.1 PTR l.com\n192.0.2.1 PTR k.com\n192.0.2.1 PTR j.com\n192.0.2.1 PTR i.com\n"
	    "192.0.2.1 PTR h.com\n192.0.2.1 PTR g.com\n192.0.2.1 PTR f.com\n192.0.2.1 PTR e.com\n"
	    "192.0.2.1 PTR d.com\n192.0.2.1 PTR c.com\n192.0.2.1 PTR b.com\n192.0.2.1 PTR a.com\n"
	    "j.com A 192.0.2.1\n",
	    "data a.com b.com c.com d.com e.com f.com g.com h.com i.com j.com of 12; "
	    "confirmed j.com" },
	{ "the root as a name", "192.0.2.1", "192.0.2.1 PTR .\n", "data ." },
};

#endif
