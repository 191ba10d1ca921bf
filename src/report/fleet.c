/* What one domain's scorecard cannot say, and all together do. */
#include "report/fleet.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/hash.h"
#include "report/lossy.h"
#include "rule/spf_check.h"

#include <stdlib.h>
#include <string.h>

enum {
	ENTRIES_MOST = 20000, /* of each kind: some 4 MB */
	SHARED_BY = 2,        /* domains at least */
};

enum kind { INCLUDE, KEY, TAKEOVER, KIND_COUNT };

/* A record that is included, a key, or a domain that could be registered. */
struct entry {
	struct lossy_entry counted; /* first member */
	char *example;              /* the first domain */
	char *what;                 /* of that: where the key stands, what names the domain */
	uint64_t breaking;          /* domains that one more look-up would break */
	uint64_t broken;            /* ... that have too many already */
	unsigned cost;              /* look-ups, the include itself among them */
	bool perhaps;               /* nobody knows whether it is given out */
};

/* Combinations in which senders hold mail or receivers refuse it, each the failure of a check. */
static const struct {
	const char *check, *what;
} stops[] = {
	{ "mta_sts.mx-match", "MTA-STS is enforced, and its policy does not cover an MX host" },
	{ "mta_sts.mx-certificate", "MTA-STS is enforced, and an MX host cannot prove who it is" },
	{ "dane.match", "DANE is in force, and a server does not match its TLSA records" },
	{ "dane.lookup", "DANE is in force, and questions for TLSA records fail" },
	{ "dmarc.satisfiable", "DMARC is enforced, and neither DKIM nor SPF can pass" },
};
enum { STOPS = sizeof stops / sizeof stops[0] };

struct fleet {
	struct lossy entries[KIND_COUNT];
	struct {
		uint64_t domains;
		char *example;
	} stopped[STOPS];
};

/* ---- counting */

static void
clear_entry(struct lossy_entry *counted)
{
	struct entry *entry = (struct entry *)counted;

	free(entry->example);
	free(entry->what);
}

struct fleet *
fleet_new(void)
{
	struct fleet *fleet = alloc_zeroed(1, sizeof *fleet);

	for (size_t i = 0; i < KIND_COUNT; i++)
		lossy_init(&fleet->entries[i], ENTRIES_MOST, sizeof(struct entry), clear_entry);
	return fleet;
}

void
fleet_free(struct fleet *fleet)
{
	if (fleet == NULL)
		return;
	for (size_t i = 0; i < KIND_COUNT; i++)
		lossy_free(&fleet->entries[i]);
	for (size_t i = 0; i < STOPS; i++)
		free(fleet->stopped[i].example);
	free(fleet);
}

static struct entry *
count(struct fleet *fleet, enum kind kind, const void *key, size_t length,
    const struct report_row *row, const char *what)
{
	bool new;
	struct entry *entry =
	    (struct entry *)lossy_count(&fleet->entries[kind], key, length, row->line, &new);

	if (new) {
		entry->example = alloc_string(row->card->e->domain);
		entry->what = alloc_string(what);
	}
	return entry;
}

static void
add_stops(struct fleet *fleet, const struct report_row *row)
{
	for (size_t i = 0; i < STOPS; i++) {
		const struct check_result *result = row_result(row->card, stops[i].check);

		if (result == NULL || !result->in_set || result->finding.outcome != OUTCOME_FAIL)
			continue;
		if (fleet->stopped[i].domains++ == 0)
			fleet->stopped[i].example = alloc_string(row->card->e->domain);
	}
}

static void
add_takeover(struct fleet *fleet, const struct report_row *row,
    const struct registration *registration, const char *what)
{
	struct entry *entry;

	if (registration->domain == NULL ||
	    (registration->state != REGISTRATION_FREE &&
		registration->state != REGISTRATION_PERHAPS))
		return;
	entry =
	    count(fleet, TAKEOVER, registration->domain, strlen(registration->domain), row, what);
	entry->perhaps = registration->state == REGISTRATION_PERHAPS;
}

