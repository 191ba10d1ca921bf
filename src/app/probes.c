/* Names of which we know what a resolver must say, asked of each before anything is believed. */
#include "app/probes.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "fact/run_facts.h"
#include "names/host_name.h"
#include "wire/dns_name.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const enum dns_type types[] = { DNS_A, DNS_AAAA };
enum { TYPES = sizeof types / sizeof types[0] };

enum {
	LINE_SPACE = 512,
	ZONE_NAME_MAX =
	    HOST_NAME_MAX_OCTETS - RANDOM_LABEL_SIZE, /* label and dot stand before it */
};

static const char *const kinds[PROBE_KIND_COUNT] = {
	[PROBE_SIGNED] = "signed",
	[PROBE_UNSIGNED] = "unsigned",
	[PROBE_BROKEN] = "broken",
};

static const char name_octets[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

struct probe {
	struct probes *probes;
	unsigned resolver;
	enum dns_type type;
	bool validation; /* it asks for a zone of that kind, and not for a name that nobody has */
	enum probe_kind kind;
	bool repeated;
	char name[RANDOM_LABEL_SIZE + sizeof(struct probe_zone)];
};

struct probes {
	struct dns_client *dns;
	struct probes_result result;
	size_t open;
	probes_done_fn done;
	void *user;
	struct probe at[DNS_RESOLVERS_MAX * PROBE_ZONES_MAX * (TYPES + 1)];
};

/* A place in the table, for its errors. */
struct place {
	const char *path;
	unsigned line;
	struct error *error;
};

static int
wrong(const struct place *place, const char *text, const char *right)
{
	return error_set(place->error, EX_CONFIG, "%s:%u: `%.60s` must be %s", place->path,
	    place->line, text, right);
}

/* Is it the name of a zone, not of the root, before which a random label fits? */
static bool
is_zone_name(const char *text)
{
	size_t length = strlen(text);
	struct strbuf wire = { 0 };
	bool legal = length > 0 && length <= ZONE_NAME_MAX && strspn(text, name_octets) == length &&
	    dns_name_write(&wire, text) && wire.length > 1;

	strbuf_free(&wire);
	return legal;
}

static int
add_zone(
    const struct place *place, const char *name, enum probe_kind kind, struct probe_zones *zones)
{
	struct probe_zone *zone = &zones->at[zones->count];

	if (zones->count == PROBE_ZONES_MAX)
		return wrong(place, name, "one of at most 8 zones");
	snprintf(zone->name, sizeof zone->name, "%s", name);
	zone->kind = kind;
	zones->count++;
	return 0;
}

static int
read_row(const struct place *place, char *name, struct probe_zones *zones)
{
	char *rest = name;
	const char *kind;

	strsep(&rest, "\t");
	kind = rest == NULL ? "" : strsep(&rest, "\t"); /* what comes behind it is for people */
	if (!is_zone_name(name))
		return wrong(place, name, "the name of a zone, such as example.org");
	for (int i = 0; i < PROBE_KIND_COUNT; i++)
		if (strcmp(kind, kinds[i]) == 0)
			return add_zone(place, name, (enum probe_kind)i, zones);
	return wrong(place, kind, "`signed`, `unsigned` or `broken`, behind a name and a tab");
}

static int
read_line(const struct place *place, char *line, struct probe_zones *zones)
{
	bool whole = strchr(line, '\n') != NULL || strlen(line) + 1 < LINE_SPACE;

	if (!whole)
		return wrong(place, line, "a line of at most 510 octets");
	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] == '#' || line[0] == '\0' || strncmp(line, "name\t", 5) == 0)
		return 0;
	return read_row(place, line, zones);
}

static bool
has_kind(const struct probe_zones *zones, enum probe_kind kind)
{
	for (size_t i = 0; i < zones->count; i++)
		if (zones->at[i].kind == kind)
			return true;
	return false;
}

int
probes_load(const char *path, struct probe_zones *zones_out, struct error *error)
{
	struct place place = { path, 0, error };
	FILE *file = fopen(path, "re");
	char text[LINE_SPACE];
	int result = 0;

	memset(zones_out, 0, sizeof *zones_out);
	if (file == NULL)
		return error_set(error, EX_NOINPUT, "%s: %s; --probes names another table", path,
		    strerror(errno));
	while (result == 0 && fgets(text, sizeof text, file) != NULL) {
		place.line++;
		result = read_line(&place, text, zones_out);
	}
	fclose(file);
	if (result == 0 && !has_kind(zones_out, PROBE_SIGNED) &&
	    !has_kind(zones_out, PROBE_UNSIGNED))
		return error_set(error, EX_CONFIG,
		    "%s names no zone; one signed and one unsigned are needed", path);
	return result;
}

