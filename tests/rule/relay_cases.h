#ifndef MXSWEEP_TESTS_RULE_RELAY_CASES_H
#define MXSWEEP_TESTS_RULE_RELAY_CASES_H

#include "rule/rule_case.h"

#define FROM_BOX "from.net MX 10 mx.from.net\nmx.from.net A 9.9.9.9\n"
#define TO_BOX "to.net MX 10 mx.to.net\nmx.to.net A 9.9.9.8\n"
#define BOXES FROM_BOX TO_BOX

/* The relay test at own hosts below a.com, from p@from.net to q@to.net. */
static const struct rule_case relay_cases[] = {
	{ "a host of its own", "8.8.8.8 mx.a.com", BOXES, "wanted" },
	{ "the name that is marked", "8.8.8.8 a.com", BOXES, "wanted" },
	{ "another's", "8.8.8.8 mx.b.com", BOXES, "not own" },
	{ "a name that ends alike", "8.8.8.8 mx.aa.com", BOXES, "not own" },
	{ "it takes mail for the recipient", "8.8.8.8 mx.a.com",
	    FROM_BOX "to.net MX 10 mx.to.net\nto.net MX 20 mx.a.com\nmx.to.net A 9.9.9.8\n",
	    "it takes mail for to.net" },
	{ "it takes mail for the sender, by its address", "2001:db8::1 mx.a.com",
	    TO_BOX "from.net MX 10 in.from.net\nin.from.net AAAA 2001:db8::1\n",
	    "it takes mail for from.net" },
	{ "the recipient's domain is its own host", "8.8.8.8 mx.a.com",
	    FROM_BOX "to.net A 8.8.8.8\n", "it takes mail for to.net" },
	{ "nobody takes mail for the recipient", "8.8.8.8 mx.a.com", FROM_BOX "to.net MX 0 .\n",
	    "nobody is known to take mail for to.net" },
	{ "nothing is known of it", "8.8.8.8 mx.a.com", FROM_BOX "to.net ? TIMEOUT\n",
	    "nobody is known to take mail for to.net" },
	{ "tested", "8.8.8.8 mx.a.com", BOXES "8.8.8.8 RELAY mx.a.com |form=stranger 250 550 no\n",
	    "wanted 550" },
	{ "tested twice, under another name", "8.8.8.8 mx.a.com",
	    BOXES "8.8.8.8 RELAY b.a.com |form=stranger 250 250 ok\n"
		  "8.8.8.8 RELAY2 b.a.com |form=stranger 250 550 no\n",
	    "wanted 250 550" },
};

#endif
