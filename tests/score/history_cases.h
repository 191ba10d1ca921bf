#ifndef MXSWEEP_TESTS_SCORE_HISTORY_CASES_H
#define MXSWEEP_TESTS_SCORE_HISTORY_CASES_H

#include "score/judge_case.h"
#include "score/list_cases.h"
#include "score/text_cases.h"
#include "score/transport_cases.h"

#define OLD_KEY "s1:d783bf26e440fa871efc7e3073553274" /* of KEY */

/* What hangs on earlier nights, in all areas. */
static const struct judge_case history_cases[] = {
	{ "the first night", MX SPF S1 "k=ed25519; p=" KEY "\n", "selectors=s1",
	    "policy.change=not_tested:no_history dkim.key-age=not_tested:no_history" },
	{ "nothing has changed", MX SPF, "history=mx 9 10 mx.a.com|history=spf 9 v=spf1 mx -all",
	    "policy.change=pass" },
	{ "another SPF record", MX SPF, "history=mx 9 10 mx.a.com|history=spf 9 v=spf1 -all",
	    "policy.change=info" },
	{ "there was no SPF record", MX SPF, "history=spf 9 ", "policy.change=info" },
	{ "nothing is known of the last night", MX SPF, "history=role 9 mail",
	    "policy.change=not_tested:no_history domain.role=pass" },
	{ "what had no answer has not changed", MX "a.com TXT TIMEOUT\n",
	    "history=mx 9 10 mx.a.com|history=spf 9 v=spf1 -all", "policy.change=pass" },
	{ "a young key", MX SPF S1 "k=ed25519; p=" KEY "\n",
	    "selectors=s1|history=dkim_key 365 " OLD_KEY, "dkim.key-age=pass" },
	{ "an old key", MX SPF S1 "k=ed25519; p=" KEY "\n",
	    "selectors=s1|history=dkim_key 366 " OLD_KEY, "dkim.key-age=info" },
	{ "a new key", MX SPF S1 "k=ed25519; p=" KEY "\n",
	    "selectors=s1|history=dkim_key 900 s1:f00", "dkim.key-age=pass" },
	{ "parked, and was for mail", NULL_MX, "history=role 1 mail", "domain.role=info" },
	{ "parked, as it was", NULL_MX, "history=role 1 parked", "domain.role=pass" },
	{ "listed, in the first night", ONE LISTS LISTED("bl.org", "127.0.0.2"), "",
	    "dnsbl.listing-age=not_tested:no_history" },
	{ "listed for long", ONE LISTS LISTED("bl.org", "127.0.0.2"),
	    "history=listing 40 bl.org 1.1.1.1", "dnsbl.listing-age=info" },
	{ "listed since", ONE LISTS LISTED("bl.org", "127.0.0.2"), "history=role 1 mail",
	    "dnsbl.listing-age=info" },
	{ "no longer listed", ONE LISTS, "history=listing 40 bl.org 1.1.1.1",
	    "dnsbl.listing-age=not_applicable:feature_absent" },
	{ "a new policy under the old id", MX FETCH ENFORCE "\n",
	    "history=mta_sts 9 a|history=policy 9 f00", "mta_sts.id-change=warn" },
	{ "a new policy and a new id", MX FETCH ENFORCE "\n",
	    "history=mta_sts 9 b|history=policy 9 f00", "mta_sts.id-change=pass" },
	{ "tested since the id changed", MX FETCH TESTING "\n", "history=mta_sts 89+ a",
	    "mta_sts.mode=info mta_sts.id-change=not_tested:no_history" },
	{ "tested for longer", MX FETCH TESTING "\n", "history=mta_sts 90+ a",
	    "mta_sts.mode=warn" },
	{ "tested, and nobody knows since when", MX FETCH TESTING "\n", "history=mta_sts 9 a",
	    "mta_sts.mode=warn" },
};

#endif
