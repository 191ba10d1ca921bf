/* SPF: finding the record of a domain. */
#include "rule/spf.h"

#include "base/arena.h"
#include "rule/text_records.h"

#include <string.h>

void
spf_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct spf_result *out)
{
	struct text_records found;

	memset(out, 0, sizeof *out);
	out->answer = facts_dns_confirmed(facts, domain, DNS_TXT);
	if (out->answer == NULL || out->answer->status != DNS_DATA)
		return;
	found = text_records_of(out->answer, spf_record_is);
	out->records = found.count;
	if (found.count != 1)
		return;
	out->text = found.first->text;
	out->length = found.first->length;
	spf_record_parse(arena, out->text, out->length, &out->record);
}

bool
spf_denies_all(const struct spf_result *spf)
{
	return spf->text != NULL && spf->record.error == SPF_NO_ERROR &&
	    spf_record_is_exactly_deny(&spf->record);
}

bool
spf_lets_some_pass(const struct spf_result *spf)
{
	return spf->text != NULL && spf->record.error == SPF_NO_ERROR &&
	    spf_record_passing(&spf->record) != SPF_PASSES_NOTHING;
}
