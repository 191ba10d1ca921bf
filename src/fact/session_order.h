#ifndef MXSWEEP_FACT_SESSION_ORDER_H
#define MXSWEEP_FACT_SESSION_ORDER_H

#include <stddef.h>
#include <stdint.h>

/*
 * In which order sessions are had when time may not suffice for all: those first that complete the
 * most domains for each session. A domain that needs n sessions gives each of them an n-th of
 * itself. Sessions that complete the same are spread over providers, each of which lets us in at
 * its own pace; of one provider the sessions of one domain follow each other, so that it is
 * complete before the next is begun.
 */
enum { SESSION_ORDER_DOMAIN = 720720 }; /* a whole domain; every number up to 16 divides it */

struct session_turn {
	uint64_t domains;      /* that it completes, in parts of SESSION_ORDER_DOMAIN */
	uint64_t first_domain; /* the number of the first domain that needs it */
	uint64_t provider;     /* whose host it is; two of one provider have the same */
	uint64_t rank;         /* set here: among those of its provider, from 0 */
	void *session;         /* the caller's */
};

/* Two turns that are alike in all but `session` may come in either order. */
void session_order_sort(struct session_turn *turns, size_t count);

#endif
