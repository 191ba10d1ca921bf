#ifndef MXSWEEP_FACT_LIST_LINE_H
#define MXSWEEP_FACT_LIST_LINE_H

#include "base/list.h"
#include "fact/list_desk.h"
#include "fact/list_purse.h"
#include "names/block_list.h"
#include "net/limiter.h"

/* Ceilings that lists of one operator share. */
struct list_account {
	const char *name;
	struct budget *pace; /* NULL: no ceiling by second */
	struct list_purse purse;
};

/* What waits for one list, and what is known of it. */
struct list_line {
	struct list_desk *desk;
	size_t index;
	const struct block_list *row;
	struct list_health *health;
	const char *key; /* NULL: none */
	struct list_account *account;
	struct limiter_ticket ticket;
	bool waiting;            /* the ticket, at the limiter */
	bool suspended, testing; /* nothing is sent but tests */
	unsigned on;             /* kinds that are asked */
	struct list asks, tests; /* that may be sent */
	struct list kept;        /* that have an answer of an earlier night */
	size_t flying;

	uint32_t asked_since_test;
	uint64_t tested_at;     /* loop milliseconds */
	unsigned silent;        /* in a row */
	uint32_t heard, listed; /* answers since it was last suspected */
	struct list_test *log;  /* that health->tests points to */
	size_t log_count, log_room;
};

/* Is it time for a test? */
bool list_line_is_due(const struct list_line *line, uint64_t now_ms);
/* Nothing is on its way, and a test is wanted. */
bool list_line_may_be_tested(const struct list_line *line);

/* Does the list itself say that it is of no use? */
enum list_fault list_line_fault_of(
    const struct list_line *line, enum dns_type type, const struct dns_answer *answer);
/* Counts the answer. Should the list be tested at once? */
bool list_line_is_suspicious(
    struct list_line *line, enum dns_type type, const struct dns_answer *answer);

/* A test, or what stands for one, while the list is asked. */
void
list_line_note_test(struct list_line *line, int64_t at, unsigned passed, enum list_fault fault);
void list_line_tested(struct list_line *line, enum list_test_phase phase, int64_t at,
    unsigned passed, enum list_fault fault);

#endif
