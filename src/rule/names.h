#ifndef MXSWEEP_RULE_NAMES_H
#define MXSWEEP_RULE_NAMES_H

#include "fact/facts.h"
#include "names/host_name.h"
#include "rule/ptr.h"

struct arena;

/* The names that a server gives itself, and where they lead. */
struct names_result {
	const char *greeting; /* first word of the greeting, normalised; NULL when there is none */
	const char *ehlo;     /* first word of the EHLO reply; NULL likewise */
	const char
	    *judged; /* the EHLO name, else the greeting name, where it is a full host name */
	enum name_leads leads;           /* of that one */
	const struct dns_answer *answer; /* behind `leads`; NULL when no name was asked for */
};

/* Do the names of a session lead to the address (RFC 5321 2.3.5, 4.1.4)? */
void names_evaluate(struct facts *facts, const struct smtp_observation *seen, const struct ip *ip,
    struct arena *arena, struct names_result *out);

#endif
