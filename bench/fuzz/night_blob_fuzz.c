/*
 * The facts of a domain as the night file holds them. What can be decoded is fit for rules, and
 * encoded it is a blob that decodes to the same facts, octet by octet.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/policy_fact.h"
#include "smtp/observation.h"

#include <string.h>

/* One pass over a blob, which writes what it understood. */
struct pass {
	struct arena arena;
	struct strbuf blob;
	size_t facts;
};

static void
check_answer(const struct dns_answer *answer, enum dns_type type)
{
	must(answer->status < DNS_STATUS_COUNT && dns_status_text(answer->status) != NULL);
	must(answer->confirmation <= DNS_CONFIRMATION_GIVEN_UP);
	must((answer->status == DNS_DATA) == (answer->count > 0));
	must(answer->count <= DNS_RECORDS_MAX);
	for (size_t i = 0; i < answer->count; i++) {
		const struct dns_record *record = &answer->records[i];

		if (type == DNS_A || type == DNS_AAAA)
			must(record->ip.family == 4 || record->ip.family == 6);
		else if (type == DNS_TXT || dns_type_is_opaque(type))
			must(record->text[record->length] == '\0');
		else if (type == DNS_SOA)
			must(record->soa->mname != NULL && record->soa->rname != NULL);
		else
			must(record->name != NULL);
	}
}

/* What is read of a fact without decoding it must be the same. */
static void
check_peek(const void *value, size_t length, const struct dns_answer *answer)
{
	struct dns_answer peeked;

	must(fact_peek_dns(value, length, &peeked));
	must(peeked.status == answer->status && peeked.confirmation == answer->confirmation);
	must(peeked.resolvers == answer->resolvers && peeked.aliases == answer->aliases);
}

static bool
take_dns(struct pass *pass, const void *key, size_t key_length, const void *value, size_t length,
    struct strbuf *key_out, struct strbuf *value_out)
{
	struct dns_answer answer;
	enum dns_type type;
	const char *name;
	size_t name_length;

	if (!fact_key_read_dns(key, key_length, &name, &name_length, &type) ||
	    !fact_decode_dns(value, length, type, &pass->arena, &answer))
		return false;
	check_answer(&answer, type);
	check_peek(value, length, &answer);
	fact_key_dns(key_out, arena_string_n(&pass->arena, name, name_length), type);
	fact_encode_dns(value_out, &answer, type);
	return true;
}

static bool
take_session(struct pass *pass, const void *key, size_t key_length, const void *value,
    size_t length, struct strbuf *key_out, struct strbuf *value_out)
{
	struct smtp_observation seen;
	struct ip ip;
	const char *name;
	size_t name_length;

	if (!fact_key_read_session(key, key_length, &ip, &name, &name_length) ||
	    !fact_decode_session(value, length, &pass->arena, &seen))
		return false;
	must(smtp_end_text(seen.end) != NULL && smtp_stage_text(seen.stage) != NULL);
	must(seen.chain_length <= CERT_CHAIN_MAX);
	fact_key_session(key_out, &ip, arena_string_n(&pass->arena, name, name_length));
	fact_encode_session(value_out, &seen);
	return true;
}

static bool
take_policy(struct pass *pass, const void *key, size_t key_length, const void *value, size_t length,
    struct strbuf *key_out, struct strbuf *value_out)
{
	struct policy_fact policy;
	const char *host;
	size_t host_length;

	if (!fact_key_read_policy(key, key_length, &host, &host_length) ||
	    !fact_decode_policy(value, length, &pass->arena, &policy))
		return false;
	fact_key_policy(key_out, arena_string_n(&pass->arena, host, host_length));
	fact_encode_policy(value_out);
	for (size_t i = 0; i < policy.look_count; i++) {
		must(https_end_text(policy.looks[i].end) != NULL);
		must(policy.looks[i].body[policy.looks[i].length] == '\0');
		fact_encode_policy_look(value_out, &policy.looks[i]);
	}
	if (policy.path_open)
		fact_policy_set_path_open(value_out);
	return true;
}

static void
take_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct pass *pass = user;
	struct strbuf new_key = { 0 }, new_value = { 0 };

	if (take_dns(pass, key, key_length, value, length, &new_key, &new_value) ||
	    take_session(pass, key, key_length, value, length, &new_key, &new_value) ||
	    take_policy(pass, key, key_length, value, length, &new_key, &new_value)) {
		night_blob_add(
		    &pass->blob, new_key.at, new_key.length, new_value.at, new_value.length);
		pass->facts++;
	}
	strbuf_free(&new_key);
	strbuf_free(&new_value);
}

static void
end_pass(struct pass *pass)
{
	strbuf_free(&pass->blob);
	arena_free(&pass->arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pass first = { .facts = 0 }, second = { .facts = 0 };

	night_blob_each(bytes, size, take_fact, &first);
	must(night_blob_each(first.blob.at, first.blob.length, take_fact, &second));
	must(second.facts == first.facts && second.blob.length == first.blob.length);
	if (first.facts > 0)
		must(memcmp(second.blob.at, first.blob.at, first.blob.length) == 0);
	end_pass(&first);
	end_pass(&second);
	return 0;
}
