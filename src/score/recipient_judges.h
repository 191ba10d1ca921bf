#ifndef MXSWEEP_SCORE_RECIPIENT_JUDGES_H
#define MXSWEEP_SCORE_RECIPIENT_JUDGES_H

#include "score/check.h"

/* Judges of area smtp: what the operator's own hosts say to senders and recipients. */
struct finding judge_null_sender(const struct judged *j);
struct finding judge_postmaster(const struct judged *j);
struct finding judge_abuse(const struct judged *j);
struct finding judge_domain_hosted(const struct judged *j);

#endif
