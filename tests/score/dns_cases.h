#ifndef MXSWEEP_TESTS_SCORE_DNS_CASES_H
#define MXSWEEP_TESTS_SCORE_DNS_CASES_H

#include "score/judge_case.h"

/* Areas domain, mx, host and ptr. */
static const struct judge_case dns_cases[] = {
	{ "a plain domain", MX SPF, "",
	    "domain.name-valid=pass domain.exists=pass domain.role=pass" },
	{ "the cell was changed", MX, "changed", "domain.name-valid=info" },
	{ "the domain stands in two rows", MX, "again", "domain.name-valid=info" },
	{ "no domain", "", "problem=it has a blank",
	    "domain.name-valid=fail domain.exists=not_tested:invalid_input "
	    "domain.role=not_tested:invalid_input mx.exists=not_tested:invalid_input "
	    "spf.present=not_tested:invalid_input tls.expiry=not_tested:invalid_input" },
	{ "missing", "", "selectors=s1",
	    "domain.name-valid=pass domain.exists=fail domain.role=not_applicable:no_target "
	    "mx.exists=not_applicable:no_target spf.present=not_applicable:no_target "
	    "dkim.selectors=not_applicable:no_target dmarc.present=not_applicable:no_target "
	    "smtp.connect=not_applicable:no_target ptr.present=not_applicable:no_target" },
	{ "it exists without data", "www.a.com A 8.8.8.8\n", "", "domain.exists=pass" },
	{ "it is an alias that dangles", "a.com CNAME b.com\n", "",
	    "domain.exists=pass domain.alias=info domain.public-suffix=pass" },
	{ "it is an alias", "a.com CNAME b.com\nb.com MX 10 mx.b.com\nmx.b.com A 8.8.8.8\n", "",
	    "domain.alias=info mx.exists=pass" },
	{ "no alias", MX, "", "domain.alias=pass domain.public-suffix=pass" },
	{ "no word of it but the text", "a.com MX TIMEOUT\na.com TXT v=spf1 -all\n", "",
	    "domain.alias=pass" },
	{ "it says that it is a public suffix", MX "_dmarc.a.com TXT v=DMARC1; p=reject; psd=y\n",
	    "", "domain.public-suffix=info domain.role=pass" },
	{ "no suffix list", MX, "without-suffixes",
	    "domain.public-suffix=not_tested:no_data_file" },
	{ "anyone can register the domain of the MX host", "a.com MX 10 mx.b.com\ncom SOA\n", "",
	    "mx.target-registrable=fail mx.target-resolves=fail" },
	{ "... or that of what it is an alias of",
	    "a.com MX 10 mx.a.com\nmx.a.com CNAME mx.b.com\ncom SOA\n", "",
	    "mx.target-registrable=fail" },
	{ "the MX host is missing, its domain is not", "a.com MX 10 mx.b.com\nb.com SOA\ncom SOA\n",
	    "", "mx.target-registrable=pass mx.target-resolves=fail" },
	{ "the registry's word did not come", "a.com MX 10 mx.b.com\nb.com SOA TIMEOUT\n", "",
	    "mx.target-registrable=not_tested:dns_timeout" },
	{ "below a private registry", "a.com MX 10 mx.b.github.io\ngithub.io SOA\n", "",
	    "mx.target-registrable=warn" },
	{ "not the registry's word", "a.com MX 10 mx.b.com\n", "",
	    "mx.target-registrable=not_tested:unconfirmed" },
	{ "the MX host is missing, no suffix list", "a.com MX 10 mx.b.com\ncom SOA\n",
	    "without-suffixes", "mx.target-registrable=not_tested:no_data_file" },
	{ "a reserved name cannot be registered", "a.com MX 10 mx.b.test\n", "",
	    "mx.target-registrable=not_applicable:no_target" },
	{ "no word of its MX", "a.com MX TIMEOUT\n", "outbound_ips=8.8.4.4",
	    "domain.exists=not_tested:dns_timeout domain.role=not_tested:dns_timeout "
	    "mx.exists=not_tested:dns_timeout mx.null-wellformed=not_tested:dns_timeout "
	    "mx.null-alone=not_tested:dns_timeout mx.null-advised=not_tested:dns_timeout "
	    "mx.target-resolves=not_tested:dns_timeout mx.target-not-cname=not_tested:dns_timeout "
	    "mx.target-not-address=not_tested:dns_timeout "
	    "mx.target-name-valid=not_tested:dns_timeout "
	    "mx.target-reserved=not_tested:dns_timeout mx.duplicate=not_tested:dns_timeout "
	    "mx.distinct-addresses=not_tested:dns_timeout mx.redundancy=not_tested:dns_timeout "
	    "mx.preference=not_tested:dns_timeout mx.count=not_tested:dns_timeout "
	    "mx.nolisting=not_tested:dns_timeout mx.provider=not_tested:dns_timeout "
	    "host.ipv4=not_tested:dns_timeout host.ipv6=not_tested:dns_timeout "
	    "host.address-global=not_tested:dns_timeout host.address-count=not_tested:dns_timeout "
	    "smtp.connect=not_tested:dns_timeout tls.handshake=not_tested:dns_timeout" },
	{ "the servers of a domain fail", "a.com ? SERVFAIL\n", "",
	    "domain.exists=not_tested:dns_servfail mx.exists=not_tested:dns_servfail "
	    "spf.present=not_tested:dns_servfail" },
	{ "refused", "a.com ? REFUSED\n", "", "domain.exists=not_tested:dns_refused" },
	{ "garbage", "a.com ? MALFORMED\n", "", "domain.exists=not_tested:dns_malformed" },
	{ "resolvers disagree", "a.com MX UNCONFIRMED\n", "",
	    "domain.exists=not_tested:unconfirmed mx.exists=not_tested:unconfirmed" },

	{ "parked, with an MX", MX, "role=parked", "domain.role=warn" },
	{ "parked, and SPF lets some pass", NULL_MX SPF, "role=parked", "domain.role=warn" },
	{ "parked, as it should be", NULL_MX DENY, "role=parked", "domain.role=pass" },
	{ "to send, but all is denied", MX DENY, "role=mail", "domain.role=warn" },
	{ "to receive, but a null MX", NULL_MX, "role=receive-only", "domain.role=warn" },
	{ "no role", MX, "role=mailing", "domain.role=warn" },
	{ "declared, while the records are not known", "a.com ? TIMEOUT\n", "role=mail",
	    "domain.role=pass" },
	{ "the role hangs on SPF", NULL_MX "a.com TXT SERVFAIL\n", "",
	    "domain.role=not_tested:dns_servfail dkim.selectors=not_tested:dns_servfail" },
	{ "the role hangs on MX", "a.com MX SERVFAIL\n" DENY, "",
	    "domain.role=not_tested:dns_servfail dkim.selectors=not_tested:dns_servfail" },
	{ "it sends, whatever its MX", "a.com MX SERVFAIL\n" SPF, "",
	    "dkim.selectors=warn dmarc.present=fail" },
	{ "whether it exists hangs on MX and TXT", "a.com MX TIMEOUT\na.com TXT TIMEOUT\n", "",
	    "dkim.selectors=not_tested:dns_timeout dmarc.present=not_tested:dns_timeout "
	    "dmarc.tag-list=not_tested:dns_timeout" },
	{ "TXT tells that it does not exist", "a.com MX SERVFAIL\na.com TXT NXDOMAIN\n", "",
	    "domain.exists=fail dmarc.present=not_applicable:no_target "
	    "dkim.selectors=not_applicable:no_target" },

	/* ---- mx */
	{ "one MX", MX SPF, "",
	    "mx.exists=pass mx.null-wellformed=not_applicable:feature_absent "
	    "mx.null-alone=not_applicable:feature_absent "
	    "mx.null-advised=not_applicable:feature_absent mx.target-resolves=pass "
	    "mx.target-not-cname=pass mx.target-not-address=pass mx.target-name-valid=pass "
	    "mx.target-reserved=pass mx.duplicate=pass "
	    "mx.distinct-addresses=not_applicable:no_target mx.redundancy=info mx.preference=pass "
	    "mx.count=pass mx.nolisting=pass mx.provider=info" },
	{ "implicit", "a.com A 8.8.8.8\n" SPF, "",
	    "mx.exists=warn mx.null-advised=not_applicable:feature_absent mx.count=pass" },
	{ "implicit, and all is denied", "a.com A 8.8.8.8\n" DENY, "", "mx.null-advised=info" },
	{ "no MX and no address", "a.com TXT x\n", "",
	    "mx.exists=fail mx.duplicate=not_applicable:no_target "
	    "mx.target-resolves=not_applicable:no_target host.ipv4=not_applicable:no_target "
	    "ptr.present=not_applicable:no_target smtp.connect=not_applicable:no_target" },
	{ "no MX, and no word of an address", "a.com TXT x\na.com AAAA TIMEOUT\n", "",
	    "mx.exists=not_tested:dns_timeout" },
	{ "no MX, no address, parked", DENY, "",
	    "mx.exists=not_applicable:role mx.count=not_applicable:role "
	    "mx.target-resolves=not_applicable:role mx.target-not-cname=not_applicable:role "
	    "mx.target-not-address=not_applicable:role mx.target-reserved=not_applicable:role "
	    "mx.redundancy=not_applicable:role mx.distinct-addresses=not_applicable:role "
	    "mx.preference=not_applicable:role mx.nolisting=not_applicable:role "
	    "mx.provider=not_applicable:role mx.duplicate=not_applicable:role "
	    "host.ipv4=not_applicable:role host.ipv6=not_applicable:role "
	    "host.address-global=not_applicable:role host.address-count=not_applicable:role "
	    "ptr.present=not_applicable:role smtp.connect=not_applicable:role" },
	{ "null MX, parked", NULL_MX DENY, "",
	    "mx.exists=pass mx.null-wellformed=pass mx.null-alone=pass" },
	{ "null MX, but to receive", NULL_MX DENY, "role=mail", "mx.exists=fail" },
	{ "null MX with a preference", "a.com MX 10 .\n" DENY, "",
	    "mx.exists=pass mx.null-wellformed=info" },
	{ "null MX beside another", MX NULL_MX SPF, "",
	    "mx.exists=pass mx.null-alone=fail mx.null-wellformed=pass smtp.connect=not_tested" },
	{ "a host that is not there", "a.com MX 10 gone.a.com\n" SPF, "",
	    "mx.target-resolves=fail mx.redundancy=not_applicable:prerequisite_failed "
	    "host.ipv4=not_applicable:prerequisite_failed "
	    "host.ipv6=not_applicable:prerequisite_failed "
	    "host.address-count=not_applicable:prerequisite_failed "
	    "host.address-global=not_applicable:prerequisite_failed "
	    "ptr.present=not_applicable:prerequisite_failed "
	    "smtp.connect=not_applicable:prerequisite_failed" },
	{ "one of two hosts is not there", MX "a.com MX 20 gone.a.com\n", "",
	    "mx.target-resolves=warn host.ipv4=pass" },
	{ "two hosts that are not there", "a.com MX 10 x.a.com\na.com MX 10 y.a.com\n", "",
	    "mx.target-resolves=fail mx.distinct-addresses=not_applicable:prerequisite_failed" },
	{ "a host of which nothing is known", "a.com MX 10 mx.a.com\nmx.a.com ? SERVFAIL\n", "",
	    "mx.target-resolves=not_tested:dns_servfail "
	    "mx.target-not-cname=not_tested:dns_servfail mx.target-name-valid=pass "
	    "mx.redundancy=not_tested:dns_servfail host.ipv4=not_tested:dns_servfail "
	    "host.ipv6=not_tested:dns_servfail host.address-count=not_tested:dns_servfail "
	    "host.address-global=not_tested:prerequisite ptr.present=not_tested:prerequisite "
	    "smtp.connect=not_tested:prerequisite" },
	{ "A failed, AAAA there",
	    "a.com MX 10 mx.a.com\nmx.a.com A TIMEOUT\n"
	    "mx.a.com AAAA 2001:4860:4860::8888\n",
	    "", "mx.target-resolves=pass host.ipv4=not_tested:dns_timeout host.ipv6=pass" },
	{ "A failed, no AAAA", "a.com MX 10 mx.a.com\nmx.a.com A TIMEOUT\nmx.a.com AAAA NODATA\n",
	    "",
	    "mx.target-resolves=not_tested:dns_timeout host.ipv6=not_tested:dns_timeout "
	    "host.address-count=not_tested:dns_timeout" },
	{ "an alias", "a.com MX 10 mx.a.com\nmx.a.com CNAME r.b.com\nr.b.com A 8.8.8.8\n", "",
	    "mx.target-resolves=pass mx.target-not-cname=fail" },
	{ "an address as MX", "a.com MX 10 192.0.2.1\n", "",
	    "mx.target-not-address=fail mx.target-resolves=not_applicable:prerequisite_failed "
	    "mx.target-name-valid=not_applicable:prerequisite_failed" },
	{ "an underscore", "a.com MX 10 m_x.a.com\nm_x.a.com A 8.8.8.8\n", "",
	    "mx.target-name-valid=warn" },
	{ "a single label", "a.com MX 10 mail\n", "",
	    "mx.target-name-valid=warn mx.target-resolves=fail" },
	{ "illegal octets", "a.com MX 10 -x.a.com\n-x.a.com A 8.8.8.8\n", "",
	    "mx.target-name-valid=fail" },
	{ "a reserved name", "a.com MX 10 mx.local\n", "",
	    "mx.target-reserved=fail mx.target-resolves=fail" },
	{ "a left-over proof", MX "a.com MX 32767 ms1.msv1.invalid\n", "",
	    "mx.target-reserved=warn mx.target-resolves=warn" },
	{ "the same host twice", "a.com MX 10 mx.a.com\na.com MX 20 mx.a.com\nmx.a.com A 8.8.8.8\n",
	    "", "mx.duplicate=warn mx.count=pass" },
	{ "two hosts, two addresses", MX "a.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n", "",
	    "mx.distinct-addresses=pass mx.redundancy=pass mx.preference=pass mx.provider=info" },
	{ "two hosts, one address", MX "a.com MX 10 b.a.com\nb.a.com A 8.8.8.8\n", "",
	    "mx.distinct-addresses=warn mx.redundancy=info mx.preference=info" },
	{ "two names of a provider, one address",
	    "a.com MX 1 aspmx.l.google.com\na.com MX 5 alt1.aspmx.l.google.com\n"
	    "aspmx.l.google.com A 8.8.8.8\nalt1.aspmx.l.google.com A 8.8.8.8\n",
	    "", "mx.distinct-addresses=info mx.provider=info" },
	{ "one address is known, the other host is not",
	    MX "a.com MX 10 b.a.com\nb.a.com ? TIMEOUT\n", "",
	    "mx.distinct-addresses=not_tested:dns_timeout mx.redundancy=not_tested:dns_timeout" },
	{ "fewer hosts than expected", MX, "expected_mx_count=2", "mx.redundancy=warn" },
	{ "six hosts",
	    MX "a.com MX 1 a.a.com\na.com MX 2 b.a.com\na.com MX 3 c.a.com\na.com MX 4 d.a.com\n"
	       "a.com MX 5 e.a.com\n",
	    "", "mx.count=info" },
	{ "eleven hosts",
	    "a.com MX 1 a.a.com\na.com MX 2 b.a.com\na.com MX 3 c.a.com\na.com MX 4 d.a.com\n"
	    "a.com MX 5 e.a.com\na.com MX 6 f.a.com\na.com MX 7 g.a.com\na.com MX 8 h.a.com\n"
	    "a.com MX 9 i.a.com\na.com MX 10 j.a.com\na.com MX 11 k.a.com\nk.a.com A 8.8.8.8\n",
	    "", "mx.count=warn mx.target-resolves=fail" },
	{ "the first refuses, the second works",
	    MX "a.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.8.8 SMTP mx.a.com |end=refused|"
	       "at=connect\n8.8.4.4 SMTP b.a.com\n",
	    "", "mx.nolisting=not_tested:unconfirmed smtp.connect=pass" },
	{ "both refuse",
	    MX "a.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.8.8 SMTP mx.a.com |end=refused|"
	       "at=connect\n8.8.4.4 SMTP b.a.com |end=refused|at=connect\n",
	    "", "mx.nolisting=pass smtp.connect=not_tested:unconfirmed" },

	/* ---- host */
	{ "both families", MX "mx.a.com AAAA 2001:4860:4860::8888\n", "",
	    "host.ipv4=pass host.ipv6=pass host.address-global=pass host.address-count=pass" },
	{ "only IPv4", MX, "", "host.ipv4=pass host.ipv6=info" },
	{ "only IPv6", "a.com MX 10 mx.a.com\nmx.a.com AAAA 2001:4860:4860::8888\n", "",
	    "host.ipv4=warn host.ipv6=pass" },
	{ "one host without answer, another with IPv4",
	    "a.com MX 5 b.a.com\nb.a.com ? TIMEOUT\n" MX, "", "host.ipv4=pass" },
	{ "a private address", "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "",
	    "host.address-global=fail ptr.present=not_tested:non_routable_target "
	    "smtp.connect=not_tested:non_routable_target" },
	{ "a private one beside a public one", MX "mx.a.com A 192.168.1.1\n", "",
	    "host.address-global=warn" },
	{ "nine addresses",
	    MX "mx.a.com A 8.8.8.1\nmx.a.com A 8.8.8.2\nmx.a.com A 8.8.8.3\nmx.a.com A 8.8.8.4\n"
	       "mx.a.com A 8.8.8.5\nmx.a.com A 8.8.8.6\nmx.a.com A 8.8.8.7\nmx.a.com A 8.8.8.9\n",
	    "", "host.address-count=info" },

	/* ---- ptr */
	{ "PTR as it should be", MX PTR, "",
	    "ptr.present=pass ptr.forward-confirmed=pass ptr.matches-host=pass ptr.generic=pass "
	    "ptr.count=pass ptr.name-valid=pass" },
	{ "none, at one that sends", MX, "",
	    "ptr.present=fail ptr.forward-confirmed=not_applicable:prerequisite_failed "
	    "ptr.matches-host=not_applicable:prerequisite_failed "
	    "ptr.generic=not_applicable:prerequisite_failed "
	    "ptr.count=not_applicable:prerequisite_failed "
	    "ptr.name-valid=not_applicable:prerequisite_failed" },
	{ "none, at one that only receives", MX, "outbound_ips=8.8.4.4",
	    "ptr.present=fail" }, /* that of the outbound address */
	{ "none, at a host that only receives", MX "8.8.4.4 PTR out.a.com\nout.a.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.4", "ptr.present=warn ptr.forward-confirmed=pass" },
	{ "none, at a host that only SPF names", MX PTR "a.com TXT v=spf1 mx ip4:8.8.4.4 -all\n",
	    "", "ptr.present=info" },
	{ "four, one no name, at a host that only SPF names",
	    MX PTR "a.com TXT v=spf1 mx ip4:8.8.4.4 -all\n8.8.4.4 PTR x\n8.8.4.4 PTR b.com\n"
		   "8.8.4.4 PTR c.com\n8.8.4.4 PTR d.com\n",
	    "",
	    "ptr.present=pass ptr.forward-confirmed=info ptr.matches-host=pass ptr.count=info "
	    "ptr.name-valid=info" },
	{ "no answer", MX "8.8.8.8 PTR SERVFAIL\n", "",
	    "ptr.present=not_tested:dns_servfail ptr.forward-confirmed=not_tested:dns_servfail "
	    "ptr.matches-host=not_tested:dns_servfail ptr.generic=not_tested:dns_servfail "
	    "ptr.count=not_tested:dns_servfail ptr.name-valid=not_tested:dns_servfail" },
	{ "it leads elsewhere", MX "8.8.8.8 PTR b.com\nb.com A 8.8.4.4\n", "",
	    "ptr.present=pass ptr.forward-confirmed=fail ptr.matches-host=warn" },
	{ "it leads elsewhere, at one that only receives", MX DENY "8.8.8.8 PTR b.com\n", "",
	    "ptr.forward-confirmed=warn" },
	{ "the way back is not known", MX "8.8.8.8 PTR b.com\nb.com A TIMEOUT\n", "",
	    "ptr.forward-confirmed=not_tested:dns_timeout" },
	{ "the same registrable domain", MX "8.8.8.8 PTR out.a.com\nout.a.com A 8.8.8.8\n", "",
	    "ptr.matches-host=info" },
	{ "the name that the server gives itself",
	    MX "8.8.8.8 PTR b.com\nb.com A 8.8.8.8\n8.8.8.8 SMTP mx.a.com |ehlo=250 b.com\n", "",
	    "ptr.matches-host=pass" },
	{ "a generated name", MX "8.8.8.8 PTR 8-8-8-8.b.com\n8-8-8-8.b.com A 8.8.8.8\n", "",
	    "ptr.generic=warn" },
	{ "a generated name, at one that only receives", MX DENY "8.8.8.8 PTR 8-8-8-8.b.com\n", "",
	    "ptr.generic=info" },
	{ "a generated name beside a chosen one", MX PTR "8.8.8.8 PTR 8-8-8-8.b.com\n", "",
	    "ptr.generic=pass ptr.count=info" },
	{ "four names", MX PTR "8.8.8.8 PTR b.com\n8.8.8.8 PTR c.com\n8.8.8.8 PTR d.com\n", "",
	    "ptr.count=warn" },
	{ "a single label", MX "8.8.8.8 PTR mail\n", "", "ptr.name-valid=warn" },
	{ "localhost", MX "8.8.8.8 PTR localhost\n", "", "ptr.name-valid=warn" },
	{ "its own reverse name", MX "8.8.8.8 PTR 8.8.8.8.in-addr.arpa\n", "",
	    "ptr.name-valid=warn" },
	{ "an outbound address is no host", NULL_MX SPF "8.8.4.4 PTR out.a.com\n",
	    "outbound_ips=8.8.4.4", "ptr.present=pass ptr.matches-host=not_applicable:no_target" },
	{ "one address in all, but A of one host is not known",
	    "a.com MX 10 x.a.com\na.com MX 10 y.a.com\nx.a.com A TIMEOUT\n"
	    "x.a.com AAAA 2001:4860:4860::8888\ny.a.com AAAA 2001:4860:4860::8888\n",
	    "",
	    "mx.distinct-addresses=not_tested:dns_timeout mx.redundancy=not_tested:dns_timeout" },
};
#endif
