#ifndef MXSWEEP_RULE_OWN_NAME_H
#define MXSWEEP_RULE_OWN_NAME_H

#include "fact/facts.h"

struct arena;

/*
 * Does the EHLO name lead to the address from which the scanner speaks, and its reverse name back
 * to the name (RFC 5321 4.1.4; run.own-name)? Behind NAT, where the address is private, an address
 * to which the name leads stands in its place. Of `own` the address is set; all but the lists is
 * filled in, what is text in the arena.
 */
void own_name_evaluate(
    struct facts *facts, const char *ehlo_name, struct arena *arena, struct own_address *own);

#endif
