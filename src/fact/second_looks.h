#ifndef MXSWEEP_FACT_SECOND_LOOKS_H
#define MXSWEEP_FACT_SECOND_LOOKS_H

#include "base/heap.h"
#include "fact/facts.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What waits for its second look, in the order in which it is due: no step walks over all of it.
 * Those that need witnesses wait, when they are due, until some have been greeted. Time is in
 * milliseconds, and the caller says what it is.
 */
enum {
	SECOND_LOOK_SOON_MS = 60000,      /* the shorter of the two waits */
	SECOND_LOOK_RESTED_MS = 10000,    /* that a server is left in peace (AGAIN_RESTED) */
	WITNESS_REST_MS = 15 * 60 * 1000, /* between two greetings of the witnesses */
};

struct second_look {
	struct heap_node due; /* first member */
	enum session_again kind;
	struct second_look *next; /* of those that wait for witnesses */
};

struct second_looks {
	struct heap due;
	uint64_t wait_ms;   /* --second-look; 0: there are none */
	uint64_t rested_at; /* no witness is greeted before */
	struct second_look *unwitnessed;
	size_t unwitnessed_count;
	bool greeting; /* witnesses are being greeted */
};

/* The looks themselves stay their owner's. */
void second_looks_free(struct second_looks *looks);

/* False when there is none of that kind: nothing is kept. `since` is when the first look ended. One
 * that is to be rested there is always. */
bool second_looks_add(
    struct second_looks *looks, struct second_look *look, enum session_again kind, uint64_t since);

/* The next that is due, taken out; NULL when none is. */
struct second_look *second_looks_take(struct second_looks *looks, uint64_t now);

/* What is to be done with a look that has too few witnesses. */
enum second_look_advice {
	SECOND_LOOK_GO,    /* witnesses cannot be had */
	SECOND_LOOK_GREET, /* it waits now: the caller greets some, then calls second_looks_greeted
			    */
	SECOND_LOOK_WAITING, /* it waits for those that are being greeted, or may be later */
};
enum second_look_advice
second_looks_unwitnessed(struct second_looks *looks, struct second_look *look, uint64_t now);

/* May witnesses be greeted now? Then they are: second_looks_greeted follows. */
bool second_looks_greet(struct second_looks *looks, uint64_t now);

/* They have been greeted: those that waited for it, linked by `next`; NULL when none did. */
struct second_look *second_looks_greeted(struct second_looks *looks, uint64_t now);

size_t second_looks_count(const struct second_looks *looks);
uint64_t second_looks_next(const struct second_looks *looks); /* when; UINT64_MAX: none waits */

#endif
