#ifndef MXSWEEP_TESTS_SCORE_TRANSPORT_CASES_H
#define MXSWEEP_TESTS_SCORE_TRANSPORT_CASES_H

#include "score/judge_case.h"
#include "score/text_cases.h"

#define STS "_mta-sts.a.com TXT v=STSv1; "
#define HOST "mta-sts.a.com A 8.8.4.4\n"
#define RPT "_smtp._tls.a.com TXT v=TLSRPTv1; "
#define LOGO "default._bimi.a.com TXT v=BIMI1; "

/* Areas mta_sts, tls_rpt and bimi. */
static const struct judge_case transport_cases[] = {
	{ "MTA-STS as it should be", MX STS "id=a\n" HOST, "",
	    "mta_sts.present=pass mta_sts.record=pass "
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
