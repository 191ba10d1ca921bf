/* A table of probe zones: each zone that is read has a name to put a label before. */
#include "fuzz.h"

#include "app/probes.h"

#include <string.h>
#include <sysexits.h>

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
		must(zones.at[i].name[0] != '\0' && strchr(zones.at[i].name, '\t') == NULL);
	return 0;
}
