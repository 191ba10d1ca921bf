#ifndef MXSWEEP_RULE_ABOUT_US_H
#define MXSWEEP_RULE_ABOUT_US_H

#include "fact/facts.h"

#include <stdbool.h>

/* Is a refusal about us (our address, our name, a block list, a policy), and not about the host? */
bool about_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run);

/* Likewise of a refusal of a sender or recipient: there a policy, and its code, is about the mail,
 * and who speaks of relaying means the recipient. */
bool about_client(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run);

/* Does a refusal say that we come too often? Then it is tried again, more slowly. */
bool about_pressure(const struct smtp_heard *heard, const struct run_facts *run);

#endif
