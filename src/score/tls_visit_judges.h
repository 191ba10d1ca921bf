#ifndef MXSWEEP_SCORE_TLS_VISIT_JUDGES_H
#define MXSWEEP_SCORE_TLS_VISIT_JUDGES_H

#include "score/check.h"

/* Judges of what is told by visits for one question alone (rule/tls_visits.h). */
struct finding judge_tls_old_versions(const struct judged *j);
struct finding judge_tls_injection(const struct judged *j);
struct finding judge_submission_ports(const struct judged *j);

#endif
