#ifndef MXSWEEP_TESTS_SCORE_JUDGE_CASE_H
#define MXSWEEP_TESTS_SCORE_JUDGE_CASE_H

/*
 * What the checks say of the domain a.com, given its facts (rule/fact_table.h) and the columns of
 * its row (rule/gathered_row.h). Expected are some of the results: "mx.exists=pass
 * spf.present=not_tested:dns_timeout".
 */
struct judge_case {
	const char *name;
	const char *facts;
	const char *columns;
	const char *expected;
};

#define MX "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n"
#define PTR "8.8.8.8 PTR mx.a.com\n"
#define SPF "a.com TXT v=spf1 mx -all\n"
#define DENY "a.com TXT v=spf1 -all\n"
#define NULL_MX "a.com MX 0 .\n"

#endif
