/* A source of facts for tests: a table, known at once or revealed one by one. */
#include "rule/fact_table.h"

#include "fact/looks.h"
#include "rule/fact_certificates.h"
#include "rule/fact_text.h"
#include "rule/lent_tables.h"
#include "unit.h"
#include "wire/dns_name.h"

#include <string.h>

enum { ALIASES_MAX = 8 };

struct fact_question {
	struct fact_question *next;
	const char *name;
	enum dns_type type;
	bool known;
	bool used;      /* asked again of what was recorded */
	bool confirmed; /* asked so */
	const struct dns_answer *answer;
};

struct fact_share {
	struct fact_share *next; /* newest first */
	struct subject subject;
};

uint64_t
fact_table_random(uint64_t *state)
{
	uint64_t x = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static struct fact_entry *
find_entry(const struct fact_table *table, struct fact_entry *after, const char *name, int type)
{
	struct fact_entry *entry = after != NULL ? after->next : table->entries;

	for (; entry != NULL; entry = entry->next)
		if ((entry->type == type || entry->type == ANY_TYPE) &&
		    strcmp(entry->name, name) == 0)
			return entry;
	return NULL;
}

static bool
name_exists(const struct fact_table *table, const char *name)
{
	for (const struct fact_entry *entry = table->entries; entry != NULL; entry = entry->next)
		if (entry->status != DNS_NXDOMAIN && dns_name_at_or_below(entry->name, name))
			return true;
	return false;
}

static void
put_records(struct fact_table *table, struct dns_answer *answer, const char *name, int type)
{
	struct fact_entry *entry = NULL;
	struct dns_record *records;
	size_t count = 0;

	while ((entry = find_entry(table, entry, name, type)) != NULL) {
		answer->status = entry->status;
		count += entry->status == DNS_DATA;
	}
	records = arena_zeroed(&table->arena, count, sizeof *records);
	while (answer->count < count) {
		entry = find_entry(table, entry, name, type);
		if (entry->status == DNS_DATA)
			records[answer->count++] = entry->record;
	}
	answer->records = records;
}

/* The zone that a name lies in, by the SOA records of the table. */
static const char *
zone_of(const struct fact_table *table, const char *name)
{
	for (; name != NULL; name = dns_name_parent(name)) {
		const struct fact_entry *soa = find_entry(table, NULL, name, DNS_SOA);

		if (soa != NULL && soa->type == DNS_SOA)
			return soa->name;
	}
	return find_entry(table, NULL, ".", DNS_SOA) != NULL ? "." : "test";
}

/* Signed or not, by the longest name of the table that it lies below. */
static bool
is_signed(const struct fact_table *table, const char *name)
{
	const struct fact_zone *best = NULL;

	for (const struct fact_zone *zone = table->zones; zone != NULL; zone = zone->next)
		if (dns_name_at_or_below(name, zone->name) &&
		    (best == NULL || strlen(zone->name) > strlen(best->name)))
			best = zone;
	return best != NULL && best->is_signed;
}

static uint8_t
speakers_of(const struct fact_table *table, const char *name)
{
	for (const struct fact_speakers *one = table->speakers; one != NULL; one = one->next)
		if (strcmp(one->name, name) == 0)
			return one->resolvers;
	return 1;
}

/* The owner of the records of a name: itself, or the wildcard that stands for it (RFC 4592 2.2). */
static const char *
owner_of(struct fact_table *table, const char *name)
{
	const char *encloser = dns_name_parent(name);

	if (name_exists(table, name))
		return name;
	while (encloser != NULL && !name_exists(table, encloser))
		encloser = dns_name_parent(encloser);
	if (encloser != NULL) {
		const char *wildcard = arena_printf(&table->arena, "*.%s", encloser);

		if (name_exists(table, wildcard))
			return wildcard;
	}
	return name;
}

static const struct dns_answer *
make_answer(struct fact_table *table, const char *name, enum dns_type type)
{
	struct dns_answer *answer = arena_zeroed(&table->arena, 1, sizeof *answer);
	const struct fact_entry *alias;

	answer->resolvers = speakers_of(table, name);
	answer->authentic = is_signed(table, name);
	name = owner_of(table, name);
	while (type != DNS_CNAME && (alias = find_entry(table, NULL, name, DNS_CNAME)) != NULL &&
	    alias->type == DNS_CNAME && alias->status == DNS_DATA) {
		if (answer->aliases == ALIASES_MAX) {
			answer->status = DNS_SERVFAIL; /* what resolvers make of a loop */
			return answer;
		}
		answer->canonical = alias->record.name;
		answer->authentic = answer->authentic && is_signed(table, answer->canonical);
		name = owner_of(table, answer->canonical);
		answer->aliases++;
	}
	answer->ttl = 3600;
	answer->seen_at = FACT_TABLE_NOW;
	answer->status = name_exists(table, name) ? DNS_NODATA : DNS_NXDOMAIN;
	put_records(table, answer, name, (int)type);
	if (!dns_is_answer(answer)) { /* nobody has said it */
		answer->resolvers = 0;
		answer->authentic = false;
	}
	if (dns_is_negative(answer)) {
		answer->confirmation = DNS_CONFIRMED;
		answer->soa_owner = zone_of(table, name);
	}
	return answer;
}

static struct fact_question *
find_question(struct fact_table *table, const char *name, enum dns_type type)
{
	struct fact_question *question, **last = &table->questions;

	for (; (question = *last) != NULL; last = &question->next)
		if (question->type == type && strcmp(question->name, name) == 0)
			return question;
	if (table->state == FACTS_RECORDED)
		return NULL;
	question = arena_zeroed(&table->arena, 1, sizeof *question);
	question->name = arena_string(&table->arena, name);
	question->type = type;
	question->known = table->state == FACTS_SHOWN;
	question->answer = make_answer(table, question->name, type);
	table->question_count++;
	*last = question;
	return question;
}

/* A random label of the run, or a selector that no row of the cases names. */
static bool
is_guess(const char *name)
{
	const char *keys = strstr(name, "_domainkey.");

	if (strcspn(name, ".") == RANDOM_LABEL_SIZE - 1)
		return true;
	return keys != NULL && strncmp(name, "s1.", 3) != 0 && strncmp(name, "s2.", 3) != 0;
}

/* Lists, records whose absence is no fault, and guesses; all else must be asked to be confirmed. */
static bool
may_be_plain(const struct fact_table *table, const char *name)
{
	static const char *const names[] = { "_mta-sts.", "mta-sts.", "_smtp._tls.",
		"default._bimi.", "_dmarc._dmarc.", "_dmarc.www.", "_25._tcp." };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strncmp(name, names[i], strlen(names[i])) == 0)
			return true;
	return table->run.list_count > 0 || is_guess(name);
}

