#ifndef MXSWEEP_REPORT_CAUSES_H
#define MXSWEEP_REPORT_CAUSES_H

#include "report/row.h"

#include <stddef.h>
#include <stdint.h>

struct causes;

/*
 * What many domains share and is wrong: "PTR of 192.0.2.7: 8,412 domains". Failures and warnings
 * whose subject is an MX host, an address or a list entry, counted by check and subject.
 *
 * Memory is bounded: when there are very many, those seen least are dropped (lossy counting, Manku
 * and Motwani 2002). A count is then too small by `missed` at most, and one that is larger than
 * that is never lost.
 */
struct cause {
	const struct check *check;
	const char *subject;  /* host, address, or "zone address" */
	const char *value;    /* of the first domain; NULL when there is none */
	const char *advice;   /* of the first domain */
	const char *example;  /* that domain */
	enum outcome outcome; /* the worst */
	uint64_t domains, missed;
};

/* Can subjects of the check be those of several domains? */
bool cause_is_shared(const struct check *check);

struct causes *causes_new(size_t most); /* how many are kept; at least 1 */
void causes_free(struct causes *causes);
void causes_add(struct causes *causes, const struct report_row *row);

/* Those with most domains, then the worse, then by check and subject; at most `most`. The array is
 * the caller's to free, what it points to lives as long as the causes. */
const struct cause **causes_top(const struct causes *causes, size_t most, size_t *count_out);

#endif