const char *
probes_uncached_zone(const struct probe_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++)
		if (zones->at[i].kind == PROBE_UNSIGNED)
			return zones->at[i].name;
	return zones->at[0].name;
}

static void on_answer(void *user, const struct dns_answer *answer);

static void
ask(struct probe *probe)
{
	dns_client_ask_only(
	    probe->probes->dns, probe->name, probe->type, probe->resolver, on_answer, probe);
}

/* What a resolver gives for a name that nobody has, it will give for others. */
static void
note_invented(const struct probe *probe, const struct dns_answer *answer)
{
	for (size_t i = 0; i < answer->count; i++)
		dns_client_note_invented(probe->probes->dns, &answer->records[i].ip);
}

static bool
is_validated(enum probe_kind kind, const struct dns_answer *answer)
{
	if (kind == PROBE_BROKEN)
		return answer->status == DNS_SERVFAIL;
	return answer->status == DNS_DATA && answer->authentic == (kind == PROBE_SIGNED);
}

static void
note_honesty(const struct probe *probe, const struct dns_answer *answer)
{
	struct probes_result *result = &probe->probes->result;
	unsigned bit = 1u << probe->resolver;

	if (answer->status != DNS_NXDOMAIN)
		result->passed &= ~bit;
	if (answer->status == DNS_DATA) {
		result->lied |= bit;
		note_invented(probe, answer);
	}
	if (answer->status == DNS_SHORTAGE)
		result->unasked |= bit;
	else if (answer->status != DNS_TIMEOUT && answer->status != DNS_CANCELLED)
		result->answered |= bit;
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct probe *probe = user;
	struct probes *probes = probe->probes;

	if ((answer->status == DNS_TIMEOUT || answer->status == DNS_SHORTAGE) && !probe->repeated) {
		probe->repeated = true;
		ask(probe);
		return;
	}
	if (!probe->validation)
		note_honesty(probe, answer);
	else if (!is_validated(probe->kind, answer))
		probes->result.validating &= ~(1u << probe->resolver);
	if (--probes->open == 0)
		probes->done(probes->user, &probes->result);
}

static struct probe *
add_probe(struct probes *probes, unsigned resolver, enum dns_type type)
{
	struct probe *probe = &probes->at[probes->open++];

	*probe = (struct probe){ .probes = probes, .resolver = resolver, .type = type };
	return probe;
}

static void
add_honesty(struct probes *probes, const struct run_facts *run, unsigned resolver,
    const struct probe_zone *zone)
{
	char label[RANDOM_LABEL_SIZE];
	struct probe *probe;

	if (zone->kind == PROBE_BROKEN) /* SERVFAIL, whatever the name */
		return;
	for (size_t i = 0; i < TYPES; i++) {
		run_random_label(run, probes->open, label);
		probe = add_probe(probes, resolver, types[i]);
		snprintf(probe->name, sizeof probe->name, "%s.%s", label, zone->name);
	}
}

static void
add_validation(struct probes *probes, unsigned resolver, const struct probe_zone *zone)
{
	struct probe *probe = add_probe(probes, resolver, DNS_SOA);

	probe->validation = true;
	probe->kind = zone->kind;
	snprintf(probe->name, sizeof probe->name, "%s", zone->name);
}

static bool
proves_validation(const struct probe_zones *zones)
{
	for (int kind = 0; kind < PROBE_KIND_COUNT; kind++)
		if (!has_kind(zones, (enum probe_kind)kind))
			return false;
	return true;
}

struct probes *
probes_start(const struct probe_zones *zones, const struct run_facts *run, unsigned trusted,
    struct dns_client *dns, probes_done_fn done, void *user)
{
	struct probes *probes = alloc_zeroed(1, sizeof *probes);
	size_t resolvers = dns_client_resolvers(dns);

	probes->dns = dns;
	probes->result.passed = (1u << resolvers) - 1; /* until one fails */
	probes->result.validating = proves_validation(zones) ? trusted : 0;
	probes->done = done;
	probes->user = user;
	for (unsigned resolver = 0; resolver < resolvers; resolver++)
		for (size_t i = 0; i < zones->count; i++)
			add_honesty(probes, run, resolver, &zones->at[i]);
	for (unsigned resolver = 0; resolver < resolvers; resolver++)
		for (size_t i = 0; i < zones->count; i++)
			if ((probes->result.validating & 1u << resolver) != 0)
				add_validation(probes, resolver, &zones->at[i]);
	for (size_t i = 0, count = probes->open; i < count; i++)
		ask(&probes->at[i]);
	return probes;
}

void
probes_free(struct probes *probes)
{
	free(probes);
}
