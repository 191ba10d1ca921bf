#ifndef MXSWEEP_SCORE_REFUSAL_H
#define MXSWEEP_SCORE_REFUSAL_H

#include "fact/facts.h"
#include "score/outcome.h"

/* Why a session tells nothing of what comes after the point where it ended. */
enum reason refusal_of_session(const struct smtp_observation *seen, const struct run_facts *run);

#endif
