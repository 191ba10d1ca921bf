#ifndef MXSWEEP_FACT_NOTED_H
#define MXSWEEP_FACT_NOTED_H

#include "base/strbuf.h"
#include "fact/facts.h"

/* A fact that was asked for. */
struct noted_fact {
	const void *key; /* as in the night file; borrowed */
	size_t length;
	const struct list_question *listed; /* of what a block list was asked; else NULL */
};

/*
 * Other facts, which tell what of them is asked for: its keys as they stand in the night file.
 * Sessions, visits and policy files that are shared count as asked for, with what repeats them.
 */
struct noted {
	struct facts facts; /* first member; rules see it */
	struct facts *inner;
	void (*used)(void *user, const struct noted_fact *fact);
	/* An address, a name, or both looks of a session: rules run there as well. NULL: not told.
	 * Its strings are borrowed. */
	void (*shared)(void *user, const struct subject *subject);
	void *user;
	struct strbuf key;
};

/* Over those facts from here on; the functions and `user` are set already. */
struct facts *noted_facts(struct noted *noted, struct facts *inner);
void noted_free(struct noted *noted);

#endif
