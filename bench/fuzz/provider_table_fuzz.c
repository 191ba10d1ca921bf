/*
 * A table of providers. Of one that is read, every row is within the bounds of the limiter and is
 * found again by a host of its suffix, and reading the file once more on top adds nothing. Of one
 * that is not, the message names the file.
 */
#include "fuzz.h"

#include "base/error.h"
#include "names/host_name.h"
#include "names/provider.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static void
check_row(const struct provider *row)
{
	must(row->suffix[0] != '\0' && row->name[0] != '\0' && row->note != NULL);
	must(row->max_conn >= 1 && row->max_conn <= 1000);
	must(row->per_min >= 1 && row->per_min <= 60000);
	must(row->min_gap_ms <= 3600 * 1000);
	must((row->sample > 0) == (row->probe == PROVIDER_PROBE_SAMPLE));
	must(strchr("SKI", row->conf) != NULL && row->conf != '\0');
	must(provider_group_name(row->group) != NULL && provider_probe_name(row->probe) != NULL);
	must(row->witness == NULL || host_name_valid(row->witness, NULL));
}

static void
check_found(const struct providers *providers, const struct provider *row)
{
	char host[HOST_NAME_SIZE + 8];
	const char *below = row->suffix[0] == '.' ? "x" : "";

	snprintf(host, sizeof host, "%s%s", below, row->suffix);
	must(providers_find(providers, host) != NULL);
	if (strcmp(row->suffix, "*") == 0)
		must(providers_match(providers, host) == NULL);
	else if (strlen(host) <= HOST_NAME_MAX_OCTETS && below[0] == '\0')
		must(providers_match(providers, host) == row);
	else if (strlen(host) <= HOST_NAME_MAX_OCTETS) /* x.suffix may have a row of its own */
		must(providers_match(providers, host) != NULL);
}

static size_t
check_rows(const struct providers *providers)
{
	const struct provider *row;
	size_t cursor = 0;

	while ((row = providers_next(providers, &cursor)) != NULL) {
		check_row(row);
		check_found(providers, row);
	}
	return cursor;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct providers *providers;
	struct error error;
	size_t count;

	if (providers_load(path, &providers, &error) < 0) {
		must(providers == NULL && error.code == EX_CONFIG);
		must(fuzz_is_message(error.text) && strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	count = check_rows(providers);
	must(count > 0);
	must(providers_add(providers, path, &error) == 0);
	must(check_rows(providers) == count);
	providers_free(providers);
	return 0;
}
