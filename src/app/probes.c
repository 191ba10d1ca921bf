/* Two questions for each resolver before anything is believed. */
#include "app/probes.h"

#include "base/alloc.h"
#include "dns/client.h"
#include "fact/run_facts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct probe {
	struct probes *probes;
	unsigned resolver;
};

struct probes {
	unsigned failed, lied, answered; /* bits of resolvers */
	size_t resolver_count;
	size_t open;
	probes_done_fn done;
	void *user;
	struct probe at[DNS_RESOLVERS_MAX * PROBE_ZONES_MAX];
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

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct probe *probe = user;
	struct probes *probes = probe->probes;
	unsigned bit = 1u << probe->resolver;
	unsigned all = (1u << probes->resolver_count) - 1;

	if (answer->status != DNS_NXDOMAIN)
		probes->failed |= bit;
	if (answer->status == DNS_DATA)
		probes->lied |= bit;
	if (answer->status != DNS_TIMEOUT && answer->status != DNS_CANCELLED)
		probes->answered |= bit;
	if (--probes->open == 0)
		probes->done(probes->user, all & ~probes->failed, probes->lied, probes->answered);
}

struct probes *
probes_start(const struct probe_zones *zones, const struct run_facts *run, struct dns_client *dns,
    probes_done_fn done, void *user)
{
	struct probes *probes = alloc_zeroed(1, sizeof *probes);

	probes->resolver_count = dns_client_resolvers(dns);
	probes->done = done;
	probes->user = user;
	for (unsigned resolver = 0; resolver < probes->resolver_count; resolver++)
		for (size_t i = 0; i < zones->count; i++) {
			struct probe *probe = &probes->at[probes->open];
			char label[RANDOM_LABEL_SIZE], name[300];

			run_random_label(run, probes->open++, label);
			*probe = (struct probe){ probes, resolver };
			snprintf(name, sizeof name, "%s.%s", label, zones->at[i].name);
			dns_client_ask_only(dns, name, DNS_A, resolver, on_answer, probe);
		}
	return probes;
}

void
probes_free(struct probes *probes)
{
	free(probes);
}
