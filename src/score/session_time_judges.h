#ifndef MXSWEEP_SCORE_SESSION_TIME_JUDGES_H
#define MXSWEEP_SCORE_SESSION_TIME_JUDGES_H

#include "score/check.h"

/* Judges of area smtp: how long a server lets others wait. */
struct finding judge_time_connect(const struct judged *j);
struct finding judge_time_greeting(const struct judged *j);
struct finding judge_time_total(const struct judged *j);

#endif
