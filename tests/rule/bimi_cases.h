#ifndef MXSWEEP_TESTS_RULE_BIMI_CASES_H
#define MXSWEEP_TESTS_RULE_BIMI_CASES_H

#include "rule/rule_case.h"

#define LOGO "default._bimi.a.com TXT "

/* STATUS RECORDS [declined] [problem] */
static const struct rule_case bimi_cases[] = {
	{ "as it should be", "a.com",
	    LOGO "v=BIMI1; l=https://a.com/l.svg; a=https://a.com/l.pem\n", "data 1" },
	{ "none", "a.com", "a.com A 8.8.8.8\n", "nxdomain 0" },
	{ "no answer", "a.com", LOGO "REFUSED\n", "refused 0" },
	{ "other texts", "a.com", LOGO "v=BIMI10; l=\n" LOGO "l=; v=BIMI1\n", "data 0" },
	{ "two", "a.com", LOGO "v=BIMI1; l=\n" LOGO "v=BIMI1; l=\n", "data 2 declined" },
	{ "declined", "a.com", LOGO "v=BIMI1; l=; a=;\n", "data 1 declined" },
	{ "a certificate without a logo", "a.com", LOGO "v=BIMI1; l=; a=https://a.com/l.pem\n",
	    "data 1" },
	{ "by an alias", "a.com", "default._bimi.a.com CNAME b.com\nb.com TXT v=BIMI1; l=\n",
	    "data 1 declined" },
};

#endif
