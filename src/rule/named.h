#ifndef MXSWEEP_RULE_NAMED_H
#define MXSWEEP_RULE_NAMED_H

#include "base/ip.h"
#include "fact/facts.h"

#include <stddef.h>

struct spf_result;

enum { NAMED_MAX = 32 }; /* of one domain; a record with more is a list of a network's hosts */

/*
 * The single hosts that a domain names, public ones, each once: those that its own SPF record lets
 * pass (ip4 and ip6 of full length, what `a` leads to) and its own addresses. Of a domain that
 * sends, they may be what sends. Gives how many; fewer while answers are missing.
 */
size_t named_evaluate(struct facts *facts, const char *domain, const struct spf_result *spf,
    struct ip out[NAMED_MAX]);

#endif
