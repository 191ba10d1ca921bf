#ifndef MXSWEEP_TESTS_RULE_DMARC_CASES_H
#define MXSWEEP_TESTS_RULE_DMARC_CASES_H

#include "rule/rule_case.h"

/*
 * The result is: questions, organizational domain, whose record applies. Rows marked B.4 come from
 * RFC 9989, rows marked mailauth and mox from those projects.
 */
static const struct rule_case dmarc_cases[] = {
	{ "own", "a.com", "_dmarc.a.com TXT v=DMARC1; p=none\n", "2 org=a.com own a.com" },
	{ "none", "a.com", "a.com A 192.0.2.1\n", "2 org=a.com none" },
	{ "a single label", "com", "_dmarc.com TXT v=DMARC1; p=none; psd=y\n",
	    "1 org=com own com" },
	{ "inherited", "www.a.com", "_dmarc.a.com TXT v=DMARC1; p=none\n",
	    "3 org=a.com org a.com" },
	{ "the fewest labels", "a.mail.example.com",
	    "_dmarc.mail.example.com TXT v=DMARC1; p=none\n"
	    "_dmarc.example.com TXT v=DMARC1; p=none\n",
	    "4 org=example.com org example.com" }, /* RFC 9989 4.10.2 */
	{ "an own record, and the organizational domain above it", "mail.example.com",
	    "_dmarc.mail.example.com TXT v=DMARC1; p=none\n"
	    "_dmarc.example.com TXT v=DMARC1; p=reject\n",
	    "3 org=example.com own mail.example.com" },
	{ "psd=n ends the walk", "a.b.example.com",
	    "_dmarc.b.example.com TXT v=DMARC1; p=none; psd=n\n"
	    "_dmarc.example.com TXT v=DMARC1; p=reject\n",
	    "2 org=b.example.com org b.example.com" },
	{ "psd=n of its own", "b.example.com",
	    "_dmarc.b.example.com TXT v=DMARC1; p=none; psd=n\n"
	    "_dmarc.example.com TXT v=DMARC1; p=reject\n",
	    "1 org=b.example.com own b.example.com" },
	{ "psd=n above an own record", "a.b.example.com",
	    "_dmarc.a.b.example.com TXT v=DMARC1; p=none\n"
	    "_dmarc.b.example.com TXT v=DMARC1; p=none; psd=n\n"
	    "_dmarc.example.com TXT v=DMARC1; p=reject\n",
	    "2 org=b.example.com own a.b.example.com" },
	{ "psd=y of a top-level domain", "a.mail.example.com",
	    "_dmarc.com TXT v=DMARC1; p=none; psd=y\n",
	    "4 org=example.com psd com" }, /* RFC 9989 4.10.2 */
	{ "psd=y, and a record of the organizational domain", "a.mail.example.com",
	    "_dmarc.example.com TXT v=DMARC1; p=none\n_dmarc.com TXT v=DMARC1; p=none; psd=y\n",
	    "4 org=example.com org example.com" },
	{ "psd=y, and a record between", "a.mail.example.com",
	    "_dmarc.mail.example.com TXT v=DMARC1; p=none\n"
	    "_dmarc.com TXT v=DMARC1; p=none; psd=y\n",
	    "4 org=example.com psd com" },
	{ "psd=y of the name itself ends the walk", "bank.example",
	    "_dmarc.bank.example TXT v=DMARC1; p=reject; psd=y\n"
	    "_dmarc.example TXT v=DMARC1; p=none\n",
	    "1 org=bank.example own bank.example" },
	{ "B.4.1", "example.com",
	    "_dmarc.example.com TXT v=DMARC1; p=reject\n"
	    "_dmarc.signing.example.com TXT v=DMARC1; p=reject\n",
	    "2 org=example.com own example.com" },
	{ "B.4.3, SPF", "mail.giant.bank.example",
	    "_dmarc.bank.example TXT v=DMARC1; p=reject; psd=y; rua=mailto:psd@bank.example\n"
	    "_dmarc.giant.bank.example TXT v=DMARC1; p=quarantine\n",
	    "3 org=giant.bank.example org giant.bank.example" },
	{ "B.4.3, DKIM", "mail.mega.bank.example",
	    "_dmarc.bank.example TXT v=DMARC1; p=reject; psd=y; rua=mailto:psd@bank.example\n"
	    "_dmarc.giant.bank.example TXT v=DMARC1; p=quarantine\n",
	    "3 org=mega.bank.example psd bank.example" },
	{ "an own record wins over the public suffix", "foo.example",
	    "_dmarc.example TXT v=DMARC1; p=reject; psd=y; rua=mailto:psd@example\n"
	    "_dmarc.foo.example TXT v=DMARC1; p=none\n",
	    "2 org=foo.example own foo.example" }, /* mailauth */
	{ "psd in any case, with blanks", "a.b.example.com",
	    "_dmarc.b.example.com TXT v=DMARC1; p=none; PSD = N ;\n",
	    "2 org=b.example.com org b.example.com" },
	{ "a bad psd is none", "a.b.example.com",
	    "_dmarc.b.example.com TXT v=DMARC1; p=none; psd=no\n",
	    "4 org=b.example.com org b.example.com" },
	{ "psd=u", "a.b.example.com", "_dmarc.b.example.com TXT v=DMARC1; p=none; psd=u\n",
	    "4 org=b.example.com org b.example.com" },
	{ "two records are none, and the walk goes on", "x.example.com",
	    "_dmarc.x.example.com TXT v=DMARC1; p=reject\n"
	    "_dmarc.x.example.com TXT v=DMARC1; p=none\n_dmarc.example.com TXT v=DMARC1; p=none\n",
	    "3 org=example.com org example.com" },
	{ "two identical ones as well", "multiple.example",
	    "_dmarc.multiple.example TXT v=DMARC1; p=none;\n"
	    "_dmarc.multiple.example TXT v=DMARC1; p=none;\n",
	    "2 org=multiple.example none" }, /* mox */
	{ "two records with psd=n do not end it", "x.example.com",
	    "_dmarc.x.example.com TXT v=DMARC1; p=reject; psd=n\n"
	    "_dmarc.x.example.com TXT v=DMARC1; p=none; psd=n\n",
	    "3 org=x.example.com none" },
	{ "one record beside another text", "one.example",
	    "_dmarc.one.example TXT v=DMARC1; p=none;\n_dmarc.one.example TXT other\n",
	    "2 org=one.example own one.example" }, /* mox */
	{ "other texts alone", "mail.example.com",
	    "_dmarc.mail.example.com TXT some other txt record\n"
	    "_dmarc.mail.example.com TXT and another one\n"
	    "_dmarc.example.com TXT v=DMARC1; p=quarantine\n",
	    "3 org=example.com org example.com" }, /* mailauth */
	{ "a transient error at the start", "temperror.example",
	    "_dmarc.temperror.example TXT SERVFAIL\n_dmarc.example TXT v=DMARC1; p=none\n",
	    "1 org=- none; transient servfail" }, /* mox */
	{ "a transient error on the way", "x.example.com",
	    "_dmarc.example.com TXT TIMEOUT\n_dmarc.com TXT v=DMARC1; p=none\n",
	    "2 org=- none; transient timeout" },
	{ "an own record before a transient error", "x.example.com",
	    "_dmarc.x.example.com TXT v=DMARC1; p=none\n_dmarc.example.com TXT TIMEOUT\n",
	    "2 org=- own x.example.com; transient timeout" },
	{ "psd=n before a transient error", "x.example.com",
	    "_dmarc.x.example.com TXT v=DMARC1; p=none; psd=n\n_dmarc.example.com TXT TIMEOUT\n",
	    "1 org=x.example.com own x.example.com" },
	{ "resolvers disagree", "a.com", "_dmarc.a.com TXT UNCONFIRMED\n",
	    "1 org=- none; transient unconfirmed" },
	{ "behind an alias", "a.com",
	    "_dmarc.a.com CNAME a.com.dmarc.example\n"
	    "a.com.dmarc.example TXT v=DMARC1; p=none\n",
	    "2 org=a.com own a.com" },
	{ "eleven labels: eight questions", "a.b.c.d.e.f.g.h.mail.example.com",
	    "_dmarc.example.com TXT v=DMARC1; p=none\n", "8 org=example.com org example.com" },
	{ "eleven labels: what is jumped over is not seen", "a.b.c.d.e.f.g.h.mail.example.com",
	    "_dmarc.d.e.f.g.h.mail.example.com TXT v=DMARC1; p=none\n",
	    "8 org=a.b.c.d.e.f.g.h.mail.example.com none" },
	{ "eleven labels: the seventh from the end", "a.b.c.d.e.f.g.h.mail.example.com",
	    "_dmarc.e.f.g.h.mail.example.com TXT v=DMARC1; p=none; psd=n\n",
	    "2 org=e.f.g.h.mail.example.com org e.f.g.h.mail.example.com" },
	{ "eleven labels: psd=y of the top-level domain", "a.b.c.d.e.f.g.h.mail.example.com",
	    "_dmarc.com TXT v=DMARC1; p=none; psd=y\n", "8 org=example.com psd com" },
	{ "eleven labels: psd=y where the walk jumped to", "a.b.c.d.e.f.g.h.mail.example.com",
	    "_dmarc.e.f.g.h.mail.example.com TXT v=DMARC1; p=none; psd=y\n",
	    "2 org=d.e.f.g.h.mail.example.com psd e.f.g.h.mail.example.com" },
	{ "eight labels jump to seven", "a.b.c.d.e.f.g.com", "_dmarc.com TXT v=DMARC1; p=none\n",
	    "8 org=com org com" },
	{ "seven labels go one by one", "b.c.d.e.f.g.com", "_dmarc.com TXT v=DMARC1; p=none\n",
	    "7 org=com org com" },
};

#endif
