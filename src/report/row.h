#ifndef MXSWEEP_REPORT_ROW_H
#define MXSWEEP_REPORT_ROW_H

#include "score/scorecard.h"

#include <stddef.h>
#include <stdint.h>

struct error;
struct run_rows;

enum { SCORECARD_SCHEMA = 1 };

/* What a sink is given for each row of the input, in input order. All of it is borrowed. */
struct report_row {
	const struct scorecard *card;
	uint64_t line;
	const char *unicode; /* the domain as people write it; NULL when that is the same */
	const char *const *carried_names;
	const char *const *carried;
	size_t carried_count;
	int64_t scanned_at; /* Unix seconds; of a row that was not swept, the start of the run */
	uint32_t elapsed_ms;
	const struct run_rows *run; /* what is to be said of the scanner itself; NULL: nothing */
	struct arena *arena;
};

struct causes;
struct fleet;
struct run_facts;
struct tally;

/* What is known when all rows have been seen. */
struct report_totals {
	const struct tally *tally;
	const struct causes *causes;       /* NULL unless a sink wants what domains share */
	const struct fleet *fleet;         /* likewise */
	const struct run_rows *run;        /* of the scanner itself; NULL: nothing is known */
	const struct run_facts *run_facts; /* likewise */
};

/* Where rows go. `row` returns -1 with an error when it cannot take them; NULL: the totals are
 * enough. */
struct sink {
	int (*row)(struct sink *sink, const struct report_row *row, struct error *error);
	/* Makes the result appear; frees the sink. */
	int (*end)(struct sink *sink, const struct report_totals *totals, struct error *error);
	void (*abandon)(struct sink *sink); /* drops it; frees the sink */
	bool wants_shared;                  /* causes and fleet in the totals */
};

/* Words that several sinks print. */
const char *row_time_text(int64_t when, struct arena *arena); /* ISO 8601, UTC */
const char *row_join_checks(const struct scorecard *card, enum outcome outcome,
    struct arena
	*arena); /* ids, separated by blanks; of not_tested only those that were asked for */
const struct check_result *row_result(const struct scorecard *card, const char *check_id);
const struct finding *row_finding(const struct scorecard *card, const char *check_id);
const struct finding *row_subject_finding(const struct check_result *result, const char *subject);
/* The worst outcome that the checks of an area found; when none found any, whether they could. */
const char *row_area_outcome(const struct scorecard *card, const struct check_area *area);
const struct address_result *row_first_session(const struct scorecard *card);

#endif
