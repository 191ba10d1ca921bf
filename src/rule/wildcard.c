/* Names that nobody has. */
#include "rule/wildcard.h"

#include "base/arena.h"
#include "rule/dkim_record.h"
#include "rule/spf_record.h"

#include <string.h>

/* Numbers of random labels; what tests resolvers and lists has those from 0 on. */
enum { LABEL_BELOW = 1 << 24, LABEL_BELOW_KEYS };

static const char *
random_name(struct facts *facts, uint64_t number, const char *parent, struct arena *arena)
{
	char label[RANDOM_LABEL_SIZE];

	run_random_label(facts->run, number, label);
	return arena_printf(arena, "%s.%s", label, parent);
}

const struct dns_answer *
wildcard_below(struct facts *facts, const char *domain, enum dns_type type, struct arena *arena)
{
	return facts_dns(facts, random_name(facts, LABEL_BELOW, domain, arena), type);
}

const struct dns_answer *
wildcard_below_keys(struct facts *facts, const char *domain, struct arena *arena)
{
	const char *parent = arena_printf(arena, "_domainkey.%s", domain);

	return facts_dns(facts, random_name(facts, LABEL_BELOW_KEYS, parent, arena), DNS_TXT);
}

static bool
has_text(const struct dns_answer *answer, const struct dns_record *text)
{
	for (size_t i = 0; i < answer->count; i++)
		if (answer->records[i].length == text->length &&
		    memcmp(answer->records[i].text, text->text, text->length) == 0)
			return true;
	return false;
}

bool
wildcard_answers(const struct dns_answer *random, const struct dns_answer *answer)
{
	if (random == NULL || answer == NULL || random->status != answer->status)
		return false;
	if (dns_is_negative(random))
		return random->aliases > 0 && answer->aliases > 0 &&
		    strcmp(random->canonical, answer->canonical) == 0;
	if (random->status != DNS_DATA || random->count != answer->count)
		return false;
	for (size_t i = 0; i < random->count; i++)
		if (!has_text(answer, &random->records[i]))
			return false;
	return true;
}

typedef bool (*text_test)(const struct dns_record *text, struct arena *arena);

static bool
is_empty_key(const struct dns_record *text, struct arena *arena)
{
	struct dkim_record key;

	dkim_record_parse(arena, text->text, text->length, &key);
	return key.fault != DKIM_UNUSABLE && key.revoked;
}

static bool
is_denial(const struct dns_record *text, struct arena *arena)
{
	struct spf_record spf;

	if (!spf_record_is(text->text, text->length))
		return is_empty_key(text, arena);
	return spf_record_parse(arena, text->text, text->length, &spf) &&
	    spf_record_is_exactly_deny(&spf);
}

static bool
all_texts(const struct dns_answer *answer, text_test test, struct arena *arena)
{
	for (size_t i = 0; i < answer->count; i++)
		if (!test(&answer->records[i], arena))
			return false;
	return answer->count > 0;
}

bool
wildcard_revokes(const struct dns_answer *answer, struct arena *arena)
{
	return all_texts(answer, is_empty_key, arena);
}

bool
wildcard_denies(const struct dns_answer *answer, struct arena *arena)
{
	return all_texts(answer, is_denial, arena);
}

void
wildcard_evaluate_others(
    struct facts *facts, const char *domain, struct arena *arena, struct wildcard_others *out)
{
	out->mx = out->a = out->aaaa = wildcard_below(facts, domain, DNS_MX, arena);
	if (out->mx != NULL && out->mx->status == DNS_NOT_RECORDED)
		return; /* nor are the others */
	out->a = wildcard_below(facts, domain, DNS_A, arena);
	out->aaaa = wildcard_below(facts, domain, DNS_AAAA, arena);
}
