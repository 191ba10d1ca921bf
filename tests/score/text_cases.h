#ifndef MXSWEEP_TESTS_SCORE_TEXT_CASES_H
#define MXSWEEP_TESTS_SCORE_TEXT_CASES_H

#include "score/judge_case.h"

#define KEY "JDcbZ0Hpba5NKXI4UAW3G0IDhhFOxhJTDybZEwe1FeA="
#define S1 "s1._domainkey.a.com TXT "
#define OWN "_dmarc.a.com TXT v=DMARC1; "

/* Areas spf, dkim and dmarc. */
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

	/* ---- dmarc */
	{ "DMARC as it should be", MX OWN "p=reject; rua=mailto:d@a.com\n", "",
	    "dmarc.present=pass dmarc.single=pass dmarc.tag-list=pass dmarc.policy-valid=pass" },
	{ "inherited", MX "_dmarc.com TXT v=DMARC1; p=none; psd=y\n", "",
	    "dmarc.present=pass dmarc.single=not_applicable:feature_absent" },
	{ "no DMARC", MX, "",
	    "dmarc.present=fail dmarc.single=not_applicable:feature_absent "
	    "dmarc.tag-list=not_applicable:prerequisite_failed "
	    "dmarc.policy-valid=not_applicable:prerequisite_failed" },
	{ "two records", MX OWN "p=none\n" OWN "p=reject\n", "",
	    "dmarc.present=fail dmarc.single=fail" },
	{ "two records, and one above",
	    MX OWN "p=none\n" OWN "p=reject\n_dmarc.com TXT v=DMARC1; "
		   "p=none; psd=y\n",
	    "", "dmarc.present=pass dmarc.single=fail dmarc.policy-valid=pass" },
	{ "no word of it", MX "_dmarc.a.com TXT TIMEOUT\n", "",
	    "dmarc.present=not_tested:dns_timeout dmarc.single=not_tested:dns_timeout "
	    "dmarc.tag-list=not_tested:dns_timeout dmarc.policy-valid=not_tested:dns_timeout" },
	{ "an own record, no word of what is above", MX OWN "p=none\n_dmarc.com TXT SERVFAIL\n", "",
	    "dmarc.present=pass dmarc.tag-list=pass" },
	{ "none of its own, no word of what is above", MX "_dmarc.com TXT SERVFAIL\n", "",
	    "dmarc.present=not_tested:dns_servfail dmarc.single=not_applicable:feature_absent" },
	{ "unknown tags", MX OWN "p=none; x=y\n", "", "dmarc.tag-list=info" },
	{ "a part that is no tag", MX OWN "p=none; bogus\n", "",
	    "dmarc.tag-list=warn dmarc.policy-valid=pass" },
	{ "upper case", MX OWN "P=none\n", "", "dmarc.tag-list=warn dmarc.policy-valid=pass" },
	{ "the version in upper case", MX "_dmarc.a.com TXT V=DMARC1; p=none\n", "",
	    "dmarc.present=pass dmarc.tag-list=warn" },
	{ "empty parts", MX OWN ";p=none\n", "", "dmarc.tag-list=warn" },
	{ "the same tag twice", MX OWN "p=none; p=reject\n", "", "dmarc.tag-list=fail" },
	{ "the same tag twice, in other case", MX OWN "p=none; P=reject\n", "",
	    "dmarc.tag-list=fail" },
	{ "no policy", MX OWN "adkim=s\n", "", "dmarc.policy-valid=fail" },
	{ "no policy, but reports", MX OWN "rua=mailto:d@a.com\n", "", "dmarc.policy-valid=warn" },
	{ "a policy that is none", MX OWN "p=deny\n", "", "dmarc.policy-valid=fail" },
	{ "a bad sp", MX OWN "p=none; sp=x\n", "", "dmarc.policy-valid=fail" },
	{ "a bad np, with reports", MX OWN "p=none; np=x; rua=mailto:d@a.com\n", "",
	    "dmarc.policy-valid=warn" },
};

#endif
