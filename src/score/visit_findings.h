#ifndef MXSWEEP_SCORE_VISIT_FINDINGS_H
#define MXSWEEP_SCORE_VISIT_FINDINGS_H

#include "score/check.h"

/* What is said where a visit (rule/visits.h) was not to be made; false where it was. */
bool visit_was_left(enum visit_leave leave, struct finding *out);

/* Was it had? If not, why not: false. The judged address must have one. */
bool
visit_was_had(const struct judged *j, const struct smtp_observation *seen, struct finding *out);

/* What became of the form of that name. */
enum form_word
visit_word(const struct judged *j, const struct smtp_observation *seen, const char *form);

/* What was replied to it, code and text. */
const char *
visit_reply(const struct judged *j, const struct smtp_observation *seen, const char *form);

/* Of a form that was neither accepted nor refused: why nothing is known. */
struct finding
visit_undecided(const struct judged *j, const struct smtp_observation *seen, const char *form);

#endif
