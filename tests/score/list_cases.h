#ifndef MXSWEEP_TESTS_SCORE_LIST_CASES_H
#define MXSWEEP_TESTS_SCORE_LIST_CASES_H

#include "score/judge_case.h"

/* The lists of lists.tsv, all of them well: kinds 3 are addresses of both families, 4 names. */
#define LISTS "bl.org LIST 3 3 3\nother.org LIST 1 1 1\nmask.org LIST 4 4 4\ngood.org LIST 1 1 1\n"
#define LISTED(zone, code) "1.1.1.1." zone " A " code "\n"
#define ONE "a.com MX 10 x.a.com\nx.a.com A 1.1.1.1\n"

#define NAMED "a.com MX 10 x.a.com\nx.a.com A 2.2.2.2\na.com TXT v=spf1 mx ip4:1.1.1.1 -all\n"

/* Area dnsbl. 1.1.1.1 reads the same when it is reversed. */
static const struct judge_case list_cases[] = {
	{ "on no list", ONE LISTS, "",
	    "dnsbl.address=pass dnsbl.address-policy=pass dnsbl.domain=pass "
	    "dnsbl.allow=not_applicable:feature_absent dnsbl.coverage=info" },
	{ "no word of the MX records", "a.com MX TIMEOUT\na.com TXT v=spf1 mx -all\n" LISTS, "",
	    "dnsbl.address=not_tested:dns_timeout dnsbl.address-policy=not_tested:dns_timeout "
	    "dnsbl.allow=not_tested:dns_timeout spf.authorises=not_tested:dns_timeout" },
	{ "critical", ONE LISTS LISTED("bl.org", "127.0.0.2"), "", "dnsbl.address=fail" },
	{ "critical, it only receives", ONE LISTS LISTED("bl.org", "127.0.0.2"),
	    "role=receive-only", "dnsbl.address=fail" },
	{ "high", ONE LISTS LISTED("bl.org", "127.0.0.3"), "", "dnsbl.address=fail" },
	{ "high, it only receives", ONE LISTS LISTED("bl.org", "127.0.0.3"), "role=receive-only",
	    "dnsbl.address=warn" },
	{ "medium", ONE LISTS LISTED("bl.org", "127.0.0.4"), "", "dnsbl.address=warn" },
	{ "medium by two operators",
	    ONE LISTS LISTED("bl.org", "127.0.0.4") LISTED("other.org", "127.0.0.4"), "",
	    "dnsbl.address=fail" },
	{ "medium, it only receives", ONE LISTS LISTED("bl.org", "127.0.0.4"), "role=receive-only",
	    "dnsbl.address=info" },
	{ "critical, and only SPF names it", NAMED LISTS LISTED("bl.org", "127.0.0.2"), "",
	    "dnsbl.address=warn spf.authorises=pass" },
	{ "high, and only SPF names it", NAMED LISTS LISTED("bl.org", "127.0.0.3"), "",
	    "dnsbl.address=info" },
	{ "a policy code, and only SPF names it", NAMED LISTS LISTED("bl.org", "127.0.0.6"), "",
	    "dnsbl.address=pass dnsbl.address-policy=info" },
	{ "low", ONE LISTS LISTED("bl.org", "127.0.0.5"), "", "dnsbl.address=info" },
	{ "an unknown code", ONE LISTS LISTED("bl.org", "127.0.0.77"), "", "dnsbl.address=warn" },
	{ "127.0.0.1 is no listing", ONE LISTS LISTED("bl.org", "127.0.0.1"), "",
	    "dnsbl.address=pass" },
	{ "a policy list", ONE LISTS LISTED("bl.org", "127.0.0.6"), "",
	    "dnsbl.address=pass dnsbl.address-policy=warn" },
	{ "a policy list, and the row says that it sends", ONE LISTS LISTED("bl.org", "127.0.0.6"),
	    "outbound_ips=1.1.1.1", "dnsbl.address-policy=fail" },
	{ "a policy list, it only receives", ONE LISTS LISTED("bl.org", "127.0.0.6"),
	    "role=receive-only", "dnsbl.address-policy=info" },
	{ "on an allow-list", ONE LISTS LISTED("good.org", "127.0.0.1"), "",
	    "dnsbl.address=pass dnsbl.allow=info" },
	{ "refused by one list, clean on another",
	    ONE "bl.org LIST 3 3 3\nother.org LIST 1 1 1\n" LISTED("bl.org", "127.0.0.9"), "",
	    "dnsbl.address=pass" },
	{ "refused by all", ONE "bl.org LIST 3 3 3\n" LISTED("bl.org", "127.255.255.254"), "",
	    "dnsbl.address=not_tested:list_refused dnsbl.address-policy=not_tested:list_refused" },
	{ "somebody else answers", ONE "bl.org LIST 3 3 3\n" LISTED("bl.org", "192.0.2.1"), "",
	    "dnsbl.address=not_tested:resolver_rewrites" },
	{ "dead from the start", ONE "bl.org LIST 3 0 3\n", "",
	    "dnsbl.address=not_tested:list_unavailable" },
	{ "a hit, and the list dies", ONE "bl.org LIST 3 3 0\n" LISTED("bl.org", "127.0.0.2"), "",
	    "dnsbl.address=not_tested:list_unconfirmed" },
	{ "clean, and the list dies", ONE "bl.org LIST 3 3 0\n", "",
	    "dnsbl.address=not_tested:list_unavailable" },
	{ "no answer", ONE "bl.org LIST 3 3 3\n1.1.1.1.bl.org A SERVFAIL\n", "",
	    "dnsbl.address=not_tested:list_unavailable" },
	{ "the domain is black", ONE LISTS "a.com.mask.org A 127.0.0.2\n", "",
	    "dnsbl.domain=fail" },
	{ "the domain is black and grey", ONE LISTS "a.com.mask.org A 127.0.0.6\n", "",
	    "dnsbl.domain=fail" },
	{ "the domain is grey", ONE LISTS "a.com.mask.org A 127.0.0.4\n", "", "dnsbl.domain=info" },
	{ "the domain is in the middle", ONE LISTS "a.com.mask.org A 127.0.0.8\n", "",
	    "dnsbl.domain=warn" },
	{ "the mail host's domain is black",
	    "a.com MX 10 x.b.com\nx.b.com A 1.1.1.1\n" LISTS "b.com.mask.org A 127.0.0.2\n", "",
	    "dnsbl.domain=pass dnsbl.mx-host-domain=warn" },
	{ "one of two mail hosts' domains is grey",
	    "a.com MX 10 x.b.com\nx.b.com A 1.1.1.1\na.com MX 20 x.c.com\nx.c.com A 1.1.1.1\n" LISTS
	    "c.com.mask.org A 127.0.0.4\n",
	    "", "dnsbl.mx-host-domain=info" },
	{ "the mail host lies in the domain itself", ONE LISTS "a.com.mask.org A 127.0.0.2\n", "",
	    "dnsbl.mx-host-domain=warn" },
	{ "the mail hosts' domains are on no list", ONE LISTS, "", "dnsbl.mx-host-domain=pass" },
	{ "the list of names refuses", ONE "mask.org LIST 4 4 4\na.com.mask.org A 127.0.0.1\n", "",
	    "dnsbl.domain=not_tested:list_refused" },
	{ "no address, no host", "a.com TXT x\n" LISTS, "",
	    "dnsbl.address=not_applicable:no_target dnsbl.domain=pass "
	    "dnsbl.mx-host-domain=not_applicable:no_target" },
	{ "no lists were asked", ONE, "",
	    "dnsbl.address=not_tested:not_recorded dnsbl.coverage=not_tested:not_recorded "
	    "dnsbl.mx-host-domain=not_tested:not_recorded" },
	{ "the host of a provider",
	    "a.com MX 10 aspmx.l.google.com\naspmx.l.google.com A 1.1.1.1\n" LISTS LISTED(
		"bl.org", "127.0.0.2"),
	    "",
	    "dnsbl.address=not_applicable:provider_managed "
	    "dnsbl.mx-host-domain=not_applicable:provider_managed" },
};

#endif
