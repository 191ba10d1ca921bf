#ifndef MXSWEEP_TESTS_RULE_DMARC_POLICY_CASES_H
#define MXSWEEP_TESTS_RULE_DMARC_POLICY_CASES_H

#include "rule/rule_case.h"

#define OWN_IS "_dmarc.a.com TXT v=DMARC1; "
#define YES "TXT v=DMARC1\n"
#define TAKES "b.net MX 10 mx.b.net\n"

/*
 * The result is the effective policy of the domain, of its subdomains and of names that do not
 * exist; what older receivers find; each host of reports: may it have them, and does it take mail?
 */
static const struct rule_case dmarc_policy_cases[] = {
	{ "one for all", "a.com", OWN_IS "p=reject\n",
	    "reject reject reject; older a.com reject by a.com" },
	{ "none", "a.com", "a.com A 192.0.2.1\n", "- - -; older a.com -" },
	{ "sp", "a.com", OWN_IS "p=reject; sp=quarantine\n",
	    "reject quarantine quarantine; older a.com reject by a.com" },
	{ "np", "a.com", OWN_IS "p=none; np=reject\n",
	    "none none reject; older a.com none by a.com" },
	{ "sp and np", "a.com", OWN_IS "p=reject; sp=none; np=quarantine\n",
	    "reject none quarantine; older a.com reject by a.com" },
	{ "test mode, each a step weaker", "a.com",
	    OWN_IS "p=reject; sp=quarantine; np=none; t=y\n",
	    "quarantine none none; older a.com reject by a.com" },
	{ "t=Y", "a.com", OWN_IS "p=quarantine; t=Y\n",
	    "none none none; older a.com quarantine by a.com" },
	{ "t=yes is ignored", "a.com", OWN_IS "p=quarantine; t=yes\n",
	    "quarantine quarantine quarantine; older a.com quarantine by a.com" },
	{ "no policy", "a.com", OWN_IS "adkim=s\n", "- - -; older a.com - by a.com" },
	{ "a bad policy, with reports", "a.com",
	    OWN_IS "p=deny; rua=mailto:d@a.com\na.com MX 0 mx.a.com\n",
	    "none none none; older a.com none by a.com; a.com inside takes" },
	{ "a bad np alone, which older receivers do not know", "a.com",
	    OWN_IS "p=reject; np=x; rua=https://b.net/\n",
	    "none none none; older a.com reject by a.com" },
	{ "a bad sp without reports", "a.com", OWN_IS "p=reject; sp=x\n",
	    "- - -; older a.com - by a.com" },
	{ "inherited", "x.a.com", OWN_IS "p=reject; sp=quarantine; np=none\n",
	    "quarantine quarantine none; older a.com quarantine by a.com" },
	{ "an own record; below it the organizational domain's holds", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=none; sp=none\n" OWN_IS "p=reject; np=quarantine\n",
	    "none reject quarantine; older a.com none by x.a.com" },
	{ "an own record, and test mode above", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=quarantine\n" OWN_IS "p=reject; t=y\n",
	    "quarantine quarantine quarantine; older a.com quarantine by x.a.com" },
	{ "an own record, its organizational domain has none, the public suffix has", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=none\n_dmarc.com TXT v=DMARC1; p=reject; psd=y\n",
	    "none reject reject; older a.com none by x.a.com" },
	{ "an own record, nothing is known of what is above", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=reject\n_dmarc.a.com TXT TIMEOUT\n",
	    "reject ? ?; older a.com reject by x.a.com" },

	/* ---- older receivers */
	{ "two records: the walk goes on, older receivers stop", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=none\n_dmarc.x.a.com TXT v=DMARC1; p=reject\n" OWN_IS
	    "p=reject\n",
	    "reject reject reject; older a.com -" },
	{ "older receivers do not see what lies between", "x.y.a.com",
	    "_dmarc.y.a.com TXT v=DMARC1; p=reject\n", "reject reject reject; older a.com -" },
	{ "nor the public suffix", "a.com", "_dmarc.com TXT v=DMARC1; p=reject; psd=y\n",
	    "reject reject reject; older a.com -" },
	{ "a record that ends the walk before what older receivers ask", "x.y.a.com",
	    "_dmarc.y.a.com TXT v=DMARC1; p=reject; psd=n\n" OWN_IS "p=none\n",
	    "reject reject reject; older a.com none by a.com" },
	{ "the same, and of that there is no word", "x.y.a.com",
	    "_dmarc.y.a.com TXT v=DMARC1; p=reject; psd=n\n_dmarc.a.com TXT SERVFAIL\n",
	    "reject reject reject; older a.com - unanswered" },
	{ "a public suffix itself", "co.uk", "_dmarc.co.uk TXT v=DMARC1; p=reject; psd=y\n",
	    "reject reject reject; older co.uk reject by co.uk" },
	{ "below a public suffix of two labels", "x.a.co.uk",
	    "_dmarc.a.co.uk TXT v=DMARC1; p=none; sp=reject\n",
	    "reject reject reject; older a.co.uk reject by a.co.uk" },

	/* ---- reports to other domains */
	{ "authorised", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\na.com._report._dmarc.b.net " YES TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" },
	{ "refused", "a.com", OWN_IS "p=none; rua=mailto:d@b.net\n" TAKES,
	    "none none none; older a.com none by a.com; b.net refused takes" },
	{ "by a record beside other texts", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\na.com._report._dmarc.b.net TXT other\n"
		   "a.com._report._dmarc.b.net TXT v=DMARC1; p=none;\n" TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" }, /* mox */
	{ "a part that is no tag spoils it", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\n"
		   "a.com._report._dmarc.b.net TXT v=DMARC1; p=none; bogus;\n" TAKES,
	    "none none none; older a.com none by a.com; b.net refused takes" }, /* mox */
	{ "two records, one is enough", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\na.com._report._dmarc.b.net " YES
		   "a.com._report._dmarc.b.net " YES TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" },
	{ "no word of it", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\na.com._report._dmarc.b.net TXT SERVFAIL\n" TAKES,
	    "none none none; older a.com none by a.com; b.net unknown takes" },
	{ "another address at the same host", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\n"
		   "a.com._report._dmarc.b.net TXT v=DMARC1; rua=mailto:x@b.net\n" TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" },
	{ "an address at yet another host", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\n"
		   "a.com._report._dmarc.b.net TXT v=DMARC1; rua=mailto:x@c.net\n" TAKES,
	    "none none none; older a.com none by a.com; b.net redirected takes" },
	{ "a bad address there is none", "a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\n"
		   "a.com._report._dmarc.b.net TXT v=DMARC1; rua=x@c.net\n" TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" },
	{ "a subdomain is inside", "a.com",
	    OWN_IS "p=none; rua=mailto:d@r.a.com\nr.a.com MX 0 mx.a.com\n",
	    "none none none; older a.com none by a.com; r.a.com inside takes" },
	{ "a subdomain that is an organization of its own is outside", "a.com",
	    OWN_IS "p=none; rua=mailto:d@r.a.com\nr.a.com MX 0 mx.a.com\n"
		   "_dmarc.r.a.com TXT v=DMARC1; p=none; psd=n\n",
	    "none none none; older a.com none by a.com; r.a.com refused takes" },
	{ "the domain of a subdomain is inside", "r.a.com",
	    "_dmarc.r.a.com TXT v=DMARC1; p=none; rua=mailto:d@a.com\n" OWN_IS
	    "p=none\na.com MX 0 mx.a.com\n",
	    "none none none; older a.com none by r.a.com; a.com inside takes" },
	{ "the name in question is where the record lies", "x.a.com",
	    OWN_IS "p=none; rua=mailto:d@b.net\na.com._report._dmarc.b.net " YES TAKES,
	    "none none none; older a.com none by a.com; b.net authorised takes" },
	{ "the walk of the host has no end", "a.com",
	    OWN_IS
	    "p=none; rua=mailto:d@x.b.net\n_dmarc.b.net TXT TIMEOUT\nx.b.net MX 0 mx.b.net\n",
	    "none none none; older a.com none by a.com; x.b.net unknown takes" },
	{ "the walk of the domain has no end: only the same name is inside", "x.a.com",
	    "_dmarc.x.a.com TXT v=DMARC1; p=none; rua=mailto:d@x.a.com,mailto:d@b.net\n"
	    "_dmarc.a.com TXT TIMEOUT\nx.a.com MX 0 mx.a.com\n" TAKES,
	    "none ? ?; older a.com none by x.a.com; x.a.com inside takes; b.net unknown takes" },
	{ "the name is too long to ask", "a.com",
	    OWN_IS "p=none; rua=mailto:d@"
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.net\n",
	    "none none none; older a.com none by a.com; "
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.net unaskable not" },
	{ "each host once, rua before ruf", "a.com",
	    OWN_IS
	    "p=none; ruf=mailto:f@b.net,mailto:f@a.com; "
	    "rua=mailto:d@A.COM!10m , mailto:e@a.com,https://c.net/\na.com MX 0 mx.a.com\n" TAKES,
	    "none none none; older a.com none by a.com; a.com inside takes; b.net refused takes" },
	{ "more hosts than are asked", "a.com",
	    OWN_IS "p=none; rua=mailto:d@a.com,mailto:d@c.net,mailto:d@d.net,mailto:d@e.net,"
		   "mailto:d@f.net,mailto:d@g.net,mailto:d@h.net,mailto:d@i.net,mailto:d@j.net,"
		   "mailto:d@k.net,mailto:d@a.com\na.com MX 0 mx.a.com\n",
	    "none none none; older a.com none by a.com; a.com inside takes; c.net refused not; "
	    "d.net refused not; e.net refused not; f.net refused not; g.net refused not; h.net "
	    "refused not; i.net refused not; left 2" },
	{ "a host that anybody could register", "a.com",
	    OWN_IS "p=none; rua=mailto:d@x.b.net\nnet SOA x\n",
	    "none none none; older a.com none by a.com; x.b.net refused not free b.net" },
	{ "a host with a null MX", "a.com", OWN_IS "p=none; rua=mailto:d@b.net\nb.net MX 0 .\n",
	    "none none none; older a.com none by a.com; b.net refused not" },
	{ "no word of its mail", "a.com", OWN_IS "p=none; rua=mailto:d@b.net\nb.net MX TIMEOUT\n",
	    "none none none; older a.com none by a.com; b.net refused unknown" },

	/* ---- an alias */
	{ "an alias to a domain that anybody could register", "a.com",
	    "_dmarc.a.com CNAME a.com.x.b.net\nnet SOA x\n",
	    "- - -; older a.com -; alias to free b.net" },
	{ "an alias that leads to another record", "a.com",
	    "_dmarc.a.com CNAME d.b.net\nd.b.net TXT v=DMARC1; p=reject\n",
	    "reject reject reject; older a.com reject by a.com" },
};

#undef OWN_IS
#undef YES
#undef TAKES

#endif
