#ifndef MXSWEEP_RULE_SPF_RANGES_H
#define MXSWEEP_RULE_SPF_RANGES_H

#include "rule/spf_tree.h"

/* How many addresses a tree lets pass, each counted once. */
struct spf_breadth {
	uint64_t ip4;                    /* distinct addresses, 2^32 at most */
	uint64_t ip4_own, ip4_included;  /* of terms of the domain, and of what it includes */
	unsigned ip6_length;             /* shortest prefix; 129 when there is none */
	const struct spf_range *largest; /* NULL when there is none */
};

/*
 * Of ip4, ip6, a and mx that let pass, whatever stands before them. `all` is left out, and so are
 * ptr, exists and names that hang on the sender: nobody knows whom they let pass.
 */
void
spf_breadth_of(const struct spf_tree *tree, struct arena *arena, struct spf_breadth *breadth_out);

#endif
