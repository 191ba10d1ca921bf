#ifndef MXSWEEP_TESTS_RULE_SPF_CHECK_CASES_H
#define MXSWEEP_TESTS_RULE_SPF_CHECK_CASES_H

#include "rule/rule_case.h"

/*
 * Subject: IP|HELO|MAIL FROM. Result: verdict, look-ups, void look-ups, the term that decided and
 * whose it is, explanation or problem. What the suites of tests/suites/spf hold is not repeated.
 */
static const struct rule_case spf_check_cases[] = {
	{ "pass by an include, which counts once", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 a include:b.com -all\na.com A 192.0.2.9\n"
	    "b.com TXT v=spf1 ip4:192.0.2.0/24 -all\n",
	    "pass 2 0 include:b.com of a.com" },
	{ "a match ends the counting", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ip4:192.0.2.1 a a a a a a a a a a a -all\n",
	    "pass 0 0 ip4:192.0.2.1 of a.com" },
	{ "nothing behind a match is asked", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 a include:b.com -all\na.com A 192.0.2.1\nb.com TXT SERVFAIL\n",
	    "pass 1 0 a of a.com" },
	{ "the default", "192.0.2.1|h.com|me@a.com", "a.com TXT v=spf1 ip4:192.0.2.2\n",
	    "neutral 0 0 default of a.com" },
	{ "an IPv4-mapped client is an IPv4 client", "::ffff:192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ip4:192.0.2.1 -all\n", "pass 0 0 ip4:192.0.2.1 of a.com" },
	{ "nor is it the host of an AAAA record", "::ffff:192.0.2.1|mx.a.com|me@a.com",
	    "a.com TXT v=spf1 mx -all\na.com MX 10 mx.a.com\nmx.a.com AAAA ::ffff:192.0.2.1\n",
	    "fail 1 1 -all of a.com" },
	{ "postmaster at the HELO name", "192.0.2.1|a.com|",
	    "a.com TXT v=spf1 -exists:%{l}.b.com ?all\npostmaster.b.com A 127.0.0.2\n",
	    "fail 1 0 -exists:%{l}.b.com of a.com" },
	{ "the domain behind the last @", "192.0.2.1|h.com|\"x@b.com\"@a.com",
	    "a.com TXT v=spf1 -all\n", "fail 0 0 -all of a.com" },
	{ "a domain alone", "192.0.2.1|h.com|a.com", "a.com TXT v=spf1 ~all\n",
	    "softfail 0 0 ~all of a.com" },
	{ "upper case", "192.0.2.1|h.com|me@A.Com", "a.com TXT v=spf1 ~all\n",
	    "softfail 0 0 ~all of A.Com" },
	{ "a dot at the end", "192.0.2.1|h.com|me@a.com.", "a.com TXT v=spf1 ~all\n",
	    "softfail 0 0 ~all of a.com" },
	{ "a loop", "192.0.2.1|h.com|me@a.com", "a.com TXT v=spf1 include:a.com -all\n",
	    "permerror 11 0 (a.com: include:a.com: the record needs more than 10 look-ups)" },
	{ "an include of nothing", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 include:b.com -all\nb.com TXT x\n",
	    "permerror 1 0 (a.com: include:b.com: there is no SPF record)" },
	{ "an include of a name that is none", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 include:b..com -all\n",
	    "permerror 1 0 (a.com: include:b..com: there is no SPF record)" },
	{ "an error two includes down", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 include:b.com -all\nb.com TXT v=spf1 include:c.com -all\n"
	    "c.com TXT v=spf1 ip:192.0.2.1\n",
	    "permerror 2 0 (c.com: ip:192.0.2.1: no modifier, and none of the mechanisms all, "
	    "include, a, mx, ptr, ip4, ip6, exists)" },
	{ "silence", "192.0.2.1|h.com|me@a.com", "a.com TXT v=spf1 a:b.com -all\nb.com A TIMEOUT\n",
	    "temperror 1 0 (a.com: a:b.com: no answer for b.com A: timeout)" },
	{ "the third void look-up", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 a:x.com mx:y.com exists:z.com -all\n",
	    "permerror 3 3 (a.com: exists:z.com: more than 2 look-ups find nothing)" },
	{ "an mx is void when none of its names has an address", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 mx -all\na.com MX 1 b.com\na.com MX 2 c.com\na.com MX 3 .\n",
	    "fail 1 1 -all of a.com" },
	{ "an mx of which one has is not", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 mx -all\na.com MX 1 b.com\na.com MX 2 c.com\nc.com A 192.0.2.2\n",
	    "fail 1 0 -all of a.com" },
	{ "an mx matches before a later name fails", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 mx -all\na.com MX 2 c.com\na.com MX 1 b.com\nb.com A 192.0.2.1\n"
	    "c.com A SERVFAIL\n",
	    "pass 1 0 mx of a.com" },
	{ "a missing reverse name is no void look-up", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ptr ptr:b.com ptr:c.com -all\n", "fail 3 0 -all of a.com" },
	{ "no word of reverse names is no error", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ptr -all\n192.0.2.1 PTR SERVFAIL\n", "fail 1 0 -all of a.com" },
	{ "a reverse name elsewhere is not asked for", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ptr -all\n192.0.2.1 PTR b.com\nb.com A SERVFAIL\n",
	    "fail 1 0 -all of a.com" },
	{ "one reverse name fails, another leads back", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 ptr -all\n192.0.2.1 PTR a.a.com\n192.0.2.1 PTR b.a.com\n"
	    "a.a.com A SERVFAIL\nb.a.com A 192.0.2.1\n",
	    "pass 1 0 ptr of a.com" },
	{ "the validated name", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 exists:%{p}.b.com -all\n192.0.2.1 PTR c.com\n192.0.2.1 PTR m.a.com\n"
	    "m.a.com A 192.0.2.1\nc.com A 192.0.2.1\nm.a.com.b.com A 127.0.0.2\n",
	    "pass 1 0 exists:%{p}.b.com of a.com" },
	{ "an explanation with all its letters", "2001:db8::1|h.com|me@a.com",
	    "a.com TXT v=spf1 redirect=b.com\nb.com TXT v=spf1 -all exp=c.com\n"
	    "c.com TXT %{s} %{l} %{o} %{d} %{h} %{c} %{r} %{t} %{v} %{p} %% %_ %-\n",
	    "fail 1 0 -all of b.com: me@a.com me a.com b.com h.com 2001:db8::1 unknown 1796000000 "
	    "ip6 unknown %   %20" },
	{ "an explanation that nobody can read", "192.0.2.1|h.com|me@a.com",
	    "a.com TXT v=spf1 -all exp=b.com\nb.com TXT SERVFAIL\n", "fail 0 0 -all of a.com" },
	{ "a name with a blank", "192.0.2.1|h.com|me you@a.com",
	    "a.com TXT v=spf1 exists:%{l}.b.com -all\nme\\032you.b.com A 127.0.0.2\n",
	    "pass 1 0 exists:%{l}.b.com of a.com" },
	{ "a long name loses labels from its left",
	    "192.0.2.1|h.com|"
	    "a12345678901234567890123456789012345678901234567890123456789."
	    "b12345678901234567890123456789012345678901234567890123456789."
	    "c12345678901234567890123456789012345678901234567890123456789@a.com",
	    "a.com TXT v=spf1 exists:%{l}.%{l}.b.com -all\n"
	    "c12345678901234567890123456789012345678901234567890123456789."
	    "a12345678901234567890123456789012345678901234567890123456789."
	    "b12345678901234567890123456789012345678901234567890123456789."
	    "c12345678901234567890123456789012345678901234567890123456789.b.com A 127.0.0.2\n",
	    "pass 1 0 exists:%{l}.%{l}.b.com of a.com" },
};

/*
 * Subject: DOMAIN. Result: look-ups, voids for IPv4 and IPv6, the default, then each record behind
 * ';' with its fault, and the first term over the limit.
 */
static const struct rule_case spf_tree_cases[] = {
	{ "alone", "a.com", "a.com TXT v=spf1 ip4:192.0.2.1 -all\n", "0 0/0 -; a.com" },
	{ "ten and none", "a.com",
	    "a.com TXT v=spf1 a mx a mx a mx a mx a ptr ip4:192.0.2.1 -all\na.com A 192.0.2.1\n"
	    "a.com MX 1 a.com\n",
	    "10 0/9 -; a.com" },
	{ "an include and a redirect", "a.com",
	    "a.com TXT v=spf1 include:b.com redirect=c.com\nb.com TXT v=spf1 a:x.com -all\n"
	    "c.com TXT v=spf1 mx ?all\nx.com A 192.0.2.1\nc.com MX 1 x.com\n",
	    "4 0/2 ?; a.com; a.com, include:b.com; a.com, redirect=c.com" },
	{ "faults", "a.com",
	    "a.com TXT v=spf1 include:b.com include:c.com include:d.com include:e.com include:f..x "
	    "include:a.com -all\nb.com TXT x\nc.com TXT v=spf1 -all\nc.com TXT v=spf1 +all\n"
	    "d.com TXT v=spf1 ipv4:1.2.3.4\ne.com TXT SERVFAIL\n",
	    "6 0/0 -; a.com; a.com, include:b.com: none; a.com, include:c.com: several; "
	    "a.com, include:d.com: syntax; a.com, include:e.com: unanswered; "
	    "a.com, include:f..x: no name; a.com, include:a.com: loop" },
	{ "names that hang on the sender are not followed", "a.com",
	    "a.com TXT v=spf1 include:%{l}.b.com exists:%{i}.b.com a:%{h} redirect=%{o}.b.com\n",
	    "4 0/0 dynamic; a.com" },
	{ "names of the domain are", "a.com",
	    "a.com TXT v=spf1 include:%{d2}.b.com -all\na.com.b.com TXT v=spf1 -all\n",
	    "1 0/0 -; a.com; a.com, include:%{d2}.b.com" },
	{ "a term over the limit asks nothing", "a.com",
	    "a.com TXT v=spf1 a a a a a a a a a include:b.com a:c.com mx:d.com -all\n"
	    "a.com A 192.0.2.1\na.com AAAA 2001:db8::1\nb.com TXT v=spf1 a:gone.com -all\n",
	    "13 0/0 -; a.com; a.com, include:b.com; over a:gone.com" },
	{ "a tree without end", "a.com",
	    "a.com TXT v=spf1 include:b.com include:b.com include:b.com include:b.com -all\n"
	    "b.com TXT v=spf1 a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com "
	    "a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com a:c.com -all\n"
	    "c.com A 192.0.2.1\nc.com AAAA 2001:db8::1\n",
	    ">40 0/0 -; a.com; a.com, include:b.com; a.com, include:b.com; a.com, include:b.com; "
	    "over a:c.com" },
};

#endif
