#ifndef MXSWEEP_TESTS_RULE_DANE_CASES_H
#define MXSWEEP_TESTS_RULE_DANE_CASES_H

#include "rule/rule_case.h"

#define DANE_MX "a.com MX 10 mx.a.com\n"
#define DANE_SIGNED "a.com SIGNED\n" DANE_MX "mx.a.com A 8.8.8.8\n"
#define DANE_TLSA "_25._tcp.mx.a.com TLSA 3 1 1 good\n"
#define DANE_ALIAS "a.com SIGNED\n" DANE_MX "mx.a.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\n"
#define DANE_BOTH DANE_ALIAS "b.com SIGNED\n"
#define TLSA_B "_25._tcp.mx.b.com TLSA 3 1 1 good\n"

/* SECURITY of the MX; then each host behind ';': SECURITY of its addresses, and where TLSA was
 * asked for BASE STATUS SECURITY USABLE/RECORDS [protects | binds] [+session]. */
static const struct rule_case dane_cases[] = {
	{ "signed, with a record", "a.com", DANE_SIGNED DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "signed, without records", "a.com", DANE_SIGNED,
	    "secure; mx.a.com secure mx.a.com nxdomain secure" },
	{ "not signed: not asked", "a.com", DANE_MX "mx.a.com A 8.8.8.8\n" DANE_TLSA,
	    "insecure; mx.a.com insecure" },
	{ "a host elsewhere that is signed", "a.com",
	    "a.com MX 10 mx.b.com\nmx.b.com A 8.8.8.8\nb.com SIGNED\n" TLSA_B,
	    "insecure; mx.b.com secure mx.b.com data secure 1/1 protects" },
	{ "a host elsewhere that is not", "a.com",
	    "a.com SIGNED\na.com MX 10 mx.b.com\nmx.b.com A 8.8.8.8\n" TLSA_B,
	    "secure; mx.b.com insecure" },
	{ "records below, that are not signed", "a.com",
	    DANE_SIGNED "_tcp.mx.a.com UNSIGNED\n" DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data insecure 1/1" },
	{ "records by an alias", "a.com",
	    DANE_SIGNED "_25._tcp.mx.a.com CNAME tlsa.a.com\ntlsa.a.com TLSA 3 1 1 good\n",
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "records by an alias that leads out", "a.com",
	    DANE_SIGNED "_25._tcp.mx.a.com CNAME tlsa.b.com\ntlsa.b.com TLSA 3 1 1 good\n",
	    "secure; mx.a.com secure mx.a.com data insecure 1/1" },
	{ "some usable, some not", "a.com",
	    DANE_SIGNED DANE_TLSA "_25._tcp.mx.a.com TLSA 1 1 1 good\n"
				  "_25._tcp.mx.a.com TLSA 0x0301\n",
	    "secure; mx.a.com secure mx.a.com data secure 1/3 protects" },
	{ "none usable", "a.com", DANE_SIGNED "_25._tcp.mx.a.com TLSA 0 0 1 good\n",
	    "secure; mx.a.com secure mx.a.com data secure 0/1 binds" },
	{ "no answer", "a.com", DANE_SIGNED "_25._tcp.mx.a.com ? SERVFAIL\n",
	    "secure; mx.a.com secure mx.a.com servfail unchecked" },
	{ "the host has no address", "a.com", "a.com SIGNED\n" DANE_MX,
	    "secure; mx.a.com insecure" },
	{ "the host is unknown", "a.com", "a.com SIGNED\n" DANE_MX "mx.a.com ? SERVFAIL\n",
	    "secure; mx.a.com insecure" },
	{ "one family is unknown", "a.com", DANE_SIGNED "mx.a.com AAAA SERVFAIL\n" DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "no MX, but an address", "a.com",
	    "a.com SIGNED\na.com A 8.8.8.8\n_25._tcp.a.com TLSA 3 1 1 good\n",
	    "secure; a.com secure a.com data secure 1/1 protects" },

	{ "an alias, signed all along", "a.com", DANE_BOTH TLSA_B,
	    "secure; mx.a.com secure mx.b.com data secure 1/1 protects +session" },
	{ "an alias, and records at either end", "a.com", DANE_BOTH TLSA_B DANE_TLSA,
	    "secure; mx.a.com secure mx.b.com data secure 1/1 protects +session" },
	{ "an alias, and records at its own name", "a.com", DANE_BOTH DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "an alias, and unsigned records where it leads", "a.com",
	    DANE_BOTH "_tcp.mx.b.com UNSIGNED\n" TLSA_B DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "an alias, and no answer where it leads", "a.com",
	    DANE_BOTH "_25._tcp.mx.b.com ? SERVFAIL\n" DANE_TLSA,
	    "secure; mx.a.com secure mx.b.com servfail unchecked" },
	{ "an alias without records", "a.com", DANE_BOTH,
	    "secure; mx.a.com secure mx.a.com nxdomain secure" },
	{ "names in the middle do not count", "a.com",
	    "a.com SIGNED\nb.com SIGNED\nc.com SIGNED\n" DANE_MX
	    "mx.a.com CNAME mx.c.com\nmx.c.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\n"
	    "_25._tcp.mx.c.com TLSA 3 1 1 good\n",
	    "secure; mx.a.com secure mx.a.com nxdomain secure" },
	{ "an alias that leads out: its own name", "a.com", DANE_ALIAS TLSA_B DANE_TLSA,
	    "secure; mx.a.com insecure mx.a.com data secure 1/1 protects" },
	{ "an alias that leads in: nothing", "a.com",
	    DANE_MX "mx.a.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\nb.com SIGNED\n" TLSA_B DANE_TLSA,
	    "insecure; mx.a.com insecure" },

	{ "nobody checks", "a.com", ". UNCHECKED\n" DANE_SIGNED DANE_TLSA,
	    "unchecked; mx.a.com unchecked mx.a.com data unchecked 1/1" },
	{ "nobody checks, and there is nothing", "a.com", ". UNCHECKED\n" DANE_SIGNED,
	    "unchecked; mx.a.com unchecked mx.a.com nxdomain unchecked" },
	{ "nobody checks, an alias", "a.com", ". UNCHECKED\n" DANE_BOTH TLSA_B DANE_TLSA,
	    "unchecked; mx.a.com unchecked mx.b.com data unchecked 1/1" },
	{ "nobody checks, an alias with records at its own name", "a.com",
	    ". UNCHECKED\n" DANE_BOTH DANE_TLSA,
	    "unchecked; mx.a.com unchecked mx.a.com data unchecked 1/1" },
	{ "the second does not check, and tells of the records", "a.com",
	    ". UNCHECKED 1\n_25._tcp.mx.a.com BY 2\n" DANE_SIGNED DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data unchecked 1/1" },
	{ "the second does not check, and tells of the address", "a.com",
	    ". UNCHECKED 1\nmx.a.com BY 2\n" DANE_SIGNED DANE_TLSA,
	    "secure; mx.a.com unchecked mx.a.com data unchecked 1/1" },
	{ "one of two who say so does not check", "a.com",
	    ". UNCHECKED 1\na.com BY 3\nmx.a.com BY 3\n" DANE_SIGNED DANE_TLSA,
	    "unchecked; mx.a.com unchecked mx.a.com data unchecked 1/1" },
	{ "the second checks, and tells of all", "a.com",
	    ". UNCHECKED 2\na.com BY 2\nmx.a.com BY 2\n_25._tcp.mx.a.com BY 2\n" DANE_SIGNED
		DANE_TLSA,
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects" },
	{ "two hosts", "a.com", DANE_SIGNED DANE_TLSA "a.com MX 20 mx.b.com\nmx.b.com A 8.8.4.4\n",
	    "secure; mx.a.com secure mx.a.com data secure 1/1 protects; mx.b.com insecure" },
};

/* OWNER STATUS [cut] [RECORD: PROBLEM] */
static const struct rule_case caa_cases[] = {
	{ "at the host", "a.com", DANE_SIGNED "mx.a.com CAA 0 issue ca.org\n", "mx.a.com data" },
	{ "above the host", "a.com", DANE_SIGNED "a.com CAA 0 issue ca.org\n", "a.com data" },
	{ "at the top", "a.com", DANE_SIGNED "com CAA 0 issue ca.org\n", "com data" },
	{ "the nearest counts", "a.com",
	    DANE_SIGNED "a.com CAA 0 issue ca.org\nmx.a.com CAA 128 what now\n",
	    "mx.a.com data 0: a critical tag that nobody knows" },
	{ "nowhere", "a.com", DANE_SIGNED, "com nodata" },
	{ "no answer on the way", "a.com",
	    DANE_SIGNED "a.com CAA SERVFAIL\ncom CAA 0 issue ca.org\n", "a.com servfail" },
	{ "the second is bad", "a.com",
	    DANE_SIGNED "mx.a.com CAA 0 issue ca.org\nmx.a.com CAA 0 iodef nowhere\n",
	    "mx.a.com data 1: an iodef that is neither mailto: nor http: nor https:" },
	{ "no address", "a.com", DANE_MX, "nothing" },
	{ "far too deep", "a.com",
	    "a.com MX 10 a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com\n"
	    "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com A 8.8.8.8\n",
	    "p.com nodata cut" },
	{ "just deep enough", "a.com",
	    "a.com MX 10 b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com\n"
	    "b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com A 8.8.8.8\n",
	    "com nodata" },
};

#endif
