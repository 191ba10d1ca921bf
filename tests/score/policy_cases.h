#ifndef MXSWEEP_TESTS_SCORE_POLICY_CASES_H
#define MXSWEEP_TESTS_SCORE_POLICY_CASES_H

#include "score/judge_case.h"

#define TWO_MX                                                                                     \
	"a.com MX 10 mx.a.com\na.com MX 20 mx.b.com\nmx.a.com A 8.8.8.8\nmx.b.com A 8.8.4.4\n"
#define NS "a.com NS ns1.dns.net\na.com NS ns2.dns.net\n"
#define POLICY_KEY                                                                                 \
	"s1._domainkey.a.com TXT k=ed25519; p=JDcbZ0Hpba5NKXI4UAW3G0IDhhFOxhJTDybZEwe1FeA=\n"
#define POLICY_KEY_DIGEST "d783bf26e440fa871efc7e30735532747b673562fe36567b1db8d8710a6f04e1"

/* Area policy: what the row itself expects. */
static const struct judge_case policy_cases[] = {
	{ "nothing is expected", MX SPF NS, "",
	    "policy.mx=not_applicable:no_expectation policy.ns=not_applicable:no_expectation "
	    "policy.spf-include=not_applicable:no_expectation "
	    "policy.dkim-key=not_applicable:no_expectation "
	    "policy.rua=not_applicable:no_expectation policy.helo=not_applicable:no_expectation "
	    "policy.placement=not_applicable:no_expectation "
	    "policy.change=not_tested:no_history" },

	/* ---- MX and NS */
	{ "the MX that is expected", MX, "expected_mx=MX.a.com.", "policy.mx=pass" },
	{ "one of several", TWO_MX, "expected_mx=mx.a.com mx.b.com mx.c.com", "policy.mx=pass" },
	{ "exactly these", TWO_MX, "expected_mx==mx.b.com mx.a.com", "policy.mx=pass" },
	{ "exactly these, and one is missing", TWO_MX, "expected_mx==mx.a.com mx.b.com mx.c.com",
	    "policy.mx=warn" },
	{ "a suffix", MX, "expected_mx=.a.com", "policy.mx=pass" },
	{ "a suffix with a star", MX, "expected_mx=*.a.com", "policy.mx=pass" },
	{ "a suffix is no part of a label", MX, "expected_mx=*.x.a.com, *.x.com",
	    "policy.mx=fail" },
	{ "one of two is another", TWO_MX, "expected_mx=mx.a.com", "policy.mx=warn" },
	{ "another", MX, "expected_mx=mx.b.com", "policy.mx=fail policy.placement=info" },
	{ "no MX", "a.com A 8.8.8.8\n", "expected_mx=mx.a.com",
	    "policy.mx=not_applicable:prerequisite_failed" },
	{ "a null MX that is expected", NULL_MX, "expected_mx=.", "policy.mx=pass" },
	{ "a null MX that is not", NULL_MX, "expected_mx=mx.a.com", "policy.mx=fail" },
	{ "no word of the MX", "a.com MX TIMEOUT\na.com TXT x\n", "expected_mx=mx.a.com",
	    "policy.mx=not_tested:dns_timeout policy.placement=info" },
	{ "the name servers that are expected", MX NS, "expected_ns=*.dns.net", "policy.ns=pass" },
	{ "one of them", MX NS, "expected_ns=ns1.dns.net", "policy.ns=warn" },
	{ "others", MX NS, "expected_ns=ns1.other.net", "policy.ns=fail" },
	{ "no word of them", MX "a.com NS SERVFAIL\n", "expected_ns=ns1.other.net",
	    "policy.ns=not_tested:dns_servfail policy.placement=info" },
	{ "none were found", MX, "expected_ns=ns1.other.net", "policy.ns=fail" },

	/* ---- SPF */
	{ "the include that is expected",
	    MX "a.com TXT v=spf1 include:_spf.b.com -all\n"
	       "_spf.b.com TXT v=spf1 ip4:8.8.8.8 -all\n",
	    "expected_spf_include=_SPF.b.com", "policy.spf-include=pass" },
	{ "it lets nobody pass",
	    MX "a.com TXT v=spf1 ~include:b.com -all\n"
	       "b.com TXT v=spf1 ip4:8.8.8.8 -all\n",
	    "expected_spf_include=b.com", "policy.spf-include=warn" },
	{ "it stands behind all", MX "a.com TXT v=spf1 mx -all include:b.com\n",
	    "expected_spf_include=b.com", "policy.spf-include=warn" },
	{ "it is within another",
	    MX "a.com TXT v=spf1 include:c.com -all\n"
	       "c.com TXT v=spf1 include:b.com -all\n"
	       "b.com TXT v=spf1 ip4:8.8.8.8 -all\n",
	    "expected_spf_include=b.com", "policy.spf-include=pass" },
	{ "it is missing", MX SPF, "expected_spf_include=b.com", "policy.spf-include=fail" },
	{ "one of two is missing",
	    MX "a.com TXT v=spf1 include:b.com -all\n"
	       "b.com TXT v=spf1 ip4:8.8.8.8 -all\n",
	    "expected_spf_include=b.com c.com", "policy.spf-include=fail" },
	{ "there is no record", MX, "expected_spf_include=b.com",
	    "policy.spf-include=not_applicable:prerequisite_failed" },
	{ "no word of it", MX "a.com TXT TIMEOUT\n", "expected_spf_include=b.com",
	    "policy.spf-include=not_tested:dns_timeout" },

	/* ---- DKIM */
	{ "the key that is expected", MX SPF POLICY_KEY, "expected_dkim_key=s1:" POLICY_KEY_DIGEST,
	    "policy.dkim-key=pass dkim.selectors=pass" },
	{ "another key", MX SPF POLICY_KEY,
	    "expected_dkim_key=s1:0000000000000000000000000000000000000000000000000000000000000000",
	    "policy.dkim-key=fail" },
	{ "of another selector nothing is expected",
	    MX SPF POLICY_KEY "s2._domainkey.a.com TXT p=\n",
	    "selectors=s2|expected_dkim_key=s1:" POLICY_KEY_DIGEST, "policy.dkim-key=pass" },
	{ "no key", MX SPF, "expected_dkim_key=s1:" POLICY_KEY_DIGEST,
	    "policy.dkim-key=not_applicable:prerequisite_failed dkim.selectors=fail" },
	{ "no word of the key", MX SPF "s1._domainkey.a.com TXT TIMEOUT\n",
	    "expected_dkim_key=s1:" POLICY_KEY_DIGEST, "policy.dkim-key=not_tested:dns_timeout" },

	/* ---- DMARC */
	{ "reports go where they should",
	    MX "_dmarc.a.com TXT v=DMARC1; p=none; rua=mailto:R@a.com\n", "expected_rua=r@a.com",
	    "policy.rua=pass" },
	{ "written as it stands there",
	    MX "_dmarc.a.com TXT v=DMARC1; p=none; rua=mailto:r@a.com\n",
	    "expected_rua=mailto:r@a.com", "policy.rua=pass" },
	{ "they go elsewhere", MX "_dmarc.a.com TXT v=DMARC1; p=none; rua=mailto:x@a.com\n",
	    "expected_rua=r@a.com", "policy.rua=warn" },
	{ "no DMARC", MX, "expected_rua=r@a.com", "policy.rua=not_applicable:prerequisite_failed" },
	{ "no word of DMARC", MX "_dmarc.a.com TXT TIMEOUT\n", "expected_rua=r@a.com",
	    "policy.rua=not_tested:dns_timeout" },

	/* ---- HELO */
	{ "HELO, PTR and address agree", MX "out.a.com A 8.8.4.4\n8.8.4.4 PTR out.a.com\n",
	    "helo=out.a.com|outbound_ips=8.8.4.4", "policy.helo=pass" },
	{ "it does not lead there", MX "out.a.com A 8.8.8.8\n8.8.4.4 PTR out.a.com\n",
	    "helo=out.a.com|outbound_ips=8.8.4.4", "policy.helo=warn" },
	{ "the PTR is another", MX "out.a.com A 8.8.4.4\n8.8.4.4 PTR x.a.com\n",
	    "helo=out.a.com|outbound_ips=8.8.4.4", "policy.helo=warn" },
	{ "neither", MX, "helo=out.a.com|outbound_ips=8.8.4.4", "policy.helo=fail" },
	{ "no full name", MX, "helo=localhost|outbound_ips=8.8.4.4", "policy.helo=fail" },
	{ "no outbound address", MX, "helo=out.a.com", "policy.helo=not_applicable:no_target" },
	{ "no word of the name", MX "out.a.com A TIMEOUT\n", "helo=out.a.com|outbound_ips=8.8.4.4",
	    "policy.helo=not_tested:dns_timeout" },

	{ "nothing is asked of what does not exist", "",
	    "expected_mx=mx.a.com|expected_ns=ns1.dns.net|expected_rua=r@a.com",
	    "policy.mx=not_applicable:no_target policy.ns=not_applicable:no_target "
	    "policy.change=not_applicable:no_target" },
	{ "nor without a domain", "", "problem=it is empty|expected_mx=mx.a.com",
	    "policy.mx=not_tested:invalid_input policy.placement=not_tested:invalid_input" },
};

#endif
