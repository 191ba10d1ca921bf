/* The text of a table of facts, line by line. */
#include "rule/fact_text.h"

#include "base/buf.h"
#include "base/strbuf.h"
#include "rule/fact_certificates.h"
#include "rule/fact_policy.h"
#include "rule/fact_session.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 4096 };

static const struct {
	const char *text;
	int type;
} types[] = {
	{ "A", DNS_A },
	{ "AAAA", DNS_AAAA },
	{ "MX", DNS_MX },
	{ "TXT", DNS_TXT },
	{ "SPF", DNS_SPF },
	{ "PTR", DNS_PTR },
	{ "CNAME", DNS_CNAME },
	{ "NS", DNS_NS },
	{ "SOA", DNS_SOA },
	{ "TLSA", DNS_TLSA },
	{ "CAA", DNS_CAA },
	{ "DS", DNS_DS },
	{ "?", ANY_TYPE },
};

static const struct {
	const char *text;
	enum dns_status status;
} statuses[] = {
	{ "NXDOMAIN", DNS_NXDOMAIN },
	{ "NODATA", DNS_NODATA },
	{ "OTHER", DNS_NODATA },
	{ "SERVFAIL", DNS_SERVFAIL },
	{ "REFUSED", DNS_REFUSED },
	{ "TIMEOUT", DNS_TIMEOUT },
	{ "MALFORMED", DNS_MALFORMED },
	{ "UNCONFIRMED", DNS_UNCONFIRMED },
	{ "CANCELLED", DNS_CANCELLED },
	{ "NOT_RECORDED", DNS_NOT_RECORDED },
};

static char *
next_word(char **text)
{
	char *word = *text;
	size_t length = strcspn(word, " ");

	*text = word + length + (word[length] == ' ');
	word[length] = '\0';
	return word;
}

static const char *
table_name(struct fact_table *table, const char *word)
{
	char reverse[IP_REVERSE_MAX];
	struct ip ip;

	return arena_string(
	    &table->arena, ip_parse(word, &ip) ? ip_reverse_name(&ip, reverse) : word);
}

static int
type_of(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (strcmp(types[i].text, word) == 0)
			return types[i].type;
	fail_msg("no type: %s", word);
	return ANY_TYPE;
}

static bool
is_octet(const char *text)
{
	return text[0] == '\\' && strspn(text + 1, "0123456789") >= 3;
}

/* The text with its \DDD undone; a backslash before anything else stands for itself. */
static void
read_text(struct fact_table *table, const char *data, struct dns_record *record)
{
	char *text = arena_string(&table->arena, data);

	record->text = text;
	record->strings = 1;
	for (; *data != '\0'; data++) {
		char digits[4] = { 0 };

		if (!is_octet(data)) {
			text[record->length++] = *data;
			continue;
		}
		memcpy(digits, data + 1, 3);
		text[record->length++] = (char)strtoul(digits, NULL, 10);
		data += 3;
	}
}

/* An IPv4-mapped address stays what it is, as in an answer. */
static void
read_address(const char *data, struct dns_record *record)
{
	struct ip_network network;

	if (!ip_network_parse(data, &network))
		fail_msg("no address: %s", data);
	record->ip = network.ip;
}

static uint8_t
next_octet(char **text)
{
	return (uint8_t)strtoul(next_word(text), NULL, 10);
}

static void
add_hex(struct strbuf *out, const char *digits)
{
	for (; digits[0] != '\0' && digits[1] != '\0'; digits += 2) {
		char pair[3] = { digits[0], digits[1], '\0' };

		strbuf_add_u8(out, (uint8_t)strtoul(pair, NULL, 16));
	}
}

static void
keep_octets(struct fact_table *table, struct strbuf *octets, struct dns_record *record)
{
	record->octets = arena_copy(&table->arena, octets->at, octets->length);
	record->length = octets->length;
	strbuf_free(octets);
}

/* USAGE SELECTOR TYPE CERTIFICATE, or any data at all. */
static void
read_tlsa(struct fact_table *table, char *data, struct dns_record *record)
{
	struct strbuf octets = { 0 };

	if (strncmp(data, "0x", 2) == 0) {
		add_hex(&octets, data + 2);
	} else {
		uint8_t usage = next_octet(&data), selector = next_octet(&data);
		uint8_t type = next_octet(&data);

		strbuf_add_u8(&octets, usage);
		strbuf_add_u8(&octets, selector);
		strbuf_add_u8(&octets, type);
		fact_certificates_associate(data, selector, type, &octets);
	}
	keep_octets(table, &octets, record);
}

/* FLAGS TAG VALUE */
static void
read_caa(struct fact_table *table, char *data, struct dns_record *record)
{
	struct strbuf octets = { 0 };
	const char *tag;

	strbuf_add_u8(&octets, next_octet(&data));
	tag = next_word(&data);
	strbuf_add_u8(&octets, (uint8_t)strlen(tag));
	strbuf_add(&octets, tag, strlen(tag));
	strbuf_add(&octets, data, strlen(data));
	keep_octets(table, &octets, record);
}