static void
add_takeovers(struct fleet *fleet, const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	for (size_t i = 0; i < e->mx.host_count; i++)
		add_takeover(fleet, row, &e->mx.hosts[i].registration, "MX");
	for (size_t i = 0; i < e->spf.takeover_count; i++)
		add_takeover(
		    fleet, row, &e->spf.takeovers[i].registration, e->spf.takeovers[i].term);
	for (size_t i = 0; i < e->dkim.count; i++)
		add_takeover(fleet, row, &e->dkim.keys[i].target, "an alias at a DKIM selector");
	add_takeover(fleet, row, &e->dmarc.alias_target, "an alias at _dmarc");
	for (size_t i = 0; i < e->dmarc.reports.count; i++)
		add_takeover(
		    fleet, row, &e->dmarc.reports.hosts[i].registration, "reports of DMARC");
	add_takeover(fleet, row, &e->mta_sts.record_target, "an alias at _mta-sts");
	add_takeover(fleet, row, &e->mta_sts.host_target, "an alias at mta-sts");
}

static unsigned
times_included(const struct spf_tree *tree, const char *name, size_t before)
{
	unsigned times = 0;

	for (size_t i = 1; i < before; i++)
		times += tree->nodes[i]->name.text != NULL &&
		    strcmp(tree->nodes[i]->name.text, name) == 0;
	return times;
}

/* What becomes of the domain when the record that it includes needs one look-up more. */
static void
add_includes(struct fleet *fleet, const struct report_row *row)
{
	const struct spf_tree *tree = &row->card->e->spf.tree;
	unsigned lookups;

	if (tree->root == NULL || tree->root->fault != SPF_NODE_FINE || tree->more ||
	    spf_tree_unanswered(tree) != NULL)
		return;
	lookups = spf_tree_lookups(tree);
	for (size_t i = 1; i < tree->node_count; i++) {
		const struct spf_node *node = tree->nodes[i];
		const char *name = node->name.text;
		struct entry *entry;

		if (name == NULL || node->fault != SPF_NODE_FINE ||
		    times_included(tree, name, i) > 0)
			continue;
		entry = count(fleet, INCLUDE, name, strlen(name), row, "");
		entry->cost = node->lookups + 1;
		entry->broken += lookups > SPF_LOOKUPS_MAX;
		entry->breaking += lookups <= SPF_LOOKUPS_MAX &&
		    lookups + times_included(tree, name, tree->node_count) > SPF_LOOKUPS_MAX;
	}
}

/* A key is known by two digests: the octets of a million keys would fill the memory. */
static void
add_keys(struct fleet *fleet, const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	for (size_t i = 0; i < e->dkim.count; i++) {
		const struct dkim_key *key = &e->dkim.keys[i];
		const struct dkim_record *record = &key->record;
		uint64_t digest[2];

		if (key->text == NULL || key->wildcard || record->octets == NULL ||
		    record->octet_count == 0)
			continue;
		for (size_t k = 0; k < 2; k++)
			digest[k] = hash_keyed(k, ~k, record->octets, record->octet_count);
		count(fleet, KEY, digest, sizeof digest, row,
		    arena_printf(row->arena, "%s._domainkey.%s, %s %u", key->selector, e->domain,
			record->key_type, record->key.bits));
	}
}

void
fleet_add(struct fleet *fleet, const struct report_row *row)
{
	if (row->card->e->domain == NULL)
		return;
	add_stops(fleet, row);
	add_takeovers(fleet, row);
	add_includes(fleet, row);
	add_keys(fleet, row);
}

/* ---- telling */

static int
by_breaking(const void *a, const void *b)
{
	const struct entry *one = *(const struct entry *const *)a;
	const struct entry *other = *(const struct entry *const *)b;

	if (one->breaking != other->breaking)
		return one->breaking < other->breaking ? 1 : -1;
	if (one->counted.rows != other->counted.rows)
		return one->counted.rows < other->counted.rows ? 1 : -1;
	return strcmp(one->what, other->what) != 0 ? strcmp(one->what, other->what)
						   : strcmp(one->counted.key, other->counted.key);
}