/* The row's own addresses: that there are none is no fault. (Of a name without MX they are asked
 * before, and to be confirmed.) */
static bool
is_own_address(const struct fact_table *table, const char *name, enum dns_type type)
{
	if (type != DNS_A && type != DNS_AAAA)
		return false;
	for (const struct fact_question *asked = table->questions; asked != NULL;
	     asked = asked->next)
		if (asked->type == DNS_MX && strcmp(asked->name, name) == 0)
			return true;
	return false;
}

static const struct dns_answer *
table_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	static const struct dns_answer not_recorded = { .status = DNS_NOT_RECORDED };
	static const struct dns_answer rewritten = { .status = DNS_REWRITTEN };
	struct fact_table *table = (struct fact_table *)facts;
	struct fact_question *question = find_question(table, name, type);

	assert_true(confirmed || type == DNS_SPF || type == DNS_CAA || type == DNS_DS ||
	    type == DNS_CNAME || may_be_plain(table, name) || is_own_address(table, name, type));
	if (question == NULL) {
		table->not_recorded++;
		return &not_recorded;
	}
	question->confirmed = question->confirmed || confirmed;
	question->used = question->used || table->state == FACTS_RECORDED;
	if (table->state == FACTS_RECORDED && dns_is_negative(question->answer) &&
	    (question->answer->resolvers & table->run.honest_resolvers) == 0)
		return &rewritten;
	return question->known ? question->answer : NULL;
}

static const struct smtp_observation *
table_session(struct facts *facts, enum session_look look, const struct ip *ip, const char *mx_name)
{
	const struct fact_table *table = (struct fact_table *)facts;

	for (const struct fact_session *one = table->sessions; one != NULL; one = one->next)
		if (one->look == look && ip_equal(&one->ip, ip) &&
		    (look_row(look)->about == ABOUT_ADDRESS || strcmp(one->mx_name, mx_name) == 0))
			return &one->seen;
	return NULL;
}

static const struct policy_fact *
table_policy(struct facts *facts, const char *host)
{
	const struct fact_table *table = (struct fact_table *)facts;

	for (const struct fact_policy *one = table->policies; one != NULL; one = one->next)
		if (strcmp(one->host, host) == 0)
			return &one->fact;
	return NULL;
}

