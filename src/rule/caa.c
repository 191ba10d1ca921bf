/* CAA: the climb from a host's name to the records that hold for it. */
#include "rule/caa.h"

#include "base/arena.h"
#include "wire/caa.h"
#include "wire/dns_name.h"

enum { NAMES_MAX = 16 }; /* host names have five labels at most, but for those that are made to */

static void
judge(struct caa_result *out)
{
	for (size_t i = 0; i < out->answer->count && out->problem == NULL; i++) {
		const struct dns_record *record = &out->answer->records[i];

		out->record = i;
		out->problem = caa_read(record->octets, record->length).problem;
	}
}

void
caa_evaluate(struct facts *facts, const struct mx_host *host, struct caa_result *out)
{
	const char *name = host->name;

	*out = (struct caa_result){ .answer = NULL };
	if (host->addresses_published == 0)
		return;
	for (int i = 0; name != NULL && i < NAMES_MAX; i++, name = dns_name_parent(name)) {
		out->owner = name;
		out->answer = facts_dns(facts, name, DNS_CAA);
		if (out->answer == NULL)
			return;
		if (!dns_is_negative(out->answer)) {
			judge(out);
			return;
		}
	}
	out->cut = name != NULL;
}

const struct caa_result *
caa_evaluate_hosts(struct facts *facts, const struct mx_result *mx, struct arena *arena)
{
	struct caa_result *caa = arena_zeroed(arena, mx->host_count, sizeof *caa);

	for (size_t i = 0; i < mx->host_count; i++)
		caa_evaluate(facts, &mx->hosts[i], &caa[i]);
	return caa;
}
