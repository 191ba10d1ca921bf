#ifndef MXSWEEP_TESTS_REPORT_FAKE_CARD_H
#define MXSWEEP_TESTS_REPORT_FAKE_CARD_H

#include "base/arena.h"
#include "report/row.h"

/* A row as a sink gets it, made by hand; its arena is the test's to free. */
struct fake_card {
	struct evaluation evaluation;
	struct scorecard card;
	struct subject_finding findings[8];
	struct arena arena;
	struct report_row row;
};

extern const struct check fake_checks[2]; /* of a host; of an address */

void fake_card_set(struct fake_card *fake, uint64_t line, const char *domain);
/* A result with one subject. */
void fake_card_add(struct fake_card *fake, size_t check, const char *subject, const char *ip,
    enum outcome outcome);

#endif
