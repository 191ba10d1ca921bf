#ifndef MXSWEEP_TESTS_SCORE_TEXT_CASES_H
#define MXSWEEP_TESTS_SCORE_TEXT_CASES_H

#include "score/judge_case.h"

#define KEY "JDcbZ0Hpba5NKXI4UAW3G0IDhhFOxhJTDybZEwe1FeA="
#define S1 "s1._domainkey.a.com TXT "
#define OWN "_dmarc.a.com TXT v=DMARC1; "

/* Areas spf and dkim. */
static const struct judge_case text_cases[] = {
	{ "SPF as it should be", MX SPF, "", "spf.present=pass spf.single=pass spf.syntax=pass" },
	{ "no SPF", MX, "",
	    "spf.present=fail spf.single=not_applicable:prerequisite_failed "
	    "spf.syntax=not_applicable:prerequisite_failed" },
	{ "no SPF, parked", NULL_MX, "", "spf.present=fail" },
	{ "no SPF, and it only receives", MX, "role=receive-only", "spf.present=warn" },
	{ "no word of SPF", MX "a.com TXT TIMEOUT\n", "",
	    "spf.present=not_tested:dns_timeout spf.single=not_tested:dns_timeout "
	    "spf.syntax=not_tested:dns_timeout" },
	{ "two SPF records", MX SPF DENY, "",
	    "spf.present=pass spf.single=fail spf.syntax=not_applicable:prerequisite_failed" },
	{ "a bad term", MX "a.com TXT v=spf1 ipv4:8.8.8.8 -all\n", "", "spf.syntax=fail" },
	{ "an umlaut where it does no harm", MX "a.com TXT v=spf1 x=f\xc3\xbcr -all\n", "",
	    "spf.syntax=warn" },

	/* ---- dkim */
	{ "DKIM as it should be", MX S1 "v=DKIM1; k=ed25519; p=" KEY "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.syntax=pass dkim.single-record=pass" },
	{ "no key at the selector", MX, "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=not_applicable:prerequisite_failed "
	    "dkim.single-record=not_applicable:prerequisite_failed" },
	{ "a key at one of two selectors", MX S1 "k=ed25519; p=" KEY "\n", "selectors=s1 s2",
	    "dkim.selectors=fail dkim.syntax=pass" },
	{ "no word of the selector", MX S1 "TIMEOUT\n", "selectors=s1",
	    "dkim.selectors=not_tested:dns_timeout dkim.syntax=not_tested:dns_timeout "
	    "dkim.single-record=not_tested:dns_timeout" },
	{ "one is bad, of the other nothing is known",
	    MX S1 "TIMEOUT\ns2._domainkey.a.com TXT p=\n", "selectors=s1 s2",
	    "dkim.selectors=fail" },
	{ "no selector, and no key can exist", MX, "",
	    "dkim.selectors=warn dkim.syntax=not_applicable:prerequisite_failed" },
	{ "no selector, and a key may exist", MX "x._domainkey.a.com TXT p=\n", "",
	    "dkim.selectors=not_tested:no_selector_known "
	    "dkim.single-record=not_tested:no_selector_known" },
	{ "no selector, and no word of the node", MX "_domainkey.a.com TXT SERVFAIL\n", "",
	    "dkim.selectors=not_tested:no_selector_known" },
	{ "revoked", MX S1 "v=DKIM1; p=\n", "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=pass" },
	{ "untidy", MX S1 "k=ed25519;; p=" KEY "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.syntax=warn" },
	{ "unusable", MX S1 "p=!\n", "selectors=s1", "dkim.selectors=fail dkim.syntax=fail" },
	{ "two records at a selector",
	    MX S1 "k=ed25519; p=" KEY "\n" S1 "k=ed25519; p=" KEY "; n=2\n", "selectors=s1",
	    "dkim.single-record=warn" },
	{ "it only receives", MX DENY, "selectors=s1",
	    "dkim.selectors=not_applicable:role dkim.syntax=not_applicable:role "
	    "dkim.single-record=not_applicable:role" },
};

#endif
