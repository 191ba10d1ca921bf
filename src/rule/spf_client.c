/* Terms that ask the DNS, held against the address of a client. */
#include "rule/spf_client.h"

#include "base/arena.h"
#include "rule/spf_check.h"
#include "rule/spf_record.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

const struct dns_answer *
spf_client_ask(struct spf_client *client, const char *name, enum dns_type type)
{
	const struct dns_answer *answer = facts_dns_confirmed(client->facts, name, type);

	if (answer == NULL) {
		client->pending = true;
		return NULL;
	}
	if (dns_is_answer(answer))
		return answer;
	client->unanswered = answer;
	client->fault = arena_printf(client->arena, "no answer for %s %s: %s", name,
	    dns_type_text(type), dns_status_text(answer->status));
	return NULL;
}

static enum dns_type
address_type(const struct spf_client *client)
{
	return client->ip.family == 4 ? DNS_A : DNS_AAAA;
}

/* Nothing was found; the third time that is an error (RFC 7208 4.6.4). */
static enum spf_match
void_lookup(struct spf_client *client)
{
	if (++client->void_lookups <= SPF_VOID_LOOKUPS_MAX)
		return SPF_MISS;
	client->fault = "more than 2 look-ups find nothing";
	return SPF_MATCH_PERMANENT;
}

/* Is the client in the network around one of the addresses? */
static bool
holds_client(
    const struct spf_client *client, const struct spf_term *term, const struct dns_answer *answer)
{
	struct ip_network network = { .length = client->ip.family == 4 ? term->ip4_length
								       : term->ip6_length };

	for (size_t i = 0; i < answer->count; i++) {
		network.ip = answer->records[i].ip;
		if (ip_in_network(&client->ip, &network))
			return true;
	}
	return false;
}

static enum spf_match
a_matches(struct spf_client *client, const struct spf_term *term, const char *target)
{
	const struct dns_answer *answer = spf_client_ask(client, target, address_type(client));

	if (answer == NULL)
		return SPF_MATCH_TEMPORARY;
	if (answer->count == 0)
		return void_lookup(client);
	return holds_client(client, term, answer) ? SPF_MATCH : SPF_MISS;
}

static int
compare_exchanges(const void *a, const void *b)
{
	const struct dns_record *one = a, *other = b;

	if (one->preference != other->preference)
		return one->preference < other->preference ? -1 : 1;
	return strcmp(one->name, other->name);
}

/* Resolvers turn RRsets round; the verdict must not hang on that. */
static const struct dns_record *
exchanges_in_order(struct spf_client *client, const struct dns_answer *answer)
{
	struct dns_record *records =
	    arena_copy(client->arena, answer->records, answer->count * sizeof *records);

	qsort(records, answer->count, sizeof *records, compare_exchanges);
	return records;
}

static enum spf_match
exchanges_match(struct spf_client *client, const struct spf_term *term,
    const struct dns_record *exchanges, size_t count)
{
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		const struct dns_answer *answer;

		if (strcmp(exchanges[i].name, ".") == 0)
			continue; /* a null MX (RFC 7505) has no address */
		answer = spf_client_ask(client, exchanges[i].name, address_type(client));
		if (answer == NULL)
			return SPF_MATCH_TEMPORARY;
		if (holds_client(client, term, answer))
			return SPF_MATCH;
		found = found || answer->count > 0;
	}
	return found ? SPF_MISS : void_lookup(client);
}

static enum spf_match
mx_matches(struct spf_client *client, const struct spf_term *term, const char *target)
{
	const struct dns_answer *answer = spf_client_ask(client, target, DNS_MX);

	if (answer == NULL)
		return SPF_MATCH_TEMPORARY;
	if (answer->count > SPF_EXCHANGES_MAX) {
		client->fault = "the mx term has more than 10 names";
		return SPF_MATCH_PERMANENT;
	}
	return exchanges_match(client, term, exchanges_in_order(client, answer), answer->count);
}

static enum spf_match
exists_matches(struct spf_client *client, const char *target)
{
	const struct dns_answer *answer = spf_client_ask(client, target, DNS_A); /* RFC 7208 5.7 */

	if (answer == NULL)
		return SPF_MATCH_TEMPORARY;
	return answer->count > 0 ? SPF_MATCH : void_lookup(client);
}

/* ---- reverse names, RFC 7208 5.5: whatever goes wrong there is no match, and no error */

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct dns_record *)a)->name, ((const struct dns_record *)b)->name);
}

/* The RFC leaves to us which ten; the first in order are the same every time. */
static const struct dns_record *
reverse_names(struct spf_client *client, size_t *count_out)
{
	char reverse[IP_REVERSE_MAX];
	const struct dns_answer *answer =
	    spf_client_ask(client, ip_reverse_name(&client->ip, reverse), DNS_PTR);
	struct dns_record *records;

	*count_out = 0;
	if (answer == NULL)
		return NULL;
	records = arena_copy(client->arena, answer->records, answer->count * sizeof *records);
	qsort(records, answer->count, sizeof *records, compare_names);
	*count_out = answer->count < SPF_REVERSE_NAMES_MAX ? answer->count : SPF_REVERSE_NAMES_MAX;
	return records;
}

static bool
leads_back(struct spf_client *client, const char *name)
{
	const struct dns_answer *answer = spf_client_ask(client, name, address_type(client));

	for (size_t i = 0; answer != NULL && i < answer->count; i++)
		if (ip_equal(&answer->records[i].ip, &client->ip))
			return true;
	return false;
}

static enum spf_match
ptr_matches(struct spf_client *client, const char *target)
{
	size_t count;
	const struct dns_record *names = reverse_names(client, &count);

	for (size_t i = 0; i < count && !client->pending; i++)
		if (dns_name_at_or_below(names[i].name, target) &&
		    leads_back(client, names[i].name))
			return SPF_MATCH;
	client->fault = NULL;
	return client->pending ? SPF_MATCH_TEMPORARY : SPF_MISS;
}

enum nearness { IS_DOMAIN, BELOW_DOMAIN, ELSEWHERE, NEARNESS_COUNT };

static enum nearness
nearness_of(const char *name, const char *domain)
{
	if (!dns_name_at_or_below(name, domain))
		return ELSEWHERE;
	return strcmp(name, domain) == 0 ? IS_DOMAIN : BELOW_DOMAIN;
}

const char *
spf_client_validated_name(struct spf_client *client, const char *domain)
{
	size_t count;
	const struct dns_record *names = reverse_names(client, &count);

	for (int nearness = 0; nearness < NEARNESS_COUNT; nearness++)
		for (size_t i = 0; i < count && !client->pending; i++)
			if ((int)nearness_of(names[i].name, domain) == nearness &&
			    leads_back(client, names[i].name))
				return names[i].name;
	client->fault = NULL;
	return "unknown";
}

enum spf_match
spf_client_matches(struct spf_client *client, const struct spf_term *term, const char *target)
{
	switch (term->mechanism) {
	case SPF_A:
		return a_matches(client, term, target);
	case SPF_MX:
		return mx_matches(client, term, target);
	case SPF_PTR:
		return ptr_matches(client, target);
	case SPF_EXISTS:
		return exists_matches(client, target);
	default:
		return SPF_MISS; /* the others ask nothing of their own */
	}
}