static void
read_data(struct fact_table *table, struct fact_entry *entry, char *data)
{
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (strcmp(statuses[i].text, data) == 0) {
			entry->status = statuses[i].status;
			return;
		}
	entry->status = DNS_DATA;
	switch (entry->type) {
	case DNS_A:
	case DNS_AAAA:
		read_address(data, &entry->record);
		break;
	case DNS_TXT:
	case DNS_SPF:
		read_text(table, data, &entry->record);
		break;
	case DNS_TLSA:
		read_tlsa(table, data, &entry->record);
		break;
	case DNS_CAA:
		read_caa(table, data, &entry->record);
		break;
	case DNS_DS: /* nobody reads it */
		entry->record.octets = (const uint8_t *)"";
		break;
	case DNS_SOA:
		entry->record.soa = arena_zeroed(&table->arena, 1, sizeof *entry->record.soa);
		break;
	case DNS_MX:
		entry->record.preference = (uint16_t)strtoul(next_word(&data), NULL, 10);
		entry->record.name = arena_string(&table->arena, data);
		break;
	default:
		entry->record.name = arena_string(&table->arena, data);
		break;
	}
}

static void
read_session(
    struct fact_table *table, const char *address, enum session_look look, const char *rest)
{
	struct fact_session *session = arena_zeroed(&table->arena, 1, sizeof *session);
	char *options = arena_string(&table->arena, rest); /* texts stay in it */

	if (!ip_parse(address, &session->ip))
		fail_msg("no address: %s", address);
	session->mx_name = next_word(&options);
	session->look = look;
	fact_session_read(options, session->mx_name, &table->arena, &session->seen);
	session->next = table->sessions;
	table->sessions = session;
}

static void
read_policy(struct fact_table *table, const char *host, const char *rest)
{
	struct fact_policy *policy = arena_zeroed(&table->arena, 1, sizeof *policy);

	policy->host = arena_string(&table->arena, host);
	fact_policy_read(arena_string(&table->arena, rest), &policy->fact);
	policy->next = table->policies;
	table->policies = policy;
}

/* ZONE LIST kinds passed-at-the-start passed-at-the-end, as sets of enum block_list_kind. */
static void
read_list(struct fact_table *table, const char *zone, const char *rest)
{
	struct list_health *list = &table->lists[table->run.list_count++];

	assert_true(table->run.list_count <= COUNT_OF(table->lists));
	list->zone = arena_string(&table->arena, zone);
	assert_int_equal(
	    sscanf(rest, "%u %u %u", &list->tested, &list->passed_start, &list->passed_end), 3);
	table->run.lists = table->lists;
}

static void
add_zone(struct fact_table *table, const char *name, bool is_signed)
{
	struct fact_zone *zone = arena_zeroed(&table->arena, 1, sizeof *zone);

	*zone = (struct fact_zone){ table->zones, table_name(table, name), is_signed };
	table->zones = zone;
}

/* NAME BY BITS */
static void
add_speakers(struct fact_table *table, const char *name, const char *bits)
{
	struct fact_speakers *speakers = arena_zeroed(&table->arena, 1, sizeof *speakers);

	*speakers = (struct fact_speakers){ table->speakers, table_name(table, name),
		(uint8_t)strtoul(bits, NULL, 10) };
	table->speakers = speakers;
}

static bool
read_visit(struct fact_table *table, const char *name, const char *type, const char *rest)
{
	static const char *const words[LOOK_COUNT] = {
		[LOOK_FIRST] = "SMTP",
		[LOOK_SECOND] = "SMTP2",
		[LOOK_RELAY] = "RELAY",
		[LOOK_RELAY_AGAIN] = "RELAY2",
		[LOOK_NULL_SENDER] = "SENDER",
		[LOOK_NULL_SENDER_AGAIN] = "SENDER2",
		[LOOK_RECIPIENTS] = "RECIPIENTS",
		[LOOK_TLS_1_0] = "TLS10",
		[LOOK_TLS_1_1] = "TLS11",
		[LOOK_INJECTION] = "INJECTION",
		[LOOK_PORT_465] = "PORT465",
		[LOOK_PORT_587] = "PORT587",
	};

	for (int look = 0; look < LOOK_COUNT; look++)
		if (words[look] != NULL && strcmp(words[look], type) == 0) {
			read_session(table, name, (enum session_look)look, rest);
			return true;
		}
	return false;
}

/* What is no record; false when the line is one. */
static bool
read_other_line(struct fact_table *table, const char *name, const char *type, const char *rest)
{
	if (strcmp(type, "LIST") == 0)
		read_list(table, name, rest);
	else if (read_visit(table, name, type, rest))
		return true;
	else if (strcmp(type, "POLICY") == 0)
		read_policy(table, name, rest);
	else if (strcmp(type, "UNCHECKED") == 0)
		table->run.validating_resolvers = (uint8_t)strtoul(rest, NULL, 10);
	else if (strcmp(type, "BY") == 0)
		add_speakers(table, name, rest);
	else if (strcmp(type, "SIGNED") == 0 || strcmp(type, "UNSIGNED") == 0)
		add_zone(table, name, type[0] == 'S');
	else
		return false;
	return true;
}

static struct fact_entry **
read_line(struct fact_table *table, char *line, struct fact_entry **last)
{
	struct fact_entry *entry;
	const char *name = next_word(&line), *type = next_word(&line);

	if (read_other_line(table, name, type, line))
		return last;
	entry = arena_zeroed(&table->arena, 1, sizeof *entry);
	entry->name = table_name(table, name);
	entry->type = type_of(type);
	read_data(table, entry, line);
	*last = entry;
	return &entry->next;
}

void
fact_text_read(struct fact_table *table, const char *text)
{
	struct fact_entry **last = &table->entries;
	char line[LINE_MAX_OCTETS];

	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		assert_true(length < sizeof line);
		memcpy(line, text, length);
		line[length] = '\0';
		if (length > 0)
			last = read_line(table, line, last);
		text += length + (text[length] == '\n');
	}
}
