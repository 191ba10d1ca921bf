/* A table of probe zones: each zone that is read has a name of the DNS, with room for a label. */
#include "fuzz.h"

#include "app/probes.h"
#include "base/strbuf.h"
#include "wire/dns_name.h"

#include <string.h>
#include <sysexits.h>

static void
check_zone(const char *name)
{
	struct strbuf wire = { 0 };

	must(strlen(name) + 17 <= 253); /* a label of 16 octets and its dot */
	must(dns_name_write(&wire, name) && wire.length > 1);
	strbuf_free(&wire);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct probe_zones zones;
	struct error error;

	if (probes_load(path, &zones, &error) < 0) {
		must(error.code == EX_CONFIG && fuzz_is_message(error.text));
		must(strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	must(zones.count > 0 && zones.count <= PROBE_ZONES_MAX);
	for (size_t i = 0; i < zones.count; i++)
		check_zone(zones.at[i].name);
	return 0;
}
