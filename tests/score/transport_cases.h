#ifndef MXSWEEP_TESTS_SCORE_TRANSPORT_CASES_H
#define MXSWEEP_TESTS_SCORE_TRANSPORT_CASES_H

#include "score/judge_case.h"
#include "score/text_cases.h"

#define STS "_mta-sts.a.com TXT v=STSv1; "
#define HOST "mta-sts.a.com A 8.8.4.4\n"
#define RPT "_smtp._tls.a.com TXT v=TLSRPTv1; "
#define FETCH STS "id=a\n" HOST "mta-sts.a.com POLICY |"
#define BODY(lines) "look=200 text/plain|body=version: STSv1~" lines
#define ENFORCE BODY("mode: enforce~mx: mx.a.com~max_age: 604800~")
#define TESTING BODY("mode: testing~mx: mx.a.com~max_age: 604800~")
#define LOGO "default._bimi.a.com TXT v=BIMI1; "

/* Areas mta_sts, tls_rpt and bimi. */
static const struct judge_case transport_cases[] = {
	{ "MTA-STS as it should be", MX STS "id=a\n" HOST, "",
	    "mta_sts.present=pass mta_sts.record=pass mta_sts.fetch=not_tested:not_recorded "
	    "mta_sts.mode=not_tested:prerequisite "
	    "mta_sts.id-change=not_tested:no_history "
	    "mta_sts.txt-missing=not_applicable:feature_absent "
	    "mta_sts.cname-target=not_applicable:feature_absent" },
	{ "no MTA-STS", MX, "",
	    "mta_sts.present=info mta_sts.record=not_applicable:feature_absent "
	    "mta_sts.txt-missing=pass mta_sts.cname-target=not_applicable:feature_absent" },
	{ "two MTA-STS records", MX STS "id=a\n" STS "id=b\n", "",
	    "mta_sts.present=pass mta_sts.record=fail tls_rpt.present=info" },
	{ "an MTA-STS record without id", MX STS "x=y\n", "",
	    "mta_sts.present=pass mta_sts.record=fail tls_rpt.present=info" },
	{ "an MTA-STS record with more fields", MX STS "id=a; x=y\n", "", "mta_sts.record=info" },
	{ "a policy host without a record", MX HOST, "",
	    "mta_sts.present=info mta_sts.txt-missing=warn" },
	{ "an alias as policy host, without a record",
	    MX "mta-sts.a.com CNAME b.com\nb.com A 8.8.4.4\n", "",
	    "mta_sts.txt-missing=warn mta_sts.cname-target=pass" },
	{ "a record by an alias", MX "_mta-sts.a.com CNAME b.com\nb.com TXT v=STSv1; id=a\n" HOST,
	    "", "mta_sts.record=pass mta_sts.cname-target=pass" },
	{ "an alias without a target at the policy host",
	    MX STS "id=a\nmta-sts.a.com CNAME b.com\n", "", "mta_sts.cname-target=fail" },
	{ "an alias without a target at the record", MX "_mta-sts.a.com CNAME b.com\n", "",
	    "mta_sts.present=info mta_sts.record=not_applicable mta_sts.cname-target=fail" },
	{ "resolvers disagree about a target",
	    MX "_mta-sts.a.com CNAME b.com\n"
	       "b.com TXT UNCONFIRMED\n",
	    "",
	    "mta_sts.present=not_tested:unconfirmed mta_sts.record=not_tested:unconfirmed "
	    "mta_sts.cname-target=not_tested:unconfirmed" },
	{ "no word of the record", MX "_mta-sts.a.com TXT TIMEOUT\n" HOST, "",
	    "mta_sts.present=not_tested:dns_timeout mta_sts.record=not_tested:dns_timeout "
	    "mta_sts.txt-missing=not_tested:dns_timeout "
	    "mta_sts.cname-target=not_tested:dns_timeout tls_rpt.present=info" },
	{ "no word of the policy host", MX "mta-sts.a.com A SERVFAIL\n", "",
	    "mta_sts.txt-missing=not_tested:dns_servfail "
	    "mta_sts.cname-target=not_tested:dns_servfail" },
	{ "it only sends", NULL_MX SPF STS "id=a\n" RPT "rua=https://a.com\n", "",
	    "mta_sts.present=not_applicable:role mta_sts.record=not_applicable:role "
	    "mta_sts.txt-missing=not_applicable:role mta_sts.cname-target=not_applicable:role "
	    "mta_sts.fetch=not_applicable:role mta_sts.mx-match=not_applicable:role "
	    "mta_sts.mx-certificate=not_applicable:role "
	    "tls_rpt.present=not_applicable:role tls_rpt.single=not_applicable:role "
	    "tls_rpt.syntax=not_applicable:role tls_rpt.report-domain-mail=not_applicable:role" },
	{ "whether it receives is not known", "a.com MX TIMEOUT\n" SPF, "",
	    "mta_sts.present=not_tested:dns_timeout tls_rpt.present=not_tested:dns_timeout "
	    "bimi.record=info" },
	{ "whether it receives hangs on SPF", NULL_MX "a.com TXT SERVFAIL\n", "",
	    "mta_sts.present=not_tested:dns_servfail tls_rpt.present=not_tested:dns_servfail "
	    "bimi.record=not_tested:dns_servfail" },
	{ "its MX tells that it receives", MX "a.com TXT SERVFAIL\n", "",
	    "mta_sts.present=info tls_rpt.present=info" },
	{ "declared to receive", "a.com ? TIMEOUT\n", "role=receive-only",
	    "mta_sts.present=info tls_rpt.present=info bimi.record=not_applicable:role" },

	/* ---- the policy file */
	{ "a policy as it should be", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com \n", "",
	    "mta_sts.fetch=pass mta_sts.media-type=pass mta_sts.policy-syntax=pass "
	    "mta_sts.mode=pass mta_sts.max-age=pass mta_sts.mx-match=pass "
	    "mta_sts.mx-certificate=pass mta_sts.unused-pattern=pass" },
	{ "no record, no policy", MX, "",
	    "mta_sts.fetch=not_applicable:feature_absent "
	    "mta_sts.media-type=not_applicable:feature_absent "
	    "mta_sts.policy-syntax=not_applicable:feature_absent "
	    "mta_sts.mode=not_applicable:feature_absent "
	    "mta_sts.max-age=not_applicable:feature_absent "
	    "mta_sts.mx-match=not_applicable:feature_absent "
	    "mta_sts.mx-certificate=not_applicable:feature_absent "
	    "mta_sts.unused-pattern=not_applicable:feature_absent "
	    "mta_sts.id-change=not_applicable:feature_absent" },
	{ "a record that is none", MX STS "x=y\n" HOST, "",
	    "mta_sts.fetch=not_applicable:prerequisite_failed "
	    "mta_sts.mx-match=not_applicable:prerequisite_failed "
	    "mta_sts.id-change=not_applicable:prerequisite_failed" },
	{ "no word of the record, no word of the policy", MX "_mta-sts.a.com TXT TIMEOUT\n", "",
	    "mta_sts.fetch=not_tested:dns_timeout mta_sts.media-type=not_tested:dns_timeout "
	    "mta_sts.mx-match=not_tested:dns_timeout mta_sts.id-change=not_tested:dns_timeout" },
	{ "the run was interrupted before the fetch", MX STS "id=a\n" HOST, "interrupted",
	    "mta_sts.fetch=not_tested:cancelled" },
	{ "the policy host does not exist", MX STS "id=a\n", "",
	    "mta_sts.fetch=fail mta_sts.media-type=not_applicable:prerequisite_failed "
	    "mta_sts.policy-syntax=not_applicable:prerequisite_failed "
	    "mta_sts.mode=not_applicable:prerequisite_failed "
	    "mta_sts.max-age=not_applicable:prerequisite_failed "
	    "mta_sts.mx-match=not_applicable:prerequisite_failed "
	    "mta_sts.mx-certificate=not_applicable:prerequisite_failed "
	    "mta_sts.unused-pattern=not_applicable:prerequisite_failed" },
	{ "the policy host has no address", MX STS "id=a\nmta-sts.a.com TXT x\n", "",
	    "mta_sts.fetch=fail" },
	{ "no word of the policy host's address", MX STS "id=a\nmta-sts.a.com A SERVFAIL\n", "",
	    "mta_sts.fetch=not_tested:dns_servfail mta_sts.mx-match=not_tested:prerequisite" },
	{ "no word of the policy host's other address",
	    MX STS "id=a\nmta-sts.a.com A NODATA\nmta-sts.a.com AAAA TIMEOUT\n", "",
	    "mta_sts.fetch=not_tested:dns_timeout" },
	{ "a private address as policy host", MX STS "id=a\nmta-sts.a.com A 192.168.1.1\n", "",
	    "mta_sts.fetch=not_tested:non_routable_target" },
	{ "another status, seen once", MX FETCH "look=404\n", "",
	    "mta_sts.fetch=not_tested:unconfirmed mta_sts.mode=not_tested:prerequisite" },
	{ "another status, twice", MX FETCH "look=404|look=404\n", "", "mta_sts.fetch=fail" },
	{ "a redirect, twice", MX FETCH "look=301|location=https://b.com/|look=301\n", "",
	    "mta_sts.fetch=fail" },
	{ "bad, then good", MX FETCH "look=503|" ENFORCE "\n", "",
	    "mta_sts.fetch=pass mta_sts.mode=pass" },
	{ "another name in the certificate", MX FETCH "look=name|look=name\n", "",
	    "mta_sts.fetch=fail" },
	{ "a certificate that is not trusted", MX FETCH "look=chain|look=chain\n", "",
	    "mta_sts.fetch=fail" },
	{ "an expired certificate", MX FETCH "look=expired|look=expired\n", "",
	    "mta_sts.fetch=fail" },
	{ "too large", MX FETCH "look=too_large|look=too_large\n", "", "mta_sts.fetch=fail" },
	{ "too slow, once", MX FETCH "look=timeout\n", "",
	    "mta_sts.fetch=not_tested:https_timeout" },
	{ "too slow, twice", MX FETCH "look=timeout|look=timeout\n", "", "mta_sts.fetch=fail" },
	{ "two faults", MX FETCH "look=timeout|look=tls\n", "", "mta_sts.fetch=fail" },
	{ "nothing answers, here or elsewhere",
	    MX FETCH "look=timeout|silent|look=timeout|silent\n", "",
	    "mta_sts.fetch=not_tested:https_timeout" },
	{ "nothing answers, but elsewhere",
	    MX FETCH "look=timeout|silent|look=timeout|silent|open\n", "", "mta_sts.fetch=fail" },
	{ "refused, here and elsewhere", MX FETCH "look=refused|silent|look=refused|silent\n", "",
	    "mta_sts.fetch=not_tested:unconfirmed" },
	{ "refused, but not elsewhere", MX FETCH "look=refused|silent|look=refused|silent|open\n",
	    "", "mta_sts.fetch=fail" },
	{ "no route from here to it", MX FETCH "look=no_route|silent|look=no_route|silent|open\n",
	    "", "mta_sts.fetch=not_tested:net_unreachable" },
	{ "no route from here at the second look", MX FETCH "look=tls|look=no_route|silent\n", "",
	    "mta_sts.fetch=not_tested:unconfirmed" },
	{ "no roots here", MX FETCH "look=no_roots\n", "",
	    "mta_sts.fetch=not_tested:no_trust_store" },
	{ "descriptors ran out", MX FETCH "look=shortage|silent|look=shortage|silent\n", "",
	    "mta_sts.fetch=not_tested:scanner_error" },
	{ "plain text, in some charset",
	    MX FETCH "look=200 Text/Plain; charset=utf-8|body=version: STSv1~\n", "",
	    "mta_sts.media-type=pass mta_sts.policy-syntax=fail" },
	{ "another media type", MX FETCH "look=200 text/plainer|body=version: STSv1~\n", "",
	    "mta_sts.media-type=warn" },
	{ "no media type", MX FETCH "look=200\n", "",
	    "mta_sts.fetch=pass mta_sts.media-type=warn mta_sts.policy-syntax=fail "
	    "mta_sts.mode=not_applicable:prerequisite_failed "
	    "mta_sts.max-age=not_applicable:prerequisite_failed "
	    "mta_sts.mx-match=not_applicable:prerequisite_failed "
	    "mta_sts.unused-pattern=not_applicable:prerequisite_failed" },
	{ "a field twice",
	    MX FETCH BODY("mode: enforce~mode: none~mx: mx.a.com~max_age: 604800~") "\n", "",
	    "mta_sts.policy-syntax=warn mta_sts.mode=pass mta_sts.mx-match=pass" },
	{ "mode testing", MX FETCH TESTING "\n", "", "mta_sts.mode=warn mta_sts.mx-match=pass" },
	{ "mode none", MX FETCH BODY("mode: none~max_age: 86400~") "\n", "",
	    "mta_sts.mode=info mta_sts.max-age=pass "
	    "mta_sts.mx-match=not_applicable:feature_absent "
	    "mta_sts.mx-certificate=not_applicable:feature_absent "
	    "mta_sts.unused-pattern=not_applicable:feature_absent" },
	{ "a short memory", MX FETCH BODY("mode: enforce~mx: mx.a.com~max_age: 86399~") "\n", "",
	    "mta_sts.max-age=warn" },

	/* ---- the MX hosts */
	{ "no pattern covers the host, enforced",
	    MX FETCH BODY("mode: enforce~mx: *.mx.a.com~mx: a.com~max_age: 604800~") "\n", "",
	    "mta_sts.mx-match=fail mta_sts.unused-pattern=info "
	    "mta_sts.mx-certificate=not_applicable:prerequisite_failed" },
	{ "no pattern covers the host, in testing",
	    MX FETCH BODY("mode: testing~mx: b.com~max_age: 604800~") "\n", "",
	    "mta_sts.mx-match=warn" },
	{ "one of two hosts is covered",
	    MX "a.com MX 20 b.com\nb.com A 8.8.4.4\n" FETCH ENFORCE "\n", "",
	    "mta_sts.mx-match=fail mta_sts.unused-pattern=pass" },
	{ "a wildcard covers both, in any letter case",
	    MX "a.com MX 20 y.a.com\ny.a.com A 8.8.4.4\n" FETCH BODY(
		"mode: enforce~mx: *.A.com~max_age: 604800~") "\n",
	    "", "mta_sts.mx-match=pass mta_sts.unused-pattern=pass" },
	{ "port 25 was not asked for", MX FETCH ENFORCE "\n", "sessions=no",
	    "mta_sts.mx-match=pass mta_sts.mx-certificate=not_tested:skipped" },
	{ "no session was had", MX FETCH ENFORCE "\n", "",
	    "mta_sts.mx-certificate=not_tested:not_recorded" },
	{ "the MX host is silent",
	    MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |end=timeout|at=connect\n", "",
	    "mta_sts.mx-certificate=not_tested:connect_timeout" },
	{ "the MX host defers",
	    MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |end=reply|at=greeting|greeting=421 busy\n",
	    "", "mta_sts.mx-certificate=not_tested:deferred_421" },
	{ "no STARTTLS, seen once", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |notls\n", "",
	    "mta_sts.mx-certificate=not_tested:unconfirmed" },
	{ "the handshake fails, seen once",
	    MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |end=tls|at=tls|error=bad\n", "",
	    "mta_sts.mx-certificate=not_tested:unconfirmed" },
	{ "another host's certificate, enforced",
	    MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |cert=other\n", "",
	    "mta_sts.mx-certificate=fail" },
	{ "another host's certificate, in testing",
	    MX FETCH TESTING "\n8.8.8.8 SMTP mx.a.com |cert=other\n", "",
	    "mta_sts.mx-certificate=warn" },
	{ "the common name is no name", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |cert=common\n",
	    "", "mta_sts.mx-certificate=fail" },
	{ "the intermediate is missing, enforced",
	    MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |cert=cut\n", "",
	    "mta_sts.mx-certificate=fail" },
	{ "an expired certificate, enforced", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com \n",
	    "now=1812000001", "mta_sts.mx-certificate=fail" },
	{ "a certificate from tomorrow, enforced", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com \n",
	    "now=1794999999", "mta_sts.mx-certificate=fail" },
	{ "no certificate, enforced", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com |noleaf\n", "",
	    "mta_sts.mx-certificate=fail" },
	{ "no roots for the MX host", MX FETCH ENFORCE "\n8.8.8.8 SMTP mx.a.com \n",
	    "without-roots", "mta_sts.mx-certificate=not_tested:no_trust_store" },
	{ "the MX host's address is private",
	    "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n" FETCH ENFORCE "\n", "",
	    "mta_sts.mx-match=pass mta_sts.mx-certificate=not_tested:non_routable_target" },

	/* ---- tls_rpt */
	{ "TLS-RPT as it should be", MX RPT "rua=mailto:t@a.com\n", "",
	    "tls_rpt.present=pass tls_rpt.single=pass tls_rpt.syntax=pass "
	    "tls_rpt.report-domain-mail=pass" },
	{ "no TLS-RPT", MX, "",
	    "tls_rpt.present=info tls_rpt.single=not_applicable:feature_absent "
	    "tls_rpt.syntax=not_applicable:feature_absent "
	    "tls_rpt.report-domain-mail=not_applicable:feature_absent" },
	{ "no TLS-RPT beside MTA-STS", MX STS "id=a\n", "", "tls_rpt.present=warn" },
	{ "two TLS-RPT records", MX RPT "rua=mailto:t@a.com\n" RPT "rua=mailto:u@a.com\n", "",
	    "tls_rpt.present=pass tls_rpt.single=fail tls_rpt.syntax=pass "
	    "tls_rpt.report-domain-mail=not_applicable:prerequisite_failed" },
	{ "TLS-RPT with more fields", MX RPT "rua=https://a.com/t; x=y\n", "",
	    "tls_rpt.syntax=info tls_rpt.report-domain-mail=not_applicable:feature_absent" },
	{ "TLS-RPT without rua", MX RPT "x=y\n", "", "tls_rpt.syntax=fail" },
	{ "TLS-RPT to http:", MX RPT "rua=http://a.com\n", "", "tls_rpt.syntax=fail" },
	{ "reports to a domain that takes no mail", MX RPT "rua=mailto:t@b.com\nb.com MX 0 .\n", "",
	    "tls_rpt.syntax=pass tls_rpt.report-domain-mail=warn" },
	{ "one takes none, of the other nothing is known",
	    MX RPT "rua=mailto:t@c.com,mailto:t@b.com\nc.com MX TIMEOUT\n", "",
	    "tls_rpt.report-domain-mail=warn" },
	{ "no word of the domain of reports", MX RPT "rua=mailto:t@b.com\nb.com MX TIMEOUT\n", "",
	    "tls_rpt.report-domain-mail=not_tested:dns_timeout" },
	{ "no word of TLS-RPT", MX "_smtp._tls.a.com TXT REFUSED\n", "",
	    "tls_rpt.present=not_tested:dns_refused tls_rpt.single=not_tested:dns_refused "
	    "tls_rpt.syntax=not_tested:dns_refused "
	    "tls_rpt.report-domain-mail=not_tested:dns_refused" },

	/* ---- bimi */
	{ "BIMI as it should be", MX OWN "p=reject\n" LOGO "l=https://a.com/l.svg\n", "",
	    "bimi.record=pass bimi.dmarc-ready=pass" },
	{ "no BIMI", MX, "", "bimi.record=info bimi.dmarc-ready=not_applicable:feature_absent" },
	{ "BIMI declined", MX OWN "p=quarantine\n" LOGO "l=; a=;\n", "",
	    "bimi.record=pass bimi.dmarc-ready=pass" },
	{ "two BIMI records", MX LOGO "l=\n" LOGO "l=\n", "", "bimi.record=warn" },
	{ "a logo by http:", MX LOGO "l=http://a.com/l.svg\n", "",
	    "bimi.record=warn bimi.dmarc-ready=warn" },
	{ "BIMI with DMARC none", MX OWN "p=none\n" LOGO "l=\n", "", "bimi.dmarc-ready=warn" },
	{ "BIMI, subdomains none", MX OWN "p=reject; sp=none\n" LOGO "l=\n", "",
	    "bimi.dmarc-ready=warn" },
	{ "BIMI in a trial", MX OWN "p=reject; t=y\n" LOGO "l=\n", "", "bimi.dmarc-ready=warn" },
	{ "BIMI, a sample of mail", MX OWN "p=reject; pct=50\n" LOGO "l=\n", "",
	    "bimi.dmarc-ready=warn" },
	{ "BIMI, all of mail", MX OWN "p=reject; pct=100; sp=quarantine\n" LOGO "l=\n", "",
	    "bimi.dmarc-ready=pass" },
	{ "BIMI, no word of DMARC", MX "_dmarc.a.com TXT TIMEOUT\n" LOGO "l=\n", "",
	    "bimi.dmarc-ready=not_tested:dns_timeout" },
	{ "no word of BIMI", MX "default._bimi.a.com TXT SERVFAIL\n", "",
	    "bimi.record=not_tested:dns_servfail bimi.dmarc-ready=not_tested:dns_servfail" },
	{ "BIMI of a parked domain", NULL_MX DENY LOGO "l=\n", "",
	    "bimi.record=not_applicable:role bimi.dmarc-ready=not_applicable:role" },
};

#endif
