#ifndef MXSWEEP_SCORE_MTA_STS_JUDGES_H
#define MXSWEEP_SCORE_MTA_STS_JUDGES_H

#include "score/check.h"

/* Judges of area mta_sts that look at the policy: of the file, and of what it asks of the hosts. */
struct finding mta_sts_judge_fetch(const struct judged *j);
struct finding mta_sts_judge_media_type(const struct judged *j);
struct finding mta_sts_judge_policy_syntax(const struct judged *j);
struct finding mta_sts_judge_mode(const struct judged *j);
struct finding mta_sts_judge_max_age(const struct judged *j);
struct finding mta_sts_judge_unused_pattern(const struct judged *j);
struct finding mta_sts_judge_id_change(const struct judged *j);

struct finding mta_sts_judge_mx_match(const struct judged *j);
struct finding mta_sts_judge_mx_certificate(const struct judged *j);

/* There is no policy to judge: why? False when there is one that senders would use. */
bool mta_sts_has_no_policy(const struct judged *j, struct finding *out);

#endif
