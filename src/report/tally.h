#ifndef MXSWEEP_REPORT_TALLY_H
#define MXSWEEP_REPORT_TALLY_H

#include "report/row.h"
#include "score/profile.h"

#include <stddef.h>
#include <stdint.h>

enum { TALLY_PROFILES_MAX = 16 }; /* that are counted, the first ones */

/* How many rows a profile says each of its words of. */
struct tally_profile {
	const struct profile *profile;
	uint64_t words[PROFILE_WORD_COUNT];
};

/* What is counted over all rows of a sweep. A zeroed struct has seen none. */
struct tally {
	uint64_t rows;
	uint64_t verdicts[VERDICT_COUNT];
	uint64_t points[POINT_COUNT][OUTCOME_COUNT];
	uint64_t checks[CHECKS_MAX][OUTCOME_COUNT]; /* in the order of a scorecard's results */
	uint64_t reasons[REASON_COUNT];        /* of checks that were asked for and not tested */
	const struct check *named[CHECKS_MAX]; /* the same order */
	size_t check_count;
	struct tally_profile profiles[TALLY_PROFILES_MAX];
	size_t profile_count;
	uint64_t scored, scores; /* rows that have a score, and the sum of these */
	const char *weights;     /* digest of those that scores were made with; NULL: built in */
	int64_t first_scan, last_scan; /* Unix seconds; 0 before the first row */
};

void tally_add(struct tally *tally, const struct report_row *row);

double tally_mean_score(const struct tally *tally); /* 0 where no row has a score */

/* "2026-11-24 02:00 to 2026-11-24 03:10 UTC" */
enum { TALLY_SPAN_SIZE = 64 };
void tally_span(const struct tally *tally, char text[TALLY_SPAN_SIZE]);

/* Of weights that are not built in: "scored with weights of one's own (SHA-256 1a2b...)"; false
 * where there are none. */
enum { TALLY_WEIGHTS_SIZE = 80 };
bool tally_weights(const char *digest, char text[TALLY_WEIGHTS_SIZE]);

#endif
