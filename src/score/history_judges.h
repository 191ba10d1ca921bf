#ifndef MXSWEEP_SCORE_HISTORY_JUDGES_H
#define MXSWEEP_SCORE_HISTORY_JUDGES_H

#include "score/check.h"

/* Judges that compare with what earlier nights showed; not_tested(no_history) without them. */
struct finding history_judge_change(const struct judged *j);    /* policy.change */
struct finding history_judge_key_age(const struct judged *j);   /* dkim.key-age */
struct finding history_listing_age(const struct judged *j);     /* of one that is listed now */
struct finding history_judge_id_change(const struct judged *j); /* mta_sts.id-change */

/* Is the id of the MTA-STS record known to be younger than so many days? */
bool history_id_is_younger(const struct judged *j, int64_t days);

#endif
