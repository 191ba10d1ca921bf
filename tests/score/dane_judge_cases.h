#ifndef MXSWEEP_TESTS_SCORE_DANE_JUDGE_CASES_H
#define MXSWEEP_TESTS_SCORE_DANE_JUDGE_CASES_H

#include "score/judge_case.h"
#include "score/session_cases.h"

#define ZONE "a.com SIGNED\n"
#define TLSA "_25._tcp.mx.a.com TLSA "
#define SECOND "a.com MX 20 mx2.a.com\nmx2.a.com A 8.8.4.4\n8.8.4.4 SMTP mx2.a.com \n"
#define ALIASED                                                                                    \
	ZONE "b.com SIGNED\na.com MX 10 mx.a.com\nmx.a.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\n"   \
	     "8.8.8.8 SMTP mx.a.com \n"
#define TLSA_OF_B "_25._tcp.mx.b.com TLSA 3 1 1 good\n"
#define EXPIRED "now=1812000001"
#define DANE_IS(all)                                                                               \
	"dane.present=" all " dane.lookup=" all " dane.secure-chain=" all " dane.parameters=" all  \
	" dane.match=" all " dane.rollover=" all " dane.all-hosts=" all

/* Area dane, and tls.caa. */
static const struct judge_case dane_judge_cases[] = {
	{ "as it should be", ZONE SESSION "\n" TLSA "3 1 1 good\n" TLSA "3 1 1 other\n", "",
	    "dane.present=pass dane.lookup=pass dane.secure-chain=pass dane.parameters=pass "
	    "dane.match=pass dane.rollover=pass dane.all-hosts=pass tls_rpt.present=warn" },
	{ "the authority", ZONE SESSION "\n" TLSA "2 0 1 good/1\n", "",
	    "dane.present=pass dane.parameters=pass dane.match=pass dane.rollover=info" },
	{ "one key", ZONE SESSION "\n" TLSA "3 1 1 good\n", "",
	    "dane.match=pass dane.rollover=info" },
	{ "key and authority", ZONE SESSION "\n" TLSA "3 1 1 good\n" TLSA "2 0 1 good/1\n", "",
	    "dane.parameters=pass dane.match=pass dane.rollover=pass" },
	{ "another key", ZONE SESSION "\n" TLSA "3 1 1 other\n", "",
	    "dane.present=pass dane.lookup=pass dane.secure-chain=pass dane.parameters=pass "
	    "dane.match=fail dane.rollover=not_applicable:prerequisite_failed "
	    "dane.all-hosts=pass" },
	{ "an expired certificate under usage 3", ZONE SESSION "\n" TLSA "3 1 1 good\n", EXPIRED,
	    "tls.expiry=warn dane.match=pass" },
	{ "an expired certificate under usage 2", ZONE SESSION "\n" TLSA "2 0 1 good/1\n", EXPIRED,
	    "tls.expiry=warn dane.match=fail" },
	{ "a certificate of another name under usage 3",
	    ZONE SESSION "|cert=other\n" TLSA "3 1 1 other\n", "",
	    "tls.name-match=info dane.match=pass" },
	{ "the domain's name, and MX secure", ZONE SESSION "|cert=domain\n" TLSA "2 0 1 domain/1\n",
	    "", "dane.secure-chain=pass dane.match=pass" },
	{ "the domain's name, and MX not secure",
	    "a.com UNSIGNED\nmx.a.com SIGNED\n" SESSION "|cert=domain\n" TLSA "2 0 1 domain/1\n",
	    "", "dane.secure-chain=info dane.match=fail" },
	{ "no records", ZONE SESSION "\n", "",
	    "dane.present=info dane.lookup=pass dane.secure-chain=not_applicable:feature_absent "
	    "dane.parameters=not_applicable:feature_absent "
	    "dane.match=not_applicable:feature_absent "
	    "dane.rollover=not_applicable:feature_absent "
	    "dane.all-hosts=not_applicable:feature_absent tls_rpt.present=info" },
	{ "addresses that are not signed", SESSION "\n" TLSA "3 1 1 other\n", "",
	    "dane.present=info dane.lookup=not_applicable:feature_absent "
	    "dane.secure-chain=not_applicable:feature_absent "
	    "dane.parameters=not_applicable:feature_absent "
	    "dane.match=not_applicable:feature_absent "
	    "dane.rollover=not_applicable:feature_absent "
	    "dane.all-hosts=not_applicable:feature_absent" },
	{ "an MX record that is not signed",
	    "a.com UNSIGNED\nmx.a.com SIGNED\n" SESSION "\n" TLSA "3 1 1 good\n", "",
	    "dane.present=pass dane.secure-chain=info dane.match=pass" },
	{ "records that are not signed",
	    ZONE "_tcp.mx.a.com UNSIGNED\n" SESSION "\n" TLSA "3 1 1 other\n", "",
	    "dane.present=info dane.lookup=pass dane.secure-chain=warn dane.parameters=pass "
	    "dane.match=not_applicable:feature_absent "
	    "dane.rollover=not_applicable:feature_absent "
	    "dane.all-hosts=not_applicable:feature_absent tls_rpt.present=info" },
	{ "an alias that leads out of what is signed",
	    ZONE "a.com MX 10 mx.a.com\nmx.a.com CNAME mx.b.com\nmx.b.com A 8.8.8.8\n"
		 "8.8.8.8 SMTP mx.a.com \n" TLSA "3 1 1 good\n",
	    "", "dane.present=pass dane.lookup=pass dane.secure-chain=warn dane.match=pass" },
	{ "an alias, and its own session", ALIASED "8.8.8.8 SMTP mx.b.com \n" TLSA_OF_B, "",
	    "dane.present=pass dane.match=pass" },
	{ "an alias, and another certificate under its name",
	    ALIASED "8.8.8.8 SMTP mx.b.com |cert=other\n" TLSA_OF_B, "", "dane.match=fail" },
	{ "an alias, and no session under its name", ALIASED TLSA_OF_B, "",
	    "dane.match=not_tested:not_recorded dane.rollover=not_tested:not_recorded" },

	{ "no answer from two resolvers", ZONE SESSION "\n" TLSA "SERVFAIL\n", "",
	    "dane.present=not_applicable:prerequisite_failed dane.lookup=fail "
	    "dane.secure-chain=not_applicable:prerequisite_failed "
	    "dane.parameters=not_applicable:prerequisite_failed "
	    "dane.match=not_applicable:prerequisite_failed "
	    "dane.rollover=not_applicable:prerequisite_failed "
	    "dane.all-hosts=not_applicable:prerequisite_failed" },
	{ "silence from two resolvers", ZONE SESSION "\n" TLSA "TIMEOUT\n", "",
	    "dane.lookup=fail" },
	{ "no answer from one resolver", ZONE SESSION "\n" TLSA "SERVFAIL\n", "resolvers=1",
	    "dane.present=not_tested:dns_servfail dane.lookup=not_tested:dns_servfail "
	    "dane.match=not_tested:dns_servfail dane.all-hosts=not_tested:dns_servfail" },
	{ "refused", ZONE SESSION "\n" TLSA "REFUSED\n", "", DANE_IS("not_tested:dns_refused") },
	{ "garbage", ZONE SESSION "\n" TLSA "MALFORMED\n", "",
	    DANE_IS("not_tested:dns_malformed") },

	{ "nobody checks, and there are records",
	    ". UNCHECKED\n" ZONE SESSION "\n" TLSA "3 1 1 other\n", "",
	    "dane.present=not_tested:no_validating_resolver "
	    "dane.lookup=not_tested:no_validating_resolver "
	    "dane.secure-chain=not_tested:no_validating_resolver dane.parameters=pass "
	    "dane.match=not_tested:no_validating_resolver "
	    "dane.rollover=not_tested:no_validating_resolver "
	    "dane.all-hosts=not_tested:no_validating_resolver" },
	{ "nobody checks, and there are none", ". UNCHECKED\n" ZONE SESSION "\n", "",
	    "dane.present=info dane.lookup=not_applicable:feature_absent "
	    "dane.secure-chain=not_applicable:feature_absent "
	    "dane.match=not_applicable:feature_absent "
	    "dane.all-hosts=not_applicable:feature_absent" },
	{ "nobody checks, and there is no answer",
	    ". UNCHECKED\n" ZONE SESSION "\n" TLSA "SERVFAIL\n", "",
	    DANE_IS("not_tested:no_validating_resolver") },

	{ "the run was interrupted before the question",
	    ". UNCHECKED\n" ZONE SESSION "\n" TLSA "CANCELLED\n", "",
	    DANE_IS("not_tested:cancelled") },
	{ "an older version did not ask", ". UNCHECKED\n" ZONE SESSION "\n" TLSA "NOT_RECORDED\n",
	    "", DANE_IS("not_tested:not_recorded") },
	{ "an alias, and silence under its name",
	    ALIASED "8.8.8.8 SMTP mx.b.com |end=timeout|at=connect\n" TLSA_OF_B, "",
	    "smtp.connect=pass dane.match=not_tested:connect_timeout" },

	{ "other records that can be used", ZONE SESSION "\n" TLSA "3 0 1 good\n", "",
	    "dane.parameters=info dane.match=pass" },
	{ "SHA-512", ZONE SESSION "\n" TLSA "3 1 2 good\n", "",
	    "dane.parameters=info dane.match=pass" },
	{ "the key of the authority", ZONE SESSION "\n" TLSA "2 1 1 good/1\n", "",
	    "dane.parameters=info dane.match=pass" },
	{ "one that cannot be used", ZONE SESSION "\n" TLSA "3 1 1 good\n" TLSA "1 1 1 good\n", "",
	    "dane.present=pass dane.parameters=warn dane.match=pass dane.rollover=info" },
	{ "one without data", ZONE SESSION "\n" TLSA "3 1 1 good\n" TLSA "0x0301\n", "",
	    "dane.parameters=warn dane.match=pass" },
	{ "the whole key", ZONE SESSION "\n" TLSA "3 1 0 good\n" TLSA "3 1 1 good\n", "",
	    "dane.parameters=warn dane.match=pass" },
	{ "none that can be used", ZONE SESSION "\n" TLSA "0 0 1 good/1\n", "",
	    "dane.present=info dane.lookup=pass dane.secure-chain=pass dane.parameters=fail "
	    "dane.match=not_applicable:prerequisite_failed "
	    "dane.rollover=not_applicable:prerequisite_failed dane.all-hosts=pass "
	    "tls_rpt.present=info" },
	{ "none that can be used, and no TLS", ZONE SESSION "|notls\n" TLSA "0 0 1 good/1\n", "",
	    "dane.parameters=fail dane.match=not_tested:unconfirmed" },

	{ "none that can be used, and no TLS twice",
	    ZONE SESSION "|notls\n" AGAIN "|notls\n" TLSA "0 0 1 good/1\n", "",
	    "dane.parameters=fail dane.match=fail" },
	{ "no STARTTLS twice", ZONE SESSION "|notls\n" AGAIN "|notls\n" TLSA "3 1 1 good\n", "",
	    "dane.match=fail dane.rollover=not_applicable:prerequisite_failed" },
	{ "no STARTTLS, then offered", ZONE SESSION "|notls\n" AGAIN "\n" TLSA "3 1 1 good\n", "",
	    "smtp.starttls=pass+flap dane.match=pass dane.rollover=info" },
	{ "no STARTTLS twice, on a path that masks words",
	    ZONE SESSION "|notls\n" AGAIN "|notls\n" TLSA "3 1 1 good\n", "keywords-masked",
	    "dane.match=not_tested:starttls_stripped" },
	{ "the handshake fails twice",
	    ZONE SESSION "|end=tls|at=tls|error=no shared cipher\n" AGAIN
			 "|end=tls|at=tls|error=no shared cipher\n" TLSA "3 1 1 good\n",
	    "", "dane.match=fail" },
	{ "refused twice, while others let us in",
	    ZONE SESSION REFUSED WITNESSED REFUSED TLSA "3 1 1 good\n", "egress=open",
	    "smtp.connect=fail dane.match=not_applicable:prerequisite_failed "
	    "dane.rollover=not_applicable:prerequisite_failed" },
	{ "something on the path answers for all", ZONE SESSION "\n" TLSA "3 1 1 other\n",
	    "shared-greeting=mx.a.com ESMTP", "dane.match=not_tested:intercepted" },
	{ "port 25 does not leave this network", ZONE SESSION REFUSED TLSA "3 1 1 good\n",
	    "egress=blocked", "dane.match=not_tested:egress_blocked" },
	{ "no STARTTLS, seen once", ZONE SESSION "|notls\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:unconfirmed dane.rollover=not_tested:unconfirmed" },
	{ "the handshake fails, seen once",
	    ZONE SESSION "|end=tls|at=tls|error=handshake failure\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:unconfirmed" },
	{ "a version that is not spoken here",
	    ZONE SESSION "|end=tls|at=tls|error=unsupported protocol\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:tls_unsupported_here" },
	{ "STARTTLS is deferred",
	    ZONE SESSION "|end=reply|at=starttls|tls=454 later\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:deferred_4xx" },
	{ "connect timed out", ZONE SESSION "|end=timeout|at=connect\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:connect_timeout" },
	{ "no greeting", ZONE SESSION "|end=timeout|at=greeting\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:greeting_timeout" },
	{ "no reply to EHLO", ZONE SESSION "|end=timeout|at=ehlo\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:reply_timeout" },
	{ "no certificate", ZONE SESSION "|noleaf\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:unconfirmed" },
	{ "a certificate that is not recorded", ZONE SESSION "|cert=lost\n" TLSA "3 1 1 good\n", "",
	    "dane.match=not_tested:not_recorded" },
	{ "nobody asked for sessions", ZONE MX TLSA "3 1 1 good\n", "sessions=no",
	    "dane.present=pass dane.match=not_tested:skipped dane.rollover=not_tested:skipped" },
	{ "the run was interrupted", ZONE MX TLSA "3 1 1 good\n", "interrupted",
	    "dane.match=not_tested:cancelled" },
	{ "an address that is not public",
	    ZONE "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n" TLSA "3 1 1 good\n", "",
	    "dane.present=pass dane.match=not_tested:non_routable_target "
	    "dane.rollover=not_tested:non_routable_target" },

	{ "one of two hosts", ZONE SESSION "\n" SECOND TLSA "3 1 1 good\n", "",
	    "dane.all-hosts=warn dane.match=pass dane.present=info" },
	{ "both hosts",
	    ZONE SESSION "\n" SECOND TLSA "3 1 1 good\n"
			 "_25._tcp.mx2.a.com TLSA 3 1 1 good\n",
	    "", "dane.all-hosts=pass dane.match=pass dane.present=pass" },
	{ "one of two hosts, the other cannot be asked about",
	    ZONE SESSION "\n" SECOND TLSA "3 1 1 good\n_25._tcp.mx2.a.com TLSA REFUSED\n", "",
	    "dane.all-hosts=not_tested:dns_refused dane.present=pass dane.lookup=pass" },
	{ "one of two hosts, the other has no address",
	    ZONE SESSION "\na.com MX 20 mx2.a.com\n" TLSA "3 1 1 good\n", "",
	    "dane.all-hosts=pass dane.present=pass dane.match=pass" },
	{ "one of two addresses",
	    ZONE SESSION "\nmx.a.com A 8.8.4.4\n8.8.4.4 SMTP mx.a.com "
			 "|cert=other\n" TLSA "3 1 1 good\n",
	    "", "dane.match=fail dane.rollover=info" },

	{ "the host has no address", ZONE "a.com MX 10 mx.a.com\n", "",
	    "dane.present=not_applicable:prerequisite_failed "
	    "dane.lookup=not_applicable:prerequisite_failed "
	    "dane.match=not_applicable:prerequisite_failed "
	    "dane.all-hosts=not_applicable:feature_absent "
	    "tls.caa=not_applicable:prerequisite_failed" },
	{ "the host cannot be looked up", ZONE "a.com MX 10 mx.a.com\nmx.a.com ? SERVFAIL\n", "",
	    "dane.present=not_tested:dns_servfail dane.lookup=not_tested:dns_servfail "
	    "tls.caa=not_tested:dns_servfail" },
	{ "MX cannot be looked up", "a.com MX SERVFAIL\na.com TXT x\n", "",
	    DANE_IS("not_tested:dns_servfail") },
	{ "no mail", NULL_MX DENY, "", DANE_IS("not_applicable:role") },
	{ "no MX, no address", "a.com TXT x\n", "", "dane.all-hosts=not_applicable:no_target" },

	{ "a signed domain", ZONE SESSION "\na.com DS 1 13 2\n", "",
	    "dnssec.signed=pass dnssec.mx-host-signed=pass" },
	{ "a domain that is not signed", SESSION "\n", "",
	    "dnssec.signed=info dnssec.mx-host-signed=info" },
	{ "a domain within a signed zone", ZONE SESSION "\n", "", "dnssec.signed=info" },
	{ "a DS of an algorithm that nobody checks", SESSION "\na.com DS 1 1 1\n", "",
	    "dnssec.signed=info dnssec.mx-host-signed=info" },
	{ "a signed domain, and nobody checks", ". UNCHECKED\n" SESSION "\na.com DS 1 13 2\n", "",
	    "dnssec.signed=not_tested:no_validating_resolver "
	    "dnssec.mx-host-signed=not_tested:no_validating_resolver" },
	{ "DS cannot be looked up", SESSION "\na.com DS SERVFAIL\n", "",
	    "dnssec.signed=not_tested:dns_servfail" },
	{ "MX cannot be looked up, DS can", "a.com MX SERVFAIL\na.com TXT x\na.com DS 1 13 2\n", "",
	    "dnssec.signed=not_tested:dns_servfail "
	    "dnssec.mx-host-signed=not_tested:dns_servfail" },
	{ "a host without address", "a.com SIGNED\na.com MX 10 mx.a.com\n", "",
	    "dnssec.mx-host-signed=not_applicable:prerequisite_failed" },

	{ "CAA at the host", SESSION "\nmx.a.com CAA 0 issue ca.org\n", "", "tls.caa=pass" },
	{ "CAA above the host", SESSION "\na.com CAA 0 issue ca.org\n", "", "tls.caa=pass" },
	{ "no CAA", SESSION "\n", "", "tls.caa=info" },
	{ "a CAA record of nonsense", SESSION "\na.com CAA 0 issue %%\n", "", "tls.caa=warn" },
	{ "a critical tag", SESSION "\na.com CAA 128 tbs x\n", "", "tls.caa=warn" },
	{ "CAA cannot be looked up", SESSION "\nmx.a.com CAA SERVFAIL\n", "",
	    "tls.caa=not_tested:dns_servfail" },
	{ "CAA of a name with too many labels",
	    "a.com MX 10 a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com\n"
	    "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.com A 8.8.8.8\n",
	    "", "tls.caa=not_tested:budget" },
};

#endif
