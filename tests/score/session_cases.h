#ifndef MXSWEEP_TESTS_SCORE_SESSION_CASES_H
#define MXSWEEP_TESTS_SCORE_SESSION_CASES_H

#include "score/judge_case.h"

#define SESSION MX "8.8.8.8 SMTP mx.a.com "
#define AGAIN "8.8.8.8 SMTP2 mx.a.com |after=900"
#define WITNESSED AGAIN "|witnesses=3"
#define TWO_ADDRESSES SESSION "\nmx.a.com A 8.8.4.4\n"
#define REFUSED "|end=refused|at=connect\n"
#define SILENT "|end=timeout|at=connect\n"
#define CLOSED_554 "|end=reply|at=greeting|greeting=554 no service\n"

/* Areas smtp and tls. */
static const struct judge_case session_cases[] = {
	{ "as it should be", SESSION "\n", "",
	    "smtp.connect=pass smtp.greeting=pass smtp.greeting-name=pass "
	    "smtp.greeting-matches=pass smtp.ehlo=pass smtp.ehlo-name=pass "
	    "smtp.name-resolves=pass smtp.starttls=pass smtp.time-connect=pass "
	    "smtp.time-greeting=pass smtp.time-total=pass tls.handshake=pass tls.version=pass "
	    "tls.cipher=pass tls.chain-trusted=pass tls.name-match=pass tls.expiry=pass "
	    "tls.key=pass tls.signature=pass tls.chain-complete=pass tls.session-features=pass "
	    "tls.after-starttls=pass" },
	{ "nobody asked for sessions", MX, "sessions=no",
	    "smtp.connect=not_tested:skipped tls.handshake=not_tested:skipped" },
	{ "nobody asked for sessions, and the address is private",
	    "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "sessions=no",
	    "smtp.connect=not_tested:skipped" },
	{ "the run was interrupted", MX, "interrupted", "smtp.connect=not_tested:cancelled" },
	{ "not recorded", MX, "", "smtp.connect=not_tested:not_recorded" },
	{ "it only sends", MX, "role=send-only",
	    "smtp.connect=not_applicable:role smtp.greeting=not_applicable:role "
	    "smtp.greeting-name=not_applicable:role smtp.greeting-matches=not_applicable:role "
	    "smtp.ehlo=not_applicable:role smtp.ehlo-name=not_applicable:role "
	    "smtp.name-resolves=not_applicable:role smtp.starttls=not_applicable:role "
	    "smtp.time-connect=not_applicable:role smtp.time-greeting=not_applicable:role "
	    "smtp.time-total=not_applicable:role tls.handshake=not_applicable:role "
	    "tls.version=not_applicable:role tls.cipher=not_applicable:role "
	    "tls.chain-trusted=not_applicable:role tls.name-match=not_applicable:role "
	    "tls.expiry=not_applicable:role tls.session-features=not_applicable:role "
	    "tls.after-starttls=not_applicable:role" },
	{ "connect timed out", SESSION "|end=timeout|at=connect\n", "",
	    "smtp.connect=not_tested:connect_timeout smtp.greeting=not_tested:prerequisite "
	    "smtp.greeting-name=not_tested:prerequisite "
	    "smtp.greeting-matches=not_tested:prerequisite smtp.ehlo=not_tested:prerequisite "
	    "smtp.ehlo-name=not_tested:prerequisite smtp.name-resolves=not_tested:prerequisite "
	    "smtp.starttls=not_tested:prerequisite smtp.time-connect=not_tested:prerequisite "
	    "smtp.time-greeting=not_tested:prerequisite smtp.time-total=not_tested:prerequisite "
	    "tls.handshake=not_tested:prerequisite tls.version=not_tested:prerequisite "
	    "tls.expiry=not_tested:prerequisite" },
	{ "refused, seen once", SESSION "|end=refused|at=connect\n", "",
	    "smtp.connect=not_tested:unconfirmed" },
	{ "unreachable, seen once", SESSION "|end=unreachable|at=connect\n", "",
	    "smtp.connect=not_tested:unconfirmed" },
	{ "no route from here", SESSION "|end=no_route|at=connect\n", "",
	    "smtp.connect=not_tested:net_unreachable" },
	{ "descriptors ran out here", SESSION "|end=shortage|at=connect\n", "",
	    "smtp.connect=not_tested:scanner_error" },
	{ "one of two is silent",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com |end=timeout|"
		    "at=connect\n",
	    "", "smtp.connect=pass smtp.greeting=pass" },

	{ "no greeting", SESSION "|end=timeout|at=greeting|greeting=0\n", "",
	    "smtp.connect=pass smtp.greeting=not_tested:greeting_timeout "
	    "smtp.ehlo=not_tested:greeting_timeout" },
	{ "drops of a tarpit", SESSION "|end=total|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:tarpit" },
	{ "closed", SESSION "|end=closed|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:closed_early" },
	{ "no SMTP, seen once", SESSION "|end=garbage|at=greeting|greeting=0\n", "",
	    "smtp.greeting=not_tested:unconfirmed" },
	{ "deferred by 421", SESSION "|end=reply|at=greeting|greeting=421 too busy\n", "",
	    "smtp.greeting=not_tested:deferred_421" },
	{ "deferred by another 4xx", SESSION "|end=reply|at=greeting|greeting=450 later\n", "",
	    "smtp.greeting=not_tested:deferred_4xx" },
	{ "5xx, seen once", SESSION "|end=reply|at=greeting|greeting=554 no service\n", "",
	    "smtp.greeting=not_tested:unconfirmed" },
	{ "5xx about us",
	    SESSION "|end=reply|at=greeting|greeting=554 5.7.1 your IP is on a "
		    "Blocklist\n",
	    "", "smtp.greeting=not_tested:refused_our_address" },
	{ "421 about us", SESSION "|end=reply|at=greeting|greeting=421 poor reputation\n", "",
	    "smtp.greeting=not_tested:refused_our_address" },
	{ "5xx that names us", SESSION "|end=reply|at=greeting|greeting=554 scan.example.net: go\n",
	    "", "smtp.greeting=not_tested:refused_our_address" },

	{ "a literal as name", SESSION "|greeting=220 [8.8.8.8] hi\n", "",
	    "smtp.greeting-name=info smtp.greeting-matches=warn" },
	{ "a literal of IPv6", SESSION "|greeting=220 [IPv6:2001:db8::1] hi\n", "",
	    "smtp.greeting-name=info" },
	{ "brackets make no literal", SESSION "|greeting=220 [mx] hi|ehlo=250 [IPv6:] hi\n", "",
	    "smtp.greeting-name=warn smtp.ehlo-name=warn" },
	{ "a name in other letters", SESSION "|greeting=220 MX.A.com. hi|ehlo=250 Mx.a.COM.\n", "",
	    "smtp.greeting-name=pass smtp.greeting-matches=pass smtp.ehlo-name=pass" },
	{ "a name in letters of its own, as in the DNS",
	    "a.com MX 10 xn--bcher-kva.a.com\nxn--bcher-kva.a.com A 8.8.8.8\n8.8.8.8 SMTP "
	    "xn--bcher-kva.a.com |greeting=220 B\xc3\xbc"
	    "cher.a.com|ehlo=250 b\xc3\xbc"
	    "cher.a.com\n",
	    "", "smtp.greeting-name=pass smtp.greeting-matches=pass smtp.ehlo-name=pass" },
	{ "the path masks the EHLO reply", SESSION "|ehlo=250 XXXXXXXXXXXXXXX~STARTTLS\n", "",
	    "smtp.ehlo-name=not_tested:intercepted" },
	{ "a single label", SESSION "|greeting=220 localhost hi|ehlo=250 localhost~STARTTLS\n", "",
	    "smtp.greeting-name=warn smtp.greeting-matches=warn smtp.ehlo-name=warn "
	    "smtp.name-resolves=not_applicable:feature_absent" },
	{ "no name", SESSION "|greeting=220|ehlo=250\n", "",
	    "smtp.greeting-name=warn smtp.greeting-matches=warn smtp.ehlo-name=warn" },
	{ "another name of the house", SESSION "|greeting=220 x.a.com|ehlo=250 y.a.com\n", "",
	    "smtp.greeting-name=pass smtp.greeting-matches=info smtp.ehlo-name=info" },
	{ "the reverse name", SESSION "|greeting=220 b.com|ehlo=250 b.com\n8.8.8.8 PTR b.com\n", "",
	    "smtp.greeting-matches=pass smtp.ehlo-name=warn" },
	{ "a stranger's name", SESSION "|greeting=220 b.com|ehlo=250 b.com\n", "",
	    "smtp.greeting-matches=warn smtp.ehlo-name=warn smtp.name-resolves=fail" },
	{ "names of one provider",
	    "a.com MX 1 aspmx.l.google.com\naspmx.l.google.com A 8.8.8.8\n8.8.8.8 SMTP "
	    "aspmx.l.google.com |greeting=220 mx.google.com|ehlo=250 mx.google.com\n",
	    "", "smtp.greeting-matches=info smtp.ehlo-name=info" },
	{ "it leads elsewhere", SESSION "|ehlo=250 x.a.com\nx.a.com A 8.8.4.4\n", "",
	    "smtp.name-resolves=warn" },
	{ "where it leads is not known", SESSION "|ehlo=250 x.a.com\nx.a.com A TIMEOUT\n", "",
	    "smtp.name-resolves=not_tested:dns_timeout" },

	{ "only HELO", SESSION "|helo|notls|ehlo=250 mx.a.com\n", "",
	    "smtp.ehlo=warn smtp.ehlo-name=pass smtp.starttls=not_tested:unconfirmed" },
	{ "EHLO refused, seen once", SESSION "|end=reply|at=helo|ehlo=502 no\n", "",
	    "smtp.greeting=pass smtp.ehlo=not_tested:unconfirmed "
	    "smtp.starttls=not_tested:unconfirmed smtp.time-total=not_tested:unconfirmed" },
	{ "EHLO deferred", SESSION "|end=reply|at=ehlo|ehlo=421 busy\n", "",
	    "smtp.ehlo=not_tested:deferred_421" },
	{ "silence after EHLO", SESSION "|end=timeout|at=ehlo|ehlo=0\n", "",
	    "smtp.ehlo=not_tested:reply_timeout" },
	{ "no STARTTLS, seen once", SESSION "|notls\n", "",
	    "smtp.starttls=not_tested:unconfirmed tls.handshake=not_tested:prerequisite "
	    "tls.version=not_tested:prerequisite" },

	{ "AUTH in clear", SESSION "|ehlo=250 mx.a.com~STARTTLS~AUTH PLAIN LOGIN\n", "",
	    "smtp.auth-in-clear=warn smtp.extensions=info" },
	{ "AUTH as of old", SESSION "|ehlo=250 mx.a.com~AUTH=LOGIN~STARTTLS\n", "",
	    "smtp.auth-in-clear=warn" },
	{ "AUTH within TLS", SESSION "|again=250 mx.a.com~AUTH PLAIN\n", "",
	    "smtp.auth-in-clear=pass smtp.extensions=info" },
	{ "a word that only begins so", SESSION "|ehlo=250 mx.a.com~AUTHOR\n", "",
	    "smtp.auth-in-clear=pass" },
	{ "all in good form", SESSION "\n", "", "smtp.reply-format=pass smtp.software=pass" },
	{ "LF alone", SESSION "|untidy=lf\n", "", "smtp.reply-format=warn" },
	{ "different codes", SESSION "|untidy=codes\n", "", "smtp.reply-format=warn" },
	{ "a long line", SESSION "|untidy=long\n", "", "smtp.reply-format=warn" },
	{ "a line of text", SESSION "|untidy=text\n", "", "smtp.reply-format=warn" },
	{ "nothing was heard", SESSION "|end=timeout|at=greeting|greeting=0\n", "",
	    "smtp.reply-format=not_tested:greeting_timeout "
	    "smtp.software=not_tested:greeting_timeout "
	    "smtp.auth-in-clear=not_tested:greeting_timeout "
	    "smtp.extensions=not_tested:greeting_timeout "
	    "smtp.consistent=not_applicable:no_target" },
	{ "it says what it is", SESSION "|greeting=220 mx.a.com ESMTP Postfix (Debian)\n", "",
	    "smtp.software=info" },
	{ "its name is no product", SESSION "|greeting=220 postfix.a.com ESMTP\n", "",
	    "smtp.software=pass" },
	{ "masked", SESSION "|greeting=220 ********************\n", "",
	    "smtp.software=not_tested:intercepted" },
	{ "two addresses alike", TWO_ADDRESSES "8.8.4.4 SMTP mx.a.com \n", "",
	    "smtp.consistent=pass" },
	{ "one without STARTTLS", TWO_ADDRESSES "8.8.4.4 SMTP mx.a.com |notls|ehlo=250 mx.a.com\n",
	    "", "smtp.consistent=warn" },
	{ "one with another name",
	    TWO_ADDRESSES "8.8.4.4 SMTP mx.a.com |ehlo=250 b.a.com~STARTTLS\n", "",
	    "smtp.consistent=warn" },
	{ "one with another certificate", TWO_ADDRESSES "8.8.4.4 SMTP mx.a.com |cert=other\n", "",
	    "smtp.consistent=warn" },
	{ "one of them is silent", TWO_ADDRESSES "8.8.4.4 SMTP mx.a.com |end=timeout|at=connect\n",
	    "", "smtp.consistent=not_tested:prerequisite" },
	{ "the first host refuses twice, the second works",
	    "a.com MX 5 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com " REFUSED
	    "8.8.4.4 SMTP2 b.a.com |after=900" REFUSED SESSION "\n",
	    "", "mx.nolisting=info" },
	{ "the first host refuses once, the second works",
	    "a.com MX 5 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com " REFUSED SESSION "\n", "",
	    "mx.nolisting=not_tested:unconfirmed" },
	{ "the first host refuses at one address only",
	    "a.com MX 5 b.a.com\nb.a.com A 8.8.4.4\nb.a.com A 8.8.4.5\n8.8.4.4 SMTP "
	    "b.a.com " REFUSED "8.8.4.4 SMTP2 b.a.com |after=900" REFUSED
	    "8.8.4.5 SMTP b.a.com \n" SESSION "\n",
	    "", "mx.nolisting=pass" },

	{ "slow", SESSION "|ms=2001 5001 30001\n", "",
	    "smtp.time-connect=info smtp.time-greeting=info smtp.time-total=info" },
	{ "slow, while the scanner itself was late", SESSION "|ms=2001 5001 30001|busy\n", "",
	    "smtp.time-connect=not_tested:scanner_busy smtp.time-greeting=info "
	    "smtp.time-total=info" },
	{ "quick for all that", SESSION "|ms=2000 5000 30000|busy\n", "",
	    "smtp.time-connect=pass" },
	{ "just quick enough", SESSION "|ms=2000 5000 30000\n", "",
	    "smtp.time-connect=pass smtp.time-greeting=pass smtp.time-total=pass" },
	{ "very slow", SESSION "|ms=5001 30001 60001\n", "",
	    "smtp.time-connect=warn smtp.time-greeting=warn smtp.time-total=warn" },

	/* ---- tls */
	{ "454", SESSION "|end=reply|at=starttls|tls=454 not now\n", "",
	    "smtp.starttls=pass tls.handshake=not_tested:deferred_4xx" },
	{ "the handshake fails, seen once", SESSION "|end=tls|at=tls|error=no shared cipher\n", "",
	    "smtp.starttls=pass tls.handshake=not_tested:unconfirmed "
	    "tls.version=not_tested:prerequisite tls.expiry=not_tested:prerequisite" },
	{ "silence in the handshake", SESSION "|end=timeout|at=tls\n", "",
	    "tls.handshake=not_tested:reply_timeout" },
	{ "TLS 1.2", SESSION "|version=TLSv1.2\n", "", "tls.version=pass" },
	{ "TLS 1.0", SESSION "|version=TLSv1\n", "", "tls.version=warn" },
	{ "TLS 1.1", SESSION "|version=TLSv1.1\n", "", "tls.version=warn" },
	{ "SSL 3", SESSION "|version=SSLv3\n", "", "tls.version=fail" },
	{ "the server speaks older versions alone",
	    SESSION "|end=tls|at=tls|error=unsupported protocol\n", "",
	    "tls.handshake=not_tested:tls_unsupported_here tls.cipher=not_tested:prerequisite "
	    "tls.chain-trusted=not_tested:prerequisite tls.name-match=not_tested:prerequisite "
	    "tls.key=not_tested:prerequisite tls.session-features=not_tested:prerequisite "
	    "tls.after-starttls=not_tested:prerequisite" },
	{ "no certificate", SESSION "|noleaf|cipher=AECDH-AES256-SHA\n", "",
	    "tls.handshake=pass tls.cipher=info tls.chain-trusted=info tls.name-match=info "
	    "tls.expiry=not_applicable:feature_absent tls.key=not_applicable:feature_absent "
	    "tls.signature=not_applicable:feature_absent "
	    "tls.chain-complete=not_applicable:feature_absent" },
	{ "a certificate is not recorded", SESSION "|cert=lost\n", "",
	    "tls.handshake=pass tls.chain-trusted=not_tested:not_recorded "
	    "tls.expiry=not_tested:not_recorded" },
	{ "no roots here", SESSION "\n", "without-roots",
	    "tls.chain-trusted=not_tested:no_trust_store tls.name-match=pass tls.expiry=pass" },
	{ "self-signed", SESSION "|cert=self-signed\n", "",
	    "tls.handshake=pass smtp.starttls=pass tls.chain-trusted=info tls.name-match=pass "
	    "tls.expiry=pass tls.signature=pass tls.chain-complete=pass" },
	{ "a private authority", SESSION "|cert=private\n", "",
	    "tls.chain-trusted=info tls.name-match=pass tls.chain-complete=pass" },
	{ "the intermediate is not served", SESSION "|cert=cut\n", "",
	    "tls.chain-trusted=info tls.chain-complete=warn" },
	{ "the intermediate is out of order", SESSION "|cert=unordered\n", "",
	    "tls.chain-trusted=pass tls.chain-complete=warn" },
	{ "a certificate for clients", SESSION "|cert=clients\n", "", "tls.chain-trusted=info" },
	{ "a wildcard", SESSION "|cert=wildcard\n", "",
	    "tls.chain-trusted=pass tls.name-match=pass" },
	{ "another host's", SESSION "|cert=other\n", "",
	    "tls.handshake=pass tls.chain-trusted=pass tls.name-match=info tls.expiry=pass" },
	{ "the common name alone", SESSION "|cert=common\n", "", "tls.name-match=info" },
	{ "RSA, 1024 bits", SESSION "|cert=rsa-1024\n", "", "tls.key=warn tls.chain-trusted=pass" },
	{ "RSA, 2048 bits", SESSION "|cert=rsa-2048\n", "", "tls.key=pass" },
	{ "RSA, 8192 bits", SESSION "|cert=rsa-8192\n", "", "tls.key=info" },
	{ "SHA-1", SESSION "|cert=sha1\n", "", "tls.signature=warn tls.chain-trusted=pass" },
	{ "forward secrecy, authenticated", SESSION "|cipher=DHE-RSA-AES128-GCM-SHA256|bits=2048\n",
	    "", "tls.cipher=pass" },
	{ "a small group", SESSION "|cipher=DHE-RSA-AES128-GCM-SHA256|bits=1024\n", "",
	    "tls.cipher=warn" },
	{ "curves are small, and strong",
	    SESSION "|cipher=ECDHE-ECDSA-CHACHA20-POLY1305|bits=253\n", "", "tls.cipher=pass" },
	{ "CBC", SESSION "|cipher=ECDHE-RSA-AES128-SHA256\n", "", "tls.cipher=info" },
	{ "no forward secrecy", SESSION "|cipher=AES256-GCM-SHA384\n", "", "tls.cipher=warn" },
	{ "3DES", SESSION "|cipher=ECDHE-RSA-DES-CBC3-SHA\n", "", "tls.cipher=warn" },
	{ "RC4", SESSION "|cipher=ECDHE-RSA-RC4-SHA\n", "", "tls.cipher=warn" },
	{ "nothing is encrypted", SESSION "|cipher=ECDHE-ECDSA-NULL-SHA\n", "", "tls.cipher=fail" },
	{ "export", SESSION "|cipher=EXP-RC4-MD5\n", "", "tls.cipher=fail" },
	{ "compression", SESSION "|compressed\n", "", "tls.session-features=warn" },
	{ "TLS 1.2 without secure renegotiation", SESSION "|version=TLSv1.2|plain=renegotiation\n",
	    "", "tls.session-features=warn" },
	{ "TLS 1.2 without extended master secret",
	    SESSION "|version=TLSv1.2|plain=master-secret\n", "", "tls.session-features=warn" },
	{ "TLS 1.2 with both", SESSION "|version=TLSv1.2\n", "", "tls.session-features=pass" },
	{ "TLS 1.3 has neither", SESSION "|plain=renegotiation|plain=master-secret\n", "",
	    "tls.session-features=pass" },
	{ "STARTTLS within TLS", SESSION "|again=250 mx.a.com~STARTTLS\n", "",
	    "tls.after-starttls=warn" },
	{ "EHLO is refused within TLS", SESSION "|end=reply|at=ehlo_tls|again=503 what\n", "",
	    "tls.handshake=pass tls.after-starttls=warn" },
	{ "EHLO is deferred within TLS", SESSION "|end=reply|at=ehlo_tls|again=421 busy\n", "",
	    "tls.after-starttls=not_tested:deferred_421" },
	{ "it hangs up within TLS", SESSION "|end=closed|at=ehlo_tls|again=0\n", "",
	    "tls.handshake=pass tls.after-starttls=not_tested:closed_early" },
	{ "31 days left", SESSION "\n", "now=1809321600", "tls.expiry=pass" },
	{ "30 days left", SESSION "\n", "now=1809408000", "tls.expiry=info" },
	{ "15 days left", SESSION "\n", "now=1810704000", "tls.expiry=info" },
	{ "14 days left", SESSION "\n", "now=1810790400", "tls.expiry=warn" },
	{ "expired", SESSION "\n", "now=1812000001", "tls.expiry=warn" },
	{ "not valid yet", SESSION "\n", "now=1794999999", "tls.expiry=warn" },

	/* ---- second looks */
	{ "refused twice, while others let us in", SESSION REFUSED WITNESSED REFUSED, "egress=open",
	    "smtp.connect=fail smtp.greeting=not_applicable:prerequisite_failed "
	    "smtp.greeting-name=not_applicable:prerequisite_failed "
	    "smtp.greeting-matches=not_applicable:prerequisite_failed "
	    "smtp.ehlo=not_applicable:prerequisite_failed "
	    "smtp.ehlo-name=not_applicable:prerequisite_failed "
	    "smtp.name-resolves=not_applicable:prerequisite_failed "
	    "smtp.starttls=not_applicable:prerequisite_failed "
	    "smtp.time-connect=not_applicable:prerequisite_failed "
	    "smtp.time-greeting=not_applicable:prerequisite_failed "
	    "smtp.time-total=not_applicable:prerequisite_failed "
	    "tls.handshake=not_applicable:prerequisite_failed "
	    "tls.version=not_applicable:prerequisite_failed "
	    "tls.chain-trusted=not_applicable:prerequisite_failed "
	    "tls.expiry=not_applicable:prerequisite_failed" },
	{ "refused twice within a minute",
	    SESSION REFUSED "8.8.8.8 SMTP2 mx.a.com |after=59|witnesses=3" REFUSED, "egress=open",
	    "smtp.connect=fail+provisional" },
	{ "unreachable twice",
	    SESSION "|end=unreachable|at=connect\n" WITNESSED "|end=unreachable|at=connect\n",
	    "egress=open", "smtp.connect=fail" },
	{ "refused twice, two others let us in", SESSION REFUSED AGAIN "|witnesses=2" REFUSED,
	    "egress=open",
	    "smtp.connect=not_tested:unconfirmed smtp.greeting=not_tested:prerequisite" },
	{ "silent twice, while others let us in", SESSION SILENT WITNESSED SILENT, "egress=open",
	    "smtp.connect=fail" },
	{ "silent twice, and whether port 25 is open here is not known",
	    SESSION SILENT WITNESSED SILENT, "", "smtp.connect=not_tested:connect_timeout" },
	{ "silent twice, nobody else lets us in", SESSION SILENT AGAIN SILENT, "egress=open",
	    "smtp.connect=not_tested:connect_timeout" },
	{ "refused, then silent", SESSION REFUSED WITNESSED SILENT, "egress=open",
	    "smtp.connect=not_tested:unconfirmed" },
	{ "refused, then all is well", SESSION REFUSED AGAIN "\n", "",
	    "smtp.connect=pass+flap smtp.greeting=pass smtp.greeting-matches=pass smtp.ehlo=pass "
	    "smtp.name-resolves=pass smtp.starttls=pass tls.handshake=pass tls.expiry=pass "
	    "smtp.time-connect=pass" },
	{ "one of two refuses twice",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com " REFUSED
		    "8.8.4.4 SMTP2 b.a.com |after=900|witnesses=3" REFUSED,
	    "egress=open", "smtp.connect=warn smtp.greeting=pass" },
	{ "5xx twice", SESSION CLOSED_554 AGAIN CLOSED_554, "",
	    "smtp.connect=pass smtp.greeting=fail smtp.ehlo=not_applicable:prerequisite_failed "
	    "smtp.starttls=not_applicable:prerequisite_failed "
	    "tls.handshake=not_applicable:prerequisite_failed" },
	{ "one of two closes with 5xx twice",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com " CLOSED_554
		    "8.8.4.4 SMTP2 b.a.com |after=900" CLOSED_554,
	    "", "smtp.greeting=warn smtp.connect=pass" },
	{ "5xx, then 421", SESSION CLOSED_554 AGAIN "|end=reply|at=greeting|greeting=421 busy\n",
	    "", "smtp.greeting=not_tested:deferred_421" },
	{ "5xx, then 5xx about us",
	    SESSION CLOSED_554 AGAIN "|end=reply|at=greeting|greeting=554 your ip is listed\n", "",
	    "smtp.greeting=not_tested:refused_our_address" },
	{ "5xx, then refused", SESSION CLOSED_554 WITNESSED REFUSED, "egress=open",
	    "smtp.connect=pass+flap smtp.greeting=not_tested:unconfirmed" },
	{ "no SMTP, twice",
	    SESSION "|end=garbage|at=greeting|greeting=0\n" AGAIN
		    "|end=garbage|at=greeting|greeting=0\n",
	    "", "smtp.greeting=fail" },
	{ "5xx, then all is well", SESSION CLOSED_554 AGAIN "\n", "",
	    "smtp.connect=pass smtp.greeting=pass+flap smtp.starttls=pass" },
	{ "late, and greeted in the end",
	    SESSION "|end=timeout|at=greeting|greeting=0\n" AGAIN "|ms=10 90000 91000\n", "",
	    "smtp.greeting=pass smtp.time-greeting=warn smtp.time-total=warn" },
	{ "late, and never greeted",
	    SESSION "|end=timeout|at=greeting|greeting=0\n" AGAIN
		    "|end=total|at=greeting|greeting=0\n",
	    "", "smtp.greeting=not_tested:tarpit" },
	{ "late, and 5xx in the end",
	    SESSION "|end=timeout|at=greeting|greeting=0\n" AGAIN CLOSED_554, "",
	    "smtp.greeting=not_tested:unconfirmed" },
	{ "closed twice",
	    SESSION "|end=closed|at=greeting|greeting=0\n" AGAIN
		    "|end=closed|at=greeting|greeting=0\n",
	    "", "smtp.greeting=not_tested:closed_early" },
	{ "EHLO refused twice",
	    SESSION "|end=reply|at=helo|ehlo=502 no\n" AGAIN "|end=reply|at=helo|ehlo=502 no\n", "",
	    "smtp.greeting=pass smtp.ehlo=fail smtp.ehlo-name=not_applicable:prerequisite_failed "
	    "smtp.starttls=not_applicable:prerequisite_failed" },
	{ "EHLO refused twice at one of two",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n"
		    "8.8.4.4 SMTP b.a.com |end=reply|at=helo|ehlo=502 no\n"
		    "8.8.4.4 SMTP2 b.a.com |end=reply|at=helo|ehlo=502 no\n",
	    "", "smtp.ehlo=warn+provisional" },
	{ "EHLO refused, then accepted", SESSION "|end=reply|at=helo|ehlo=502 no\n" AGAIN "\n", "",
	    "smtp.ehlo=pass+flap smtp.starttls=pass" },
	{ "no STARTTLS twice", SESSION "|notls\n" AGAIN "|notls\n", "",
	    "smtp.starttls=fail tls.handshake=not_applicable:prerequisite_failed "
	    "tls.version=not_applicable:prerequisite_failed "
	    "tls.cipher=not_applicable:prerequisite_failed "
	    "tls.chain-trusted=not_applicable:prerequisite_failed "
	    "tls.name-match=not_applicable:prerequisite_failed "
	    "tls.expiry=not_applicable:prerequisite_failed "
	    "tls.key=not_applicable:prerequisite_failed "
	    "tls.session-features=not_applicable:prerequisite_failed "
	    "tls.after-starttls=not_applicable:prerequisite_failed" },
	{ "no STARTTLS twice at one of two",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n8.8.4.4 SMTP b.a.com |notls\n"
		    "8.8.4.4 SMTP2 b.a.com |notls|after=900\n",
	    "", "smtp.starttls=warn tls.handshake=pass" },
	{ "no STARTTLS, then offered", SESSION "|notls\n" AGAIN "\n", "",
	    "smtp.starttls=pass+flap tls.handshake=pass tls.expiry=pass" },
	{ "no STARTTLS, then silent", SESSION "|notls\n" WITNESSED SILENT, "egress=open",
	    "smtp.connect=pass+flap smtp.greeting=pass smtp.starttls=not_tested:unconfirmed "
	    "tls.handshake=not_tested:prerequisite" },
	{ "no STARTTLS twice, on a path that masks words", SESSION "|notls\n" AGAIN "|notls\n",
	    "keywords-masked",
	    "smtp.starttls=not_tested:starttls_stripped "
	    "tls.handshake=not_tested:prerequisite" },
	{ "no STARTTLS twice, at a provider that offers it",
	    "a.com MX 1 aspmx.l.google.com\naspmx.l.google.com A 8.8.8.8\n"
	    "8.8.8.8 SMTP aspmx.l.google.com |notls\n"
	    "8.8.8.8 SMTP2 aspmx.l.google.com |notls|after=60\n",
	    "", "smtp.starttls=not_tested:starttls_stripped" },
	{ "the handshake fails twice",
	    SESSION "|end=tls|at=tls|error=no shared cipher\n" AGAIN
		    "|end=tls|at=tls|error=no shared cipher\n",
	    "",
	    "smtp.starttls=pass tls.handshake=fail tls.version=not_applicable:prerequisite_failed "
	    "tls.chain-complete=not_applicable:prerequisite_failed" },
	{ "the handshake fails twice at one of two",
	    SESSION "\na.com MX 20 b.a.com\nb.a.com A 8.8.4.4\n"
		    "8.8.4.4 SMTP b.a.com |end=tls|at=tls|error=no shared cipher\n"
		    "8.8.4.4 SMTP2 b.a.com |end=tls|at=tls|error=no shared cipher|after=900\n",
	    "", "tls.handshake=warn tls.version=pass" },
	{ "the handshake fails, then succeeds",
	    SESSION "|end=tls|at=tls|error=no shared cipher\n" AGAIN "\n", "",
	    "tls.handshake=pass+flap tls.version=pass" },
	{ "5xx to STARTTLS twice",
	    SESSION "|end=reply|at=starttls|tls=502 no\n" AGAIN
		    "|end=reply|at=starttls|tls=502 no\n",
	    "", "smtp.starttls=pass tls.handshake=fail" },
	{ "5xx to STARTTLS, then 454",
	    SESSION "|end=reply|at=starttls|tls=502 no\n" AGAIN
		    "|end=reply|at=starttls|tls=454 later\n",
	    "", "tls.handshake=not_tested:deferred_4xx" },

	/* ---- our own way out */
	{ "port 25 is closed here", SESSION SILENT, "egress=blocked",
	    "smtp.connect=not_tested:egress_blocked smtp.greeting=not_tested:egress_blocked "
	    "tls.handshake=not_tested:egress_blocked" },
	{ "port 25 is closed here, and nothing was tried", MX, "egress=blocked",
	    "smtp.connect=not_tested:egress_blocked" },
	{ "port 25 is closed here, but not to all", SESSION "\n", "egress=blocked",
	    "smtp.connect=pass" },
	{ "our own machine forbids it", SESSION "|end=forbidden|at=connect\n", "egress=open",
	    "smtp.connect=not_tested:net_unreachable" },
	{ "no IPv6 here",
	    "a.com MX 10 mx.a.com\nmx.a.com AAAA 2606:2800::1\n"
	    "2606:2800::1 SMTP mx.a.com |end=no_route|at=connect\n",
	    "without-route=6", "smtp.connect=not_tested:no_local_ipv6" },
	{ "no IPv4 here", SESSION "|end=no_route|at=connect\n", "without-route=4",
	    "smtp.connect=not_tested:no_local_ipv4" },
	{ "a greeting that others show as well", SESSION "|greeting=220 gw.b.com at 12:31\n",
	    "shared-greeting=gw.b.com at :",
	    "smtp.connect=not_tested:intercepted smtp.greeting=not_tested:intercepted "
	    "smtp.starttls=not_tested:intercepted" },
	{ "another greeting than the one that others show", SESSION "\n",
	    "shared-greeting=gw.b.com at :", "smtp.connect=pass smtp.greeting=pass" },
	{ "a greeting that is masked", SESSION "|greeting=220 ********\n", "",
	    "smtp.greeting=pass smtp.greeting-name=not_tested:intercepted "
	    "smtp.greeting-matches=not_tested:intercepted "
	    "smtp.name-resolves=not_tested:intercepted" },
	{ "the host's name further on in the greeting", SESSION "|greeting=220 ESMTP at mx.a.com\n",
	    "", "smtp.greeting-name=warn smtp.greeting-matches=info" },
	{ "a reverse name further on in the greeting",
	    SESSION "|greeting=220 welcome to B.com. now\n8.8.8.8 PTR b.com\n", "",
	    "smtp.greeting-matches=info" },
	{ "a stranger's name further on", SESSION "|greeting=220 hello b.com\n", "",
	    "smtp.greeting-matches=warn" },
};

#endif
