/* The two halves of a sweep for one row, without a network between them. */
#include "rule/gathered_row.h"

#include "rule/fact_certificates.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { PASSES_MAX = 500 };

static const char *const column_names[KNOWN_COUNT] = {
	[KNOWN_SELECTORS] = "selectors",
	[KNOWN_OUTBOUND_IPS] = "outbound_ips",
	[KNOWN_EXPECTED_MX] = "expected_mx",
	[KNOWN_EXPECTED_NS] = "expected_ns",
	[KNOWN_HELO] = "helo",
	[KNOWN_ROLE] = "role",
	[KNOWN_EXPECTED_MX_COUNT] = "expected_mx_count",
	[KNOWN_EXPECTED_SPF_INCLUDE] = "expected_spf_include",
	[KNOWN_EXPECTED_DKIM_KEY] = "expected_dkim_key",
	[KNOWN_EXPECTED_RUA] = "expected_rua",
	[KNOWN_WAIVERS] = "waivers",
};

static bool
read_known(struct gathered_row *row, const char *name, const char *value)
{
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (strcmp(column_names[i], name) == 0) {
			row->known[i] = value;
			return true;
		}
	return false;
}

static bool
read_visits(struct gathered_row *row, const char *name, const char *value)
{
	struct run_visits *visits = &row->table.run.visits;

	if (strcmp(name, "relay") == 0)
		visits->relay = *value == 'a' ? RELAY_ALL : value[1] == 'w' ? RELAY_OWN : RELAY_OFF;
	else if (strcmp(name, "relay-from") == 0)
		visits->relay_from = value;
	else if (strcmp(name, "relay-to") == 0)
		visits->relay_to = value;
	else if (strcmp(name, "own") == 0)
		row->own[visits->own.count++] = value;
	else if (strcmp(name, "opt-in") == 0)
		row->opt_in[visits->opt_in.count++] = value;
	else
		return false;
	visits->own.at = row->own;
	visits->opt_in.at = row->opt_in;
	return true;
}

static void
read_history(struct gathered_row *row, char *value)
{
	char *days = strchr(value, ' '), *text;
	struct history_entry *entry = &row->entries[row->history.count++];

	assert_true(row->history.count <= COUNT_OF(row->entries) && days != NULL);
	*days++ = '\0';
	entry->name = value;
	entry->since = row->table.run.now - strtoll(days, &text, 10) * 86400;
	entry->began = *text == '+';
	entry->text = text + entry->began + 1;
	entry->nights = 1;
	row->history.entries = row->entries;
	row->evaluation.history = &row->history;
}

static void
read_column(struct gathered_row *row, char *word)
{
	struct run_facts *run = &row->table.run;
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "changed", &row->evaluation.changed },
		{ "again", &row->evaluation.again },
		{ "sessions", &run->sessions },
		{ "policies", &run->policies },
		{ "interrupted", &run->interrupted },
		{ "keywords-masked", &run->keywords_masked },
		{ "without-suffixes", &row->without_suffixes },
	};
	char *value = word + strcspn(word, "=");

	if (*value == '=')
		*value++ = '\0';
	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (strcmp(flags[i].name, word) == 0) {
			*flags[i].flag = strcmp(value, "no") != 0;
			return;
		}
	if (strcmp(word, "egress") == 0) {
		run->egress = strcmp(value, "open") == 0 ? EGRESS_OPEN : EGRESS_BLOCKED;
	} else if (strcmp(word, "without-route") == 0) {
		run->without_route = 1u << (value[0] - '0');
	} else if (strcmp(word, "shared-greeting") == 0) {
		run->shared_greeting = value;
	} else if (strcmp(word, "now") == 0) {
		run->now = strtoll(value, NULL, 10);
	} else if (strcmp(word, "resolvers") == 0) {
		run->honest_resolvers = (uint8_t)((1u << strtoul(value, NULL, 10)) - 1);
	} else if (strcmp(word, "without-roots") == 0) {
		run->certificates = fact_certificates_verifier(false);
	} else if (strcmp(word, "problem") == 0) {
		row->evaluation.problem = value;
		row->evaluation.domain = NULL;
	} else if (strcmp(word, "history") == 0) {
		read_history(row, value);
	} else if (!read_visits(row, word, value) && !read_known(row, word, value)) {
		fail_msg("no such column: %s", word);
	}
}

void
gathered_row_open(
    struct gathered_row *row, const char *facts, const char *domain, const char *columns)
{
	char *text;

	memset(row, 0, sizeof *row);
	fact_table_init(&row->table, facts);
	row->evaluation.domain = row->evaluation.input = domain;
	row->evaluation.known = row->known;
	text = arena_string(&row->table.arena, columns);
	for (char *word = strtok(text, "|"); word != NULL; word = strtok(NULL, "|"))
		read_column(row, word);
}

static void
settle(struct gathered_row *row, const struct gather_rule *rule, const struct subject *subject)
{
	for (int pass = 0; pass < PASSES_MAX; pass++) {
		struct facts *facts = fact_table_pass(&row->table);

		arena_free(&row->arena); /* not _reset: what a rule kept must not survive */
		rule->gather(facts, subject, &row->arena);
		if (facts->unknown == 0)
			return;
		if (!fact_table_reveal(&row->table))
			fail_msg("%s: it waits for nothing", rule->name);
	}
	fail_msg("%s: it never ends", rule->name);
}

static void
settle_all(struct gathered_row *row, const struct subject *subject)
{
	for (size_t i = 0; i < gather_rule_count; i++)
		if (gather_rules[i].kind == subject->kind)
			settle(row, &gather_rules[i], subject);
}

void
gathered_row_gather(struct gathered_row *row, uint64_t seed)
{
	struct subject domain = { .kind = SUBJECT_DOMAIN, .domain = row->evaluation.domain };
	struct subject shared;

	fact_table_hide(&row->table, seed);
	if (domain.domain == NULL)
		return;
	memcpy(domain.known, row->known, sizeof domain.known);
	settle_all(row, &domain);
	for (size_t i = 0; fact_table_share(&row->table, i, &shared); i++)
		settle_all(row, &shared);
}

void
gathered_row_evaluate(struct gathered_row *row)
{
	struct facts *facts;

	fact_table_record(&row->table);
	facts = fact_table_pass(&row->table);
	arena_free(&row->arena);
	evaluation_run(facts, &row->arena, &row->evaluation);
	assert_int_equal(facts->unknown, 0);
}

void
gathered_row_close(struct gathered_row *row)
{
	arena_free(&row->arena);
	fact_table_free(&row->table);
}
