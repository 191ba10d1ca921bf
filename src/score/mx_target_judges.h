#ifndef MXSWEEP_SCORE_MX_TARGET_JUDGES_H
#define MXSWEEP_SCORE_MX_TARGET_JUDGES_H

#include "score/check.h"

/* Judges of area mx that look at one host; their rules stand in the table of area_mx.c. */
struct finding mx_judge_target_resolves(const struct judged *j);
struct finding mx_judge_target_not_cname(const struct judged *j);
struct finding mx_judge_target_not_address(const struct judged *j);
struct finding mx_judge_target_name_valid(const struct judged *j);
struct finding mx_judge_target_reserved(const struct judged *j);
struct finding mx_judge_target_registrable(const struct judged *j);

#endif
