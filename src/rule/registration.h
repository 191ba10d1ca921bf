#ifndef MXSWEEP_RULE_REGISTRATION_H
#define MXSWEEP_RULE_REGISTRATION_H

#include "fact/facts.h"

struct arena;

/* Could somebody register the domain that a name lies in? */
enum registration_state {
	REGISTRATION_EXISTS,  /* the domain is there, or nobody can register it */
	REGISTRATION_FREE,    /* the registry's own word that it is not there */
	REGISTRATION_PERHAPS, /* not there, but below a private registry, which may not give it out
			       */
	REGISTRATION_NO_LIST, /* there is no public suffix list */
	REGISTRATION_UNKNOWN, /* no answer, none yet, or a word that is not the registry's */
};

struct registration {
	enum registration_state state;
	const char *domain;              /* the registrable domain; NULL where there is none */
	const struct dns_answer *answer; /* its SOA; NULL when it was not asked for */
};

/*
 * A missing domain is free only by the word of the zone above it: the SOA in the negative answer
 * must be that of the public suffix or of a name above it, but not of the root (RFC 2308 3).
 */
void registration_evaluate(
    struct facts *facts, const char *name, struct arena *arena, struct registration *out);

#endif
