#ifndef MXSWEEP_FACT_POLICY_FACT_H
#define MXSWEEP_FACT_POLICY_FACT_H

#include "net/https_observation.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct strbuf;

enum { POLICY_LOOKS_MAX = 2 }; /* a policy that could not be had is looked for once more */

/* What became of the policy file of one policy host in a run. */
struct policy_fact {
	struct https_observation looks[POLICY_LOOKS_MAX];
	size_t look_count; /* from 1 */

	/* Some policy host of the run has taken a connection, before or behind: so port 443 is open
	 * from here, and a host that takes none is to blame for it. */
	bool path_open;
};

/*
 * The fact as bytes, by codec.h's rules: begun, and then a look added behind the other. A body is
 * kept of what was fetched, and of nothing else.
 */
void fact_key_policy(struct strbuf *out, const char *host);
bool fact_key_read_policy(
    const void *key, size_t length, const char **host_out, size_t *host_length_out);
void fact_encode_policy(struct strbuf *out);
void fact_encode_policy_look(struct strbuf *out, const struct https_observation *seen);
void fact_policy_set_path_open(struct strbuf *encoded);
bool
fact_decode_policy(const void *bytes, size_t length, struct arena *arena, struct policy_fact *out);

#endif