static struct fleet_cell
text(const char *words)
{
	return (struct fleet_cell){ .text = words };
}

static struct fleet_cell
number(uint64_t value)
{
	return (struct fleet_cell){ .number = value };
}

static void
tell_stops(const struct fleet *fleet, struct fleet_table *table)
{
	for (size_t i = 0; i < STOPS; i++) {
		struct fleet_cell *cells = table->lines[table->count].cells;

		if (fleet->stopped[i].domains == 0)
			continue;
		cells[0] = text(stops[i].what);
		cells[1] = number(fleet->stopped[i].domains);
		cells[2] = text(stops[i].check);
		cells[3] = text(fleet->stopped[i].example);
		table->count++;
	}
}

static bool
tell_include(const struct entry *entry, struct fleet_cell *cells)
{
	cells[0] = text(entry->counted.key);
	cells[1] = number(entry->cost);
	cells[2] = number(entry->counted.rows);
	cells[3] = number(entry->breaking);
	cells[4] = number(entry->broken);
	cells[5] = text(entry->example);
	return entry->counted.rows >= SHARED_BY;
}

static bool
tell_key(const struct entry *entry, struct fleet_cell *cells)
{
	cells[0] = text(entry->what);
	cells[1] = number(entry->counted.rows);
	cells[2] = text(entry->example);
	return entry->counted.rows >= SHARED_BY;
}

static bool
tell_takeover(const struct entry *entry, struct fleet_cell *cells)
{
	cells[0] = text(entry->counted.key);
	cells[1] = text(entry->perhaps ? "perhaps" : "yes");
	cells[2] = number(entry->counted.rows);
	cells[3] = text(entry->what);
	cells[4] = text(entry->example);
	return true;
}

static void
tell_entries(const struct lossy *entries,
    bool (*tell)(const struct entry *entry, struct fleet_cell *cells), struct fleet_table *table)
{
	size_t all;
	struct lossy_entry **sorted = lossy_sorted(entries, by_breaking, &all);

	for (size_t i = 0; i < all && table->count < FLEET_LINES; i++)
		table->count +=
		    tell((const struct entry *)sorted[i], table->lines[table->count].cells);
	free(sorted);
}

static const char *const stops_head[] = { "what", "domains", "check", "for example", NULL };
static const char *const takeover_head[] = { "domain", "can be registered", "domains", "named by",
	"for example", NULL };
static const char *const include_head[] = { "record", "look-ups of 10", "domains",
	"break if it grows by one", "too many already", "for example", NULL };
static const char *const key_head[] = { "key, first seen at", "domains", "for example", NULL };

const struct fleet_report *
fleet_report_make(const struct fleet *fleet, struct arena *arena)
{
	struct fleet_report *report = arena_zeroed(arena, 1, sizeof *report);
	struct fleet_table *tables = report->tables;

	tables[0] = (struct fleet_table){ .title = "Mail that stops",
		.note = "Settings that make senders hold mail, or receivers refuse it.",
		.head = stops_head };
	tables[1] = (struct fleet_table){ .title = "Take-over radar",
		.note = "Whoever registers such a domain may send as these, or read their mail.",
		.head = takeover_head };
	tables[2] = (struct fleet_table){ .title = "SPF budget",
		.note = "Records that several domains include, and whom one more look-up there "
			"would break.",
		.head = include_head };
	tables[3] = (struct fleet_table){ .title = "DKIM keys of several domains",
		.note = "Whoever gets hold of such a key signs for all of them.",
		.head = key_head };
	tell_stops(fleet, &tables[0]);
	tell_entries(&fleet->entries[TAKEOVER], tell_takeover, &tables[1]);
	tell_entries(&fleet->entries[INCLUDE], tell_include, &tables[2]);
	tell_entries(&fleet->entries[KEY], tell_key, &tables[3]);
	for (size_t i = 0; i < FLEET_TABLES; i++)
		report->lines += tables[i].count;
	return report;
}
