/* What is looked up because the row expects something of it. */
#include "names/host_name.h"
#include "rule/evaluation.h"
#include "rule/gather.h"

/* The name that the row says outbound addresses call themselves; NULL without a full one. */
static const char *
helo_of(const char *const *known, struct arena *arena)
{
	struct expected_words words;
	enum host_name_fault fault;

	if (!expected_words_read(known[KNOWN_HELO], arena, &words) ||
	    !host_name_valid(words.at[0], &fault))
		return NULL;
	return words.at[0];
}

void
gather_expected(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct ip outbound[OUTBOUND_MAX];
	size_t count = gather_outbound(subject->known[KNOWN_OUTBOUND_IPS], outbound);
	const char *helo = helo_of(subject->known, scratch);
	const struct dns_answer *answer;
	struct expected_words words;
	struct expected_ns ns;

	if (!gather_may_exist(facts, subject->domain))
		return;
	if (expected_words_read(subject->known[KNOWN_EXPECTED_NS], scratch, &words))
		expected_ns_evaluate(facts, subject->domain, scratch, &ns);
	for (size_t i = 0; helo != NULL && i < count; i++)
		name_leads_to(facts, helo, &outbound[i], &answer);
}

void
expected_evaluate(struct facts *facts, struct arena *arena, struct evaluation *e)
{
	const char *helo = helo_of(e->known, arena);
	struct expected_words words;

	if (expected_words_read(e->known[KNOWN_EXPECTED_NS], arena, &words))
		expected_ns_evaluate(facts, e->domain, arena, &e->ns);
	for (size_t i = 0; i < e->address_count; i++) {
		struct address_result *address = &e->addresses[i];

		address->helo_leads = NAME_LEADS_UNKNOWN;
		if (helo != NULL && address->use == USE_SENDING)
			address->helo_leads =
			    name_leads_to(facts, helo, &address->ip, &address->helo_answer);
	}
}
