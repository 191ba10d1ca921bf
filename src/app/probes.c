/* Names that nobody has, asked of each resolver before anything is believed. */
#include "app/probes.h"

#include "base/alloc.h"
#include "dns/client.h"
#include "fact/run_facts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const enum dns_type types[] = { DNS_A, DNS_AAAA };
enum { TYPES = sizeof types / sizeof types[0] };

struct probe {
	struct probes *probes;
	unsigned resolver;
	enum dns_type type;
	bool repeated;
	char name[RANDOM_LABEL_SIZE + sizeof(struct probe_zone)];
};

struct probes {
	struct dns_client *dns;
	unsigned failed, lied, answered; /* bits of resolvers */
	size_t resolver_count;
	size_t open;
	probes_done_fn done;
	void *user;
	struct probe at[DNS_RESOLVERS_MAX * PROBE_ZONES_MAX * TYPES];
};

static int
bad_line(const char *path, unsigned line, struct error *error)
{
	return error_set(error, EX_CONFIG,
	    "%s:%u: a line is NAME, a tab, and `signed`, `unsigned` or `broken`", path, line);
}

static int
read_line(const char *path, unsigned line, const char *text, struct probe_zones *zones,
    struct error *error)
{
	struct probe_zone *zone = &zones->at[zones->count];
	char kind[16];

	if (text[0] == '#' || text[0] == '\n' || strncmp(text, "name\t", 5) == 0)
		return 0;
	if (sscanf(text, "%253[^\t]\t%15s", zone->name, kind) != 2)
		return bad_line(path, line, error);
	zone->is_signed = strcmp(kind, "signed") == 0;
	if (!zone->is_signed && strcmp(kind, "unsigned") != 0)
		return strcmp(kind, "broken") == 0 ? 0 : bad_line(path, line, error);
	zones->count++;
	return 0;
}

int
probes_load(const char *path, struct probe_zones *zones_out, struct error *error)
{
	FILE *file = fopen(path, "re");
	char text[512];
	int result = 0;

	memset(zones_out, 0, sizeof *zones_out);
	if (file == NULL)
		return error_set(error, EX_NOINPUT, "%s: %s; --probes names another table", path,
		    strerror(errno));
	for (unsigned line = 1; result == 0 && zones_out->count < PROBE_ZONES_MAX &&
	     fgets(text, sizeof text, file) != NULL;
	     line++)
		result = read_line(path, line, text, zones_out, error);
	fclose(file);
	if (result == 0 && zones_out->count == 0)
		return error_set(error, EX_CONFIG,
		    "%s names no zone; one signed and one unsigned are needed", path);
	return result;
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

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct probe *probe = user;
	struct probes *probes = probe->probes;
	unsigned bit = 1u << probe->resolver;
	unsigned all = (1u << probes->resolver_count) - 1;

	if (answer->status == DNS_TIMEOUT && !probe->repeated) {
		probe->repeated = true;
		ask(probe);
		return;
	}
	if (answer->status != DNS_NXDOMAIN)
		probes->failed |= bit;
	if (answer->status == DNS_DATA) {
		probes->lied |= bit;
		note_invented(probe, answer);
	}
	if (answer->status != DNS_TIMEOUT && answer->status != DNS_CANCELLED)
		probes->answered |= bit;
	if (--probes->open == 0)
		probes->done(probes->user, all & ~probes->failed, probes->lied, probes->answered);
}

static void
add_probe(struct probes *probes, const struct run_facts *run, unsigned resolver, const char *zone,
    enum dns_type type)
{
	struct probe *probe = &probes->at[probes->open];
	char label[RANDOM_LABEL_SIZE];

	run_random_label(run, probes->open++, label);
	*probe = (struct probe){ .probes = probes, .resolver = resolver, .type = type };
	snprintf(probe->name, sizeof probe->name, "%s.%s", label, zone);
}

struct probes *
probes_start(const struct probe_zones *zones, const struct run_facts *run, struct dns_client *dns,
    probes_done_fn done, void *user)
{
	struct probes *probes = alloc_zeroed(1, sizeof *probes);

	probes->dns = dns;
	probes->resolver_count = dns_client_resolvers(dns);
	probes->done = done;
	probes->user = user;
	for (unsigned resolver = 0; resolver < probes->resolver_count; resolver++)
		for (size_t i = 0; i < zones->count; i++)
			for (size_t t = 0; t < TYPES; t++)
				add_probe(probes, run, resolver, zones->at[i].name, types[t]);
	for (size_t i = 0, count = probes->open; i < count; i++)
		ask(&probes->at[i]);
	return probes;
}

void
probes_free(struct probes *probes)
{
	free(probes);
}
