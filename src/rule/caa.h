#ifndef MXSWEEP_RULE_CAA_H
#define MXSWEEP_RULE_CAA_H

#include "fact/facts.h"
#include "rule/mx.h"

struct arena;

/* The CAA records that hold for a host: its own, or those of the nearest name above (RFC 8659 3).
 */
struct caa_result {
	const struct dns_answer *answer; /* the last one; NULL for a host without address */
	const char *owner;               /* the name asked last */
	bool cut;                        /* there are more names above than are asked */
	size_t record;                   /* the first that is not as it should be, with ... */
	const char *problem;             /* ... what is wrong with it; NULL when all are fine */
};

void caa_evaluate(struct facts *facts, const struct mx_host *host, struct caa_result *out);

/* The same for each host, in their order. */
const struct caa_result *
caa_evaluate_hosts(struct facts *facts, const struct mx_result *mx, struct arena *arena);

#endif