static bool
is_same_name(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
is_same_subject(const struct subject *a, const struct subject *b)
{
	return a->kind == b->kind && a->look == b->look && is_same_name(a->mx_name, b->mx_name) &&
	    is_same_name(a->domain, b->domain) &&
	    (a->kind == SUBJECT_NAME || ip_equal(&a->ip, &b->ip));
}

static void
add_share(struct facts *facts, struct subject subject)
{
	struct fact_table *table = (struct fact_table *)facts;
	struct fact_share *share;

	for (share = table->shares; share != NULL; share = share->next)
		if (is_same_subject(&share->subject, &subject))
			return;
	share = arena_zeroed(&table->arena, 1, sizeof *share);
	if (subject.mx_name != NULL)
		subject.mx_name = arena_string(&table->arena, subject.mx_name);
	if (subject.domain != NULL)
		subject.domain = arena_string(&table->arena, subject.domain);
	share->subject = subject;
	share->next = table->shares;
	table->shares = share;
	table->share_count++;
}

static void
share_address(struct facts *facts, const struct ip *ip)
{
	add_share(facts, (struct subject){ .kind = SUBJECT_ADDRESS, .ip = *ip });
}

static void
share_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	struct subject subject = { .kind = SUBJECT_SESSION, .ip = *ip, .mx_name = mx_name };

	add_share(facts, subject);
	subject.look = LOOK_SECOND;
	if (table_session(facts, LOOK_SECOND, ip, mx_name) != NULL)
		add_share(facts, subject);
}

static void
share_visit(struct facts *facts, const struct facts_visit *visit)
{
	struct fact_table *table = (struct fact_table *)facts;

	assert_null(facts_not_public(facts, visit->ip));
	table->visits |= 1u << visit->look;
}

static void
share_name(struct facts *facts, const char *name)
{
	add_share(facts, (struct subject){ .kind = SUBJECT_NAME, .domain = name });
}

static void
share_policy(struct facts *facts, const char *host, const struct ip *ips, size_t count)
{
	struct fact_table *table = (struct fact_table *)facts;

	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		assert_null(facts_not_public(facts, &ips[i]));
	table->policy_shared = arena_string(&table->arena, host);
	table->policy_addresses = count;
}

static bool
table_certificate(struct facts *facts, struct cert_served *served)
{
	(void)facts;
	return fact_certificates_find(served);
}

static const struct facts_source table_source = {
	.dns = table_dns,
	.session = table_session,
	.share_address = share_address,
	.share_session = share_session,
	.share_visit = share_visit,
	.share_name = share_name,
	.certificate = table_certificate,
	.policy = table_policy,
	.share_policy = share_policy,
};

void
fact_table_init(struct fact_table *table, const char *text)
{
	*table = (struct fact_table){
		.facts = { &table_source, &table->run, 0 },
		.run = {
			.now = FACT_TABLE_NOW,
			.seed = { 1, 2 },
			.resolvers = 2,
			.honest_resolvers = 3,
			.validating_resolvers = 3,
			.sessions = true,
			.policies = true,
			.ehlo_name = "scan.example.net",
		},
	};
	lent_tables(&table->run);
	fact_text_read(table, text);
}

void
fact_table_free(struct fact_table *table)
{
	arena_free(&table->arena);
}

void
fact_table_hide(struct fact_table *table, uint64_t seed)
{
	table->state = FACTS_HIDDEN;
	table->questions = NULL;
	table->question_count = 0;
	table->shares = NULL;
	table->share_count = 0;
	table->visits = 0;
	table->random = seed;
}

void
fact_table_record(struct fact_table *table)
{
	table->state = FACTS_RECORDED;
	table->not_recorded = 0;
}

const char *
fact_table_unused(const struct fact_table *table)
{
	for (struct fact_question *one = table->questions; one != NULL; one = one->next)
		if (!one->used)
			return one->name;
	return NULL;
}

struct facts *
fact_table_pass(struct fact_table *table)
{
	table->facts.unknown = 0;
	return &table->facts;
}

bool
fact_table_reveal(struct fact_table *table)
{
	struct fact_question *question;
	size_t open = 0, chosen;

	for (question = table->questions; question != NULL; question = question->next)
		open += !question->known;
	if (open == 0)
		return false;
	chosen = fact_table_random(&table->random) % open;
	for (question = table->questions; question->known || chosen > 0; question = question->next)
		chosen -= !question->known;
	question->known = true;
	return true;
}

bool
fact_table_share(const struct fact_table *table, size_t index, struct subject *subject_out)
{
	const struct fact_share *share = table->shares;

	if (index >= table->share_count)
		return false;
	while (++index < table->share_count) /* oldest first */
		share = share->next;
	*subject_out = share->subject;
	return true;
}

bool
fact_table_confirmed(const struct fact_table *table, const char *name)
{
	for (const struct fact_question *one = table->questions; one != NULL; one = one->next)
		if (one->confirmed && strcmp(one->name, name) == 0)
			return true;
	return false;
}
