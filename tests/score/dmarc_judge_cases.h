#ifndef MXSWEEP_TESTS_SCORE_DMARC_JUDGE_CASES_H
#define MXSWEEP_TESTS_SCORE_DMARC_JUDGE_CASES_H

#include "score/judge_case.h"
#include "score/text_cases.h"

#define AT "_dmarc.a.com TXT "
#define ABOVE "_dmarc.com TXT v=DMARC1; "
#define KEYED S1 "k=ed25519; p=" KEY "\n"
#define NODE "x._domainkey.a.com TXT p=\n"

/* Area dmarc. */
static const struct judge_case dmarc_judge_cases[] = {
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

	/* ---- near misses and misplaced records */
	{ "a foreign text beside the record", MX OWN "p=none\n" AT "other\n", "",
	    "dmarc.near-miss=warn dmarc.single=pass" },
	{ "a foreign text alone", MX AT "dmarc-proof=1234\n", "",
	    "dmarc.near-miss=warn dmarc.single=not_applicable:feature_absent dmarc.present=fail" },
	{ "no text", MX, "", "dmarc.near-miss=pass" },
	{ "a leading blank", MX AT " v=DMARC1; p=none\n", "",
	    "dmarc.near-miss=fail dmarc.present=fail" },
	{ "a leading quote", MX AT "\"v=DMARC1; p=none\"\n", "", "dmarc.near-miss=fail" },
	{ "the version in lower case", MX AT "v=dmarc1; p=none\n", "", "dmarc.near-miss=fail" },
	{ "the version not first", MX AT "p=none; v=DMARC1\n", "", "dmarc.near-miss=fail" },
	{ "no v=", MX AT "DMARC1; p=none\n", "", "dmarc.near-miss=fail" },
	{ "the version without its number", MX AT "v=DMARC; p=none\n", "", "dmarc.near-miss=fail" },
	{ "SPF at _dmarc", MX AT "v=spf1 -all\n", "", "dmarc.near-miss=fail" },
	{ "a near miss beside a record", MX OWN "p=none\n" AT "v=dmarc1; p=none\n", "",
	    "dmarc.near-miss=warn" },
	{ "a record at the domain itself", MX "a.com TXT v=DMARC1; p=none\n", "",
	    "dmarc.misplaced=warn dmarc.present=fail" },
	{ "a record at _dmarc._dmarc", MX "_dmarc._dmarc.a.com TXT v=DMARC1; p=none\n", "",
	    "dmarc.misplaced=warn" },
	{ "a record at _dmarc.www alone", MX "_dmarc.www.a.com TXT v=DMARC1; p=none\n", "",
	    "dmarc.misplaced=warn" },
	{ "a record at _dmarc.www beside one of the domain",
	    MX OWN "p=none\n_dmarc.www.a.com TXT v=DMARC1; p=reject\n", "",
	    "dmarc.misplaced=pass" },
	{ "the same record everywhere, as of a wildcard",
	    MX OWN "p=none\n_dmarc._dmarc.a.com TXT v=DMARC1; p=none\n", "",
	    "dmarc.misplaced=pass" },
	{ "no word of a place", MX "_dmarc._dmarc.a.com TXT TIMEOUT\n", "",
	    "dmarc.misplaced=not_tested:dns_timeout" },
	{ "no word of a place, and a record at another",
	    MX "_dmarc._dmarc.a.com TXT TIMEOUT\na.com TXT v=DMARC1\n", "",
	    "dmarc.misplaced=warn" },
	{ "no word of _dmarc", MX AT "TIMEOUT\n", "",
	    "dmarc.misplaced=not_tested:dns_timeout dmarc.near-miss=not_tested:dns_timeout "
	    "dmarc.cname-target=not_tested:dns_timeout" },

	/* ---- the policy */
	{ "enforced", MX OWN "p=reject\n", "",
	    "dmarc.policy-strength=pass dmarc.subdomain-policy=pass dmarc.test-mode=pass" },
	{ "quarantine", MX OWN "p=quarantine\n", "", "dmarc.policy-strength=pass" },
	{ "not enforced", MX OWN "p=none\n", "",
	    "dmarc.policy-strength=warn dmarc.subdomain-policy=pass" },
	{ "quarantine in test mode", MX OWN "p=quarantine; t=y\n", "",
	    "dmarc.policy-strength=warn dmarc.test-mode=warn" },
	{ "reject in test mode", MX OWN "p=reject; t=y\n", "",
	    "dmarc.policy-strength=pass dmarc.test-mode=warn" },
	{ "none in test mode", MX OWN "p=none; t=y\n", "", "dmarc.test-mode=pass" },
	{ "only subdomains are enforced, in test mode", MX OWN "p=none; sp=reject; t=y\n", "",
	    "dmarc.test-mode=warn" },
	{ "test mode off", MX OWN "p=reject; t=N\n", "", "dmarc.test-mode=pass" },
	{ "a bad test mode", MX OWN "p=reject; t=yes\n", "",
	    "dmarc.test-mode=info dmarc.policy-strength=pass" },
	{ "no policy at all", MX OWN "p=x\n", "",
	    "dmarc.policy-strength=not_applicable:prerequisite_failed "
	    "dmarc.subdomain-policy=not_applicable:prerequisite_failed "
	    "dmarc.test-mode=not_applicable:prerequisite_failed "
	    "dmarc.satisfiable=not_applicable:prerequisite_failed dmarc.rua=warn" },
	{ "it acts as none", MX OWN "p=x; sp=reject; rua=mailto:d@a.com\n", "",
	    "dmarc.policy-strength=warn dmarc.subdomain-policy=pass dmarc.test-mode=pass "
	    "dmarc.satisfiable=not_applicable:feature_absent" },
	{ "sp weaker than p", MX OWN "p=reject; sp=quarantine\n", "",
	    "dmarc.subdomain-policy=info" },
	{ "np weaker than p", MX OWN "p=reject; sp=reject; np=quarantine\n", "",
	    "dmarc.subdomain-policy=info" },
	{ "sp none", MX OWN "p=reject; sp=none\n", "", "dmarc.subdomain-policy=warn" },
	{ "np none", MX OWN "p=quarantine; np=none\n", "", "dmarc.subdomain-policy=warn" },
	{ "sp stronger than p", MX OWN "p=none; sp=reject\n", "", "dmarc.subdomain-policy=pass" },
	{ "sp where it has no effect", MX OWN "p=reject; sp=none\n" ABOVE "p=reject\n", "",
	    "dmarc.subdomain-policy=info dmarc.discovery-agrees=info" },
	{ "a record that is not the organizational domain's, without sp",
	    MX OWN "p=reject\n" ABOVE "p=reject\n", "", "dmarc.subdomain-policy=pass" },
	{ "sp, and no word of what is above", MX OWN "p=reject; sp=none\n_dmarc.com TXT SERVFAIL\n",
	    "",
	    "dmarc.subdomain-policy=not_tested:dns_servfail "
	    "dmarc.discovery-agrees=not_tested:dns_servfail" },
	{ "inherited of a public suffix", MX ABOVE "p=none; sp=reject; psd=y\n", "",
	    "dmarc.policy-strength=pass dmarc.subdomain-policy=pass dmarc.psd=pass "
	    "dmarc.discovery-agrees=warn" },

	/* ---- single tags */
	{ "psd=n", MX OWN "p=none; psd=n\n", "", "dmarc.psd=info" },
	{ "psd=u", MX OWN "p=none; psd=U\n", "", "dmarc.psd=pass" },
	{ "no psd", MX OWN "p=none\n", "", "dmarc.psd=pass" },
	{ "psd=y where it is not true", MX OWN "p=none; psd=y\n", "", "dmarc.psd=warn" },
	{ "a bad psd", MX OWN "p=none; psd=yes\n", "", "dmarc.psd=info" },
	{ "psd=y, without a suffix list", MX OWN "p=none; psd=y\n", "without-suffixes",
	    "dmarc.psd=not_tested:no_data_file dmarc.discovery-agrees=not_tested:no_data_file" },
	{ "no obsolete tag", MX OWN "p=none\n", "", "dmarc.obsolete-tags=pass" },
	{ "pct=100, rf and ri", MX OWN "p=none; pct=100; rf=afrf; ri=86400\n", "",
	    "dmarc.obsolete-tags=info" },
	{ "pct below 100", MX OWN "p=none; pct=99\n", "", "dmarc.obsolete-tags=warn" },
	{ "pct above 100", MX OWN "p=none; pct=101\n", "", "dmarc.obsolete-tags=warn" },
	{ "pct that is no number", MX OWN "p=none; pct=100%\n", "", "dmarc.obsolete-tags=warn" },
	{ "alignment", MX OWN "p=none; adkim=R; aspf=s\n", "", "dmarc.alignment-tags=pass" },
	{ "bad alignment", MX OWN "p=none; adkim=x\n", "", "dmarc.alignment-tags=warn" },
	{ "alignment in a word", MX OWN "p=none; aspf=strict\n", "", "dmarc.alignment-tags=warn" },
	{ "failure options", MX OWN "p=none; fo=1:d : S; ruf=mailto:d@a.com\n", "",
	    "dmarc.alignment-tags=pass" },
	{ "failure options without ruf", MX OWN "p=none; fo=0\n", "", "dmarc.alignment-tags=info" },
	{ "failure options that exclude each other", MX OWN "p=none; fo=0:1; ruf=mailto:d@a.com\n",
	    "", "dmarc.alignment-tags=warn" },
	{ "a failure option twice", MX OWN "p=none; fo=d:d; ruf=mailto:d@a.com\n", "",
	    "dmarc.alignment-tags=warn" },
	{ "a bad failure option", MX OWN "p=none; fo=0:x; ruf=mailto:d@a.com\n", "",
	    "dmarc.alignment-tags=warn" },
	{ "failure options with a blank for a colon", MX OWN "p=none; fo=0 d\n", "",
	    "dmarc.alignment-tags=warn" },
	{ "no failure option", MX OWN "p=none; fo=\n", "", "dmarc.alignment-tags=warn" },

	/* ---- reports */
	{ "reports to the domain itself", MX OWN "p=none; rua=mailto:d@a.com\n", "",
	    "dmarc.rua=pass dmarc.report-uri=pass dmarc.external-auth=pass "
	    "dmarc.report-domain-mail=pass" },
	{ "no reports", MX OWN "p=none\n", "",
	    "dmarc.rua=warn dmarc.report-uri=not_applicable:feature_absent "
	    "dmarc.external-auth=not_applicable:feature_absent "
	    "dmarc.report-domain-mail=not_applicable:feature_absent" },
	{ "reports of failures alone", MX OWN "p=none; ruf=mailto:d@a.com\n", "",
	    "dmarc.rua=warn dmarc.report-uri=pass dmarc.external-auth=pass" },
	{ "three addresses", MX OWN "p=none; rua=mailto:d@a.com,mailto:e@a.com,mailto:f@a.com\n",
	    "", "dmarc.report-uri=info" },
	{ "a size", MX OWN "p=none; rua=mailto:d@a.com!10m\n", "",
	    "dmarc.report-uri=info dmarc.rua=pass" },
	{ "a bad address beside a good one", MX OWN "p=none; rua=mailto:d@a.com,d@a.com\n", "",
	    "dmarc.report-uri=warn dmarc.rua=pass" },
	{ "another scheme", MX OWN "p=none; rua=https://a.com/d\n", "",
	    "dmarc.report-uri=warn dmarc.rua=warn "
	    "dmarc.external-auth=not_applicable:prerequisite_failed" },
	{ "no address at all", MX OWN "p=none; rua=d@a.com\n", "",
	    "dmarc.report-uri=fail dmarc.rua=warn "
	    "dmarc.report-domain-mail=not_applicable:prerequisite_failed" },
	{ "good reports, bad reports of failures", MX OWN "p=none; rua=mailto:d@a.com; ruf=x\n", "",
	    "dmarc.report-uri=fail dmarc.rua=pass" },
	{ "another domain agrees",
	    MX OWN "p=none; rua=mailto:d@b.com\na.com._report._dmarc.b.com TXT v=DMARC1;\n"
		   "b.com MX 10 mx.b.com\n",
	    "", "dmarc.external-auth=pass dmarc.report-domain-mail=pass" },
	{ "another domain does not agree",
	    MX OWN "p=none; rua=mailto:d@b.com\nb.com MX 10 mx.b.com\n", "",
	    "dmarc.external-auth=fail dmarc.report-domain-mail=pass" },
	{ "another domain sends them on",
	    MX OWN "p=none; rua=mailto:d@b.com\n"
		   "a.com._report._dmarc.b.com TXT v=DMARC1; rua=mailto:d@c.com\n",
	    "", "dmarc.external-auth=fail" },
	{ "no word of another domain",
	    MX OWN "p=none; rua=mailto:d@b.com\na.com._report._dmarc.b.com TXT SERVFAIL\n"
		   "b.com MX SERVFAIL\n",
	    "",
	    "dmarc.external-auth=not_tested:dns_servfail "
	    "dmarc.report-domain-mail=not_tested:dns_servfail" },
	{ "another domain takes no mail", MX OWN "p=none; ruf=mailto:d@b.com\nb.com MX 0 .\n", "",
	    "dmarc.report-domain-mail=warn" },
	{ "another domain can be registered", MX OWN "p=none; rua=mailto:d@b.com\ncom SOA x\n", "",
	    "dmarc.report-domain-mail=warn dmarc.external-auth=fail" },
	{ "more hosts than are asked",
	    MX OWN "p=none; rua=mailto:d@a.com,mailto:d@b.a.com,mailto:d@c.a.com,mailto:d@d.a.com,"
		   "mailto:d@e.a.com,mailto:d@f.a.com,mailto:d@g.a.com,mailto:d@h.a.com,"
		   "mailto:d@i.a.com\nb.a.com MX 0 m.a.com\nc.a.com MX 0 m.a.com\n"
		   "d.a.com MX 0 m.a.com\ne.a.com MX 0 m.a.com\nf.a.com MX 0 m.a.com\n"
		   "g.a.com MX 0 m.a.com\nh.a.com MX 0 m.a.com\n",
	    "",
	    "dmarc.external-auth=not_tested:budget dmarc.report-domain-mail=not_tested:budget" },

	/* ---- older receivers */
	{ "older receivers find the same", MX OWN "p=reject\n", "", "dmarc.discovery-agrees=pass" },
	{ "older receivers stop at two records",
	    MX OWN "p=none\n" OWN "p=reject\n" ABOVE "p=reject; psd=y\n", "",
	    "dmarc.discovery-agrees=warn" },

	/* ---- mail that must pass */
	{ "signed and SPF", MX SPF KEYED OWN "p=reject\n", "selectors=s1",
	    "dmarc.satisfiable=pass" },
	{ "signed without SPF", MX KEYED OWN "p=reject\n", "selectors=s1",
	    "dmarc.satisfiable=warn" },
	{ "signed, SPF that costs too much",
	    MX "a.com TXT v=spf1 a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com a:b.com "
	       "a:b.com a:b.com mx -all\nb.com A 8.8.4.4\n" KEYED OWN "p=reject\n",
	    "selectors=s1", "dmarc.satisfiable=warn" },
	{ "signed, and no word of SPF", MX "a.com TXT TIMEOUT\n" KEYED OWN "p=reject\n",
	    "selectors=s1|role=mail", "dmarc.satisfiable=not_tested:dns_timeout" },
	{ "SPF alone, quarantine", MX SPF OWN "p=quarantine\n", "", "dmarc.satisfiable=warn" },
	{ "SPF alone, reject in test mode", MX SPF OWN "p=reject; t=y\n", "",
	    "dmarc.satisfiable=warn" },
	{ "SPF alone, reject", MX SPF OWN "p=reject\n", "", "dmarc.satisfiable=fail" },
	{ "neither SPF nor a key", MX OWN "p=quarantine\n", "", "dmarc.satisfiable=fail" },
	{ "no key, and no word of SPF", MX "a.com TXT TIMEOUT\n" OWN "p=quarantine\n", "role=mail",
	    "dmarc.satisfiable=not_tested:dns_timeout" },
	{ "a key may exist", MX SPF NODE OWN "p=reject\n", "",
	    "dmarc.satisfiable=not_tested:no_selector_known" },
	{ "nothing is enforced", MX SPF OWN "p=none\n", "",
	    "dmarc.satisfiable=not_applicable:feature_absent" },
	{ "nothing is sent", MX DENY OWN "p=reject\n", "",
	    "dmarc.satisfiable=not_applicable:role" },
	{ "whether anything is sent is not known", MX "a.com TXT TIMEOUT\n" OWN "p=reject\n", "",
	    "dmarc.satisfiable=not_tested:dns_timeout dmarc.parked=not_tested:dns_timeout" },

	/* ---- parked */
	{ "parked", NULL_MX DENY OWN "p=reject\n", "", "dmarc.parked=pass dmarc.rua=info" },
	{ "parked, weaker", NULL_MX DENY OWN "p=quarantine\n", "", "dmarc.parked=warn" },
	{ "parked, weaker below", NULL_MX DENY OWN "p=reject; sp=quarantine\n", "",
	    "dmarc.parked=warn" },
	{ "parked, weaker where nothing is", NULL_MX DENY OWN "p=reject; np=none\n", "",
	    "dmarc.parked=warn" },
	{ "parked, in test mode", NULL_MX DENY OWN "p=reject; t=y\n", "", "dmarc.parked=warn" },
	{ "parked, its organizational domain is weaker",
	    NULL_MX DENY OWN "p=reject\n" ABOVE "p=none\n", "", "dmarc.parked=warn" },
	{ "parked, and no word of what is above",
	    NULL_MX DENY OWN "p=reject\n_dmarc.com TXT TIMEOUT\n", "",
	    "dmarc.parked=not_tested:dns_timeout" },
	{ "parked without DMARC", NULL_MX DENY, "",
	    "dmarc.parked=not_applicable:prerequisite_failed" },
	{ "not parked", MX SPF OWN "p=reject\n", "", "dmarc.parked=not_applicable:role" },

	/* ---- an alias */
	{ "no alias", MX OWN "p=reject\n", "", "dmarc.cname-target=not_applicable:feature_absent" },
	{ "an alias to a record", MX "_dmarc.a.com CNAME d.b.com\nd.b.com TXT v=DMARC1; p=reject\n",
	    "", "dmarc.cname-target=pass dmarc.present=pass" },
	{ "an alias to nothing", MX "_dmarc.a.com CNAME d.b.com\n", "",
	    "dmarc.cname-target=fail dmarc.present=fail" },
	{ "an alias to what can be registered", MX "_dmarc.a.com CNAME d.b.com\ncom SOA x\n", "",
	    "dmarc.cname-target=fail" },
};

#undef AT
#undef ABOVE
#undef KEYED
#undef NODE

#endif
