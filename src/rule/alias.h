#ifndef MXSWEEP_RULE_ALIAS_H
#define MXSWEEP_RULE_ALIAS_H

#include "fact/facts.h"

/*
 * The answer at one of the domain's own record names, which may be an alias that leads to a
 * provider. Where the target of an alias is missing, that is asked to be confirmed: whoever gets
 * hold of the target gets hold of the record.
 */
const struct dns_answer *alias_answer(struct facts *facts, const char *name, enum dns_type type);

/* The name is an alias, and there is nothing of the type where it leads. */
bool alias_dangles(const struct dns_answer *answer);

#endif
