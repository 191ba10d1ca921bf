/* DMARC as it was discovered before the walk. */
#include "rule/dmarc_older.h"

#include "base/arena.h"
#include "names/suffix.h"
#include "rule/text_records.h"

#include <string.h>

/* A bad np= is an unknown tag to them. */
static enum dmarc_policy
policy_of(const struct dns_record *found, enum dmarc_name name, struct arena *arena)
{
	struct dmarc_record record;

	dmarc_record_parse(found->text, found->length, arena, &record);
	record.bad_np = NULL;
	return dmarc_record_policy(&record, name);
}

/* False when the older rules would look no further: of several records, none applies. */
static bool
take_answer(const struct dns_answer *answer, const char *location, enum dmarc_name name,
    struct arena *arena, struct dmarc_older *out)
{
	struct text_records found;

	if (!dns_is_answer(answer)) {
		out->unanswered = answer;
		return false;
	}
	found = text_records_of(answer, dmarc_record_is);
	if (found.count == 1) {
		out->location = location;
		out->policy = policy_of(found.first, name, arena);
	}
	return found.count == 0;
}

void
dmarc_older_evaluate(struct facts *facts, const char *domain, const struct dmarc_walk *walk,
    struct arena *arena, struct dmarc_older *out)
{
	const struct dns_answer *answer;
	char registrable[SUFFIX_NAME_SIZE];

	memset(out, 0, sizeof *out);
	if (facts->run->suffixes == NULL)
		return;
	out->organizational = domain; /* a public suffix is its own */
	if (suffix_list_registrable(facts->run->suffixes, domain, registrable))
		out->organizational = arena_string(arena, registrable);
	if (!take_answer(walk->steps[0].answer, domain, DMARC_THE_NAME, arena, out) ||
	    strcmp(out->organizational, domain) == 0)
		return;
	answer = facts_dns_confirmed(
	    facts, arena_printf(arena, "_dmarc.%s", out->organizational), DNS_TXT);
	if (answer != NULL)
		take_answer(answer, out->organizational, DMARC_SUBDOMAINS, arena, out);
}
