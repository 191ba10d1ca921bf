/* The step that SPF, DKIM and DMARC share: of all texts at a name, keep those that are meant. */
#include "rule/text_records.h"

struct text_records
text_records_of(const struct dns_answer *answer, text_record_test test)
{
	struct text_records found = { 0 };

	for (size_t i = 0; i < answer->count; i++) {
		if (!test(answer->records[i].text, answer->records[i].length))
			continue;
		if (found.count++ == 0)
			found.first = &answer->records[i];
	}
	return found;
}
