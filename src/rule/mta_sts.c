/* The MTA-STS record, which says that there is a policy and which version of it. */
#include "rule/mta_sts.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "rule/text_records.h"
#include "wire/field_list.h"

#include <string.h>

enum {
	ID_MAX = 32,       /* RFC 8461 3.1 */
	VERSION_LENGTH = 7 /* of v=STSv1 */
};

bool
mta_sts_record_is(const char *text, size_t length)
{
	static const char start[] = "v=STSv1;";

	return length >= sizeof start - 1 && memcmp(text, start, sizeof start - 1) == 0;
}

static bool
is_id(const struct field *field)
{
	for (size_t i = 0; i < field->value_length; i++)
		if (!ascii_is_letter(field->value[i]) && !ascii_is_digit(field->value[i]))
			return false;
	return field->value_length > 0 && field->value_length <= ID_MAX;
}

/* What is wrong with a field; NULL when nothing is. */
static const char *
take_field(const struct field *field, struct arena *arena, struct mta_sts_result *out)
{
	if (!field_is(field, "id")) {
		out->extensions++;
		return field_value_valid(field) ? NULL : "a field whose value is none";
	}
	if (!is_id(field))
		return "an id that is not 1 to 32 letters and digits";
	if (out->id != NULL)
		return "a second id";
	out->id = arena_string_n(arena, field->value, field->value_length);
	return NULL;
}

void
mta_sts_record_parse(
    const char *text, size_t length, struct arena *arena, struct mta_sts_result *out)
{
	struct field_list list = field_list_over(text, length, VERSION_LENGTH);
	const char *problem = NULL;
	struct field field;

	while (problem == NULL && field_list_next(&list, &field)) {
		problem = take_field(&field, arena, out);
		list.problem_at = field.offset;
	}
	if (problem == NULL)
		problem = list.problem;
	if (problem != NULL)
		out->problem = arena_printf(arena, "%s, at offset %zu", problem, list.problem_at);
	else if (out->id == NULL)
		out->problem = "no id";
}

static void
take_records(struct arena *arena, struct mta_sts_result *out)
{
	struct text_records found;

	if (out->txt == NULL || out->txt->status != DNS_DATA)
		return;
	found = text_records_of(out->txt, mta_sts_record_is);
	out->records = found.count;
	if (found.count == 0)
		return;
	out->text = found.first->text;
	out->length = found.first->length;
	mta_sts_record_parse(out->text, out->length, arena, out);
}

/* ---- the policy host */

static const char *
policy_host(const char *domain, struct arena *arena)
{
	return arena_printf(arena, "mta-sts.%s", domain);
}

/* With a good record it matters that there is none: that is asked to be confirmed. */
static const struct dns_answer *
host_answer(
    struct facts *facts, const char *host, enum dns_type type, const struct mta_sts_result *mta_sts)
{
	const struct dns_answer *answer = alias_answer(facts, host, type);

	return answer != NULL && dns_is_negative(answer) && mta_sts_record_valid(mta_sts)
	    ? facts_dns_confirmed(facts, host, type)
	    : answer;
}

static void
take_host(struct facts *facts, const char *host, struct mta_sts_result *out)
{
	out->a = host_answer(facts, host, DNS_A, out);
	if (out->a == NULL || out->a->status == DNS_NXDOMAIN)
		return;
	if (out->a->status == DNS_NODATA || mta_sts_record_valid(out))
		out->aaaa = host_answer(facts, host, DNS_AAAA, out);
}

/* Keeps the lowest, in order: which are contacted must not hang on the order of an answer. */
static void
add_address(struct mta_sts_result *out, const struct ip *ip)
{
	size_t place = out->address_count;

	while (place > 0 && ip_compare(ip, &out->addresses[place - 1]) < 0)
		place--;
	if (place == MTA_STS_ADDRESSES_MAX)
		return;
	if (out->address_count < MTA_STS_ADDRESSES_MAX)
		out->address_count++;
	for (size_t i = out->address_count - 1; i > place; i--)
		out->addresses[i] = out->addresses[i - 1];
	out->addresses[place] = *ip;
}

static void
take_addresses(
    const struct facts *facts, const struct dns_answer *answer, struct mta_sts_result *out)
{
	for (size_t i = 0; answer != NULL && i < answer->count; i++) {
		const struct ip *ip = &answer->records[i].ip;
		const char *special = facts_not_public(facts, ip);

		if (special == NULL)
			add_address(out, ip);
		else
			out->special = special;
	}
}

static void
take_target(struct facts *facts, const struct dns_answer *answer, struct arena *arena,
    struct registration *out)
{
	if (answer != NULL && alias_dangles(answer))
		registration_evaluate(facts, answer->canonical, arena, out);
}

/* ---- the policy */

static bool
is_better(const struct https_observation *a, const struct https_observation *b)
{
	if (https_fetched(a) != https_fetched(b))
		return https_fetched(a);
	return a->end < b->end; /* the enumeration runs from good to bad */
}

static void
take_policy(struct facts *facts, const char *host, struct arena *arena, struct mta_sts_result *out)
{
	const struct policy_fact *fact = facts_policy(facts, host);

	if (fact == NULL)
		return;
	out->fact = fact;
	out->look = &fact->looks[0];
	for (size_t i = 1; i < fact->look_count; i++)
		if (is_better(&fact->looks[i], out->look))
			out->look = &fact->looks[i];
	if (!https_fetched(out->look))
		return;
	out->flap = fact->look_count > 1;
	mta_sts_policy_parse(arena, out->look->body, out->look->length, &out->policy);
}

/* The host, or all of its addresses. */
static bool
is_untouchable(const struct run_facts *run, const char *host, const struct mta_sts_result *mta_sts)
{
	size_t left = 0;

	for (size_t i = 0; i < mta_sts->address_count; i++)
		left += run_no_touch(run, NULL, &mta_sts->addresses[i]);
	return run_no_touch(run, host, NULL) || (left > 0 && left == mta_sts->address_count);
}

void
mta_sts_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct mta_sts_result *out)
{
	const char *host = policy_host(domain, arena);

	memset(out, 0, sizeof *out);
	out->txt = alias_answer(facts, arena_printf(arena, "_mta-sts.%s", domain), DNS_TXT);
	take_records(arena, out);
	take_host(facts, host, out);
	take_addresses(facts, out->a, out);
	take_addresses(facts, out->aaaa, out);
	out->no_touch = is_untouchable(facts->run, host, out);
	take_target(facts, out->txt, arena, &out->record_target);
	take_target(facts, mta_sts_host_answer(out), arena, &out->host_target);
	if (mta_sts_record_valid(out))
		take_policy(facts, host, arena, out);
}

void
mta_sts_share(struct facts *facts, const char *domain, const struct mta_sts_result *mta_sts,
    struct arena *arena)
{
	if (mta_sts_record_valid(mta_sts) && mta_sts->address_count > 0)
		facts_share_policy(
		    facts, policy_host(domain, arena), mta_sts->addresses, mta_sts->address_count);
}

bool
mta_sts_fetched(const struct mta_sts_result *mta_sts)
{
	return mta_sts->look != NULL && https_fetched(mta_sts->look);
}

bool
mta_sts_record_valid(const struct mta_sts_result *mta_sts)
{
	return mta_sts->records == 1 && mta_sts->problem == NULL;
}

const struct dns_answer *
mta_sts_host_answer(const struct mta_sts_result *mta_sts)
{
	return mta_sts->aaaa != NULL && mta_sts->a->status == DNS_NODATA ? mta_sts->aaaa
									 : mta_sts->a;
}
