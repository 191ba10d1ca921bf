#ifndef MXSWEEP_FACT_LIST_DESK_H
#define MXSWEEP_FACT_LIST_DESK_H

#include "dns/client.h"
#include "fact/facts.h"

#include <stddef.h>
#include <stdint.h>

struct block_lists;
struct limiter;
struct list_desk;
struct list_memory;

/*
 * Where block lists are asked. Every question to a list passes here, those of its tests as well: at
 * the pace of max_qps, within max_per_day, which lists of one operator (one homepage) share.
 *
 *   line    what waits for one list. While the list is tested nothing else is sent to it
 *   test    due every ten minutes or 20,000 questions, and at once after three silences in a row,
 * or when more than 30 % of 50 and more are listed. A kind that fails is off for the run purse what
 * an operator's day still allows; a part is put by for the tests
 */
struct list_desk_options {
	struct loop *loop;
	struct limiter *limiter;
	struct dns_client *dns;
	const struct block_lists *table;
	struct list_health *lists; /* of the run: what its tests say is filled in */
	size_t count;
	const char *const *keys;    /* of each list; NULL: none */
	struct list_memory *memory; /* of earlier nights; NULL: none */
	int64_t (*clock)(void);     /* Unix seconds; NULL: the system's */
	/* Begin a test of the list, which ends with list_desk_tested; never from inside a call. */
	void (*test)(void *user, size_t list);
	void *user;
};

struct list_desk *list_desk_new(const struct list_desk_options *options);
/* Drops what is open; after its client and its limiter are freed. NULL does nothing. */
void list_desk_free(struct list_desk *desk);

/*
 * As dns_client_ask. The answer may be one of an earlier night, by its seen_at, or DNS_QUOTA, or
 * DNS_HELD. A key is in none. While rows pass, questions that have an answer of an earlier night
 * wait until they are over, so that those without one come first.
 */
void list_desk_ask(struct list_desk *desk, const struct list_question *question, enum dns_type type,
    dns_done_fn done, void *user);
/* `label` before the zone, or (NULL) the zone itself. Goes before all that waits. */
void list_desk_ask_test(struct list_desk *desk, size_t list, const char *label, enum dns_type type,
    dns_done_fn done, void *user);
void list_desk_rows_begin(struct list_desk *desk);
void list_desk_rows_over(struct list_desk *desk);

enum list_test_phase { LIST_TEST_FIRST, LIST_TEST_BETWEEN, LIST_TEST_LAST };
void list_desk_tested(struct list_desk *desk, size_t list, enum list_test_phase phase,
    unsigned passed, enum list_fault fault);

/* Which kinds of a list are still asked; 0: a test at the end would say nothing. */
unsigned list_desk_on(const struct list_desk *desk, size_t list);
uint32_t list_desk_asked(const struct list_desk *desk, size_t list); /* since its last test */
/* Questions that its operator's day still allows; UINT32_MAX: as many as you like. */
uint32_t list_desk_left(const struct list_desk *desk, size_t list);

#endif
