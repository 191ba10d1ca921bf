/*
 * A table of selectors. Of one that is read, every selector can stand in a name, no list is longer
 * than it may be, and each row is found again by its hint; reading the file once more on top
 * changes nothing. Of one that is not, the message names the file.
 */
#include "fuzz.h"

#include "base/error.h"
#include "names/selectors.h"

#include <string.h>
#include <sysexits.h>

static struct selector_list
find(const struct selectors *selectors, const char *hint)
{
	if (strcmp(hint, "*") == 0)
		return selectors_common(selectors);
	if (strncmp(hint, "mx:", 3) == 0)
		return selectors_of_provider(selectors, hint + 3);
	must(strncmp(hint, "spf:", 4) == 0);
	return selectors_of_spf(selectors, hint + 4);
}

static void
check_row(const struct selectors *selectors, const char *hint, struct selector_list list)
{
	struct selector_list found = find(selectors, hint);

	must(list.count <=
	    (size_t)(strcmp(hint, "*") == 0 ? SELECTORS_COMMON_MAX : SELECTORS_HINT_MAX));
	for (size_t i = 0; i < list.count; i++)
		must(selector_valid(list.at[i]));
	/* a provider's name may be of any length, a name that can be asked for is not */
	must(found.at == list.at || strlen(hint) > 250);
}

static size_t
check_rows(const struct selectors *selectors)
{
	struct selector_list list;
	size_t cursor = 0, count = 0;
	const char *hint;

	while ((hint = selectors_next(selectors, &cursor, &list)) != NULL) {
		check_row(selectors, hint, list);
		count++;
	}
	return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct selectors *selectors;
	struct error error;
	size_t count;

	if (selectors_load(path, &selectors, &error) < 0) {
		must(selectors == NULL && error.code == EX_CONFIG);
		must(fuzz_is_message(error.text) && strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	count = check_rows(selectors);
	must(selectors_add(selectors, path, &error) == 0);
	must(check_rows(selectors) == count);
	selectors_free(selectors);
	return 0;
}
