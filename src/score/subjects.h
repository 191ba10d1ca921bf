#ifndef MXSWEEP_SCORE_SUBJECTS_H
#define MXSWEEP_SCORE_SUBJECTS_H

#include "score/scorecard.h"

#include <stdbool.h>
#include <stddef.h>

/* The subjects of one kind in one row; all checks of that kind share them. */
struct subjects {
	struct subject_finding *named; /* without findings */
	struct judged *judged;         /* without a check */
	size_t count;
	bool listed;
};

/* One row while its checks are judged. */
struct judging {
	struct judged judged; /* of the row, without a subject */
	struct subjects subjects[CHECK_SUBJECT_COUNT];
};

/* Listed when they are first asked for; they live in the arena of the row. */
const struct subjects *subjects_of(struct judging *judging, enum check_subject kind);

#endif
