/* Rows made by hand: one check, some subjects. */
#include "report/fake_card.h"

#include <string.h>

const struct check fake_checks[2] = {
	{ .id = "fake.host",
	    .class = CLASS_MAJOR,
	    .subject = OF_HOST,
	    .title = "The host is fine",
	    .advice = "Repair {subject}" },
	{ .id = "fake.address",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .title = "The address is fine",
	    .advice = "Repair {ip}" },
};

void
fake_card_set(struct fake_card *fake, uint64_t line, const char *domain)
{
	memset(fake, 0, sizeof *fake);
	fake->evaluation.domain = domain;
	fake->card.e = &fake->evaluation;
	fake->card.score = 100;
	fake->row = (struct report_row){ .card = &fake->card, .line = line, .arena = &fake->arena };
}

void
fake_card_add(
    struct fake_card *fake, size_t check, const char *subject, const char *ip, enum outcome outcome)
{
	struct check_result *result = &fake->card.results[fake->card.count];
	struct subject_finding *finding = &fake->findings[fake->card.count++];

	*finding = (struct subject_finding){
		.subject = subject, .ip = ip, .finding = { .outcome = outcome }
	};
	*result = (struct check_result){ .check = &fake_checks[check],
		.finding = finding->finding,
		.decided_by = finding,
		.subjects = finding,
		.subject_count = 1,
		.in_set = true };
}
