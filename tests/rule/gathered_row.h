#ifndef MXSWEEP_TESTS_RULE_GATHERED_ROW_H
#define MXSWEEP_TESTS_RULE_GATHERED_ROW_H

#include "rule/evaluation.h"
#include "rule/fact_table.h"

/*
 * A row of the input, gathered and evaluated as a sweep does it: first the gather rules, to which
 * facts come one by one in random order; then, over what these have asked, the evaluation.
 */
struct gathered_row {
	struct fact_table table;
	struct arena arena;
	struct evaluation evaluation;
	const char *known[KNOWN_COUNT];
	bool without_suffixes; /* for who sets the list of the run */
	const char *own[4], *opt_in[8];
	struct history_fact history;
	struct history_entry entries[4];
};

/*
 * Columns: "role=parked|selectors=s1 s2|outbound_ips=192.0.2.1|helo=a.com|expected_mx_count=2",
 * and words for the rest of the row and for the run: "changed", "again", "problem=it is none" (then
 * there is no domain), "sessions=no", "interrupted", "now=SECONDS", "without-suffixes",
 * "without-roots", "resolvers=1" (so many that were honest); for visits "relay=off|own|all",
 * "own=SUFFIX", "relay-from=ADDR", "relay-to=ADDR", "opt-in=ID" (each may be repeated);
 * "history=NAME DAYS TEXT" (repeated: what earlier nights showed for so many days; DAYS+: and
 * something else before).
 */
void gathered_row_open(
    struct gathered_row *row, const char *facts, const char *domain, const char *columns);

void gathered_row_gather(struct gathered_row *row, uint64_t seed);
void gathered_row_evaluate(struct gathered_row *row); /* over what was gathered */
void gathered_row_close(struct gathered_row *row);

#endif
