#ifndef MXSWEEP_SCORE_REPLY_JUDGES_H
#define MXSWEEP_SCORE_REPLY_JUDGES_H

#include "score/check.h"

/* Judges of area smtp: what stands in the replies of a session, and in what form. */
struct finding judge_auth_in_clear(const struct judged *j);
struct finding judge_extensions(const struct judged *j);
struct finding judge_reply_format(const struct judged *j);
struct finding judge_software(const struct judged *j);

/* Are the addresses of a host set up alike? */
struct finding judge_consistent(const struct judged *j);

#endif
