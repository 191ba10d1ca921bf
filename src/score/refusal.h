#ifndef MXSWEEP_SCORE_REFUSAL_H
#define MXSWEEP_SCORE_REFUSAL_H

#include "fact/facts.h"
#include "score/outcome.h"

/* Why a session tells nothing of what comes after the point where it ended. */
enum reason refusal_of_session(const struct smtp_observation *seen, const struct run_facts *run);

/* Why what belongs to the run was not had at all: it was stopped, or late, or never asked. */
enum reason refusal_of_run(const struct run_facts *run);

#endif
