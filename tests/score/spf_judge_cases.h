#ifndef MXSWEEP_TESTS_SCORE_SPF_JUDGE_CASES_H
#define MXSWEEP_TESTS_SCORE_SPF_JUDGE_CASES_H

#include "score/judge_case.h"

#define A "a.com TXT v=spf1 "
#define HERE "a.com A 8.8.8.8\n"
#define INC "b.com TXT v=spf1 "
#define HELO MX "8.8.8.8 SMTP mx.a.com \n"

/* Area spf: what a record leads to, and whom it lets send. */
static const struct judge_case spf_judge_cases[] = {
	{ "SPF as it should be", MX SPF, "",
	    "spf.near-miss=pass spf.lookup-limit=pass spf.void-lookups=pass "
	    "spf.mx-term-limit=pass spf.include-valid=not_applicable:feature_absent "
	    "spf.redirect-valid=not_applicable:feature_absent "
	    "spf.loop=not_applicable:feature_absent spf.default=pass "
	    "spf.permissive-include=not_applicable:feature_absent spf.breadth=pass "
	    "spf.authorises=pass spf.parked=not_applicable:role spf.ptr-term=pass "
	    "spf.ignored-terms=pass spf.duplicate-terms=pass spf.ranges=pass "
	    "spf.target-registrable=not_applicable:feature_absent spf.size=pass spf.macros=pass "
	    "spf.exp=not_applicable:feature_absent" },
	{ "without a record nothing more is said", MX, "",
	    "spf.near-miss=pass spf.lookup-limit=not_applicable:prerequisite_failed "
	    "spf.default=not_applicable:prerequisite_failed "
	    "spf.authorises=not_applicable:prerequisite_failed "
	    "spf.size=not_applicable:prerequisite_failed "
	    "spf.parked=not_applicable:role" },
	{ "nor with two", MX SPF DENY, "role=mail",
	    "spf.lookup-limit=not_applicable:prerequisite_failed "
	    "spf.authorises=not_applicable:prerequisite_failed "
	    "spf.size=not_applicable:prerequisite_failed" },
	{ "nor with one that cannot be read", MX A "mx -al\n", "",
	    "spf.lookup-limit=not_applicable:prerequisite_failed "
	    "spf.void-lookups=not_applicable:prerequisite_failed "
	    "spf.mx-term-limit=not_applicable:prerequisite_failed "
	    "spf.include-valid=not_applicable:prerequisite_failed "
	    "spf.loop=not_applicable:prerequisite_failed "
	    "spf.default=not_applicable:prerequisite_failed "
	    "spf.permissive-include=not_applicable:prerequisite_failed "
	    "spf.breadth=not_applicable:prerequisite_failed "
	    "spf.authorises=not_applicable:prerequisite_failed "
	    "spf.ptr-term=not_applicable:prerequisite_failed "
	    "spf.ignored-terms=not_applicable:prerequisite_failed "
	    "spf.duplicate-terms=not_applicable:prerequisite_failed "
	    "spf.ranges=not_applicable:prerequisite_failed "
	    "spf.target-registrable=not_applicable:prerequisite_failed spf.size=pass "
	    "spf.macros=not_applicable:prerequisite_failed "
	    "spf.exp=not_applicable:prerequisite_failed" },
	{ "no word of the record", MX "a.com TXT TIMEOUT\n", "",
	    "spf.near-miss=not_tested:dns_timeout spf.lookup-limit=not_tested:dns_timeout "
	    "spf.authorises=not_tested:dns_timeout spf.parked=not_tested:dns_timeout" },
	{ "no word of an include", MX A "include:b.com mx -all\nb.com TXT SERVFAIL\n", "",
	    "spf.lookup-limit=not_tested:dns_servfail spf.void-lookups=not_tested:dns_servfail "
	    "spf.mx-term-limit=not_tested:dns_servfail spf.include-valid=not_tested:dns_servfail "
	    "spf.loop=not_tested:dns_servfail spf.permissive-include=not_tested:dns_servfail "
	    "spf.breadth=not_tested:dns_servfail spf.authorises=not_tested:dns_servfail "
	    "spf.ptr-term=not_tested:dns_servfail spf.duplicate-terms=not_tested:dns_servfail "
	    "spf.target-registrable=not_tested:dns_servfail spf.default=pass" },
	{ "no word of a redirect", MX A "redirect=b.com\nb.com TXT TIMEOUT\n", "",
	    "spf.redirect-valid=not_tested:dns_timeout spf.default=not_tested:dns_timeout "
	    "spf.include-valid=not_applicable:feature_absent" },

	/* ---- texts that are none */
	{ "a blank before it", MX "a.com TXT  v=spf1 mx -all\n", "",
	    "spf.present=fail spf.near-miss=warn" },
	{ "a quote before it", MX "a.com TXT \"v=spf1 mx -all\"\n", "", "spf.near-miss=warn" },
	{ "a byte-order mark", MX "a.com TXT \xef\xbb\xbfv=spf1 mx -all\n", "",
	    "spf.near-miss=warn" },
	{ "a semicolon", MX SPF "a.com TXT v=spf1; mx -all\n", "",
	    "spf.single=pass spf.near-miss=warn" },
	{ "without its version", MX "a.com TXT spf1 mx -all\n", "", "spf.near-miss=warn" },
	{ "another text", MX SPF "a.com TXT my v=spf1 notes\n", "", "spf.near-miss=pass" },

	/* ---- look-ups */
	{ "eight look-ups", MX HERE A "a mx a mx a mx a mx -all\n", "", "spf.lookup-limit=info" },
	{ "ten look-ups", MX HERE A "a mx a mx a mx a mx a ptr ip4:8.8.4.4 -all\n", "",
	    "spf.lookup-limit=warn spf.void-lookups=warn spf.ptr-term=warn "
	    "spf.duplicate-terms=warn" },
	{ "eleven look-ups", MX HERE A "ip4:8.8.8.8 a mx a mx a mx a mx a ptr a -all\n", "",
	    "spf.lookup-limit=fail spf.authorises=pass" },
	{ "eleven look-ups, of which one server needs all",
	    MX HERE A "a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com "
		      "a:b.com mx -all\nb.com A 8.8.4.4\n",
	    "outbound_ips=8.8.8.8", "spf.lookup-limit=fail spf.authorises=fail" },
	{ "what stands behind all is not counted",
	    MX HERE A "mx -all a mx a mx a mx a mx a ptr a redirect=b.com\n", "",
	    "spf.lookup-limit=pass spf.ignored-terms=warn spf.redirect-valid=not_applicable" },
	{ "look-ups of an include count",
	    MX HERE A "include:b.com mx -all\n" INC
		      "a:a.com a:a.com a:a.com a:a.com a:a.com a:a.com "
		      "a:a.com a:a.com a:a.com -all\n",
	    "", "spf.lookup-limit=fail spf.include-valid=pass" },
	{ "one void look-up", MX A "a:gone.a.com mx -all\n", "", "spf.void-lookups=warn" },
	{ "three void look-ups", MX A "a:x.a.com a:y.a.com exists:z.a.com ip4:8.8.8.8 -all\n",
	    "outbound_ips=8.8.8.8", "spf.void-lookups=fail spf.authorises=fail" },
	{ "an mx without hosts is void", HERE A "a mx -all\n", "", "spf.void-lookups=warn" },
	{ "so is one whose hosts have no address", MX A "mx mx:b.com -all\nb.com MX 1 c.com\n", "",
	    "spf.void-lookups=warn" },
	{ "no IPv6 where none is authorised is no fault", MX HERE A "a mx -all\n", "",
	    "spf.void-lookups=pass" },
	{ "but three are an error for IPv6 clients", MX HERE A "a mx a:mx.a.com -all\n", "",
	    "spf.void-lookups=warn" },
	{ "where IPv6 is authorised, it counts", MX HERE A "a mx ip6:2001:4860:4860::8888 -all\n",
	    "", "spf.void-lookups=warn" },
	{ "and three are a failure", MX HERE A "a mx a:mx.a.com ip6:2001:4860:4860::8888 -all\n",
	    "", "spf.void-lookups=fail" },
	{ "no word of a name", MX A "mx a:b.com -all\nb.com ? TIMEOUT\n", "",
	    "spf.void-lookups=not_tested:dns_timeout spf.breadth=not_tested:dns_timeout "
	    "spf.lookup-limit=pass spf.authorises=pass" },
	{ "no word of a name that comes first", MX A "a:b.com mx -all\nb.com ? TIMEOUT\n", "",
	    "spf.authorises=not_tested:dns_timeout" },
	{ "an mx term with eleven names",
	    MX A "ip4:8.8.8.8 mx:b.com -all\nb.com MX 1 a.b.com\nb.com MX 1 b.b.com\n"
		 "b.com MX 1 c.b.com\nb.com MX 1 d.b.com\nb.com MX 1 e.b.com\nb.com MX 1 f.b.com\n"
		 "b.com MX 1 g.b.com\nb.com MX 1 h.b.com\nb.com MX 1 i.b.com\nb.com MX 1 j.b.com\n"
		 "b.com MX 1 k.b.com\n",
	    "", "spf.mx-term-limit=fail spf.void-lookups=pass spf.authorises=pass" },
	{ "ptr, and eleven reverse names",
	    MX A "ptr mx -all\n8.8.8.8 PTR a.b.com\n8.8.8.8 PTR b.b.com\n8.8.8.8 PTR c.b.com\n"
		 "8.8.8.8 PTR d.b.com\n8.8.8.8 PTR e.b.com\n8.8.8.8 PTR f.b.com\n"
		 "8.8.8.8 PTR g.b.com\n8.8.8.8 PTR h.b.com\n8.8.8.8 PTR i.b.com\n"
		 "8.8.8.8 PTR j.b.com\n8.8.8.8 PTR k.b.com\n",
	    "", "spf.mx-term-limit=info spf.ptr-term=warn" },

	/* ---- includes and redirects */
	{ "an include", MX A "include:b.com -all\n" INC "ip4:8.8.8.0/24 -all\n", "",
	    "spf.include-valid=pass spf.loop=pass spf.permissive-include=pass spf.breadth=pass "
	    "spf.authorises=pass spf.target-registrable=pass" },
	{ "an include of nothing", MX A "mx include:b.com -all\nb.com TXT x\n", "",
	    "spf.include-valid=fail spf.authorises=pass" },
	{ "an include of two", MX A "mx include:b.com -all\n" INC "-all\n" INC "+all\n", "",
	    "spf.include-valid=fail" },
	{ "an include of a malformed one", MX A "mx include:b.com -all\n" INC "ip:1.2.3.4\n", "",
	    "spf.include-valid=fail spf.redirect-valid=not_applicable:feature_absent" },
	{ "an include whose redirect leads nowhere",
	    MX A "mx include:b.com -all\n" INC "redirect=c.b.com\n", "",
	    "spf.include-valid=fail spf.redirect-valid=not_applicable:feature_absent" },
	{ "an include with an error, before an address that sends",
	    MX A "include:b.com mx -all\nb.com TXT x\n", "outbound_ips=8.8.8.8",
	    "spf.authorises=fail" },
	{ "a redirect", MX A "redirect=b.com\n" INC "ip4:8.8.8.8 ~all\n", "",
	    "spf.redirect-valid=pass spf.default=pass spf.authorises=pass spf.lookup-limit=pass" },
	{ "a redirect to nothing", MX A "mx redirect=b.com\nb.com A 8.8.8.8\n", "",
	    "spf.redirect-valid=fail spf.default=not_applicable:prerequisite_failed" },
	{ "a redirect that hangs on the sender", MX A "mx redirect=%{l}.b.com\nb.com SOA\n", "",
	    "spf.default=info spf.macros=info spf.redirect-valid=not_applicable:feature_absent" },
	{ "a circle", MX A "mx include:b.com -all\n" INC "include:a.com -all\n", "",
	    "spf.loop=fail spf.include-valid=pass" },
	{ "a circle of one", MX A "mx redirect=a.com\n", "",
	    "spf.loop=fail spf.default=not_applicable:prerequisite_failed" },
	{ "neutral", MX A "mx ?all\n", "", "spf.default=warn" },
	{ "without all", MX A "mx\n", "", "spf.default=warn" },
	{ "everybody", MX A "+all\n", "", "spf.default=fail spf.authorises=pass" },
	{ "everybody, by redirect", MX A "redirect=b.com\n" INC "all\n", "", "spf.default=fail" },
	{ "everybody, by an include", MX A "include:b.com -all\n" INC "+all\n", "",
	    "spf.permissive-include=fail" },
	{ "everybody, by a network", MX A "include:b.com -all\n" INC "ip4:0.0.0.0/0 -all\n", "",
	    "spf.permissive-include=fail spf.breadth=fail" },
	{ "everybody, but behind a qualifier", MX A "?include:b.com mx -all\n" INC "+all\n", "",
	    "spf.permissive-include=pass" },

	/* ---- who may send */
	{ "a wide network", MX A "ip4:8.0.0.0/15 -all\n", "", "spf.breadth=info" },
	{ "a wider one", MX A "ip4:8.0.0.0/11 -all\n", "", "spf.breadth=warn" },
	{ "an absurd one", MX A "ip4:8.0.0.0/8 -all\n", "", "spf.breadth=fail" },
	{ "a wide IPv6 network", MX A "mx ip6:2001:4860::/31 -all\n", "", "spf.breadth=warn" },
	{ "an absurd IPv6 network", MX A "mx ip6:2600::/15 -all\n", "",
	    "spf.breadth=fail spf.ranges=pass" },
	{ "networks that overlap count once",
	    MX A "ip4:8.8.0.0/16 ip4:8.8.8.0/24 ip4:8.8.8.8 -all\n", "",
	    "spf.breadth=pass spf.duplicate-terms=warn" },
	{ "what does not pass does not count", MX A "-ip4:8.0.0.0/8 ?ip4:9.0.0.0/8 mx -all\n", "",
	    "spf.breadth=pass spf.authorises=warn" },
	{ "its own server is forgotten", MX A "ip4:8.8.4.4 -all\n", "", "spf.authorises=warn" },
	{ "softly forgotten", MX A "ip4:8.8.4.4 ~all\n", "", "spf.authorises=warn" },
	{ "nothing is said of it", MX A "ip4:8.8.4.4 ?all\n", "", "spf.authorises=info" },
	{ "its sending server is forgotten", MX A "ip4:8.8.4.4 -all\n", "outbound_ips=8.8.8.8",
	    "spf.authorises=fail" },
	{ "nothing is said of its sending server", MX A "ip4:8.8.4.4\n", "outbound_ips=8.8.8.8",
	    "spf.authorises=warn" },
	{ "it sends from elsewhere", MX A "ip4:8.8.4.4 -all\n", "outbound_ips=8.8.4.4",
	    "spf.authorises=pass" },
	{ "it calls itself by another name", MX A "a:%{h} -all\nout.a.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.4|helo=out.a.com", "spf.authorises=pass" },
	{ "it calls itself nothing", MX A "a:%{h} -all\nout.a.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.4", "spf.authorises=fail" },
	{ "it only receives", MX DENY, "", "spf.authorises=not_applicable:role" },
	{ "the name of the server", MX A "a:%{h} -all\n", "",
	    "spf.authorises=pass spf.macros=info" },
	{ "parked as it should be", NULL_MX DENY, "role=parked",
	    "spf.parked=pass spf.authorises=not_applicable:role" },
	{ "parked, in other words", NULL_MX A "~all\n", "role=parked", "spf.parked=warn" },
	{ "parked, and somebody may send", NULL_MX A "mx -all\n", "role=parked",
	    "spf.parked=fail" },
	{ "parked, and somebody may send by an include",
	    NULL_MX A "include:b.com -all\n" INC "ip4:8.8.8.8 -all\n", "role=parked",
	    "spf.parked=fail" },
	{ "parked, and no word of an include", NULL_MX A "include:b.com -all\nb.com ? TIMEOUT\n",
	    "role=parked", "spf.parked=not_tested:dns_timeout" },
	{ "parked, and the record cannot be read", NULL_MX A "-al\n", "role=parked",
	    "spf.parked=not_applicable:prerequisite_failed" },

	/* ---- terms */
	{ "two times all", MX A "mx -all ~all\n", "", "spf.ignored-terms=warn spf.default=pass" },
	{ "a redirect beside all", MX A "mx -all redirect=b.com\n", "",
	    "spf.ignored-terms=warn spf.loop=not_applicable:feature_absent" },
	{ "the same include in an include",
	    MX A "include:b.com include:c.com -all\n" INC "include:c.com -all\n"
		 "c.com TXT v=spf1 ip4:8.8.8.8 -all\n",
	    "", "spf.duplicate-terms=warn" },
	{ "a network inside one of another qualifier has its use",
	    MX A "-ip4:8.8.8.9 ip4:8.8.8.0/24 -all\n", "", "spf.duplicate-terms=pass" },
	{ "bits behind the network", MX A "ip4:8.8.8.8/24 -all\n", "", "spf.ranges=warn" },
	{ "a private network", MX A "mx ip4:192.168.0.0/16 -all\n", "", "spf.ranges=warn" },
	{ "a long record",
	    MX A "mx ip4:8.8.4.10 ip4:8.8.4.11 ip4:8.8.4.12 ip4:8.8.4.13 ip4:8.8.4.14 "
		 "ip4:8.8.4.15 ip4:8.8.4.16 ip4:8.8.4.17 ip4:8.8.4.18 ip4:8.8.4.19 ip4:8.8.4.20 "
		 "ip4:8.8.4.21 ip4:8.8.4.22 ip4:8.8.4.23 ip4:8.8.4.24 ip4:8.8.4.25 ip4:8.8.4.26 "
		 "ip4:8.8.4.27 ip4:8.8.4.28 ip4:8.8.4.29 ip4:8.8.4.30 ip4:8.8.4.31 ip4:8.8.4.32 "
		 "ip4:8.8.4.33 ip4:8.8.4.34 ip4:8.8.4.35 ip4:8.8.4.36 ip4:8.8.4.37 ip4:8.8.4.38 "
		 "ip4:8.8.4.39 ip4:8.8.4.40 ip4:8.8.4.41 ip4:8.8.4.42 ip4:8.8.4.43 -all\n",
	    "", "spf.size=warn" },
	{ "a short one in a long answer",
	    MX SPF
	    "a.com TXT 0123456789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789012345678901234567890123456789\n"
	    "a.com TXT 1123456789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789012345678901234567890123456789\n"
	    "a.com TXT 2123456789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789012345678901234567890123456789\n"
	    "a.com TXT 3123456789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789012345678901234567890123456789\n",
	    "", "spf.size=info" },
	{ "macros", MX A "exists:%{i}.b.com mx -all\nb.com SOA\n", "",
	    "spf.macros=info spf.target-registrable=pass" },
	{ "an explanation", MX A "mx -all exp=why.a.com\nwhy.a.com TXT go away\n", "",
	    "spf.exp=pass spf.target-registrable=pass" },
	{ "an explanation that is not there", MX A "mx -all exp=why.a.com\n", "", "spf.exp=info" },
	{ "two explanations", MX A "mx -all exp=why.a.com\nwhy.a.com TXT go\nwhy.a.com TXT away\n",
	    "", "spf.exp=info" },
	{ "an explanation that is not ASCII",
	    MX A "mx -all exp=why.a.com\nwhy.a.com TXT f\xc3\xbcr\n", "", "spf.exp=info" },
	{ "an explanation that hangs on the sender", MX A "mx -all exp=%{l}.a.com\n", "",
	    "spf.exp=info" },
	{ "no word of the explanation", MX A "mx -all exp=why.a.com\nwhy.a.com TXT TIMEOUT\n", "",
	    "spf.exp=not_tested:dns_timeout" },

	/* ---- the server's own name */
	{ "the EHLO name may send", HELO "mx.a.com TXT v=spf1 a -all\n" SPF, "", "spf.helo=pass" },
	{ "it says nothing", HELO SPF, "", "spf.helo=info" },
	{ "it says nothing of the address", HELO "mx.a.com TXT v=spf1\n" SPF, "", "spf.helo=info" },
	{ "it may not send", HELO "mx.a.com TXT v=spf1 -all\n" SPF, "", "spf.helo=warn" },
	{ "its record is broken", HELO "mx.a.com TXT v=spf1 al\n" SPF, "", "spf.helo=warn" },
	{ "no answer for it", HELO "mx.a.com TXT TIMEOUT\n" SPF, "",
	    "spf.helo=not_tested:dns_timeout" },
	{ "no full name", MX "8.8.8.8 SMTP mx.a.com |greeting=220 x|ehlo=250 x\n" SPF, "",
	    "spf.helo=not_tested:prerequisite" },
	{ "who sends nothing needs none", HELO DENY, "role=receive-only",
	    "spf.helo=not_applicable:role" },
	{ "no port 25", MX SPF, "sessions=no", "spf.helo=not_tested:skipped" },

	/* ---- what nobody reads */
	{ "no old form", MX SPF, "", "spf.obsolete-records=pass" },
	{ "a record of type 99", MX SPF "a.com SPF v=spf1 mx -all\n", "",
	    "spf.obsolete-records=info" },
	{ "Sender ID", MX SPF "a.com TXT spf2.0/pra mx -all\n", "", "spf.obsolete-records=info" },
	{ "no answer for type 99", MX SPF "a.com SPF SERVFAIL\n", "",
	    "spf.obsolete-records=not_tested:dns_servfail" },

	/* ---- who could take it over */
	{ "an include of a domain that is free", MX A "mx include:s.b.com -all\ncom SOA\n", "",
	    "spf.target-registrable=fail spf.include-valid=fail" },
	{ "a host of a domain that is free", MX A "mx a:s.b.com -all\ncom SOA\n", "",
	    "spf.target-registrable=fail" },
	{ "a name with a macro below a domain that is free",
	    MX A "mx exists:%{i}.b.com -all\ncom SOA\n", "", "spf.target-registrable=fail" },
	{ "an explanation in a domain that is free", MX A "mx -all exp=why.b.com\ncom SOA\n", "",
	    "spf.target-registrable=fail spf.exp=info" },
	{ "a missing host of a domain that is there", MX A "mx a:s.b.com -all\nb.com SOA\n", "",
	    "spf.target-registrable=pass" },
	{ "a domain that is missing below a suffix that is missing",
	    MX A "mx a:s.b.zzzz -all\n. SOA\n", "", "spf.target-registrable=pass" },
	{ "a name that cannot be registered", MX A "mx a:s.b.invalid -all\n", "",
	    "spf.target-registrable=pass" },
	{ "not the registry's word", MX A "mx a:s.b.com -all\n", "",
	    "spf.target-registrable=not_tested:unconfirmed" },
	{ "no word of the domain", MX A "mx a:s.b.com -all\nb.com SOA TIMEOUT\n", "",
	    "spf.target-registrable=not_tested:dns_timeout" },
	{ "a free name below a private suffix", MX A "mx a:s.b.github.io -all\ngithub.io SOA\n", "",
	    "spf.target-registrable=warn" },
	{ "without a list of suffixes", MX A "mx a:s.b.com -all\ncom SOA\n", "without-suffixes",
	    "spf.target-registrable=not_tested:no_data_file" },
};

#undef A
#undef HERE
#undef INC
#undef HELO

#endif
