#ifndef MXSWEEP_SCORE_REFUSAL_H
#define MXSWEEP_SCORE_REFUSAL_H

#include "fact/facts.h"
#include "score/outcome.h"

#include <stdbool.h>

/* Is a refusal about us (our address, our name, a block list, a policy), and not about the host? */
bool refusal_is_about_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run);

/* Why a session tells nothing of what comes after the point where it ended. */
enum reason refusal_of_session(const struct smtp_observation *seen, const struct run_facts *run);

#endif
