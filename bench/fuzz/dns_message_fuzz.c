/*
 * A message as the answer to the question that it holds. Whatever comes, the answer is one that
 * rules can use without looking twice; it survives the night file; and it answers no other name.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "wire/dns_message.h"
#include "wire/dns_name.h"

#include <string.h>

enum { QUESTION_AT = 12 };

static const enum dns_type types[] = { DNS_A, DNS_NS, DNS_CNAME, DNS_SOA, DNS_PTR, DNS_MX, DNS_TXT,
	DNS_AAAA, DNS_DS, DNS_RRSIG, DNS_DNSKEY, DNS_TLSA, DNS_CAA };

/* Where it holds none, a question all the same. */
static enum dns_type
read_question(const uint8_t *bytes, size_t size, char name_out[DNS_NAME_TEXT_MAX])
{
	struct buf buf = buf_over(bytes, size);
	unsigned type;

	buf_seek(&buf, QUESTION_AT);
	if (!dns_name_read(&buf, name_out))
		strcpy(name_out, "example.com");
	type = buf_u16(&buf);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i] == type)
			return types[i];
	return types[size % (sizeof types / sizeof types[0])];
}

static void
check_name(const char *name)
{
	struct strbuf wire = { 0 };

	must(name != NULL && strlen(name) < DNS_NAME_TEXT_MAX);
	must(dns_name_write(&wire, name));
	strbuf_free(&wire);
}

static void
check_record(const struct dns_record *record, enum dns_type type)
{
	switch (type) {
	case DNS_A:
		must(record->ip.family == 4);
		break;
	case DNS_AAAA:
		must(record->ip.family == 6 || record->ip.family == 4);
		break;
	case DNS_TXT:
		must(record->text[record->length] == '\0');
		must(record->strings > 0 || record->length == 0);
		break;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		must(record->octets != NULL && record->length <= UINT16_MAX);
		break;
	case DNS_SOA:
		check_name(record->soa->mname);
		check_name(record->soa->rname);
		break;
	default:
		check_name(record->name);
		break;
	}
}

static void
check_answer(const struct dns_answer *answer, enum dns_type type)
{
	must(dns_is_answer(answer) || answer->status == DNS_SERVFAIL ||
	    answer->status == DNS_REFUSED || answer->status == DNS_MALFORMED);
	must((answer->count > 0) == (answer->status == DNS_DATA));
	must(answer->count <= DNS_RECORDS_MAX && answer->ttl <= INT32_MAX);
	must((answer->aliases > 0) == (answer->canonical != NULL));
	must(answer->soa_owner == NULL || dns_is_negative(answer));
	if (answer->canonical != NULL)
		check_name(answer->canonical);
	if (answer->soa_owner != NULL)
		check_name(answer->soa_owner);
	for (size_t i = 0; i < answer->count; i++)
		check_record(&answer->records[i], type);
}

static void
check_recording(const struct dns_answer *answer, enum dns_type type, struct arena *arena)
{
	struct strbuf first = { 0 }, second = { 0 };
	struct dns_answer again;

	fact_encode_dns(&first, answer, type);
	must(fact_decode_dns(first.at, first.length, type, arena, &again));
	fact_encode_dns(&second, &again, type);
	must(first.length == second.length && memcmp(first.at, second.at, first.length) == 0);
	strbuf_free(&first);
	strbuf_free(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char name[DNS_NAME_TEXT_MAX];
	enum dns_type type = read_question(bytes, size, name);
	struct arena arena = { 0 };
	struct dns_answer answer;

	dns_message_parse(bytes, size, name, type, &arena, &answer);
	check_answer(&answer, type);
	check_recording(&answer, type, &arena);
	dns_message_parse(bytes, size, "other.name.test", type, &arena, &answer);
	must(!dns_is_answer(&answer) || strcmp(name, "other.name.test") == 0);
	arena_free(&arena);
	return 0;
}
